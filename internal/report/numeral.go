package report

import (
	"strconv"

	"dabiao/internal/lang"
)

// numbered puts the numeral of a heading before its text. Numerals are literal text: automatic
// ones are lost when reports are copied and published.
func numbered(p lang.Printer, level, n int, text string) string {
	switch {
	case p.Chinese() && level == 1:
		return chinese(n) + "、" + text
	case p.Chinese():
		return "（" + chinese(n) + "）" + text
	case level == 1:
		return strconv.Itoa(n) + ". " + text
	}
	return "(" + strconv.Itoa(n) + ") " + text
}

// chinese writes 1 to 99: 一, 十, 十一, 二十三.
func chinese(n int) string {
	digits := []rune("〇一二三四五六七八九")
	if n < 10 {
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

package intake

import (
	"strconv"
	"strings"
)

// digitsZh are the Chinese digits, with the forms used on cheques.
var digitsZh = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9, '兩': 2,
}

// placesZh are the place values of Chinese numerals, as powers of ten.
var placesZh = map[rune]int{
	'十': 1, '拾': 1, '百': 2, '佰': 2, '千': 3, '仟': 3, '万': 4, '萬': 4, '亿': 8, '億': 8,
}

func isNumeral(r rune) bool {
	_, digit := digitsZh[r]
	_, place := placesZh[r]
	return digit || place || r == '廿' || r == '卅'
}

// cutNumeral splits s after its leading Chinese numeral, including decimals after 点.
func cutNumeral(s string) (numeral, rest string) {
	point := false
	for i, r := range s {
		if r == '点' && !point && i > 0 {
			point = true
			continue
		}
		if !isNumeral(r) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// numeral reads a Chinese numeral into decimal digits: 一万零五十, 廿三, 二〇二六, 三点五万. bare reports that the leading 一 was
// left out (百, 千万), which is usual in approximations only. Ambiguous forms are refused: 三四 (three or four), 一百五
// (105 or 150).
func numeral(s string) (whole, frac string, shift int, bare, ok bool) {
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	head, tail, point := strings.Cut(s, "点")
	if point {
		decimals := strings.TrimRight(tail, "十百千万亿萬億拾佰仟")
		shift, ok = scale(tail[len(decimals):])
		frac, _, _ = positional(decimals)
		if !ok || frac == "" {
			return "", "", 0, false, false
		}
	}
	if whole, isRow, ok := positional(head); isRow {
		return whole, frac, shift, false, ok
	}
	if p := placesZh[firstRune(head)]; p > 1 {
		bare, head = true, "一"+head
	}
	n, ok := places(head)
	return strconv.FormatInt(n, 10), frac, shift, bare, ok
}

// positional reads a row of digits without place values. Two digits without a zero are refused, because they may
// mean "three or four".
func positional(s string) (digits string, isRow, ok bool) {
	var b strings.Builder
	for _, r := range s {
		d, isDigit := digitsZh[r]
		if !isDigit {
			return "", false, false
		}
		b.WriteString(strconv.FormatInt(d, 10))
	}
	digits = b.String()
	ok = len(digits) == 1 || digits != "" && (len(digits) > 2 || strings.Contains(digits, "0")) && digits[0] != '0'
	return digits, true, ok || strings.Trim(digits, "0") == "" && len(digits) == 1
}

// places reads a numeral with falling place values; 万 and 亿 multiply everything before them.
func places(s string) (n int64, ok bool) {
	if s == "" {
		return 0, false
	}
	for _, big := range []int{8, 4} {
		for i, r := range s {
			if placesZh[r] != big {
				continue
			}
			left, leftOK := places(s[:i])
			right, rightOK := remainder(s[i+len(string(r)):], big)
			if !leftOK || !rightOK || left <= 0 || left >= 10_000*tens(big-4) || right >= tens(big) {
				return 0, false
			}
			return left*tens(big) + right, true
		}
	}
	return section(s)
}

// remainder reads the part after 万 or 亿. A single digit there is ambiguous (一万五) unless 零 precedes it.
func remainder(s string, big int) (int64, bool) {
	if s == "" {
		return 0, true
	}
	first := firstRune(s)
	if d, isDigit := digitsZh[first]; isDigit && d == 0 {
		s = s[len(string(first)):]
		n, ok := places(s)
		return n, ok && n > 0 && n < tens(big)
	}
	n, ok := places(s)
	return n, ok && n >= 10
}

// section reads a numeral below 万.
func section(s string) (n int64, ok bool) {
	digit, zero, last := int64(-1), false, 4
	for _, r := range s {
		d, isDigit := digitsZh[r]
		place := placesZh[r]
		switch {
		case isDigit && d == 0:
			if digit >= 0 || zero || last == 4 {
				return 0, false
			}
			zero = true
		case isDigit:
			if digit >= 0 {
				return 0, false
			}
			digit = d
		case place >= last || digit < 0 && place != 1:
			return 0, false
		default:
			n += max(digit, 0) * tens(place)
			if digit < 0 { // 十五, 一百十五
				n += tens(place)
			}
			digit, zero, last = -1, false, place
		}
	}
	switch {
	case digit >= 0 && (last == 1 || last == 4 || zero):
		return n + digit, true
	case digit >= 0 || zero:
		return 0, false
	}
	return n, true
}

// scale reads the place values after a number: 万, 百万, 万亿. An empty text is no shift.
func scale(s string) (shift int, ok bool) {
	last := 0
	for _, r := range s {
		p := placesZh[r]
		if p <= last {
			return 0, false
		}
		shift, last = shift+p, p
	}
	return shift, true
}

func tens(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

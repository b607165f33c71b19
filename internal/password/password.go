// Package password tells which passwords may be chosen. NIST SP 800-63B (5.1.1.2) has new passwords
// compared with those known to be common, with sequences and repetitions, and with words of the
// person and the service, and asks for no mixture of characters; China's classified protection, level 2
// (GB/T 22239-2019, 8.1.4.1), asks for one, and for changes. Which of the two holds is the office's choice.
package password

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dabiao/internal/kpi"
)

// common holds 20,000 of the commonest passwords, by zxcvbn's list (see LICENSE.zxcvbn), in order of bytes.
//
//go:embed common.txt
var common string

// chinese holds words that Chinese passwords are built from, written in pinyin.
//
//go:embed chinese.txt
var chinese string

// words are both lists. They are read when the first password is set.
var words = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, list := range []string{common, chinese} {
		for word := range strings.Lines(list) {
			all[strings.TrimSpace(word)] = true
		}
	}
	return all
})

// The least that must be left of a password once what everybody tries is taken out of it, the least of different
// characters, and how many digits alone, a date, are not enough.
const (
	leastLeft      = 4
	leastDifferent = 4
	dateDigits     = 8
)

// guessed refuses a password that is among the first to be guessed. own are the names of the person and of
// the office. Refusals, all Invalid: password_digits, password_repeats, password_own, password_common.
func guessed(password string, own ...string) error {
	p := strings.ToLower(norm.NFKC.String(password))
	switch {
	case !strings.ContainsFunc(p, func(r rune) bool { return !unicode.IsDigit(r) && !separates(r) }):
		return kpi.Refuse(kpi.Invalid, "password_digits")
	case different(p) < leastDifferent:
		return kpi.Refuse(kpi.Invalid, "password_repeats")
	}
	for _, name := range own {
		if name = strings.ToLower(norm.NFKC.String(name)); holds(p, name) {
			return kpi.Refuse(kpi.Invalid, "password_own", name)
		}
	}
	if isCommon(p) {
		return kpi.Refuse(kpi.Invalid, "password_common")
	}
	return nil
}

// separates reports whether a character only stands between others.
func separates(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-_./:", r) }

func different(p string) int {
	runes := []rune(p)
	slices.Sort(runes)
	return len(slices.Compact(runes))
}

// holds reports whether a password is a name with little more.
func holds(p, name string) bool {
	const shortest = 2 // characters of a name in Chinese
	for _, word := range append(strings.Fields(name), name) {
		ascii := !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII })
		if n := len([]rune(word)); n < shortest || ascii && n <= shortest {
			continue
		}
		if rest := strings.ReplaceAll(p, word, ""); rest != p && little(rest) {
			return true
		}
	}
	return false
}

// isCommon reports whether a password is a common one, also with characters in place of letters and
// digits or signs around it, or holds little but rows of the keyboard, of letters or of digits.
func isCommon(p string) bool {
	for _, plain := range []string{p, letters.Replace(p), letters1.Replace(p)} {
		core := strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
		if words()[plain] || words()[core] && little(strings.ReplaceAll(plain, core, "")) {
			return true
		}
	}
	return little(withoutRows(p))
}

// letters puts letters in place of the characters that are written for them.
var (
	letters = strings.NewReplacer("@", "a", "4", "a", "8", "b", "3", "e", "6", "g", "1", "i", "!", "i", "0", "o", "5", "s",
		"$", "s", "7", "t", "+", "t", "2", "z")
	letters1 = strings.NewReplacer("@", "a", "0", "o", "1", "l", "3", "e", "$", "s")
)

// rows are what fingers walk along, each also backwards.
var rows = both("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp")

func both(forwards ...string) []string {
	out := forwards
	for _, row := range forwards {
		backwards := []byte(row)
		slices.Reverse(backwards)
		out = append(out, string(backwards))
	}
	return out
}

// withoutRows returns what is left without pieces of rows, of three characters and more, and without
// characters that repeat the one before.
func withoutRows(p string) string {
	const shortest = 3
	var out strings.Builder
	runes := []rune(p)
	for i := 0; i < len(runes); {
		n := 1
		for _, row := range rows {
			for m := shortest; i+m <= len(runes) && strings.Contains(row, string(runes[i:i+m])); m++ {
				n = max(n, m)
			}
		}
		if n == 1 && (i == 0 || runes[i] != runes[i-1]) {
			out.WriteRune(runes[i])
		}
		i += n
	}
	return out.String()
}

// little reports whether a rest is quickly tried out.
func little(rest string) bool {
	n, digits := 0, true
	for _, r := range rest {
		if !separates(r) {
			n++
			digits = digits && unicode.IsDigit(r)
		}
	}
	return n < leastLeft || digits && n <= dateDigits
}

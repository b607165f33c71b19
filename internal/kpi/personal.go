package kpi

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// PersonalKind says by what somebody could be found in a text.
type PersonalKind string

// The kinds.
const (
	PersonalID    PersonalKind = "id"    // the number of an identity card
	PersonalBank  PersonalKind = "bank"  // the number of a bank card
	PersonalPhone PersonalKind = "phone" // a mobile phone's number
	PersonalMail  PersonalKind = "mail"  // an address of e-mail
	PersonalName  PersonalKind = "name"  // a full name, where it is said whose it is
)

// Personal is what a text says of a person.
type Personal struct {
	Kind  PersonalKind
	Shown string // with its middle hidden, so that it can be told without being repeated
}

var (
	digitGroups = regexp.MustCompile(`\+?[0-9](?:[ -]?[0-9])*[Xx]?`)
	mailAddress = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	ukInsurance = regexp.MustCompile(`\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b`)
	usSecurity  = regexp.MustCompile(`\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b`)
	chineseName = regexp.MustCompile(`(?:姓名|当事人|申请人|被申请人|受害人|被害人|求助人|来访人|举报人|报案人|患者|监护人|联系人)` +
		`(?:[:：是为]\s*)?([` + surnames + `][\p{Han}]{1,2})(?:[^\p{Han}]|$|等|与|和|因|反映|诉|称|的)`)
)

// surnames are the hundred most frequent of them.
const surnames = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范` +
	`金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤`

// PersonalIn returns the first thing in a text by which somebody could be found; false if there is none that it knows.
// An identity card's number is known by its date and check digit (GB 11643-1999), a bank card's by its check digit
// (ISO/IEC 7812-1), British and American numbers by how they are written, a mobile number by its beginning. Names are
// known only behind a word that says whose they are, and not if they are told as 李某: a text with another name in it
// is not noticed.
func PersonalIn(text string) (Personal, bool) {
	if strings.TrimSpace(text) == "" { // as most entries' notes are
		return Personal{}, false
	}
	text = strings.Map(narrow, text)
	for _, at := range digitGroups.FindAllStringIndex(text, -1) {
		if kind := numberOf(text[at[0]:at[1]], text[at[1]:]); kind != "" {
			return Personal{kind, masked(text[at[0]:at[1]])}, true
		}
	}
	for _, of := range []struct {
		kind    PersonalKind
		pattern *regexp.Regexp
	}{{PersonalID, ukInsurance}, {PersonalID, usSecurity}, {PersonalMail, mailAddress}} {
		if found := of.pattern.FindString(text); found != "" {
			return Personal{of.kind, masked(found)}, true
		}
	}
	for _, m := range chineseName.FindAllStringSubmatch(text, -1) {
		if name := []rune(m[1]); !strings.ContainsAny(m[1], "某等与和因反诉称的") {
			return Personal{PersonalName, string(name[:1]) + "某"}, true
		}
	}
	return Personal{}, false
}

// narrow writes full-width digits, letters and signs as ASCII has them.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000' || r == '\u00a0':
		return ' '
	case r == '–' || r == '—' || r == '‑':
		return '-'
	}
	return r
}

// numberOf returns what a number written in groups is, by its digits and what follows it.
func numberOf(written, rest string) PersonalKind {
	digits := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(written))
	if abroad, ok := strings.CutPrefix(digits, "+"); ok {
		digits = strings.TrimPrefix(abroad, "86")
	}
	next, _ := firstRune(rest)
	switch n := len(digits); {
	case n == 18 && identityCard(digits):
		return PersonalID
	case (n == 16 || n == 19) && strings.IndexByte("3456", digits[0]) >= 0 && luhn(digits):
		return PersonalBank
	case n == 11 && digits[0] == '1' && digits[1] >= '3' && digits[10] != 'X' && !measures(next) && next != '.':
		return PersonalPhone
	}
	return ""
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// measures reports whether a character behind a number says that it counts something.
func measures(r rune) bool {
	return strings.ContainsRune("元万亿人名户件次个份场张亩吨%", r) && r != 0
}

// identityCard checks the birthday and the check digit of 18 characters.
func identityCard(digits string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if !unicode.IsDigit(rune(digits[i])) {
			return false
		}
		sum += int(digits[i]-'0') * w
	}
	year, _ := strconv.Atoi(digits[6:10]) //nolint:errcheck // they are digits
	_, err := ParseDate(digits[6:10] + "-" + digits[10:12] + "-" + digits[12:14])
	return err == nil && year >= 1900 && digits[17] == "10X98765432"[sum%11]
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// masked hides all but the ends of what was found.
func masked(found string) string {
	runes := []rune(strings.TrimSpace(found))
	if len(runes) < 6 {
		return "…"
	}
	return string(runes[:2]) + "…" + string(runes[len(runes)-2:])
}

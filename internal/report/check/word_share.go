package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// wordShare matches a share in words: 六成五, 近三成, 四分之三, 一半.
var wordShare = regexp.MustCompile(`(不到|不足|超过|将近|接近|大约|近|约|超|逾)?` +
	`(?:([一二两三四五六七八九])成([一二三四五六七八九])?|([二三四五六七八九十])分之([一二两三四五六七八九])|(一半|半数))(多|余|以上|左右)?`)

const digitZh = "零一二三四五六七八九十"

func digitOf(s string) int64 {
	if s == "两" {
		return 2
	}
	if at := strings.Index(digitZh, s); s != "" && at >= 0 {
		return int64(at / len("零"))
	}
	return 0
}

// wordShares returns the shares that a text states in words, as rates: 六成 is 60 % within two and a half, as is
// 四分之三; 六成五 is 65 % within a half of one.
func wordShares(s string) (out []intake.Mention) {
	for _, at := range wordShare.FindAllStringSubmatchIndex(s, -1) {
		group := func(n int) string { return s[max(0, at[2*n]):max(0, at[2*n+1])] }
		m := intake.Mention{From: at[0], To: at[1], Written: s[at[0]:at[1]], Decimals: -1, Measure: kpi.PercentSign,
			Precision: kpi.Exact, Spelled: true}
		switch {
		case group(2) != "":
			m.Amount = kpi.Whole(10*digitOf(group(2)) + digitOf(group(3)))
			if group(3) != "" {
				m.Decimals = 0
			}
			if next := s[at[1]:]; strings.HasPrefix(next, "熟") || strings.HasPrefix(next, "功") ||
				strings.HasPrefix(next, "立") || strings.HasPrefix(next, "员") {
				continue
			}
		case group(4) != "":
			m.Amount = kpi.Whole(digitOf(group(5))).Times(100, digitOf(group(4)))
		default:
			m.Amount = kpi.Whole(50)
		}
		switch before, behind := group(1), group(7); {
		case behind == "左右" || before == "约" || before == "大约":
			m.Precision = kpi.About
		case behind != "" || before == "超" || before == "超过" || before == "逾":
			m.Precision = kpi.AtLeast
		case before != "":
			m.Precision = kpi.Below
		}
		out = append(out, m)
	}
	return out
}

// withShares puts shares in words among the numbers of a text.
func withShares(s string, numbers []intake.Mention) []intake.Mention {
	shares := wordShares(s)
	if shares == nil {
		return numbers
	}
	numbers = slices.DeleteFunc(slices.Clone(numbers), func(m intake.Mention) bool {
		return slices.ContainsFunc(shares, func(x intake.Mention) bool { return m.From < x.To && x.From < m.To })
	})
	numbers = append(numbers, shares...)
	slices.SortFunc(numbers, func(a, b intake.Mention) int { return a.From - b.From })
	return numbers
}

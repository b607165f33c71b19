package check

import (
	"regexp"
	"slices"

	"dabiao/internal/kpi"
)

var (
	proposedSaid = regexp.MustCompile(`推荐|推评|申报|推报|选送|上报|报送|报请|提请|送检|送审|提交|参评|申请`)
	awardedSaid  = regexp.MustCompile(`获|评为|评上|上榜|当选|命名|入选|认定|评定|核准|批准|立项|通过|授予`)
	chosenWords  = regexp.MustCompile(`(?:推荐|推评|上榜|当选|申报|推报|选送|上报|报送|报请|提请|送检|送审|提交|验收|参评|申请|评定|核准|获得?|被?评(?:为|上|定|选)?|被?命名为?|入选|被?认定为?|批准|立项|通过|授予|[向由]?[省市县区](?:级|局|委|里)?|全年|其中)+`)
)

// selected finds more that were chosen than had been proposed just before: 向省里推荐3所，获命名5所. What is chosen may be
// named again, in part or not at all.
func (c *checker) selected(text string) (out []Finding) {
	for _, s := range cutText(text, "。！？!?；;\n") {
		mentions := c.mentions(s)
		for i, b := range mentions {
			for at := i - 1; at >= 0; at-- {
				a := mentions[at]
				from := 0
				if at > 0 {
					from = mentions[at-1].To
				}
				first, second := s[from:a.From]+nounAfter.FindString(s[a.To:]), s[mentions[i-1].To:b.From]
				if oneOf(a.Measure) != oneOf(b.Measure) || a.Measure.IsRate() || a.Measure == "" || a.Measure == kpi.Yuan {
					continue
				}
				if !proposedSaid.MatchString(first) || awardedSaid.MatchString(first) {
					break
				}
				if awardedSaid.MatchString(second) && b.Amount > a.Amount && a.Precision != kpi.AtLeast &&
					sameChoice(first, second+nounAfter.FindString(s[b.To:])) {
					out = append(out, Finding{Code: "two_values", Severity: SeverityError, Quote: b.Written,
						Text: kpi.T("check.said_twice", lastClause(s[:b.From]), a.Written, b.Written)})
				}
				break
			}
		}
	}
	return slices.CompactFunc(out, func(a, b Finding) bool { return a.Quote == b.Quote })
}

// sameChoice reports whether what was chosen is what had been proposed.
func sameChoice(proposed, chosen string) bool {
	a, b := nameOnly(proposed), nameOnly(chosen)
	return b == "" || inSequence(b, a) || inSequence(a, b)
}

func nameOnly(s string) string { return core(chosenWords.ReplaceAllString(lastClause(s), "")) }

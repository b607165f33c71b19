package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// numeralStyles match the ways passages are numbered, the higher levels first; the first group is the number.
var numeralStyles = []*regexp.Regexp{
	regexp.MustCompile(`^\s*([一二三四五六七八九十]{1,3})、`),
	regexp.MustCompile(`(?:^|[。；])\s*[（(]([一二三四五六七八九十]{1,3})[）)]`),
	regexp.MustCompile(`(?:^|[。；])\s*(?:附件[：:])?\s*(\d{1,2})\s*[.．、](?:[^\d]|20\d{2}年)`),
	regexp.MustCompile(`(?:^|[。；])\s*[（(](\d{1,2})[）)]`),
	regexp.MustCompile(`(?:^|[。；，、：？！])\s*([一二三四五六七八九十]{1,3})[是要]`),
}

// inline is the style whose numbers stand inside a passage.
const inline = 4

// numerals finds gaps in the numbers of passages: 一是…二是…四是…. A number of a higher level lets those below it begin
// again. What begins in the middle, as an excerpt does, is not a gap.
func numerals(passages []passage) (out []Finding) {
	last := make([]int, len(numeralStyles))
	begun := false
	for _, p := range passages {
		for _, line := range strings.Split(p.text, "\n") {
			for k, style := range numeralStyles {
				for _, m := range style.FindAllStringSubmatch(line, -1) {
					n := ordinal(m[1])
					if n > 1 && n != last[k]+1 && (begun || k == inline) {
						quote := strings.Trim(m[0], " \t。；，、：.．")
						f := Finding{Code: "numeral", Severity: SeverityWarning, Quote: quote, Sentence: line,
							Text: kpi.T("check.numeral", quote, last[k]+1)}
						out = append(out, p.found([]Finding{f})...)
					}
					if last[k] = n; k < inline {
						begun = true
						clear(last[k+1:])
					}
				}
			}
		}
	}
	return out
}

func ordinal(s string) int {
	a, err := intake.Number(s)
	if err != nil {
		return 0
	}
	return int(a / kpi.One)
}

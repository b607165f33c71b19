package intake

import (
	"fmt"
	"strings"
	"testing"
)

// The numbers of headings and paragraphs are no figures, and a title page names no area.
func TestNumberedEnglishHeadings(t *testing.T) {
	const work = "The office held 36 school clinics. There were 2 adverse events, within the limit of 3."
	const found = "School clinics held=36 Adverse events=2≤3"
	for _, c := range []struct{ text, section, area, claims string }{
		{"3.1 Immunization. " + work, "performance", "Immunization", found},
		{"3.1. Immunization. " + work, "performance", "Immunization", found},
		{"(1) Immunization. " + work, "performance", "Immunization", found},
		{"1. Immunization\n" + work, "performance", "Immunization", found},
		{"3.1 Immunization\n" + work, "performance", "Immunization", found},
		{"3. Performance by area\n" + work, "performance", "", found},
		{"County Health Office\nAnnual Report\n1. Immunization\n" + work, "performance", "Immunization", found},
		{"Immunization\n2.1 " + work, "performance", "Immunization", found},
		{"Roads\n3.5 km of drains were cleaned by the crews of the department this year.", "performance", "Roads",
			"Km of drains cleaned by the crews=3.5"},
		{"1.1 Staff\nThe office has 42 approved posts and 38 people are employed.", "staffing", "", ""},
		{"1.2 Duties\nThe office prevents disease, inspects premises and informs the public.", "duties", "", ""},
		{"2.1 Basic expenditure\nBasic expenditure was $3.42 million, all of it for staff.", "basic", "", ""},
		{"6. Other matters\nThere are none that the office would have to tell the public.", "other", "", ""},
		{"Older people\n" + work, "performance", "Older people", found},
		{"At-risk children\n" + work, "performance", "At-risk children", found},
	} {
		var lines []Line
		for l := range strings.SplitSeq(c.text, "\n") {
			lines = append(lines, Line{Text: l})
		}
		r, _ := ReadOldReport(lines, 2025) //nolint:errcheck // no claims
		var claims []string
		for _, one := range r.Claims {
			claims = append(claims, fmt.Sprint(one.Name, "=", one.Written, one.Target))
		}
		if len(r.Texts) != 1 || string(r.Texts[0].Section) != c.section || r.Texts[0].Area != c.area {
			t.Errorf("%s: %+v", c.text, r.Texts)
		}
		if got := strings.Join(claims, " "); got != c.claims {
			t.Errorf("%s: %q, want %q", c.text, got, c.claims)
		}
	}
}

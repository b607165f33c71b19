package intake

import (
	"os"
	"strings"
	"testing"
)

// English texts of three offices, with what a reader takes from each: name's words, value, target.
func TestEnglishReportsBecomeIndicators(t *testing.T) {
	for _, c := range []struct {
		file string
		want int // found when last measured; no fewer
	}{{"english-tuned", 16}, {"english-held", 16}, {"english-third", 13},
		{"english-museum", 21}, {"english-housing", 20}} {
		raw, err := os.ReadFile("testdata/" + c.file + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		text, answers, _ := strings.Cut(string(raw), "\n===\n")
		var lines []Line
		table := 0
		for n, l := range strings.Split(text, "\n") {
			if !strings.HasPrefix(l, "|") {
				lines = append(lines, Line{Text: l})
				continue
			}
			if lines[len(lines)-1].Table == 0 {
				table++
			}
			cells := strings.Split(strings.Trim(l, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			lines = append(lines, Line{Table: table, Row: n + 1, Cells: cells})
		}
		r, err := ReadOldReport(lines, 2025)
		if err != nil {
			t.Fatal(err)
		}
		found, all := 0, 0
		for answer := range strings.SplitSeq(strings.TrimSpace(answers), "\n") {
			all++
			part := strings.Split(answer, "|")
			ok := false
			for _, claim := range r.Claims {
				named := true
				for word := range strings.FieldsSeq(part[0]) {
					named = named && strings.Contains(strings.ToLower(claim.Name), word)
				}
				ok = ok || named && claim.Written == part[1] && claim.Target == part[2]
			}
			if ok {
				found++
			} else {
				t.Log(c.file, "missed:", answer)
			}
		}
		t.Logf("%s: %d of %d, %d claims", c.file, found, all, len(r.Claims))
		for _, claim := range r.Claims {
			t.Log("  ", claim.Area, "|", claim.Name, "|", claim.Written, "|", claim.Measure, "|", claim.Target, claim.Rate)
		}
		if found < c.want {
			t.Errorf("%s: %d of %d found, want %d", c.file, found, all, c.want)
		}
	}
}

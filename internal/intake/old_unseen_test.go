package intake

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// unseenFact is a figure that a text states, as its answer sheet has it: ⟨kinds words =value precision⟩ behind it.
type unseenFact struct {
	at             string // the words before, to be found again
	kinds, words   string
	measure, value string
	precision      kpi.Precision
}

var (
	answer    = regexp.MustCompile(`⟨([^⟩]*)⟩`)
	answered  = regexp.MustCompile(`(近|约|逾|超)?([\d,.]+)([余多])?([万亿])?([余多])?(\D*)$`)
	limitSaid = regexp.MustCompile(`\d+\S{1,2}以上|\d{5}(?:热线|平台)`) // the numbers that a name may hold
	kindShort = map[string]kpi.Kind{"f": kpi.Flow, "r": kpi.Running, "m": kpi.Money, "q": kpi.Ratio, "l": kpi.Level}
)

// unseenText reads a text with its answer sheet. A line of cells between bars is a row of a table.
func unseenText(t *testing.T, file string) (lines []Line, facts []unseenFact, year kpi.Year) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(raw))
	for _, at := range answer.FindAllStringSubmatchIndex(text, -1) {
		before := answer.ReplaceAllString(text[max(0, at[0]-200):at[0]], "")
		f := unseenFact{at: lastRunes(before, 14), precision: kpi.Exact}
		for n, word := range strings.Fields(text[at[2]:at[3]]) {
			switch value, is := strings.CutPrefix(word, "="); {
			case n == 0:
				f.kinds = word
			case is:
				f.value = value
			default:
				f.words = strings.TrimSpace(f.words + " " + word)
			}
		}
		said := answered.FindStringSubmatch(before)
		if said == nil && f.value == "" {
			t.Fatalf("%s: no number before %s", file, text[at[0]:at[1]])
		}
		if said != nil {
			f.precision = map[string]kpi.Precision{"近": kpi.Below, "约": kpi.About, "逾": kpi.AtLeast, "超": kpi.AtLeast,
				"": kpi.Exact}[said[1]]
			if strings.Contains(before, "签约"+said[2]) {
				f.precision = kpi.Exact
			}
			if said[3]+said[5] != "" {
				f.precision = kpi.AtLeast
			}
		}
		if f.value != "" {
			m := regexp.MustCompile(`^([\d.]+)(.*)$`).FindStringSubmatch(f.value)
			f.value, f.measure = m[1], m[2]
		} else {
			q, err := Number(strings.ReplaceAll(said[2], ",", "") + said[4])
			if err != nil {
				t.Fatalf("%s: %s: %v", file, before, err)
			}
			f.value, f.measure = q.String(), said[6]
		}
		facts = append(facts, f)
	}
	table := 0
	for n, line := range strings.Split(answer.ReplaceAllString(text, ""), "\n") {
		if !strings.HasPrefix(line, "|") {
			lines = append(lines, Line{Text: line})
			continue
		}
		if n == 0 || lines[len(lines)-1].Table == 0 {
			table++
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		lines = append(lines, Line{Table: table, Row: n + 1, Cells: cells})
	}
	return lines, facts, YearOf(lines)
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func (f unseenFact) kind(k kpi.Kind) bool {
	return slices.ContainsFunc(strings.Split(f.kinds, "|"), func(s string) bool { return kindShort[s] == k })
}

// Texts of other offices, each with an answer sheet that was written before it was first read. The first two were read
// while the rules were mended, the others were mended for after they had been run once. What each gave on its first run
// is in docs/adr/0073.
func TestTextsOfOtherOfficesBecomeIndicators(t *testing.T) {
	for _, c := range []struct {
		file  string
		least int
	}{{"health", 67}, {"farm", 72}, {"archives", 61}, {"school", 68}, {"disabled", 66}, {"culture", 64},
		{"water", 61}, {"street", 60}, {"market", 59}, {"town", 56}} {
		lines, facts, year := unseenText(t, filepath.Join("testdata", "unseen", c.file+".txt"))
		r, err := ReadOldReport(lines, year)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
		}
		right, used := 0, map[int]bool{}
		for _, f := range facts {
			why := "not found"
			for i, claim := range r.Claims {
				named := oldFact{words: f.words}.namedBy(limitSaid.ReplaceAllString(claim.Name, "以上热线"))
				if used[i] || claim.Amount.String() != f.value || !named && why != "not found" {
					continue
				}
				if named && samePeople(claim.Measure, f.measure) && f.kind(claim.Kind) && claim.Precision == f.precision {
					right, used[i], why = right+1, true, ""
					break
				}
				why = claim.Name + " " + claim.Amount.String() + string(claim.Measure) + " " + string(claim.Kind) + " " +
					string(claim.Precision)
			}
			if why != "" {
				t.Logf("%s: …%s [%s %s]: %s", c.file, f.at, f.kinds, f.words, why)
			}
		}
		for i, claim := range r.Claims {
			if !used[i] {
				t.Logf("%s: beside the facts: %s %s %s", c.file, claim.Name, claim.Written, claim.Kind)
			}
		}
		t.Logf("%s: %d of %d facts, %d claims", c.file, right, len(facts), len(r.Claims))
		if right < c.least {
			t.Errorf("%s: %d of %d facts, want %d", c.file, right, len(facts), c.least)
		}
	}
}

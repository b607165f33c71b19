package app_test

import (
	"os"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// The numbers of an English report become tokens too: its text reads as it did, and no list below an area repeats them.
func TestAnEnglishReportsNumbersBecomeTokens(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for n, file := range []string{"english-museum", "english-housing", "english-third"} {
			raw, err := os.ReadFile("../intake/testdata/" + file + ".txt")
			b.must(err)
			text := strings.ReplaceAll(sentencesOf(string(raw)), "2025", "the year")
			year := kpi.Year(2022 + n) // each has its own
			_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: year})
			b.must(err)
			body, err := app.ReadAdoption(b.Context(), "", []byte(text), year)
			b.must(err)
			// rough numbers print in the program's own words, and large ones in full
			text = strings.NewReplacer("Nearly 60", "Just under 60", "more than 5,000", "at least 5,000", "£1.24 million",
				"£1,240,000").Replace(text)
			id, err := b.app.StartAdoption(ctx, b.staff, year, "report.txt", body)
			b.must(err)
			_, err = b.app.MakeAdoption(ctx, b.staff, year, id, body)
			b.must(err)
			board, err := b.app.Board(ctx, b.staff, app.Query{Year: year})
			b.must(err)
			for _, area := range board.Areas {
				w, err := b.app.Writing(ctx, b.staff, app.Query{Year: year}, report.AreaText(area.Area.Code), "en")
				b.must(err)
				for _, f := range w.Input.Untold(area.Area.Code) {
					b.Errorf("%s leaves out %s", area.Area.Name, f.Indicator.Name)
				}
				for _, line := range w.Input.Marked(w.Text) {
					printed := ""
					for _, run := range line {
						printed += run.Text
					}
					if !strings.Contains(text, printed) {
						b.Errorf("%s prints %q of %q", file, printed, w.Text)
					}
				}
			}
		}
	})
}

// sentencesOf is a text of the corpus without its tables and answers.
func sentencesOf(text string) string {
	text, _, _ = strings.Cut(text, "\n===\n")
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.HasPrefix(line, "|") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/app"
)

// A county's own row beside its townships' holds nothing of theirs: by its name, or because the table's own
// total adds it to them.
func TestTheCountysOwnRow(t *testing.T) {
	const month, soFar = "2026年3月\n乡镇,指标,本月完成\n", "截至2026年3月底\n乡镇,指标,累计完成\n"
	below := ",X,5\nwest,X,6\n"
	for name, c := range map[string]struct{ table, county, refused string }{
		"by the total":            {month + "county,X,3\neast" + below + "合计,,14\n", "14", ""},
		"by the total above":      {month + "合计,,14\ncounty,X,3\neast" + below, "14", ""},
		"last, by the total":      {month + "east" + below + "county,X,3\n合计,,14\n", "14", ""},
		"so far, by the total":    {soFar + "county,X,3\neast" + below + "合计,,14\n", "14", ""},
		"more, by the total":      {month + "county,X,30\neast" + below + "合计,,41\n", "41", ""},
		"contains them":           {month + "county,X,14\neast" + below, "14", ""},
		"contains, with a total":  {month + "county,X,14\neast" + below + "合计,,14\n", "14", ""},
		"less than them":          {month + "county,X,3\neast" + below, "", "C3 import_below_units"},
		"named":                   {month + "本级,X,3\neast" + below, "14", ""},
		"named, more":             {month + "县本级,X,30\neast" + below, "41", ""},
		"named, so far":           {soFar + "机关,X,3\neast" + below, "14", ""},
		"named by the root":       {month + "某县某局机关,X,3\neast" + below, "14", ""},
		"its federation":          {month + "某县某局妇联,X,3\neast" + below, "14", ""},
		"its federation contains": {month + "某县某局妇联,X,11\neast" + below, "11", ""},
		"named alone":             {month + "本级,X,3\n", "3", ""},
		"the root's name before":  {month + "本级,X,3\n某县某局east" + below, "14", ""},
	} {
		for _, indicator := range []string{"screened", "users"} {
			t.Run(name+" "+indicator, func(t *testing.T) {
				eachBureau(t, func(b *bureau) {
					table := strings.ReplaceAll(c.table, "X", indicator)
					r, err := b.imports(b.staff, table, func(n *app.NewImport) { n.Again = true })
					b.must(err)
					if got := strings.Join(reasons(r), " "); got != c.refused || len(asked(r)) > 0 {
						t.Errorf("refused %s, want %s, asked %v", got, c.refused, asked(r))
					}
					if c.county != "" {
						b.wantAchieved(indicator, "county", c.county)
					}
					b.wantVerified()
				})
			})
		}
	}
}

package app_test

import (
	"strings"
	"testing"
	"time"

	"dabiao/internal/kpi"
)

// A table that waits to be confirmed waits a day by the office's clock, whatever the machine's says.
func TestATableWaitsADayToBeConfirmed(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for _, years := range []int{0, 40, -30} {
			b.clock = b.clock.AddDate(years, 0, 0)
			first := b.kept("screened,2026-06-01,1")
			b.clock = b.clock.Add(23 * time.Hour)
			second := b.kept("screened,2026-06-02,2")
			b.wantKept(first, true)
			b.clock = b.clock.Add(2 * time.Hour)
			third := b.kept("screened,2026-06-03,3")
			b.wantKept(first, false)
			b.wantKept(second, true)
			b.wantKept(third, true)
			b.clock = b.clock.Add(25 * time.Hour)
			b.kept("screened,2026-06-04,4")
			b.wantKept(second, false)
		}
	})
}

// kept hands in a table to be looked at and gives back its hash.
func (b *bureau) kept(row string) string {
	b.Helper()
	f, err := b.app.StageImport("台账.csv", strings.NewReader("指标,日期,新增\n"+row+"\n"))
	b.must(err)
	b.must(b.app.KeepImport(b.Context(), b.staff, f))
	return f.SHA256()
}

func (b *bureau) wantKept(sum string, want bool) {
	b.Helper()
	_, err := b.app.ImportDraft(b.staff, "台账.csv", sum)
	switch {
	case want:
		b.must(err)
	default:
		wantRefusal(b.T, err, kpi.NotFound, "import_draft_gone")
	}
}

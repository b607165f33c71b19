package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"
)

// A year filled up to what its forms take (long names, notes, reasons, report texts, many files on one entry) has all
// its papers, also signed ones, in every format, and Office opens them.
func TestAYearFilledToTheBrimHasAllItsPapers(t *testing.T) {
	o := smallOffice(t)
	long := func(n int) string {
		return string([]rune(strings.Repeat("关于印发二〇二六年度两癌免费检查实施方案的通知", n))[:n])
	}
	_, err := o.app.RenameUnit(ctx, kpi.Operator, "west", long(100), "")
	must(t, err)
	for i := range 3 {
		u, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: "east",
			Dated: kpi.Date(fmt.Sprintf("2026-10-%02d", i+1)), Quantity: kpi.Exactly(kpi.Whole(int64(7 + i))),
			Origin: kpi.FromForm, Note: long(kpi.MaxNote)})
		must(t, err)
		for file := range 30 {
			_, err = o.app.AttachEvidence(ctx, kpi.Operator, u.ID, app.NewEvidence{
				Name: fmt.Sprintf("%d-%02d%s.png", i, file, long(100)), Content: strings.NewReader(tinyPNG + fmt.Sprint(i, file))})
			must(t, err)
		}
	}
	_, err = o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened", Unit: "county",
		Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(1000), Weight: 20_00,
			Document: long(100), Reason: long(200)}})
	must(t, err)
	_, err = o.app.ExplainIndicator(ctx, kpi.Operator, 2026, app.NewExplanation{Indicator: "screened", Unit: "county",
		Reason: long(500), Next: long(500)})
	must(t, err)
	for _, language := range report.Languages {
		must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, "problems", language, long(9_000)))
	}
	_, err = o.app.CheckReport(ctx, kpi.Operator, 2026, "")
	must(t, err)
	_, err = o.app.SignReport(ctx, kpi.Operator, 2026, app.NewSigning{Reason: long(200)})
	must(t, err)

	for _, format := range []string{"docx", "xlsx", "html", "csv"} {
		var at []string
		for _, form := range append([]report.Paper{report.WholeReport}, report.Papers...) {
			if _, err := report.WriterOf(format, form); err == nil {
				at = append(at, "/years/2026/report."+format+"?form="+string(form))
			}
		}
		if _, err := report.WriterOf(format, report.WholeReport); err == nil {
			at = append(at, "/years/2026/report/signed/1."+format)
		}
		if len(at) == 0 {
			t.Errorf("nothing is written as %s", format)
		}
		for _, path := range at {
			g := o.get(t, "admin", path).want(t, http.StatusOK)
			if format == "docx" || format == "xlsx" {
				papertest.Valid(t, "paper."+format, []byte(g.body))
			}
		}
	}
	papertest.Valid(t, "log.xlsx", []byte(o.get(t, "admin", "/years/2026/updates.xlsx").want(t, http.StatusOK).body))
	o.get(t, "admin", "/years/2026/evidence.zip").want(t, http.StatusOK)
}

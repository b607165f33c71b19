package check

import (
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

func TestTheCheckNamesProjects(t *testing.T) {
	in := yearOf(reporttest.Sample(t), lang.Chinese)
	codes := map[string]Finding{}
	for _, f := range Report(Input{Input: in}) {
		if f.Fix == FixProject {
			codes[f.Code+" "+inner(f.Text).Key] = f
		}
	}
	for _, want := range []string{"project project.finding.no_weight", "unspent score.finding.unspent",
		"heading score.finding.heading"} {
		if _, ok := codes[want]; !ok {
			t.Errorf("%q is missing in %v", want, codes)
		}
	}
	own := in
	own.Outline = report.ShippedOutline
	own.Outline.Annexes = []report.Paper{report.BasicData}
	if !slices.ContainsFunc(Report(Input{Input: own}),
		func(f Finding) bool { return f.Text.Key == "project.finding.no_annex" }) {
		t.Error("an outline without the annex is not found")
	}
	in.Projects[0].Project.Money = nil
	in.Projects[0].Budget = progress.Execute(nil, in.Board.AsOf, kpi.DefaultRules)
	found := false
	for _, f := range Report(Input{Input: in}) {
		found = found || f.Code == "totals" && f.Severity == SeverityError && f.Text.Key == "project.finding.full"
	}
	if !found {
		t.Error("money that does not add up is no error")
	}
}

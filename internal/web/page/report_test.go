package page

import (
	"strings"
	"testing"

	"dabiao/assets"
	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/report/returned"
)

// sampleReport is the document of the sample board.
func sampleReport(pc Context) paper.Document {
	return report.Build(report.Input{Office: report.Office{Name: pc.Office.Name, NameEn: pc.Office.NameEn},
		Board: sampleBoard(), Dated: pc.Today, Language: pc.Printer})
}

// sampleSigning is a report signed twice and changed since.
func sampleSigning(pc Context) app.SigningView {
	in := sampleCheck(pc)
	return app.SigningView{Input: in, Findings: check.Report(in), State: app.ReportChanged, MayCheck: true,
		MaySign: true, Fresh: true, Check: &kpi.ReportCheck{Year: 2026, Errors: 1, Warnings: 3, Note: "看过", Author: "liu",
			At: 1780000000000},
		Signings: []kpi.ReportSigning{{Year: 2026, Number: 1, SHA256: strings.Repeat("ab", 32),
			AsOf: kpi.Period{Year: 2026, Month: 6}, Author: "wang", At: 1780000000000},
			{Year: 2026, Number: 2, SHA256: strings.Repeat("cd", 32), AsOf: kpi.Period{Year: 2026, Month: 6}, Errors: 1,
				Reason: "以公布的为准", Author: "wang", At: 1780000000000}},
		Changes: []report.Change{{Indicator: sampleSpecs[0].code, What: kpi.T("signoff.change.value"),
			Frozen: "7人", Now: "8人"},
			{Section: report.Problems, What: kpi.T("signoff.change.text"), Now: "改了。"}}}
}

// sampleWriting is the editor's view of a section with everything on it.
func sampleWriting(pc Context) app.Writing {
	in := sampleCheck(pc)
	return app.Writing{Input: in, Place: kpi.TextPlace{Year: 2026, Section: string(report.Problems),
		Language: string(pc.Printer.Tag())},
		Text: in.Texts[report.Problems] + "\n完成⟦" + sampleSpecs[0].code + "·value⟧。", Version: kpi.TextVersion{ID: 2},
		Notes: sampleNotes()[:1], LastYear: "上年做了36件。", MayWrite: true,
		Draft:    &kpi.TextDraft{Body: "草稿。", Base: 1, At: 1780000000000},
		Versions: []kpi.TextVersion{{ID: 2, Body: "一", Author: "liu", At: 1780000000000}, {ID: 1, Body: "二"}}}
}

// sampleNotes are one on a section, one on none and one that is settled.
func sampleNotes() []kpi.ReportNote {
	place := kpi.TextPlace{Year: 2026, Section: string(report.Problems), Language: "zh-CN"}
	whole := kpi.TextPlace{Year: 2026}
	return []kpi.ReportNote{
		{ID: 1, TextPlace: place, Author: "张主席", Written: "2026-12-01T09:30:00Z",
			Quote: "走访群众37人", Body: "再核一下。"},
		{ID: 2, TextPlace: whole, Author: "李局", Body: "全文再压缩。"},
		{ID: 3, TextPlace: place, Author: "李局", Body: "好。", DoneAt: 1}}
}

// sampleReturned is a report of which every sort of section came back.
func sampleReturned(pc Context) returnedPage {
	in := sampleCheck(pc).Input
	remark := intake.Comment{Author: "张主席", At: "2026-12-01T09:30:00Z", Text: "再核一下。", Quote: "37人"}
	settled := intake.Comment{Author: "李局", Text: "好。", Resolved: true}
	spans := []returned.Span{{Text: "走访群众"}, {Mark: returned.Del, Text: "37"}, {Mark: returned.Ins, Text: "38"},
		{Text: "人。"}}
	return NewReturned(pc, ReturnedInput{Name: "退回.docx", SHA256: "9f2b", Refusal: kpi.Clash("returned_changed_since",
		"存在的问题", "liu"), View: &app.ReturnedView{Input: in, Language: "zh-CN", MayTake: true,
		Document: intake.ReturnedDocument{Tracked: 3, Authors: []string{"张主席", "李局"}},
		Result: returned.Result{Loose: []intake.Comment{settled}, Sections: []returned.Section{
			{Key: report.Problems, Heading: "七、存在的问题", State: returned.Changed, Text: "走访群众38人。", Written: true,
				Renamed: "七、不足", Comments: []intake.Comment{remark, settled, {Text: "见附件。", Footnote: true}},
				Figures: []returned.Figure{{Indicator: sampleSpecs[0].code, Was: "37人", Is: "38人"}, {Was: "1", Is: "2"}},
				Lines: []returned.Line{{Kind: returned.LineSame}, {Kind: returned.LineChanged, Spans: spans},
					{Kind: returned.LineAdded, Spans: spans[2:3]}, {Kind: returned.LineRemoved, Spans: spans[1:2]},
					{Kind: returned.LineMoved, Spans: spans[:1]}, {Kind: returned.LineSame}}},
			{Key: report.General, Heading: "二、一般公共预算", State: returned.Generated,
				Lines: []returned.Line{{Kind: returned.LineGenerated, Spans: spans}}},
			{Key: report.Other, Heading: "十、其他", State: returned.Missing},
			{Key: report.Publication, Heading: "九、公开", State: returned.Twice},
			{Key: report.Improvements, State: returned.Unchanged}}}}})
}

// sampleCheck is a report with something of each severity to find.
func sampleCheck(pc Context) check.Input {
	in := check.Input{Input: report.Input{Office: report.Office{Name: pc.Office.Name}, Board: sampleUntargeted(),
		Language: pc.Printer, Texts: map[report.SectionKey]string{report.Problems: "走访群众37人，纠纷50起，其中家暴60起。"}}}
	in.Board.AsOf = kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	return in
}

// A month chosen on the page of a table is a month of that table, not of the whole report.
func TestAnotherMonthOfATableIsStillThatTable(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	d, err := report.BuildPaper(report.Input{Board: sampleBoard(), Dated: pc.Today, Language: pc.Printer},
		report.Monitoring)
	if err != nil {
		t.Fatal(err)
	}
	page := NewReport(pc, d)
	january := page.Switches[len(page.Switches)-1].Links
	if got, want := january[len(january)-1].Href, "/years/2026/report?form=monitoring&as_of=2026-01"; got != want {
		t.Errorf("another month leads to %s, want %s", got, want)
	}
	if got := page.Title; got != "绩效运行监控表" {
		t.Errorf("the page is headed %q", got)
	}
	for _, tab := range page.Tabs {
		if tab.Current != (tab.Text == "报表") {
			t.Errorf("it stands under %s: %v", tab.Text, tab.Current)
		}
	}
}

// What a year with invented figures says on every printed page stands in the style sheet, where no catalogue reaches.
func TestPrintedPagesSayThatFiguresAreInvented(t *testing.T) {
	file, ok := assets.File(strings.TrimPrefix(assets.URL("pages.css"), assets.Prefix))
	if !ok {
		t.Fatal("no style sheet of pages")
	}
	for _, tag := range []lang.Tag{lang.Chinese, lang.English} {
		if said := lang.For(tag).T("report.sample"); !strings.Contains(string(file.Plain()), `content: "`+said+`"`) {
			t.Errorf("the pages' style sheet does not say %q", said)
		}
	}
}

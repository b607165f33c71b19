package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/assets"
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/views"
)

var (
	updateGolden = flag.Bool("update", false, "write the golden files anew")
	pagesOut     = flag.String("pages.out", "", "folder to write every rendered page and asset to, for looking at them")
)

func pageSet(t *testing.T, p lang.Printer) *views.Set {
	t.Helper()
	set, err := views.Parse(views.FS, pageFuncs(p))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// pageZero is every page without data; a page file that is missing here fails the test.
var pageZero = map[string]any{
	"board": boardPage{}, "indicator_show": indicatorPage{}, "update_log": logPage{}, "update_correction": correctionPage{},
	"sign_in": signInPage{}, "setup": setupPage{}, "report_show": reportPage{}, "check_show": findingsPage{}, "check_document": documentPage{},
	"report_sections": sectionsPage{}, "report_edit": editorPage{}, "report_figures": figuresPage{}, "report_outline": outlinePage{},
	"report_sign": signoffPage{}, "report_signed": signedPage{}, "audit": auditPage{}, "error": errorPage{},
	"area_show": areaPage{}, "compare": comparePage{}, "entries_show": entriesPage{}, "score_show": scorePage{}, "ruleset_show": rulesPage{}, "budget_show": budgetPage{},
	"entry": entryPage{}, "mine": minePage{}, "grid": gridPage{},
	"import_choose": importPage{}, "import_preview": importPreview{},
	"account_list": accountsPage{}, "account_show": accountPage{}, "account_own": ownAccountPage{},
	"wall": wallPage{}, "display_list": displaysPage{}, "public_year": publicPage{}, "card": cardPage{}, "notice_list": noticesPage{}, "channel_list": channelsPage{},
	"question_list": questionsPage{}, "question_show": questionPage{},
}

// pageFull is every page, and some states of pages, with data. The key is the page's name and,
// behind a colon, the state.
func pageFull(t *testing.T, tag lang.Tag) map[string]any {
	t.Helper()
	pc := sampleContext(tag)
	must := func(page any, err error) any {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	view := sampleView()
	in := updateFormInput{Indicator: view.Figure.Indicator, Year: 2026, Figure: view.Figure, Units: sampleUnits, Unit: sampleUnits[0], Key: "key-1"}
	refused := in
	refused.Typed = &updateTyped{Unit: "wenping", Date: "2026-07-09", Value: "七百二", Note: "第二批"}
	refused.Refusal = &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 2), Fields: []kpi.Field{
		{Name: "value", Text: kpi.T("number_unreadable", "七百二")}, {Name: "date", Text: kpi.T("date_in_future", "2026-07-09")}}}
	judged := view
	judged.Figure = sampleSpecs[11].figure(sampleSpecs[11].indicator(12), 1, 100)
	judged.Children, judged.Log, judged.Parts = nil, nil, nil
	judgedIn := updateFormInput{Indicator: judged.Figure.Indicator, Year: 2026, Figure: judged.Figure, Units: sampleUnits[:1], Unit: sampleUnits[0], Key: "key-2"}
	ratio := judged
	ratio.Figure = sampleFigures()[len(sampleSpecs)]
	ratio.Inputs = []kpi.Indicator{sampleSpecs[8].indicator(9), sampleSpecs[9].indicator(10)}
	stranger := pc
	stranger.Actor, stranger.ActorName, stranger.Years, stranger.Year = kpi.Actor{}, "", nil, kpi.YearInfo{}
	yearEnd := pc
	yearEnd.Year, yearEnd.AsOf = kpi.YearInfo{Year: 2022, State: kpi.YearClosed}, kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	board := newBoardPage(pc, sampleBoard(), boardInput{MayLog: true})
	explained := must(newIndicatorPage(pc, view, newUpdateForm(pc, in))).(indicatorPage)
	explained.Explanation = newIndicatorExplanation(pc, view, indicatorForms{Key: "key-5"})
	asked := explained
	asked.Explanation = newIndicatorExplanation(pc, view, indicatorForms{Key: "key-5", Explained: typed{"reason": "", "next": "集中检查"},
		ExplainedWrong: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{{Name: "reason", Text: kpi.T("explanation_reason_missing")}}}})
	month := kpi.Period{Year: 2026, Month: 6}
	log := app.EntriesView{Year: view.Year, Unit: view.Unit, AsOf: sampleAsOf, Indicator: view.Figure.Indicator, Entries: view.Log, More: true, MayLog: true}
	full := scorePages(pc)
	maps.Copy(full, reviewPages(pc))
	maps.Copy(full, map[string]any{
		"board":            board,
		"board:untargeted": newBoardPage(yearEnd, sampleUntargeted(), boardInput{}),
		"board:open":       newBoardPage(pc, sampleBoard(), boardInput{Open: true}),
		"board:filtered":   newBoardPage(pc, sampleBoard(), boardInput{Light: kpi.Done}),
		"compare":          newComparePage(pc, sampleComparison(), compareInput{Asked: url.Values{"sort": {"1"}, "pin": {"trained"}}, Views: []kpi.View{{ID: 1, Account: 1, Name: "两镇", Query: "second=wenping", Shared: true}}}),
		"compare:units": newComparePage(pc, sampleUnitComparison(), compareInput{Asked: url.Values{"rows": {"units"}, "show": {"value"}},
			Name: "", Refusal: &kpi.Error{Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{{Name: "name", Text: kpi.T("name_missing")}}}}),
		"compare:empty":              newComparePage(pc, app.Comparison{Year: pc.Year, Unit: pc.Unit, AsOf: pc.AsOf}, compareInput{}),
		"area_show":                  newAreaPage(pc, sampleBoard(), sampleBoard().Areas[1]),
		"entries_show":               newEntriesPage(pc, log, nil),
		"entries_show:month":         newEntriesPage(pc, log, &month),
		"entries_show:empty":         newEntriesPage(pc, app.EntriesView{Indicator: log.Indicator}, &month),
		"board:empty":                newBoardPage(pc, progress.Board{Year: pc.Year, AsOf: pc.AsOf}, boardInput{MayLog: true}),
		"indicator_show":             explained,
		"indicator_show:unexplained": asked,
		"indicator_show:refused":     must(newIndicatorPage(pc, view, newUpdateForm(pc, refused))),
		"indicator_show:judged":      must(newIndicatorPage(pc, judged, newUpdateForm(pc, judgedIn))),
		"indicator_show:ratio":       must(newIndicatorPage(pc, ratio, nil)),
		"update_log":                 newLogPage(pc, sampleBoard(), view.Log, true),
		"update_correction":          newCorrectionPage(pc, correctionInput{Entry: view.Log[2], Key: "key-3", WithdrawKey: "key-4"}),
		"update_correction:refused": newCorrectionPage(pc, correctionInput{Entry: view.Log[2], Withdrawing: true, Typed: &updateTyped{}, Refusal: &kpi.Error{
			Code: kpi.Invalid, Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{{Name: "reason", Text: kpi.T("reason_missing")}}}}),
		"sign_in":         newSignInPage(stranger, "wang", "/years/2026", kpi.Denied("sign_in_failed")),
		"setup":           newSetupPage(stranger, "token", setupTyped{Year: "2026"}, &kpi.Error{Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{{Name: "office", Text: kpi.T("name_missing")}}}),
		"report_show":     newReportPage(pc, sampleReport(pc)),
		"check_show":      newFindingsPage(pc, sampleCheck(pc)),
		"report_sections": newSectionsPage(pc, sampleCheck(pc)),
		"report_sign":     newSignoffPage(pc, sampleSigning(pc), nil, kpi.Refuse(kpi.Conflict, "report_not_checked")),
		"report_signed":   newSignedPage(pc, app.SignedView{Signing: sampleSigning(pc).Signings[0], Input: sampleCheck(pc).Input, Changes: sampleSigning(pc).Changes, Signings: sampleSigning(pc).Signings}, 0),
		"report_outline":  newOutlinePage(pc, app.OutlineView{Input: sampleCheck(pc).Input, Others: []kpi.Year{2025}, MaySet: true}, kpi.Refuse(kpi.Invalid, "outline_size", 60)),
		"report_figures":  newFiguresPage(pc, sampleCheck(pc).Input, ""),
		"report_edit":     newEditorPage(pc, sampleWriting(pc), editing{}, ""),
		"report_edit:conflict": newEditorPage(pc, sampleWriting(pc), editing{Typed: new(string), Conflict: &kpi.TextVersion{ID: 3, Author: "liu", Body: "改过的文字。"},
			Refusal: kpi.Refuse(kpi.Invalid, "text_malformed")}, ""),
		"check_document": newDocumentPage(pc, &app.DocumentView{Input: sampleCheck(pc), Name: "2022年自评报告.docx", Paragraphs: 2,
			Found: report.CheckDocument(sampleCheck(pc), []string{"培训妇女1300人，走访群众37人。", "纠纷50起，其中家暴60起。"})}, kpi.Refuse(kpi.Invalid, "document_damaged", "a.docx")),
		"forms": newFormsPage(pc),
		"audit": newAuditPage(pc, []kpi.AuditEntry{{ID: 12, At: 1780000000000, Actor: "liu", Action: "update.log", Subject: "update 406",
			Detail: `{"indicator":"screened","unit":"county","date":"2026-06-28","amount":"1000"}`, Hash: "9f2b4c1a7d3e5f60"}}, "/audit?before=12"),
		"import_choose": newImportPage(pc, []kpi.Import{{ID: 1, Year: 2026, Name: "6月汇总.xlsx", Rows: 38, Refused: 2, Entries: 41, Author: "liu", At: 1780000000000}},
			kpi.Refuse(kpi.Invalid, "import_damaged", "7月汇总.xlsx")),
		"import_preview":         sampleImport(t, pc),
		"import_preview:refused": newImportPreview(pc, sampleNewImport(t), app.ImportResult{}, nil, kpi.Refuse(kpi.Invalid, "import_no_header")),
		"error":                  newErrorPage(stranger, 500, pc.Printer.T("fault", "7f3a-22"), nil, "7f3a-22"),
	})
	return full
}

// sampleReport is the document of the sample board.
func sampleReport(pc pageContext) report.Document {
	return report.Build(report.Input{Office: report.Office{Name: pc.Office.Name, NameEn: pc.Office.NameEn},
		Board: sampleBoard(), Dated: pc.Today, Language: pc.Printer})
}

// sampleSigning is a report signed twice and changed since.
func sampleSigning(pc pageContext) app.SigningView {
	in := sampleCheck(pc)
	return app.SigningView{Input: in, Findings: report.Check(in), State: app.ReportChanged, MayCheck: true, MaySign: true, Fresh: true,
		Check: &kpi.ReportCheck{Year: 2026, Errors: 1, Warnings: 3, Note: "看过", Author: "liu", At: 1780000000000},
		Signings: []kpi.ReportSigning{{Year: 2026, Number: 1, SHA256: strings.Repeat("ab", 32), AsOf: kpi.Period{Year: 2026, Month: 6}, Author: "wang", At: 1780000000000},
			{Year: 2026, Number: 2, SHA256: strings.Repeat("cd", 32), AsOf: kpi.Period{Year: 2026, Month: 6}, Errors: 1, Reason: "以公布的为准", Author: "wang", At: 1780000000000}},
		Changes: []report.Change{{Indicator: sampleSpecs[0].code, What: kpi.T("signoff.change.value"), Frozen: "7人", Now: "8人"},
			{Section: report.Problems, What: kpi.T("signoff.change.text"), Now: "改了。"}}}
}

// sampleWriting is the editor's view of a section with everything on it.
func sampleWriting(pc pageContext) app.Writing {
	in := sampleCheck(pc)
	return app.Writing{Input: in, Place: kpi.TextPlace{Year: 2026, Section: string(report.Problems), Language: string(pc.Printer.Tag())},
		Text: in.Texts[report.Problems] + "\n完成⟦" + sampleSpecs[0].code + "·value⟧。", Version: kpi.TextVersion{ID: 2}, LastYear: "上年做了36件。", MayWrite: true,
		Draft:    &kpi.TextDraft{Body: "草稿。", Base: 1, At: 1780000000000},
		Versions: []kpi.TextVersion{{ID: 2, Body: "一", Author: "liu", At: 1780000000000}, {ID: 1, Body: "二"}}}
}

// sampleCheck is a report with something of each severity to find.
func sampleCheck(pc pageContext) report.CheckInput {
	in := report.CheckInput{Input: report.Input{Office: report.Office{Name: pc.Office.Name}, Board: sampleUntargeted(), Language: pc.Printer,
		Texts: map[report.SectionKey]string{report.Problems: "走访群众37人，纠纷50起，其中家暴60起。"}}}
	in.Board.AsOf = kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	return in
}

// sampleUntargeted is a year like 2022: one target, reached, and many figures without any.
func sampleUntargeted() progress.Board {
	b := sampleBoard()
	var figures []progress.Figure
	for i, s := range sampleSpecs {
		if s.code != "commended" {
			s.target = 0
		}
		figures = append(figures, s.figure(s.indicator(i+1), 1, 100))
	}
	b.Year = kpi.YearInfo{Year: 2022, State: kpi.YearClosed}
	b.Summary, b.Areas = progress.Summarize(figures), progress.Arrange(sampleAreas, figures)
	return b
}

func TestEveryPageRendersInBothLanguages(t *testing.T) {
	for _, tag := range lang.Tags {
		set := pageSet(t, lang.For(tag))
		full := pageFull(t, tag)
		maps.Copy(full, formPages(tag))
		maps.Copy(full, planPages(tag))
		maps.Copy(full, accountPages(tag))
		maps.Copy(full, evidencePages(tag))
		maps.Copy(full, completenessPages(tag))
		maps.Copy(full, openPages(tag))
		maps.Copy(full, noticePages(tag))
		maps.Copy(full, questionPages(tag))
		maps.Copy(full, entryPages(tag))
		maps.Copy(full, sampleGrid(sampleContext(tag)))
		for _, name := range set.Pages() {
			zero, ok := pageZero[name]
			if _, has := full[name]; !ok || !has {
				t.Errorf("page %s has no test data", name)
				continue
			}
			if err := set.Render(&bytes.Buffer{}, name, zero); err != nil {
				t.Errorf("%s without data: %v", name, err)
			}
		}
		for key, data := range full {
			name, _, _ := strings.Cut(key, ":")
			var b bytes.Buffer
			if err := set.Render(&b, name, data); err != nil {
				t.Errorf("%s: %v", key, err)
			}
			checkPage(t, string(tag)+" "+key, b.String())
			writePage(t, string(tag)+"-"+strings.ReplaceAll(key, ":", "-")+".html", b.Bytes())
		}
	}
	for _, name := range []string{"app.css", "app.js", "echarts.min.js", "favicon.svg"} {
		url := assets.URL(name)
		content, _, _, _ := assets.File(strings.TrimPrefix(url, assets.Prefix))
		writePage(t, url[1:], content)
	}
}

// writePage is for looking at the pages.
func writePage(t *testing.T, name string, content []byte) {
	t.Helper()
	if *pagesOut == "" {
		return
	}
	path := filepath.Join(*pagesOut, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

var (
	inlineAttribute = regexp.MustCompile(`(?i)<[^>]*\s(style|on[a-z]+)\s*=`)
	idAttribute     = regexp.MustCompile(`\sid="([^"]+)"`)
	reference       = regexp.MustCompile(`\s(?:for|aria-labelledby|aria-describedby|data-chart)="([^"]+)"`)
	missingKey      = regexp.MustCompile(`>\s*[a-z_]+\.[a-z_.]+\s*<`)
)

// checkPage holds what must be so on every page: nothing inline, ids once, references that point
// at something, no key of the catalogue in place of its sentence, no sign of a template gone wrong.
func checkPage(t *testing.T, name, html string) {
	t.Helper()
	if found := inlineAttribute.FindString(html); found != "" {
		t.Errorf("%s: inline %s", name, found)
	}
	for _, bad := range []string{"ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(html, bad) {
			t.Errorf("%s holds %s", name, bad)
		}
	}
	if found := missingKey.FindString(html); found != "" && !strings.Contains(found, "update.log") {
		t.Errorf("%s shows the key %s", name, found)
	}
	ids := map[string]bool{}
	for _, m := range idAttribute.FindAllStringSubmatch(html, -1) {
		if ids[m[1]] {
			t.Errorf("%s: id %q twice", name, m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range reference.FindAllStringSubmatch(html, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !ids[id] {
				t.Errorf("%s: nothing has the id %q", name, id)
			}
		}
	}
}

func TestBoardGolden(t *testing.T) {
	for _, tag := range lang.Tags {
		var b bytes.Buffer
		if err := pageSet(t, lang.For(tag)).Render(&b, "board", pageFull(t, tag)["board"]); err != nil {
			t.Fatal(err)
		}
		hashed := regexp.MustCompile(`\.[0-9a-f]{16}\.`)
		golden(t, "board."+string(tag)+".html", hashed.ReplaceAll(b.Bytes(), []byte(".HASH.")))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *updateGolden {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test ./internal/web -update and read the difference", path)
	}
}

// Every key that templates and builders name stands in the catalogue (the languages' equal keys are
// the lang package's test).
func TestEveryKeyIsInTheCatalogue(t *testing.T) {
	p := lang.For(lang.Chinese)
	inTemplates := regexp.MustCompile(`\bt "([^"]+)"`)
	inCode := regexp.MustCompile(`(?:\.T\(|add\(|countText\([^,]+, )"([a-z_.]+[a-z_])"[,)]`)
	check := func(pattern string, key *regexp.Regexp) {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatal("no files", pattern, err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(raw), -1) {
				if strings.Contains(m[1], ".") && !p.Has(m[1]) {
					t.Errorf("%s: the catalogue lacks %q", path, m[1])
				}
			}
		}
	}
	check("../../views/*/*.html", inTemplates)
	check("page_*.go", inCode)
}

func TestSummarySentence(t *testing.T) {
	for _, c := range []struct {
		lights map[kpi.Light]int
		zh, en string
	}{
		{map[kpi.Light]int{}, "本年度还没有指标。", "This year has no indicators yet."},
		{map[kpi.Light]int{kpi.Done: 7, kpi.Ahead: 3, kpi.OnPace: 8, kpi.Behind: 2, kpi.FarBehind: 1, kpi.NoData: 2},
			"23 项指标，18 项达到序时进度；1 项严重滞后、2 项滞后，2 项未填报。",
			"23 indicators: 18 on pace; 1 far behind, 2 behind, 2 without data."},
		{map[kpi.Light]int{kpi.Done: 1, kpi.NoTarget: 65}, "66 项指标：1 项已完成，65 项未设目标。", "66 indicators: 1 done, 65 without a target."},
		{map[kpi.Light]int{kpi.Behind: 1}, "1 项指标：1 项滞后。", "1 indicator: 1 behind."},
		{map[kpi.Light]int{kpi.OnPace: 2}, "2 项指标，2 项达到序时进度。", "2 indicators: 2 on pace."},
		{map[kpi.Light]int{kpi.FarBehind: 1, kpi.Over: 1, kpi.NoTarget: 1}, "3 项指标：1 项严重滞后、1 项超标，1 项未设目标。",
			"3 indicators: 1 far behind, 1 over the limit, 1 without a target."},
	} {
		s := progress.Summary{ByLight: c.lights}
		for _, n := range c.lights {
			s.Indicators += n
		}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			var got strings.Builder
			for _, part := range summarySentence(lang.For(tag), s) {
				got.WriteString(part.Text)
			}
			if got.String() != want {
				t.Errorf("%q, want %q", got.String(), want)
			}
		}
	}
}

func TestBulletsShareOneScale(t *testing.T) {
	for rate, want := range map[kpi.Percent]string{0: "0.00%", 27_70: "22.16%", 100_00: "80.00%", 125_00: "100.00%", 133_33: "100.00%", -5_00: "0.00%"} {
		if got, beyond := bulletBar(rate); got != want || beyond != (rate > 125_00) {
			t.Errorf("%s: %s beyond %v, want %s", rate, got, beyond, want)
		}
	}
}

// A refused form keeps what was typed and says every mistake at its field and at the top.
func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "indicator_show", pageFull(t, lang.Chinese)["indicator_show:refused"]); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`value="七百二"`, `value="2026-07-09"`, `第二批</textarea>`, `<option value="wenping" selected>`,
		`href="#f-value"`, `href="#f-date"`, `aria-describedby="f-value-error f-value-hint" aria-invalid="true"`, `name="key" value="key-1"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the form lacks %s", want)
		}
	}
}

// The server reads a form with a file as it streams in: what the file depends on must come first.
func TestTheFileComesLast(t *testing.T) {
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "indicator_show", pageFull(t, lang.Chinese)["indicator_show"]); err != nil {
		t.Fatal(err)
	}
	form, _, _ := strings.Cut(b.String()[strings.Index(b.String(), `enctype="multipart/form-data"`):], "</form>")
	file := strings.Index(form, `name="evidence"`)
	for _, field := range []string{"csrf", "key", "unit", "date", "value", "note", "sensitive"} {
		if at := strings.LastIndex(form, `name="`+field+`"`); at < 0 || at > file {
			t.Errorf("%s stands at %d, the file at %d", field, at, file)
		}
	}
}

// Text of people cannot break out of the page or of the chart's data.
func TestPeoplesTextIsEscaped(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)>"'`
	board := sampleBoard()
	for a := range board.Areas {
		board.Areas[a].Area.Name = evil
		for f := range board.Areas[a].Figures {
			board.Areas[a].Figures[f].Indicator.Name = evil
		}
	}
	said := board.Said[4]
	said.Reason, said.Next = evil, evil
	board.Said[4] = said
	view := sampleView()
	view.Figure.Indicator.Name = evil
	indicator, err := newIndicatorPage(sampleContext(lang.Chinese), view, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range map[string]any{"board": newBoardPage(sampleContext(lang.Chinese), board, boardInput{MayLog: true}), "indicator_show": indicator} {
		var b bytes.Buffer
		if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, name, page); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "<img src=x") {
			t.Errorf("%s: a text became markup", name)
		}
		_, data, ok := strings.Cut(b.String(), `-option">`)
		if name == "board" && !ok {
			continue // it has no chart
		}
		data, _, _ = strings.Cut(data, "</script>")
		var option map[string]any
		if err := json.Unmarshal([]byte(data), &option); err != nil {
			t.Errorf("%s: the chart's data is no JSON: %v", name, err)
		}
	}
}

// Switches leave out what the page would choose by itself, and keep what was chosen.
func TestSwitchesKeepUnitAndMonth(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	pc.Unit, pc.AsOf = sampleUnits[2], kpi.MonthEnd(kpi.Period{Year: 2026, Month: 4})
	l := newLayout(pc, "", partBoard, "/years/2026")
	var hrefs []string
	for _, s := range l.Switches {
		hrefs = append(hrefs, s.Links[0].Href)
	}
	want := []string{"/years/2026?as_of=2026-04", "/years/2026?unit=wenping", "/years/2026?unit=wenping"}
	if !slices.Equal(hrefs, want) {
		t.Errorf("%v, want %v", hrefs, want)
	}
}

package page

import (
	"bytes"
	"flag"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dabiao/assets"
	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/web/input"
	"dabiao/views"
)

var (
	updateGolden = flag.Bool("update", false, "write the golden files anew")
	pagesOut     = flag.String("pages.out", "", "folder to write every rendered page and asset to, for looking at them")
)

func pageSet(t *testing.T, p lang.Printer) *views.Set {
	t.Helper()
	set, err := views.Parse(views.FS, Funcs(p))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// pageZero is every page without data; a page file that is missing here fails the test.
var pageZero = map[string]any{
	"board": boardPage{}, "indicator_show": indicatorPage{}, "update_log": logPage{},
	"update_correction": correctionPage{}, "sign_in": signInPage{}, "setup": setupPage{}, "setup_unset": unsetPage{},
	"settings":   settingsPage{},
	"plan_table": proposalChoose{}, "plan_proposal": proposalPage{},
	"adopt_choose": adoptChoose{}, "adopt_made": adoptMade{}, "report_show": reportPage{},
	"report_pages": reportPages{},
	"check_show":   findingsPage{}, "check_document": documentPage{},
	"report_sections": sectionsPage{}, "report_text": reportTextPage{}, "report_figures": figuresPage{},
	"outline": outlinePage{}, "cover": coverPage{}, "form_rows": formRowsPage{}, "report_forms": formsPage{},
	"signoff": signoffPage{}, "signed": signedPage{}, "report_returned": returnedPage{},
	"audit": auditPage{}, "error": errorPage{},
	"area_show": areaPage{}, "compare": comparePage{}, "entries_show": entriesPage{}, "score_show": scorePage{},
	"ruleset_show": rulesPage{}, "budget_show": budgetPage{}, "entry": entryPage{}, "mine": minePage{}, "grid": gridPage{},
	"log_book": bookPage{}, "import_choose": importPage{}, "import_preview": importPreview{},
	"account_list": accountsPage{}, "account_show": accountPage{}, "account_own": ownAccountPage{},
	"sign_in_step": stepPage{}, "recovery_codes": recoveryPage{}, "second_factor": factorPage{},
	"sign_in_rules": signInRulesPage{},
	"invitation":    invitationPage{},
	"wall":          wallPage{}, "display_list": displaysPage{}, "public_year": publicPage{}, "card": cardPage{},
	"overview": overviewPage{}, "trends": trendsPage{},
	"notice_list": noticesPage{}, "channel_list": channelsPage{},
	"handup": handupPage{}, "handup_below": belowPage{}, "package_show": packagePage{},
	"package_figure": packageFigurePage{},
	"project_list":   projectPage{}, "staffing_show": staffingPage{}, "question_list": questionsPage{},
	"question_show": questionPage{},
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
	in := UpdateFormInput{Indicator: view.Figure.Indicator, Year: 2026, Figure: view.Figure, Units: sampleUnits,
		Unit: sampleUnits[0], Key: "key-1"}
	refused := in
	refused.Typed = &input.UpdateTyped{Unit: "wenping", Date: "2026-07-09", Value: "七百二", Note: "第二批"}
	refused.Refusal = &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 2), Fields: []kpi.Field{
		{Name: "value", Text: kpi.T("number_unreadable", "七百二")},
		{Name: "date", Text: kpi.T("date_in_future", "2026-07-09")}}}
	judged := view
	judged.Figure = sampleSpecs[11].figure(sampleSpecs[11].indicator(12), 1, 100)
	judged.Children, judged.Log, judged.Parts = nil, nil, nil
	judgedIn := UpdateFormInput{Indicator: judged.Figure.Indicator, Year: 2026, Figure: judged.Figure,
		Units: sampleUnits[:1], Unit: sampleUnits[0], Key: "key-2"}
	ratio := judged
	ratio.Figure = sampleFigures()[len(sampleSpecs)]
	ratio.Inputs = []kpi.Indicator{sampleSpecs[8].indicator(9), sampleSpecs[9].indicator(10)}
	stranger := pc
	stranger.Actor, stranger.ActorName, stranger.Years, stranger.Year = kpi.Actor{}, "", nil, kpi.YearInfo{}
	yearEnd := pc
	yearEnd.Year = kpi.YearInfo{Year: 2022, State: kpi.YearClosed}
	yearEnd.AsOf = kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12})
	board := NewBoard(pc, sampleBoard(), BoardInput{MayLog: true})
	explained := must(NewIndicator(pc, view, NewUpdateForm(pc, in))).(indicatorPage)
	explained.Explanation = NewIndicatorExplanation(pc, view, IndicatorForms{Key: "key-5"})
	asked := explained
	asked.Explanation = NewIndicatorExplanation(pc, view,
		IndicatorForms{Key: "key-5", Explained: url.Values{"next": {"集中检查"}},
			ExplainedWrong: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "reason", Text: kpi.T("explanation_reason_missing")}}}})
	month := kpi.Period{Year: 2026, Month: 6}
	log := app.EntriesView{Year: view.Year, Unit: view.Unit, AsOf: sampleAsOf, Indicator: view.Figure.Indicator,
		Entries: view.Log, More: true, MayLog: true}
	full := scorePages(pc)
	maps.Copy(full, projectPages(pc))
	maps.Copy(full, staffingPages(pc))
	maps.Copy(full, reviewPages(pc))
	maps.Copy(full, map[string]any{
		"board":               board,
		"board:untargeted":    NewBoard(yearEnd, sampleUntargeted(), BoardInput{}),
		"board:open":          NewBoard(pc, sampleBoard(), BoardInput{Open: true}),
		"board:filtered":      NewBoard(pc, sampleBoard(), BoardInput{Light: kpi.Done}),
		"overview":            NewOverview(pc, sampleBoard()),
		"trends":              NewTrends(pc, sampleTrends()),
		"trends:empty":        NewTrends(pc, app.Trends{Board: progress.Board{Year: pc.Year, AsOf: pc.AsOf}}),
		"overview:untargeted": NewOverview(yearEnd, sampleUntargeted()),
		"overview:empty":      NewOverview(pc, progress.Board{Year: pc.Year, AsOf: pc.AsOf}),
		"compare": NewCompare(pc, sampleComparison(),
			CompareInput{Asked: url.Values{"sort": {"1"}, "pin": {"trained"}},
				Views: []kpi.View{{ID: 1, Account: 1, Name: "两镇", Query: "second=wenping", Shared: true}}}),
		"compare:units": NewCompare(pc, sampleUnitComparison(),
			CompareInput{Asked: url.Values{"rows": {"units"}, "show": {"value"}},
				Name: "", Refusal: &kpi.Error{Text: kpi.T("form_invalid", 1),
					Fields: []kpi.Field{{Name: "name", Text: kpi.T("name_missing")}}}}),
		"compare:empty": NewCompare(pc, app.Comparison{Year: pc.Year, Unit: pc.Unit, AsOf: pc.AsOf},
			CompareInput{}),
		"area_show":                  NewArea(pc, sampleBoard(), sampleBoard().Areas[1]),
		"entries_show":               NewEntries(pc, log, nil),
		"entries_show:month":         NewEntries(pc, log, &month),
		"entries_show:empty":         NewEntries(pc, app.EntriesView{Indicator: log.Indicator}, &month),
		"board:empty":                NewBoard(pc, progress.Board{Year: pc.Year, AsOf: pc.AsOf}, BoardInput{MayLog: true}),
		"indicator_show":             explained,
		"indicator_show:unexplained": asked,
		"indicator_show:refused":     must(NewIndicator(pc, view, NewUpdateForm(pc, refused))),
		"indicator_show:judged":      must(NewIndicator(pc, judged, NewUpdateForm(pc, judgedIn))),
		"indicator_show:ratio":       must(NewIndicator(pc, ratio, nil)),
		"update_log":                 NewLog(pc, sampleBoard(), view.Log, true),
		"update_correction": NewCorrection(pc, CorrectionInput{Entry: view.Log[2], Key: "key-3",
			WithdrawKey: "key-4"}),
		"update_correction:refused": NewCorrection(pc, CorrectionInput{Entry: view.Log[2], Withdrawing: true,
			Typed: &input.UpdateTyped{}, Refusal: &kpi.Error{
				Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "reason", Text: kpi.T("reason_missing")}}}}),
		"sign_in":          NewSignIn(stranger, "wang", "/years/2026", kpi.Denied("sign_in_failed")),
		"sign_in:sso_kept": withSSO(withKept(NewSignIn(stranger, "", "/years/2026/entry", nil), stranger)),
		"sign_in:sso":      withSSO(NewSignIn(stranger, "", "/years/2026", nil)),
		"setup": NewSetup(stranger, "token", SetupTyped{Year: "2026"},
			&kpi.Error{Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{{Name: "office", Text: kpi.T("name_missing")}}}),
		"setup_unset": NewUnset(stranger, true),
		"settings": sampleBackups(pc, must(NewSettings(pc,
			Reach{Addresses: []string{"http://192.168.1.20:8080", "http://10.0.0.5:8080"}}))),
		"settings:replica": sampleReplica(pc, must(NewSettings(pc, Reach{})),
			app.Replica{Folder: "/mnt/other", Copied: 1795395600000, Asked: 1795395600300, Whole: 1795392000000}),
		"settings:replica:away": sampleReplica(pc, must(NewSettings(pc, Reach{})), app.Replica{Folder: "/mnt/other",
			Copied: 1795395600000, Whole: 1795392000000, Asked: 1795396200000, Late: true, SameDisk: true,
			Failed: &kpi.Text{Key: "backup_folder_away", Args: []any{"/mnt/other"}}}),
		"settings:replica:new": sampleReplica(pc, must(NewSettings(pc, Reach{})),
			app.Replica{Folder: "/mnt/other", Late: true}),
		"settings:alone":   must(NewSettings(pc, Reach{Alone: true, Port: 8080})),
		"settings:unknown": must(NewSettings(pc, Reach{})),
		"report_show":      NewReport(pc, sampleReport(pc)),
		"report_pages":     NewReportPages(pc, sampleReport(pc), "problems"),
		"check_show":       NewFindings(pc, sampleCheck(pc), nil, nil),
		"report_sections":  NewSections(pc, sampleCheck(pc), sampleNotes()),
		"report_returned":  sampleReturned(pc),
		"signoff":          NewSignoff(pc, sampleSigning(pc), "key-7", nil, kpi.Refuse(kpi.Conflict, "report_not_checked")),
		"signed": NewSigned(pc, app.SignedView{Signing: sampleSigning(pc).Signings[0], Input: sampleCheck(pc).Input,
			Changes: sampleSigning(pc).Changes, Signings: sampleSigning(pc).Signings}, 0),
		"outline": NewOutline(pc, app.OutlineView{Input: sampleCheck(pc).Input, Others: []kpi.Year{2025},
			MaySet: true}, kpi.Refuse(kpi.Invalid, "outline_size", 60)),
		"form_rows": NewFormRows(pc, app.StatedView{Input: hunanCheck(pc), MaySet: true}, nil,
			kpi.Refuse(kpi.Invalid, "form_row_unknown", "x.y")),
		"report_forms": NewForms(pc, app.StatedView{Input: hunanCheck(pc), MaySet: true},
			FormsInput{Preview: true, Refusal: kpi.Refuse(kpi.Invalid, "forms_empty")}),
		"cover": NewCover(pc, app.StatedView{Input: sampleCheck(pc).Input, MaySet: true}, nil,
			kpi.Refuse(kpi.Invalid, "cover_annex_range", 20)),
		"report_figures": NewFigures(pc, sampleCheck(pc).Input, ""),
		"report_text":    NewReportText(pc, sampleWriting(pc), ReportTextInput{}, ""),
		"report_text:conflict": NewReportText(pc, sampleWriting(pc),
			ReportTextInput{Typed: new(string), Conflict: &kpi.TextVersion{ID: 3, Author: "liu", Body: "改过的文字。"},
				Refusal: kpi.Refuse(kpi.Invalid, "text_malformed")}, ""),
		"check_document": NewDocument(pc, &app.DocumentView{Input: sampleCheck(pc), Name: "2022年自评报告.docx", Paragraphs: 2,
			Found: check.Document(sampleCheck(pc), []intake.Line{{Text: "培训妇女1300人，走访群众37人。"}, {Text: "纠纷50起，其中家暴60起。"}})},
			kpi.Refuse(kpi.Invalid, "document_damaged", "a.docx")),
		"paper_list": NewPapers(pc),
		"audit": NewAudit(pc, AuditInput{Entries: []kpi.AuditEntry{{ID: 12, At: 1780000000000, Actor: "liu",
			Action:  "update.log",
			Subject: "update 406", Detail: `{"indicator":"screened","unit":"county","date":"2026-06-28","amount":"1000"}`,
			Hash: "9f2b4c1a7d3e5f60"}}, More: true}),
		"log_book": NewBook(pc, "xlsx", "format=xlsx", "key-6"),
		"import_choose": NewImport(pc, []kpi.Import{{ID: 1, Year: 2026, Name: "6月汇总.xlsx", Rows: 38, Refused: 2, Entries: 41,
			Author: "liu", At: 1780000000000}},
			kpi.Refuse(kpi.Invalid, "import_damaged", "7月汇总.xlsx")),
		"import_preview": sampleImport(t, pc),
		"import_preview:refused": NewImportPreview(pc, sampleNewImport(t), app.ImportResult{},
			kpi.Refuse(kpi.Invalid, "import_no_header")),
		"error": NewError(stranger, 500, pc.Printer.T("fault", "7f3a-22"), nil, "7f3a-22"),
	})
	return full
}

func TestEveryPageRendersInBothLanguages(t *testing.T) {
	for _, tag := range lang.Tags {
		set := pageSet(t, lang.For(tag))
		full := pageFull(t, tag)
		maps.Copy(full, paperPages(tag))
		maps.Copy(full, planPages(tag))
		maps.Copy(full, accountPages(tag))
		maps.Copy(full, evidencePages(tag))
		maps.Copy(full, completenessPages(tag))
		maps.Copy(full, openPages(tag))
		maps.Copy(full, noticePages(tag))
		maps.Copy(full, handupPages(tag))
		maps.Copy(full, questionPages(tag))
		maps.Copy(full, entryPages(tag))
		maps.Copy(full, sampleGrid(sampleContext(tag)))
		for _, name := range set.Pages() {
			if name == "help" { // web/guide fills it
				continue
			}
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
		file, ok := assets.File(strings.TrimPrefix(url, assets.Prefix))
		if !ok {
			t.Fatalf("%s is not served", url)
		}
		writePage(t, url[1:], file.Plain())
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

// hunanCheck is the sample's report with Hunan's forms, some of their rows stated.
func hunanCheck(pc Context) report.Input {
	in := sampleCheck(pc).Input
	in.Board.Rules = kpi.HunanRules
	in.Rows = kpi.FormValues{Amounts: map[string]kpi.Amount{"purchase.last": kpi.Whole(12_345)},
		Texts: map[string]string{"special1": "妇女发展专项"}}
	return in
}

func withKept(page signInPage, pc Context) signInPage {
	page.Keep(pc, []KeptField{{Name: "kept.note", Value: "typed"}}, false)
	return page
}

func withSSO(page signInPage) signInPage {
	page.Other("县政务登录", page.Next)
	return page
}

// sampleReplica is the settings with a copy that follows the database.
func sampleReplica(pc Context, made any, r app.Replica) any {
	s := made.(settingsPage)
	pc.Zone = time.UTC
	s.Replica = NewSettingsReplica(pc, r)
	return s
}

// sampleBackups adds a folder of copies of each sort.
func sampleBackups(pc Context, made any) any {
	s := made.(settingsPage)
	pc.Zone = time.UTC
	at, away := kpi.UnixMilli(1795395600000), kpi.T("backup_folder_away", "/mnt/usb")
	denied := kpi.T("s3_denied", "s3://office/plain")
	s.Backups = NewSettingsBackups(pc, []app.BackupFolder{
		{Dir: "s3://office/dabiao", Elsewhere: true, Locked: true, Looked: true, Newest: at, Size: 12 << 20, Copies: 9},
		{Dir: "s3://office/plain", Elsewhere: true, Looked: true, Away: true, Failed: &denied},
		{Dir: "data/backups", Looked: true, Newest: at, Size: 12 << 20, Copies: 9, SameDisk: true,
			Others: 2, OthersNewest: at},
		{Dir: "/mnt/usb", Looked: true, Away: true, Failed: &away}, {Dir: "/mnt/nas"},
	}, app.Drill{At: at, Copy: at - 86400000, Sealed: true})
	return s
}

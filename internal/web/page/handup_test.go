package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// samplePackage is a package with a count, a judgement, and an indicator without figures.
func samplePackage() handup.Package {
	line := func(day kpi.Date, n int64) handup.Line {
		return handup.Line{Dated: day, Amount: handup.Number(kpi.Whole(n))}
	}
	trained := handup.Indicator{Code: "trained", Name: "妇女培训人数（含线上）", NameEn: "Women trained", Kind: kpi.Flow,
		Measure:    "人",
		Definition: "参加一天以上培训并签到的"}
	return handup.Package{Office: handup.Office{ID: "0f", Name: "新海县妇女联合会", NameEn: "Xinhai Women’s Federation"},
		To:   handup.To{Office: handup.Office{ID: "0a", Name: "某市妇女联合会"}, Unit: handup.Unit{Code: "xinhai", Name: "新海县"}},
		Year: 2026, First: 1, Last: 6, AsOf: "2026-07-02", Version: 3,
		Signing: &handup.Signing{Number: 1, By: "陈主任", On: "2026-07-01"},
		Figures: []handup.Figure{
			{Indicator: trained, Own: handup.Own{Code: "px", Name: "培训", Measure: "人"}, Months: []handup.Month{
				{Month: 5, Lines: []handup.Line{line("2026-05-09", 120)}},
				{Month: 6, Lines: []handup.Line{line("2026-06-09", 1131), {Dated: "2026-06-20",
					Amount:    handup.Number(kpi.Whole(200)),
					Precision: kpi.AtLeast, Wording: "200余人"}}}},
				Entries: []handup.Entry{{ID: 17, Indicator: "px", Measure: "人", Unit: "wenping", UnitName: "文坪镇",
					Dated:  "2026-05-09",
					Amount: handup.Number(kpi.Whole(120)), Evidence: 2}}},
			{Indicator: handup.Indicator{Code: "charter", Name: "制度建立", Kind: kpi.Level}, Own: handup.Own{Name: "制度",
				Code: "zd"},
				Months: []handup.Month{{Month: 6, Lines: []handup.Line{{Dated: "2026-06-30", Level: kpi.LevelPartly}}}}},
			{Indicator: handup.Indicator{Code: "users", Name: "注册用户", Kind: kpi.Running, Measure: "户"},
				Own: handup.Own{Name: "用户"}},
		}}
}

func sampleTaking() app.PackagePlan {
	was := samplePackage()
	was.Version, was.AsOf = 2, "2026-06-30"
	was.Figures[0].Months = []handup.Month{{Month: 6, Lines: []handup.Line{{Dated: "2026-06-09",
		Amount: handup.Number(kpi.Whole(1120))}}}}
	is := samplePackage()
	return app.PackagePlan{Taken: kpi.TakenPackage{ID: 4, Unit: 2, Year: 2026, Number: 3, First: 1, Last: 6,
		SHA256: strings.Repeat("0a1b2c3d", 8), Key: "key", State: kpi.PackageWaiting, By: "liu", At: 1780000000000},
		Content: is, Unit: kpi.Unit{ID: 2, Code: "xinhai", Name: "新海县"}, Year: kpi.YearInfo{Year: 2026,
			State: kpi.YearOpen},
		Changes: handup.Changes(was.Statement(), is), Silent: []kpi.Name{{Name: "化解率"}}}
}

func handupPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Actor = kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}
	of := samplePackage().Figures
	own := kpi.Indicator{ID: 1, Code: "px", Name: "培训", Kind: kpi.Flow, Measure: "人"}
	wrong := kpi.Refuse(kpi.Invalid, "handup_kind", own.Names(), kpi.T("kind.flow"), kpi.T("kind.running"))
	lower := app.HandupView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, Last: 7, Unit: "xinhai",
		Kept: kpi.Dictionary{Year: 2026, Unit: "xinhai", SetBy: "admin", SetAt: 1780000000000},
		Dictionary: handup.Dictionary{ID: "2f0c6a1b9d3e4f57", Office: handup.Office{Name: "某市妇女联合会"},
			Units: []handup.Unit{{Code: "xinhai", Name: "新海县"}, {Code: "other", Name: "临江县"}}},
		Candidates: []kpi.Indicator{own},
		Rows: []app.MappedIndicator{{Indicator: of[0].Indicator, Own: own}, {Indicator: of[1].Indicator},
			{Indicator: of[2].Indicator, Problem: wrong},
			{Indicator: handup.Indicator{Code: "rate", Name: "化解率", Kind: kpi.Ratio, Measure: "%"},
				Parts:   []string{"trained", "users"},
				Missing: []string{"注册用户"}}},
		Packages: []kpi.MadePackage{{ID: 1, Year: 2026, Number: 1, First: 1, Last: 5, SHA256: strings.Repeat("b", 64),
			By: "admin",
			At: 1780000000000, State: kpi.SendingSent},
			{ID: 2, Year: 2026, Number: 2, First: 6, Last: 6, SHA256: strings.Repeat("c", 64), By: "admin", At: 1780000000000,
				State: kpi.SendingFailed, Said: "dial tcp: no route to host"}},
		Upward: kpi.Upward{Address: "https://above.example"}, HasToken: true}
	plan, asked, refused := sampleTaking(), sampleTaking(), sampleTaking()
	first := sampleTaking()
	first.Questions = []app.PackageQuestion{{Kind: app.AskKey,
		Text: kpi.T("package_ask_first", first.Unit.Names(), first.Unit.Names(), handup.Print("a"))}}
	asked.Questions = []app.PackageQuestion{
		{Kind: app.AskKey, Text: kpi.T("package_ask_key", asked.Unit.Names(), handup.Print("a"), handup.Print("b"))},
		{Kind: app.AskTyped, Text: kpi.T("package_ask_typed", asked.Unit.Names(), of[0].Names(), 6, 2)}}
	refused.Refused = []kpi.Text{kpi.T("package_older", 3, 4)}
	taken := sampleTaking()
	taken.Taken.State, taken.Taken.DecidedBy, taken.Taken.DecidedAt = kpi.PackageTaken, "liu", 1780000100000
	below := app.PackagesBelow{Year: lower.Year, Month: 6, MayTake: true, Waiting: []app.PackagePlan{plan, first, asked,
		refused},
		Units: []app.UnitPackages{{Unit: plan.Unit, Packages: []kpi.TakenPackage{taken.Taken}, Through: 6, Has: true,
			Key: handup.Print("a")}, {Unit: kpi.Unit{ID: 3, Code: "other", Name: "临江县"}}}}
	missing := app.HandedUp{Units: 14, Month: kpi.Period{Year: 2026, Month: 6}, Today: "2026-07-08", Due: "2026-07-05",
		Missing: []app.MissingUnit{{Unit: kpi.Unit{Name: "临江县"}}, {Unit: kpi.Unit{Name: "永丰区"}, Through: 5}}}
	figure, _ := NewPackageFigure(pc, app.PackageView{PackagePlan: plan}, "trained", 0)
	empty, _ := NewPackageFigure(pc, app.PackageView{PackagePlan: plan}, "users", 0)
	return map[string]any{
		"handup": NewHandup(pc, lower, HandupInput{}),
		"handup:empty": NewHandup(pc, app.HandupView{Year: lower.Year},
			HandupInput{FileRefused: kpi.Refuse(kpi.Invalid, "dictionary_altered")}),
		"handup:refused": NewHandup(pc, lower, HandupInput{Mapping: url.Values{"unit": {""}, "map_trained": {"px"}},
			Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1), Fields: []kpi.Field{
				{Name: "map_trained", Text: wrong.Text}}}}),
		"handup_below": NewBelow(pc, below, BelowInput{HandedUp: missing, Reporting: []app.ReportingUnit{
			{Unit: plan.Unit, Reports: true}, {Unit: kpi.Unit{Code: "other", Name: "临江县"}}},
			Refused: []FileRefusal{{"旧.zip", kpi.Refuse(kpi.Invalid, "package_altered")}}}),
		"package_show": NewPackagePage(pc, app.PackageView{PackagePlan: plan}, PackageInput{}),
		"package_show:asked": NewPackagePage(pc, app.PackageView{PackagePlan: asked},
			PackageInput{Typed: url.Values{"typed": {"add"}}}),
		"package_show:first": NewPackagePage(pc, app.PackageView{PackagePlan: first}, PackageInput{}),
		"package_show:old":   NewPackagePage(pc, app.PackageView{PackagePlan: refused}, PackageInput{}),
		"package_show:taken": NewPackagePage(pc, app.PackageView{PackagePlan: taken,
			Others: []kpi.TakenPackage{{ID: 2, Number: 2}}}, PackageInput{}),
		"package_figure": figure, "package_figure:empty": empty,
	}
}

func TestTheSentenceOfWhoHandedUp(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	h := app.HandedUp{Units: 14, Month: kpi.Period{Year: 2026, Month: 6}, Today: "2026-07-08", Due: "2026-07-05",
		Missing: []app.MissingUnit{{Unit: kpi.Unit{Name: "临江县"}}, {Unit: kpi.Unit{Name: "永丰区"}}}}
	want := "14 个报送单位，6月数据已报 12 个；未报：临江县、永丰区（已逾期 3 天）。"
	if got := HandedUpSentence(pc, h); got != want {
		t.Errorf("%s", got)
	}
	h.Today = "2026-07-05"
	if got := HandedUpSentence(pc, h); got != "14 个报送单位，6月数据已报 12 个；未报：临江县、永丰区（须于7月5日前报送）。" {
		t.Errorf("%s", got)
	}
	h.Missing = nil
	if got := HandedUpSentence(pc, h); got != "14 个报送单位，6月数据已全部报送。" {
		t.Errorf("%s", got)
	}
	h.Pending = []kpi.Unit{{Name: "新海县"}}
	want = "14 个报送单位，6月数据已全部报送。已报送但待审核、尚未计入：新海县。"
	if got := HandedUpSentence(pc, h); got != want {
		t.Errorf("%s", got)
	}
	if got := HandedUpSentence(pc, app.HandedUp{}); got != "" {
		t.Errorf("%s", got)
	}
}

// A judgement has no measure to tell, one of a thing is one thing, and who worked on the command line is called so.
func TestHandingUpIsToldInPlainWords(t *testing.T) {
	zh, en := sampleContext(lang.Chinese), sampleContext(lang.English)
	level := kpi.Indicator{Code: "08", Name: "制度建立", Kind: kpi.Level}
	for _, c := range [][2]string{{candidateSaid(zh, level), "制度建立（08）"}, {en.Printer.T("below.changes", 1), "1 change"},
		{en.Printer.T("below.versions", 1), "1 version"}, {en.Printer.T("below.versions", 2), "2 versions"},
		{zh.person(kpi.Operator.Name), "命令行"}} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

// Where all that a package says is new, nothing is said of there being no difference.
func TestAPackageOfNewFiguresDoesNotSayThatNothingDiffers(t *testing.T) {
	pc := sampleContext(lang.Chinese)
	v := app.PackageView{PackagePlan: sampleTaking()}
	v.Changes = slices.DeleteFunc(slices.Clone(v.Changes), func(c handup.Change) bool { return c.Before.Ok })
	if got := NewPackagePage(pc, v, PackageInput{}); len(got.News) == 0 || got.None != "" {
		t.Errorf("%d new, and %q", len(got.News), got.None)
	}
	v.Changes = nil
	if got := NewPackagePage(pc, v, PackageInput{}); got.None == "" {
		t.Error("nothing differs, and nobody is told")
	}
}

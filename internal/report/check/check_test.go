package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// counted is an indicator with its whole year's figure.
type counted struct {
	code, name string
	measure    kpi.Measure
	value      string // as written: 8, 200余
	target     string
	dated      kpi.Date
	kind       kpi.Kind
	partOf     string
	before     string // last year's
}

// clean is a finished year without anything to find: every figure exact, with a target that was met.
func clean(t testing.TB, extra ...counted) Input {
	t.Helper()
	at := kpi.MonthEnd(kpi.Period{Year: 2025, Month: 12})
	var figures []progress.Figure
	ids := map[string]kpi.IndicatorID{}
	all := append([]counted{
		{code: "trained", name: "培训妇女人数", measure: "人", value: "1259", target: "1200", before: "1180"},
		{code: "mediated", name: "家庭纠纷调处", measure: "起", value: "223", target: "200"},
		{code: "users", name: "注册用户", measure: "户", value: "10779", target: "10000", kind: kpi.Running},
	}, extra...)
	for i, x := range all {
		ids[x.code] = kpi.IndicatorID(i + 1)
		figures = append(figures, x.figure(t, at, ids))
	}
	full := kpi.Whole(1_000_000)
	budget := []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Full: &full, Income: full,
		Spent: kpi.Whole(950_000), Closing: kpi.Whole(50_000)},
		{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend, Full: &full, Income: full, Spent: full}}
	in := report.Input{
		Office: report.Office{Name: "安平县妇女联合会"},
		Dated:  "2026-01-20",
		Board: reporttest.Scored(progress.Board{Year: kpi.YearInfo{Year: 2025}, AsOf: at,
			Summary: progress.Summarize(figures),
			Areas:   progress.Arrange(reporttest.Areas, figures),
			Budget:  progress.Execute(budget, at, kpi.DefaultRules)}, nil),
		Texts: map[report.SectionKey]string{
			report.Staffing: "内设办公室和组宣部。", report.Duties: "一是引导。二是服务。三是维权。",
			report.Problems:     "在市妇联的指导下，在县委的坚强领导下，⟦trained·value⟧，较上年增加。全面完成年度目标。",
			report.Improvements: "（一）按月查看。\n（二）及时提醒。", report.Publication: "2026年1月随决算公开，数据截至2025年12月底。",
		},
		Language: lang.For(lang.Chinese),
	}
	project := kpi.Project{Name: "妇女培训", Fund: kpi.GeneralBudget,
		Money: []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Full: full, Spent: full}}}
	in.Projects = []progress.ProjectScore{{Project: project, Budget: progress.Execute(project.BudgetLines(), at,
		kpi.DefaultRules)}}
	return Input{Input: in, Wordings: map[kpi.IndicatorID]string{1: "1259人"}}
}

func (x counted) figure(t testing.TB, at kpi.AsOf, ids map[string]kpi.IndicatorID) progress.Figure {
	t.Helper()
	q := kpi.Quantity{Precision: kpi.Exact}
	value, approximate := strings.CutSuffix(x.value, "余")
	if q.Amount = reporttest.Amount(t, value); approximate {
		q.Precision, q.Wording = kpi.AtLeast, x.value+string(x.measure)
	}
	if x.kind == "" {
		x.kind = kpi.Flow
	}
	if x.dated == "" {
		x.dated = "2025-12-30"
	}
	u := kpi.Update{ID: kpi.UpdateID(ids[x.code]), Dated: x.dated, Quantity: q, Act: kpi.ActLog, State: kpi.StateApproved}
	in := progress.Input{AsOf: at, Rules: kpi.DefaultRules, Series: progress.Tally(x.kind, kpi.ReviewOff,
		[]kpi.Update{u}, nil),
		Entries: map[kpi.UpdateID]kpi.Update{u.ID: u},
		Indicator: kpi.Indicator{ID: ids[x.code], Code: x.code, Name: x.name, Kind: x.kind, Measure: x.measure, Area: 1,
			Starts: 1, PartOf: ids[x.partOf]}}
	if x.target != "" {
		in.Target = &kpi.Target{Sign: kpi.AtLeastSign, Amount: reporttest.Amount(t, x.target)}
	}
	if x.before != "" {
		old := u
		old.Quantity = kpi.Exactly(reporttest.Amount(t, x.before))
		old.Dated = "2024-12-30"
		in.Last.Series = progress.Tally(x.kind, kpi.ReviewOff, []kpi.Update{old}, nil)
	}
	return progress.Measure(in)
}

func TestNothingIsFoundInACleanYear(t *testing.T) {
	for _, f := range Report(clean(t)) {
		t.Errorf("%s %s %s: %s", f.Severity, f.Code, f.Section, lang.For(lang.Chinese).Text(f.Text))
	}
}

func found(in Input) []string {
	var out []string
	for _, f := range Report(in) {
		out = append(out, fmt.Sprintf("%s %s", f.Severity, f.Code))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Each text is put into a clean year; a near miss finds nothing.
func TestFindingsInText(t *testing.T) {
	for text, want := range map[string]string{
		"培训妇女1300人。":             "error two_values",
		"培训妇女1259人。":             "warning bare_number",
		"培训妇女1200余人。":            "warning bare_number",
		"走访群众37人。":               "warning bare_number",
		"走访群众⟦trained·value⟧。":   "",
		"上门走访1180人。":             "warning last_year",
		"比上年的1180人更多。":           "warning bare_number",
		"慰问发放31万。":               "warning bare_number warning measure",
		"陪同询问12人/次。":             "warning bare_number warning measure",
		"走访困难群众36户。\n走访困难群众38户。": "error two_values warning bare_number",
		"推荐为县级最美庭院6户，被评为县级最美庭院8户。":            "error two_values warning bare_number",
		"推荐为县级最美庭院8户，被评为县级最美庭院6户。":            "warning bare_number",
		"调解223起，成功210起，成功率94%。":               "warning bare_number",
		"调解223起，成功210起，成功率94.17%。":            "warning bare_number",
		"调解223起，成功210起，成功率95%。":               "error quotient warning bare_number",
		"纠纷50起，其中家暴60起。":                      "error part_larger warning bare_number",
		"纠纷50起，其中家暴16起。":                      "warning bare_number",
		"男12人，女15人，合计26人。":                    "error totals warning bare_number",
		"男12人，女15人，合计27人。":                    "warning bare_number",
		"数据截至11月底。":                           "warning stale_reading",
		"数据截至12月底。":                           "",
		"2024年，我们做了很多。":                       "note last_year",
		"与2024年相比有所增加。":                       "",
		"一是学习。二是宣传。四是维权。":                     "warning numeral",
		"一是学习。二是宣传。三是维权。":                     "",
		"（一）学习\n（三）宣传":                        "warning numeral",
		"1. 学习\n2. 宣传\n4. 维权":                 "warning numeral",
		"在安平县妇联的正确领导下，我们努力工作。":                "error own_name",
		"在安平县委的正确领导下，我们努力工作。":                 "",
		"在安平县妇女联合会指导下开展工作。":                   "error own_name",
		"安平县妇联在县委领导下开展工作。":                    "",
		"2025年3月8日举办“百场宣讲”，印发〔2025〕12号文，第3次。": "",
	} {
		in := clean(t)
		in.Texts[report.Other] = text
		if got := strings.Join(found(in), " "); got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

// Each indicator is added to a clean year.
func TestFindingsInFigures(t *testing.T) {
	for name, c := range map[string]struct {
		add  []counted
		want string
	}{
		"more awarded than recommended": {[]counted{{code: "a", name: "推荐为邵阳市最美庭院家庭", measure: "户", value: "6", target: "6"},
			{code: "b", name: "被评为邵阳最美庭院", measure: "户", value: "8", target: "8"}}, "error two_values"},
		"fewer awarded": {[]counted{{code: "a", name: "推荐为邵阳市最美庭院家庭", measure: "户", value: "8", target: "8"},
			{code: "b", name: "被评为邵阳最美庭院", measure: "户", value: "6", target: "6"}}, ""},
		"a part larger": {[]counted{{code: "a", name: "其中涉及家暴", measure: "起", value: "224", target: "1",
			partOf: "mediated"}}, "error part_larger warning deviation"},
		"a part as large": {[]counted{{code: "a", name: "其中涉及家暴", measure: "起", value: "223", target: "200",
			partOf: "mediated"}}, ""},
		"a November reading": {[]counted{{code: "a", name: "活跃用户", measure: "户", value: "5", target: "5",
			kind: kpi.Running, dated: "2025-11-30"}}, "warning stale_reading"},
		"a count of November": {[]counted{{code: "a", name: "演出", measure: "场", value: "5", target: "5",
			dated: "2025-11-30"}}, ""},
		"approximate": {[]counted{{code: "a", name: "咨询", measure: "人次", value: "200余", target: "200"}},
			"warning approximate"},
		"no target": {[]counted{{code: "a", name: "咨询", measure: "人次", value: "200"}},
			"warning claims_complete warning no_target"},
		"missed": {[]counted{{code: "a", name: "咨询", measure: "人次", value: "20", target: "200"}},
			"error claims_complete error deviation"},
		"exceeded by 30 %": {[]counted{{code: "a", name: "咨询", measure: "人次", value: "130", target: "100"}},
			"warning deviation"},
		"exceeded by 29 percent": {[]counted{{code: "a", name: "咨询", measure: "人次", value: "129", target: "100"}}, ""},
	} {
		if got := strings.Join(found(clean(t, c.add...)), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestFindingsBesideTheFigures(t *testing.T) {
	reasoned := clean(t, counted{code: "a", name: "咨询", measure: "人次", value: "20", target: "200"})
	reasoned.Texts[report.DeviationText("a")] = "经费到位较晚。"
	reasoned.Texts[report.Problems] = "目标偏高。"
	wording := clean(t)
	wording.Wordings[1] = "12人/次"
	empty := clean(t)
	delete(empty.Texts, report.Publication)
	unbudgeted := clean(t, counted{code: "a", name: "救助金", measure: "元", kind: kpi.Money, value: "310000",
		target: "300000"})
	unbudgeted.Board.Budget.Lines[1].BudgetLine = kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend}
	unbudgeted.Projects = nil
	explained := unbudgeted
	explained.Others = []kpi.OtherMoney{{Name: "上级专项", Amount: kpi.Whole(310_000)}}
	undated := clean(t)
	undated.Dated = ""
	for name, c := range map[string]struct {
		in   Input
		want string
	}{
		"a reason":                {reasoned, ""},
		"an odd wording":          {wording, "note measure"},
		"no date":                 {undated, "warning cover_date_open"},
		"an empty section":        {empty, "note section_empty"},
		"money without budget":    {unbudgeted, "warning money_without_budget"},
		"money that is explained": {explained, ""},
	} {
		if got := strings.Join(found(c.in), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestWeightsThatAreNot100AreAnError(t *testing.T) {
	in := clean(t)
	in.Board.Areas[0].Figures[0].Target.Weight = 50_00
	in.Board = reporttest.Scored(in.Board, nil)
	if got := found(in); !slices.Contains(got, "error weights") {
		t.Errorf("found %v", got)
	}
}

func TestThePublishedYearIsFoundOut(t *testing.T) {
	in := Input{Input: yearOf(reporttest.Published(t), lang.Chinese)}
	var got []string
	for _, f := range Report(in) {
		if !f.sayable() {
			t.Errorf("%+v is missing from the catalogue", f)
		}
		got = append(got, strings.TrimSpace(f.Code+" "+f.Indicator))
	}
	for _, want := range []string{"two_values courtyards-awarded-shaoyang", "stale_reading energy-home-users",
		"approximate consultations",
		"approximate integrity-letters", "no_target", "money_without_budget"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s was not found", want)
		}
	}
	if Errors(Report(in)) != 1 {
		t.Errorf("%d errors, want the courtyards alone: %v", Errors(Report(in)), got)
	}
}

// sayable reports whether a finding has its sentence in both languages.
func (f Finding) sayable() bool {
	for _, tag := range lang.Tags {
		p := lang.For(tag)
		if !p.Has(f.Text.Key) || !p.Has("check.code."+f.Code) || strings.Contains(p.Text(f.Text), "{") {
			return false
		}
	}
	return true
}

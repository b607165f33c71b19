package page

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// sampleProjects is a project of two of the sample board's indicators, one judged by the scorer.
func sampleProjects() app.ProjectsView {
	v := app.ProjectsView{Board: sampleScore().Board, MaySet: true}
	initial, given := kpi.Whole(130_000), kpi.Percent(9_00)
	p := kpi.Project{Year: 2026, Code: "health", Name: "妇女健康", NameEn: "Women’s health", Supervisor: "某市财政局",
		Fund: kpi.GeneralBudget, Money: []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Initial: &initial,
			Full: kpi.Whole(160_000), Spent: kpi.Whole(87_750)}},
		Expected: "应检尽检。", SetBy: "liu", SetAt: 1780000000000}
	for i, f := range v.Board.Figures()[:3] {
		in := kpi.ProjectIndicator{Indicator: f.Indicator.ID, Weight: kpi.Percent(20_00 * i)}
		if i == 1 {
			in.Points, in.Reason = &given, "抽查一半"
		}
		p.Indicators = append(p.Indicators, in)
	}
	v.Projects = []progress.ProjectScore{progress.RateProject(p, v.Board)}
	v.Findings = progress.ProjectFindings(v.Projects, v.Board.Budget)
	return v
}

// projectPages are the page of the projects in its states.
func projectPages(pc Context) map[string]any {
	v := sampleProjects()
	first := v.Board.Figures()[0].Indicator.Code
	reader, none := v, v
	reader.MaySet, none.Projects, none.Findings = false, nil, nil
	refused := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 3),
		Fields: []kpi.Field{{Name: "name", Text: kpi.T("name_missing")},
			{Name: "money.other.spent", Text: kpi.T("project_money_half")},
			{Name: "weight_" + first, Text: kpi.T("project_not_ticked")}}}
	return map[string]any{
		"project_list":        NewProject(pc, v, ProjectInput{}),
		"project_list:edit":   NewProject(pc, v, ProjectInput{Code: "health", Key: "key-1"}),
		"project_list:new":    NewProject(pc, none, ProjectInput{New: true, Key: "key-1"}),
		"project_list:reader": NewProject(pc, reader, ProjectInput{Code: "health", New: true}),
		"project_list:refused": NewProject(pc, v, ProjectInput{New: true, Key: "key-1", Refusal: refused,
			Typed: url.Values{"fund": {"general"}, "money.other.budget": {"3"}, "weight_" + first: {"七"}}}),
		"project_list:removing": NewProject(pc, v, ProjectInput{Removing: "health",
			Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
				Fields: []kpi.Field{{Name: "reason", Text: kpi.T("reason_missing")}}}}),
	}
}

func TestTheProjectPageKeepsWhatWasTypedAndNamesTheField(t *testing.T) {
	pages := projectPages(sampleContext(lang.Chinese))
	for name, wants := range map[string][]string{
		"project_list:refused": {`value="七"`, `value="3"`, `href="#f-weight_`, `href="#f-name"`,
			`href="#f-money.other.spent"`, "未勾选该指标"},
		"project_list:edit": {`value="16"`, `value="8.775"`, `name="project" value="health"`,
			`value="9"`, `value="抽查一半"`},
		"project_list:removing": {`<details class="fold project-removal" open>`},
		"project_list":          {"8.78", "54.84%", "5.48", "未设分值"},
	} {
		var b bytes.Buffer
		if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "project_list", pages[name]); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "project_list", pages["project_list:reader"]); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<form") && strings.Contains(b.String(), "form-plain") {
		t.Error("a reader is offered a form")
	}
}

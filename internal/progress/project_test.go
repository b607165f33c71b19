package progress_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// projectBoard returns the whole office's board of some figures, scored.
func projectBoard(figures []progress.Figure, lines []kpi.BudgetLine) progress.Board {
	b := progress.Board{Year: kpi.YearInfo{Year: 2022}, AsOf: end(12), Rules: kpi.DefaultRules,
		Areas: []progress.AreaFigures{{Figures: figures}}}
	b.Budget = progress.Execute(lines, b.AsOf, b.Rules)
	score := progress.Rate(progress.ScoreInput{Rules: b.Rules, Figures: figures, Budget: b.Budget})
	b.Score = &score
	return b
}

// figureNo returns a figure of an indicator of its own.
func figureNo(id kpi.IndicatorID, in progress.Input, weight kpi.Percent) progress.Figure {
	in.Indicator.ID, in.Indicator.Code, in.Indicator.Category = id, fmt.Sprint("i", id), kpi.CatQuantity
	return weighted(in, weight)
}

// A project that has all the money, and the year's indicators with the year's weights, has the year's
// score: both use the same arithmetic.
func TestAProjectThatIsTheWholeYearScoresAsTheYear(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		full, spent := kpi.Whole(int64(1+dice.IntN(900_000))), kpi.Whole(int64(dice.IntN(900_000)))
		lines := []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend, Full: &full, Spent: spent}}
		p := kpi.Project{Name: "p", Fund: kpi.GeneralBudget,
			Money: []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Full: full, Spent: spent}}}
		var figures []progress.Figure
		for i := range 1 + dice.IntN(6) {
			sign := []kpi.Sign{">=", ">", "=", "<=", "<"}[dice.IntN(5)]
			weight := kpi.Percent(dice.IntN(20_00))
			in := input(t, kpi.Flow, goal(t, sign, fmt.Sprint(dice.IntN(50))), fmt.Sprintf("2022-05-01 %d", dice.IntN(120)))
			figures = append(figures, figureNo(kpi.IndicatorID(i+1), in, weight))
			p.Indicators = append(p.Indicators, kpi.ProjectIndicator{Indicator: kpi.IndicatorID(i + 1), Weight: weight})
		}
		b := projectBoard(figures, lines)
		got := progress.RateProject(p, b)
		if got.Score.Total != b.Score.Total || got.Score.Earned != b.Score.Earned || got.Score.Weight != b.Score.Weight ||
			got.Score.Execution.Score != b.Score.Execution.Score {
			t.Fatalf("project %+v, year %+v", got.Score.Total, b.Score.Total)
		}
		for i, r := range got.Score.Rows {
			if r.Score != b.Score.Rows[i].Score {
				t.Fatalf("line %d: %v, the year has %v", i, r.Score, b.Score.Rows[i].Score)
			}
		}
		for _, f := range progress.ProjectFindings([]progress.ProjectScore{got}, b.Budget) {
			if f.Text.Key != "project.finding.of" && f.Text.Key != "project.finding.no_weight" {
				t.Fatalf("the same money differs: %s", f.Text)
			}
		}
	}
}

func TestAProjectIsScoredByItsOwnWeightsAndMoney(t *testing.T) {
	half := figureNo(1, input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 50"), 8_00)
	judged := figureNo(2, input(t, kpi.Level, &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet},
		"2022-05-01 met"), 5_00)
	other := figureNo(3, input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 100"), 3_00)
	b := projectBoard([]progress.Figure{half, judged, other}, nil)
	nine := kpi.Percent(9_00)
	p := kpi.Project{Fund: kpi.GeneralBudget, Name: "p", Money: []kpi.ProjectMoney{
		{Source: kpi.FromAppropriation, Full: kpi.Whole(150_000), Spent: kpi.Whole(80_000)}, {Source: kpi.FromCarriedOver,
			Full: kpi.Whole(10_000), Spent: kpi.Whole(7_750)}},
		Indicators: []kpi.ProjectIndicator{{Indicator: 1, Weight: 80_00}, {Indicator: 2, Weight: 10_00}}}

	s := progress.RateProject(p, b).Score
	if s.Execution.Score.Value != 5_48 || s.Execution.Rate.Value != 54_84 || len(s.Rows) != 2 ||
		s.Rows[0].Score.Value != 40_00 {
		t.Errorf("execution %v, lines %+v", s.Execution, s.Rows)
	}
	if s.Open != 10_00 || s.Total.Value != 45_48 || s.Grade.Ok() {
		t.Errorf("a judgement nobody scored: open %v, total %v, grade %v", s.Open, s.Total, s.Grade)
	}
	p.Indicators[1].Points = &nine
	if s = progress.RateProject(p, b).Score; s.Total.Value != 54_48 || !s.Grade.Ok() || s.Rows[1].Changed {
		t.Errorf("scored: total %v, grade %v", s.Total, s.Grade)
	}
	if half.Target.Weight != 8_00 || b.Score.Rows[0].Weight != 8_00 {
		t.Errorf("the year's weights changed to %v", half.Target.Weight)
	}
}

// findingKeys returns the keys of findings, for wrapped ones those inside.
func findingKeys(list []progress.Finding) (out []string) {
	for _, f := range list {
		key := f.Text.Key
		if inner, ok := f.Text.Args[len(f.Text.Args)-1].(kpi.Text); ok && key == "project.finding.of" {
			key = inner.Key
		}
		out = append(out, key)
	}
	return out
}

func TestProjectsAreHeldAgainstTheBudget(t *testing.T) {
	figure := figureNo(1, input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 100"), 8_00)
	bare := figureNo(2, input(t, kpi.Flow, goal(t, ">=", "100"), "2022-05-01 100"), 0)
	bare.Target = nil
	initial, full := kpi.Whole(90), kpi.Whole(100)
	line := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend, Initial: &initial, Full: &full,
		Spent: kpi.Whole(100)}
	monthly := line
	monthly.Months = [12]kpi.Amount{kpi.Whole(60), 11: kpi.Whole(40)}
	whole := line
	whole.Nature = kpi.AnyNature
	none := kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend}
	sound := kpi.Project{Name: "p", Fund: kpi.GeneralBudget,
		Money:      []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Initial: &initial, Full: full, Spent: full}},
		Indicators: []kpi.ProjectIndicator{{Indicator: 1, Weight: 90_00}}}
	with := func(change func(*kpi.Project)) kpi.Project {
		p := sound
		p.Money, p.Indicators = slices.Clone(p.Money), slices.Clone(p.Indicators)
		change(&p)
		return p
	}
	heading := "score.finding.heading" // all points are under one heading, which is warned about in every case below
	for name, c := range map[string]struct {
		lines    []kpi.BudgetLine
		projects []kpi.Project
		want     []string
	}{
		"nothing":               {nil, nil, nil},
		"no project spending":   {[]kpi.BudgetLine{none}, nil, nil},
		"no project entered":    {[]kpi.BudgetLine{line}, nil, []string{"project.finding.none"}},
		"all agrees":            {[]kpi.BudgetLine{line}, []kpi.Project{sound}, []string{heading}},
		"all agrees, by months": {[]kpi.BudgetLine{monthly}, []kpi.Project{sound}, []string{heading}},
		"not split":             {[]kpi.BudgetLine{whole}, []kpi.Project{sound}, []string{heading}},
		"no line":               {nil, []kpi.Project{sound}, []string{"project.finding.unbudgeted", heading}},
		"twice the money": {[]kpi.BudgetLine{line}, []kpi.Project{sound, sound},
			[]string{"project.finding.initial", "project.finding.full", "project.finding.spent", heading}},
		"an initial not known": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Money[0].Initial = nil })}, []string{heading}},
		"another fund": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Fund = kpi.GovernmentFunds })}, []string{"project.finding.none",
				"project.finding.unbudgeted", heading}},
		"no indicators": {[]kpi.BudgetLine{line}, []kpi.Project{with(func(p *kpi.Project) { p.Indicators = nil })},
			[]string{"project.finding.no_indicators"}},
		"an indicator unweighted": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Indicators[0].Weight = 0 })}, []string{"project.finding.no_weight"}},
		"an indicator that left": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Indicators[0].Indicator = 9 })},
			[]string{"project.finding.not_in_year"}},
		"a weight without target": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Indicators[0].Indicator = 2 })}, []string{"project.finding.no_target"}},
		"weights that are not 100": {[]kpi.BudgetLine{line},
			[]kpi.Project{with(func(p *kpi.Project) { p.Indicators[0].Weight = 80_00 })},
			[]string{"score.finding.weights", heading}},
		"no money": {[]kpi.BudgetLine{none}, []kpi.Project{with(func(p *kpi.Project) { p.Money = nil })},
			[]string{"project.finding.no_money", heading}},
	} {
		b := projectBoard([]progress.Figure{figure, bare}, c.lines)
		var projects []progress.ProjectScore
		for _, p := range c.projects {
			projects = append(projects, progress.RateProject(p, b))
		}
		if got := unrepeated(findingKeys(progress.ProjectFindings(projects, b.Budget))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// unrepeated removes duplicates.
func unrepeated(list []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

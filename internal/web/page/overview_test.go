package page

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// boardOf is a board of n indicators, of which some are late and some have no target.
func boardOf(n, late, free int) progress.Board {
	figures := make([]progress.Figure, n)
	for i := range figures {
		s := sampleSpecs[0]
		ind := s.indicator(i + 1)
		switch {
		case i < late:
			s.months = []int64{1}
		case i < late+free:
			s.target = 0
		}
		figures[i] = s.figure(ind, 1, 100)
	}
	b := sampleBoard()
	b.Summary, b.Areas = progress.Summarize(figures), progress.Arrange(sampleAreas, figures)
	return b
}

// A number is folded away only where the picture above it says it.
func TestABoardIsNeverEmptyOfNumbers(t *testing.T) {
	for _, c := range []struct {
		name          string
		n, late, free int
		open, picture bool
		first         bool // results before what needs attention
	}{
		{"nothing late", 29, 0, 0, true, false, true},
		{"no target at all", 66, 0, 66, true, false, true},
		{"a few, one late", 12, 1, 0, true, false, false},
		{"more than a few, one late", 13, 1, 0, false, true, false},
		{"late ones and many without a target", 40, 3, 30, false, true, false},
	} {
		b := boardOf(c.n, c.late, c.free)
		page := NewBoard(sampleContext(lang.Chinese), b, BoardInput{})
		if page.Areas[0].Open != c.open || (page.Overview != nil) != c.picture || page.Calmed != c.first {
			t.Errorf("%s: open %v, picture %v, first %v", c.name, page.Areas[0].Open, page.Overview != nil, page.Calmed)
		}
		if c.picture && len(page.Overview.Rows)+len(page.Overview.Free) != c.n {
			t.Errorf("%s: %d and %d rows of %d", c.name, len(page.Overview.Rows), len(page.Overview.Free), c.n)
		}
		if c.open && page.Folds.Href != "" {
			t.Errorf("%s: folded by %s what nobody folds", c.name, page.Folds.Href)
		}
	}
	filtered := NewBoard(sampleContext(lang.Chinese), boardOf(20, 1, 0), BoardInput{Light: kpi.Done})
	if filtered.Overview != nil {
		t.Error("a filtered board shows all in a picture")
	}
}

func TestAYearWithoutTargetsSaysWhatWasDone(t *testing.T) {
	for tag, want := range map[lang.Tag]string{
		lang.Chinese: "15 项工作有数据：能量家园注册用户 10,412 户、接受妇女咨询 200余人次、家庭纠纷调处 78 起。",
		lang.English: "15 indicators have data: Registered users 10,412 households, " +
			"Consultations received at least 200 visits, Family disputes mediated 78 cases.",
	} {
		var got strings.Builder
		for _, part := range boardSentence(lang.For(tag), sampleUntargeted()) {
			got.WriteString(part.Text)
		}
		if got.String() != want {
			t.Errorf("%q, want %q", got.String(), want)
		}
	}
	if got := boardSentence(lang.For(lang.Chinese), boardOf(10, 1, 9))[0].Text; got != "10 项指标" {
		t.Errorf("with one late it begins %q", got)
	}
}

func TestARowSaysWhatARateWouldNot(t *testing.T) {
	rows := map[string]overviewRow{}
	v := newOverview(sampleContext(lang.Chinese), sampleBoard())
	for _, r := range append(v.Rows, v.Free...) {
		rows[r.Name] = r
	}
	for name, want := range map[string]string{"家暴告诫令": "余 9 份", "询问被害人同步录音录像覆盖": "达标",
		"培训妇女":     "",
		"女童权益保护宣讲": "", "发放两癌救助金": ""} {
		if r, ok := rows[name]; !ok || r.Said != want {
			t.Errorf("%s: %q, want %q (there: %v)", name, r.Said, want, ok)
		}
	}
	if r := rows["家暴告诫令"]; !r.Bullet.Ceiling || r.Bullet.Expected != "" {
		t.Errorf("a ceiling is drawn as %+v", *r.Bullet)
	}
	if r := rows["发放两癌救助金"]; r.Bullet != nil || r.Rate.Why == "" {
		t.Errorf("without a target: %+v", r)
	}
	if len(rows) != 17 {
		t.Errorf("%d rows", len(rows))
	}
}

// One figure, one function: what a row says is what the board's table says.
func TestTheOverviewSaysWhatTheBoardSays(t *testing.T) {
	pc, b := sampleContext(lang.Chinese), sampleBoard()
	table := map[string]figureView{}
	for _, a := range NewBoard(pc, b, BoardInput{}).Areas {
		for _, r := range a.Rows {
			table[r.Href] = r
		}
	}
	v := newOverview(pc, b)
	for _, r := range append(v.Rows, v.Free...) {
		was := table[r.Href]
		if r.Value != was.Value || r.Rate != was.Rate || r.Light != was.Light || r.Measure != was.Measure {
			t.Errorf("%s: %+v, on the board %+v", r.Name, r.figureView, was)
		}
	}
}

// What units lack adds up to all of it, the largest first, and the line stands where 80 % are reached.
func TestWhatUnitsLackStandsInParetosOrder(t *testing.T) {
	v := newPareto(sampleContext(lang.Chinese), sampleView())
	if v == nil || len(v.Rows) != 5 {
		t.Fatalf("%+v", v)
	}
	first, last := v.Rows[0], v.Rows[4]
	if v.Title != "各单位差额" || first.Name != "晏田乡" || first.Amount.Text != "2,072 人" || first.Bar != "100.00%" ||
		last.Together != "100.00%" || v.Hint != "4 个单位占差额的 80% 以上" {
		t.Errorf("%+v", v)
	}
	for i, r := range v.Rows {
		if r.Cut != (i == 3) {
			t.Errorf("%s at %s: cut %v", r.Name, r.Together, r.Cut)
		}
	}
	done := sampleView()
	for i := range done.Children {
		done.Children[i].Figure.Missing = progress.None[kpi.Amount](progress.ReasonReached)
	}
	if v := newPareto(sampleContext(lang.Chinese), done); v == nil || v.Title != "各单位完成量" || len(v.Rows) != 4 {
		t.Errorf("where nothing is missing: %+v", v)
	}
	done.Children = done.Children[:1]
	if v := newPareto(sampleContext(lang.Chinese), done); v != nil {
		t.Errorf("of one unit: %+v", v)
	}
}

// sampleTrends is the screening by township, the year's points and two years.
func sampleTrends() app.Trends {
	b := sampleBoard()
	units, figures := sampleUnits[1:], []progress.Figure{}
	for _, u := range sampleUnitFigures() {
		figures = append(figures, u.Figure)
	}
	score := progress.Rate(progress.ScoreInput{Rules: kpi.DefaultRules, Figures: b.Figures(), Budget: b.Budget})
	b.Score = &score
	t := app.Trends{Board: b, Units: progress.NewMatrix(units, figures)}
	t.Years.Add(2026, b.Figures())
	t.Years.Add(2025, b.Figures()[:4])
	return t
}

func TestBesideThePictureStandUnitsPointsAndYears(t *testing.T) {
	page := NewTrends(sampleContext(lang.Chinese), sampleTrends())
	if m := page.Matrix; m == nil || len(m.Units) != 5 || len(m.Rows) != 1 || len(m.Rows[0].Cells) != 5 ||
		m.Units[0].Rank != "1" {
		t.Errorf("units: %+v", m)
	}
	if len(page.Points) == 0 || page.Points[0].Name != "预算执行率" {
		t.Errorf("points: %+v", page.Points)
	}
	if y := page.Years; y == nil || len(y.Rows) != 4 || y.Years[0] != "2025" || y.Rows[3].Cells[1].Bar != "100.00%" {
		t.Errorf("years: %+v", y)
	}
	staff := sampleContext(lang.Chinese)
	staff.Actor.Role = kpi.Reporter
	if page := NewTrends(staff, sampleTrends()); len(page.Points) > 0 {
		t.Error("who may not see the score sees its points")
	}
}

// Beside a bar there is room for a few characters, in English too; the measure stands beside the target.
func TestWhatIsLeftFitsBesideItsBar(t *testing.T) {
	for _, c := range []struct {
		measure  kpi.Measure
		n        int64
		zh, en   string
		decimals int
	}{
		{"件", 1, "余 1 件", "1 left", 0}, {"吨", 6_600, "余 6,600", "6,600 left", 0}, {"%", 98, "余 98", "98 left", 2},
	} {
		ind := kpi.Indicator{Kind: kpi.Flow, Measure: c.measure, Decimals: c.decimals}
		for tag, want := range map[lang.Tag]string{lang.Chinese: c.zh, lang.English: c.en} {
			if got := roomText(lang.For(tag), "overview.room", ind, kpi.Whole(c.n), kpi.ThisExactly); got != want {
				t.Errorf("%d %s: %q, want %q", c.n, c.measure, got, want)
			}
		}
	}
}

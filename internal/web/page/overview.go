package page

import (
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// overviewPage shows all indicators of a year in one picture: the achievement of each against its target and the
// plan.
type overviewPage struct {
	Layout
	Tabs     []layoutLink
	Sentence []sentencePart
	AsOf     string
	Card     string
	Overview *overviewView // nil without indicators
}

// overviewView is the picture: a row for each indicator with a target, the most urgent first, all bars on one
// scale; then the indicators without a target, with their numbers and last year's instead of bars.
type overviewView struct {
	Rows      []overviewRow
	Free      []overviewRow // without a target
	blankRows               // without target and number
}

// overviewRow is one indicator, linked to its page.
type overviewRow struct {
	figureView
	Area string
	Code kpi.Light
	Said string // instead of a rate that would mislead or does not exist: 余 1 件, 达标
	Top  bool   // far above the target
	Huge bool   // the rate has more digits than a picture has room for
}

func NewOverview(pc Context, b progress.Board) overviewPage {
	p := pc.Printer
	page := overviewPage{Layout: NewLayout(pc, p.T("overview.title"), partBoard, overviewPath(b.Year.Year)),
		Tabs: pc.boardTabs(tabOverview), Sentence: boardSentence(p, b), AsOf: pc.asOf(b.AsOf, b.Figures()...),
		Card: pc.at(cardPath(b.Year.Year), b.Unit, b.AsOf.Period)}
	page.Tight = true
	if b.Summary.Indicators > 0 {
		page.Overview = newOverview(pc, b)
	}
	return page
}

// newOverview returns the picture of a board; nil without indicators.
func newOverview(pc Context, b progress.Board) *overviewView {
	areas := map[kpi.AreaID]string{}
	for _, a := range b.Areas {
		areas[a.Area.ID] = areaName(pc, a.Area)
	}
	var v overviewView
	for _, f := range b.ByPace() {
		v.Rows = append(v.Rows, newOverviewRow(pc, f, areas[f.Indicator.Area]))
	}
	said := slices.ContainsFunc(b.Figures(), func(f progress.Figure) bool { return !blank(f) })
	for _, f := range b.Untargeted() {
		row := newOverviewRow(pc, f, areas[f.Indicator.Area])
		if blank(f) && said {
			v.add(pc, row.figureView)
			continue
		}
		v.Free = append(v.Free, row)
	}
	return &v
}

// mostPrinted is the highest rate that a picture has room for beside its bar.
const mostPrinted = 10*kpi.Hundred - 1 // 999.99 %

func newOverviewRow(pc Context, f progress.Figure, area string) overviewRow {
	p := pc.Printer
	row := overviewRow{figureView: pc.indicatorFigure(f), Area: area, Code: f.Light,
		Top: f.Beyond, Huge: f.Rate().Value > mostPrinted}
	if f.Level() != "" {
		row.Target.Text = "" // the judgement and the light say it
	}
	room := f.Room()
	switch kind := f.Indicator.Kind; {
	case room.Ok():
		row.Said = roomText(p, "overview.room", f.Indicator, room.Value, f.Left())
	case f.Excess().Ok():
		row.Said = roomText(p, "overview.excess", f.Indicator, f.Excess().Value, f.Bound)
	case f.Target == nil || !f.Achievement.Ok() || kind != kpi.Level && kind != kpi.Standard:
	case f.Met:
		row.Said = p.T("overview.met")
	default:
		row.Said = p.T("overview.unmet")
	}
	return row
}

// roomWide is what stands beside a bar on a phone, in Chinese characters.
const roomWide = 5

// roomText says what is left under a limit, or over it. A long one is without its measure, which stands beside the
// target; 万 is spelled out in English, so its numbers go with it.
func roomText(p lang.Printer, key string, ind kpi.Indicator, a kpi.Amount, b kpi.Bound) string {
	if text := p.T(key, p.Bounded(b, apart(p, ind, a))); ems(text) <= roomWide || p.Spelled(ind.Measure) {
		return text
	}
	return p.T(key, p.Bounded(b, p.Amount(ind, a)))
}

func overviewPath(y kpi.Year) string { return yearPath(y, tabOverview) }

// trendsPage shows the units below by indicator, the points earned and lost in the year, and the years.
type trendsPage struct {
	Layout
	Tabs   []layoutLink
	AsOf   string
	Matrix *matrixView // nil without units that have targets
	Points []pointsRow // none without a score, and for those who do not see it
	Years  *yearsView  // nil unless an indicator has numbers in two years
}

// matrixView shows units by indicator, a column for each unit in the order of rank.
type matrixView struct {
	Units []matrixUnit
	Rows  []heatRow
}

type matrixUnit struct{ Name, Href, Rank, Share string }

// pointsRow shows the points of a heading: earned, lost and open, as parts of its weight.
type pointsRow struct {
	Name, Href        string
	Text              string
	Won, LostAt, Lost string // lengths; LostAt is where the lost points begin
	OpenAt, Open      string
}

// yearsView shows indicators by year, the earliest first.
type yearsView struct {
	Years []string
	Rows  []yearsRow
}

type yearsRow struct {
	Name, Href, Measure string
	Cells               []yearsCell
}

// yearsCell is one year of a row; Bar is its length relative to the row's largest.
type yearsCell struct {
	Value cell
	Bar   string
}

func NewTrends(pc Context, t app.Trends) trendsPage {
	p, b := pc.Printer, t.Board
	page := trendsPage{Layout: NewLayout(pc, p.T("trends.title"), partBoard, trendsPath(b.Year.Year)),
		Tabs: pc.boardTabs(tabTrends), AsOf: pc.asOf(b.AsOf, b.Figures()...),
		Matrix: newMatrix(pc, t.Units), Years: newYears(pc, t.Years)}
	if s := b.Score; s != nil && pc.Actor.MayReport() == nil && s.Weight > s.Execution.Weight {
		page.Points = newPoints(pc, *s)
	}
	return page
}

func newMatrix(pc Context, m progress.Matrix) *matrixView {
	if len(m.Indicators) == 0 {
		return nil
	}
	p, v := pc.Printer, matrixView{}
	for _, u := range m.Units {
		head := matrixUnit{Name: p.Name(u.Unit.Name, u.Unit.NameEn), Rank: "—",
			Href: pc.at(BoardPath(pc.Year.Year), u.Unit, pc.AsOf.Period)}
		if u.Rank > 0 {
			head.Rank, head.Share = strconv.Itoa(u.Rank), p.T("trends.share", u.OnPace, u.Of)
		}
		v.Units = append(v.Units, head)
	}
	for i, ind := range m.Indicators {
		link := pc.indicatorLink(ind)
		row := heatRow{Name: link.Text, Href: link.Href}
		for _, u := range m.Units {
			cell := heatCell{}
			if f := u.Figures[i]; f != nil {
				cell.Light = standingView(p, *f)
				cell.Href = pc.at(IndicatorPath(pc.Year.Year, ind.Code), u.Unit, pc.AsOf.Period)
				cell.Said = p.T("trends.cell", p.Name(u.Unit.Name, u.Unit.NameEn), rateCell(p, *f).Text)
			}
			row.Cells = append(row.Cells, cell)
		}
		v.Rows = append(v.Rows, row)
	}
	return &v
}

func newPoints(pc Context, s progress.Score) []pointsRow {
	row := func(name, id string, weight, won, open kpi.Percent) pointsRow {
		lost := weight - won - open
		r := pointsRow{Name: name, Href: ScorePath(pc.Year.Year) + "#" + id,
			Text: pc.Printer.T("trends.points", won.Amount(), weight.Amount(), lost.Amount()),
			Won:  shareOf(won, weight), Lost: shareOf(lost, weight)}
		if open > 0 {
			r.Text += pc.Printer.T("trends.points_open", open.Amount())
		}
		return r
	}
	var out []pointsRow
	if e := s.Execution; e.Weight > 0 {
		open := e.Weight
		if e.Score.Ok() {
			open = 0
		}
		out = append(out, row(pc.Printer.T("score.execution"), "heading-execution", e.Weight, e.Score.Value, open))
	}
	for _, h := range s.Headings {
		if h.Weight > 0 {
			out = append(out, row(pc.Printer.T("heading."+string(h.Heading)), "heading-"+string(h.Heading), h.Weight, h.Score,
				h.Open))
		}
	}
	return out
}

func newYears(pc Context, h progress.History) *yearsView {
	p, v := pc.Printer, yearsView{}
	years := slices.Clone(h.Years)
	slices.Reverse(years)
	for _, y := range years {
		v.Years = append(v.Years, strconv.Itoa(int(y)))
	}
	for _, figures := range h.Followed() {
		var top kpi.Amount
		for _, f := range figures {
			top = max(top, f.Achievement.Value.Amount)
		}
		row := yearsRow{}
		for _, y := range years {
			f, ok := figures[y]
			c := yearsCell{Value: cell{Why: reason(p, progress.ReasonNoValue)}}
			if ok && f.Achievement.Ok() {
				link := pc.indicatorLink(f.Indicator)
				row.Name, row.Href, row.Measure = link.Text, link.Href, p.Measure(f.Indicator.Measure)
				then := pc
				then.Year.Year = y
				c.Value = cell{Text: p.Value(f.Indicator, f.Achievement.Value),
					Href: then.entriesPath(f.Indicator.Code, pc.Unit, kpi.Period{})}
				if top > 0 {
					c.Bar = shareOf(max(kpi.Rate(f.Achievement.Value.Amount, top), 0), kpi.Hundred)
				}
			}
			row.Cells = append(row.Cells, c)
		}
		v.Rows = append(v.Rows, row)
	}
	if len(v.Rows) == 0 {
		return nil
	}
	return &v
}

func trendsPath(y kpi.Year) string { return yearPath(y, tabTrends) }

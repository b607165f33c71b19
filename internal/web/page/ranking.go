package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// rankingView is the units below one by completion, with the whole's own rate as a line through all
// bars.
type rankingView struct {
	Title, Href string // the indicator
	Hint        string // which of how many are shown
	Rows        []rankRow
	Whole       string // position of the line
	WholeText   string // 武冈市 67.79%
	More        layoutLink
}

type rankRow struct {
	Name, Href string
	Rate       string
	Bar        string // length
	Tone       string
	Light      lightView
}

// rankRows is how many units the board lists: those at the end, which need somebody.
const rankRows = 8

// newWorstRanking lists the last units of the board's worst indicator; nil without one.
func newWorstRanking(pc Context, b progress.Board) *rankingView {
	if b.Worst == nil {
		return nil
	}
	p, ind := pc.Printer, b.Worst.Whole.Indicator
	units := b.Worst.Ranked()
	v := rankingView{Title: p.Name(ind.Name, ind.NameEn),
		Href: pc.at(IndicatorPath(b.Year.Year, ind.Code), pc.Unit, pc.AsOf.Period) + "#children"}
	end := rankEnd(units, b.Worst.Whole)
	if left := len(units) - rankRows; left > 0 {
		v.Hint = p.T("ranking.last", rankRows)
		v.More = layoutLink{Href: v.Href, Text: p.T("ranking.more", len(units), left)}
		units = units[left:]
	}
	for _, u := range units {
		v.Rows = append(v.Rows, pc.newRankRow(u, ind, end))
	}
	if rate := b.Worst.Whole.Completion; rate.Ok() {
		v.Whole = shareOf(rate.Value, end)
		v.WholeText = p.T("ranking.whole", p.Name(pc.Unit.Name, pc.Unit.NameEn), p.Percent(rate.Value))
	}
	return &v
}

func (pc Context) newRankRow(u progress.UnitFigure, ind kpi.Indicator, end kpi.Percent) rankRow {
	p, rate := pc.Printer, u.Figure.Completion.Value
	return rankRow{
		Name: p.Name(u.Unit.Name, u.Unit.NameEn), Href: pc.at(IndicatorPath(pc.Year.Year, ind.Code), u.Unit, pc.AsOf.Period),
		Rate: p.Percent(rate), Bar: shareOf(min(max(rate, 0), end), end), Tone: lateTone(u.Figure.Light),
		Light: newLightView(p, u.Figure.Light),
	}
}

// rankEnd is where the bars' scale ends: the highest rate, between 100 and 150 %.
func rankEnd(units []progress.UnitFigure, whole progress.Figure) kpi.Percent {
	end := max(kpi.Hundred, min(whole.Completion.Value, 150_00))
	for _, u := range units {
		end = max(end, min(u.Figure.Completion.Value, 150_00))
	}
	return end
}

// shareOf is a position in percent of the drawing.
func shareOf(rate, end kpi.Percent) string {
	return kpi.Rate(kpi.Amount(rate), kpi.Amount(end)).String() + "%"
}

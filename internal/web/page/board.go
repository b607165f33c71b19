package page

import (
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// boardPage is a year of one unit: one sentence, what needs attention with its reason and next step,
// the months and the units behind it, and every number: where something is late as one picture over the
// folded areas, else, and for a few indicators, as the areas' tables, which then come first. It needs no
// script and no chart library.
type boardPage struct {
	Layout
	Tabs     []layoutLink
	Sentence []sentencePart
	AsOf     string
	Updated  string      // "" while nothing was logged
	Checked  *BoardCheck // nil while the totals were never verified against the log
	Counts   []boardCount
	Late     []boardLate
	LateHint string       // what "late" is measured against
	Calm     string       // shown instead of Late
	CalmHint string       // and what to do next
	Beyond   []layoutLink // figures so far above their targets that someone should look
	BeyondIs string       // what is to be looked at
	Budget   *boardBudget
	Heat     *heatView
	Ranking  *rankingView
	Areas    []boardArea
	Overview *overviewView // nil where the areas are open: they say the same
	Calmed   bool          // nothing is late: what was achieved comes before what needs attention
	Folds    layoutLink    // opens all areas, or closes them; "" where there is no choice
	Filter   string        // which light alone is shown; "" for all
	MayLog   bool
	Entry    string // the form for a new entry; "" for those who may not log
	Card     string // address of the board as a picture
	Start    *startView
	Waiting  layoutLink // what waits for the reader's review; no Href where nothing does
}

// BoardCheck is the finding of the last comparison of all totals with the log.
type BoardCheck struct{ Text, Detail string }

func NewBoardCheck(p lang.Printer, differences int, at kpi.UnixMilli, zone *time.Location) *BoardCheck {
	out := &BoardCheck{Text: p.T("board.checked"), Detail: p.T("board.checked_when", differences, p.Time(at, zone))}
	if differences > 0 {
		out.Text = p.T("board.checked_off", differences)
	}
	return out
}

// boardCount is the number of indicators with a light, with the address of their list.
type boardCount struct {
	Light   lightView
	Count   int
	Href    string
	Current bool
}

// boardLate is an indicator that needs attention.
type boardLate struct {
	figureCard
	Area   string
	Said   *explanationView
	Ask    string // where to give a reason; "" if none is asked for
	Wanted bool   // the rules require it
	Log    string // where to log it; "" for those who may not
}

// boardArea is the table of an area.
type boardArea struct {
	ID    string
	Name  string
	Href  string // of the area's own page
	Light lightView
	Count string
	Rows  []figureView
	Open  bool
	Plain bool // no indicator has a target
}

// fewIndicators are so few that a board shows them all, whatever is late.
const fewIndicators = 12

// unfolded reports whether a board shows its areas open without being asked.
func unfolded(b progress.Board) bool {
	return b.Summary.Late() == 0 || b.Summary.Indicators <= fewIndicators
}

// BoardInput is what the page needs beside the board.
type BoardInput struct {
	MayLog bool
	Open   bool      // all areas unfolded
	Light  kpi.Light // only figures with this light are listed; "" for all
	Start  app.Start // of a new office
}

// NewBoard builds the board.
func NewBoard(pc Context, b progress.Board, in BoardInput) boardPage {
	p := pc.Printer
	page := boardPage{
		Layout:   NewLayout(pc, p.T("board.title"), partBoard, BoardPath(b.Year.Year)),
		Tabs:     pc.boardTabs(tabBoard),
		Sentence: boardSentence(p, b),
		AsOf:     p.AsOf(b.AsOf),
		Budget:   newBoardBudget(pc, b),
		Heat:     newAreaHeat(pc, b),
		MayLog:   in.MayLog,
		Card:     pc.at(cardPath(b.Year.Year), b.Unit, b.AsOf.Period),
		Calmed:   b.Summary.Late() == 0 && b.Summary.Indicators > 0,
	}
	in.Open = in.Open || unfolded(b)
	page.Start = newStart(pc, in.Start)
	if pc.Reviews && pc.Waiting > 0 {
		page.Waiting = layoutLink{Href: ReviewPath(b.Year.Year), Text: countText(p, "board.waiting", pc.Waiting)}
	}
	if in.MayLog {
		page.Entry = EntryPath(b.Year.Year)
	}
	if b.Summary.LastUpdate != "" {
		page.Updated = p.T("board.updated", p.Day(b.Summary.LastUpdate))
	}
	page.Ranking = newWorstRanking(pc, b)
	page.count(pc, b, in)
	page.addLate(pc, b)
	page.addBeyond(pc, b)
	for _, a := range b.Areas {
		page.addArea(pc, a, in)
	}
	if !in.Open && page.Filter == "" {
		page.Overview = newOverview(pc, b)
	}
	return page
}

func (page *boardPage) count(pc Context, b progress.Board, in BoardInput) {
	here := pc.at(BoardPath(b.Year.Year), pc.Unit, pc.AsOf.Period)
	for _, l := range []kpi.Light{kpi.Done, kpi.Ahead, kpi.OnPace, kpi.Behind, kpi.FarBehind, kpi.Over,
		kpi.NoData, kpi.Unclear, kpi.Stale, kpi.NotDue, kpi.NoTarget} {
		n := b.Summary.Count(l)
		if n == 0 {
			continue
		}
		count := boardCount{Light: newLightView(pc.Printer, l), Count: n, Current: l == in.Light,
			Href: WithQuery(here, "light", string(l)) + "#all"}
		if count.Current {
			page.Filter, count.Href = count.Light.Word, here
		}
		page.Counts = append(page.Counts, count)
	}
	switch {
	case page.Filter != "" || in.Open && !unfolded(b):
		page.Folds = layoutLink{Href: here + "#all", Text: pc.Printer.T("board.fold")}
	case !in.Open:
		page.Folds = layoutLink{Href: WithQuery(here, "open", "all") + "#all", Text: pc.Printer.T("board.unfold")}
	}
}

// linearShare is the share of the year that has passed, which "late" on the board is measured against.
func linearShare(a kpi.AsOf) kpi.Percent { return kpi.EvenSchedule(1).At(a).Percent() }

func (page *boardPage) addLate(pc Context, b progress.Board) {
	p := pc.Printer
	areas := map[kpi.AreaID]string{}
	for _, a := range b.Areas {
		areas[a.Area.ID] = areaName(pc, a.Area)
	}
	for _, f := range b.Late() {
		late := boardLate{figureCard: newFigureCard(p, f, pc.indicatorFigure(f)), Area: areas[f.Indicator.Area]}
		said, ok := b.Said[f.Indicator.ID]
		if ok {
			view := newExplanationView(pc, said)
			late.Said = &view
		}
		late.Wanted = !ok && b.Rules.MustExplain(f.Light)
		if page.MayLog && !ok {
			late.Ask = late.Href + "#explain"
		}
		if page.MayLog && !f.Indicator.Computed() {
			late.Log = late.Href + "#log"
		}
		page.Late = append(page.Late, late)
	}
	if len(page.Late) > 0 {
		page.LateHint = p.T("board.late_hint", p.Percent(linearShare(b.AsOf)))
		if n := len(b.Unexplained()); n > 0 {
			page.LateHint += countText(p, "board.unexplained", n)
		}
		return
	}
	page.Calm = p.T("board.calm")
	switch n := b.Summary; {
	case n.Indicators == 0:
		page.Calm, page.CalmHint = p.T("board.empty"), p.T("board.empty_hint")
	case n.Count(kpi.NoTarget) > 0:
		page.CalmHint = countText(p, "board.no_target_hint", n.Count(kpi.NoTarget))
	case n.Count(kpi.NoData) > 0:
		page.CalmHint = countText(p, "board.no_data_hint", n.Count(kpi.NoData))
	}
}

// addBeyond names the figures far above their targets: a target may be too low, or an entry wrong.
func (page *boardPage) addBeyond(pc Context, b progress.Board) {
	for _, a := range b.Areas {
		for i := range a.Figures {
			if f := &a.Figures[i]; f.Beyond {
				page.Beyond = append(page.Beyond, pc.indicatorLink(f.Indicator))
			}
		}
	}
	if n := len(page.Beyond); n > 0 {
		page.BeyondIs = countText(pc.Printer, "board.beyond", n)
	}
}

// addArea adds an area's table without the figures that the filter hides.
func (page *boardPage) addArea(pc Context, a progress.AreaFigures, in BoardInput) {
	if page.Filter != "" {
		var kept []progress.Figure
		for _, f := range a.Figures {
			if f.Light == in.Light {
				kept = append(kept, f)
			}
		}
		if a.Figures = kept; len(kept) == 0 {
			return
		}
	}
	area := newBoardArea(pc, a)
	area.Open = in.Open || page.Filter != ""
	page.Areas = append(page.Areas, area)
}

// indicatorFigure returns a figure under its indicator's name, linked to its page and entries.
func (pc Context) indicatorFigure(f progress.Figure) figureView {
	ind := f.Indicator
	href := pc.at(IndicatorPath(pc.Year.Year, ind.Code), pc.Unit, pc.AsOf.Period)
	v := newFigureView(pc.Printer, f, pc.Printer.Name(ind.Name, ind.NameEn), href)
	if f.Entries > 0 {
		v.Entries = pc.entriesPath(ind.Code, pc.Unit, kpi.Period{})
	}
	return v
}

func areaName(pc Context, a kpi.Area) string {
	if a.ID == 0 {
		return pc.Printer.T("board.no_area")
	}
	return pc.Printer.Name(a.Name, a.NameEn)
}

func newBoardArea(pc Context, a progress.AreaFigures) boardArea {
	out := boardArea{
		ID: "area-" + a.Area.Code, Name: areaName(pc, a.Area), Light: newLightView(pc.Printer, a.Light),
		Count: countText(pc.Printer, "board.items", len(a.Figures)), Href: pc.areaHref(a.Area),
	}
	out.Rows, out.Plain = make([]figureView, len(a.Figures)), true
	for i := range a.Figures {
		out.Plain = out.Plain && a.Figures[i].Target == nil
		out.Rows[i] = pc.indicatorFigure(a.Figures[i])
	}
	return out
}

// boardSentence is the sentence on top of a board. It names the budget where that is late.
func boardSentence(p lang.Printer, b progress.Board) []sentencePart {
	parts, total := figuresSentence(p, b), b.Budget.Total
	if !total.Light.Late() {
		return parts
	}
	last, budget := &parts[len(parts)-1], sentencePart{Light: string(total.Light)}
	last.Text = strings.TrimSuffix(last.Text, p.T("summary.stop"))
	budget.Text = p.T("summary.budget_"+budget.Light, p.Percent(total.Execution.Value))
	if alarm := b.BelowAlarm(); alarm != nil {
		budget.Text = p.T("summary.budget_below", p.Percent(total.Execution.Value), p.Number(alarm.Below.Amount(), 2))
	}
	return append(parts, sentencePart{Text: p.T("summary.semicolon")}, budget, sentencePart{Text: p.T("summary.stop")})
}

// figuresSentence is boardSentence without the budget. A year in which nothing is late and most indicators
// have no target says what was done:
//
//	66 项工作有数：两癌免费检查完成人数 10,780 人、接受妇女咨询 200余人次。
//
// with the two or three figures that progress.Board.Highlights names, as many as make a short line.
func figuresSentence(p lang.Printer, b progress.Board) []sentencePart {
	s, done := b.Summary, b.Achieved()
	if s.Late() > 0 || 2*s.Count(kpi.NoTarget) <= s.Indicators || done == 0 {
		return summarySentence(p, s)
	}
	out := []sentencePart{{Text: countText(p, "summary.achieved", done)}}
	mark, length := p.T("summary.colon"), 0
	for _, f := range b.Highlights(3) {
		text := p.T("summary.highlight", p.Name(f.Indicator.Name, f.Indicator.NameEn),
			measured(p, f.Indicator, p.Value(f.Indicator, f.Achievement.Value)))
		if length += len(text); length > highlightRoom && mark != p.T("summary.colon") {
			break
		}
		out = append(out, sentencePart{Text: mark}, sentencePart{Text: text})
		mark = p.T("summary.and")
	}
	return append(out, sentencePart{Text: p.T("summary.stop")})
}

// highlightRoom is how long highlights may be together, in bytes: two lines of a phone's screen.
const highlightRoom = 150

// sentencePart is a piece of the sentence; Light colours it.
type sentencePart struct {
	Text  string
	Light string
}

// summarySentence summarizes the board in one sentence. Counts of zero are left out.
//
//	23 项指标，18 项达到序时进度；1 项严重滞后、2 项滞后，2 项未填报。
//	66 项指标：1 项已完成，65 项未设目标。
func summarySentence(p lang.Printer, s progress.Summary) []sentencePart {
	head := countText(p, "summary.indicators", s.Indicators)
	if s.Indicators == 0 {
		return []sentencePart{{Text: p.T("summary.none")}}
	}
	late := summaryParts(p, s, kpi.FarBehind, kpi.Over, kpi.Behind)
	grey := summaryParts(p, s, kpi.NoData, kpi.Unclear, kpi.Stale, kpi.NotDue, kpi.NoTarget)
	onPace := s.Count(kpi.Done, kpi.Ahead, kpi.OnPace)
	if onPace == s.Count(kpi.Done) && len(late) == 0 || onPace == 0 {
		done := summaryParts(p, s, kpi.Done)
		return joinSentence(p, head, p.T("summary.colon"), done, late, grey)
	}
	head += p.T("summary.after_head") + countText(p, "summary.on_pace", onPace)
	return joinSentence(p, head, p.T("summary.semicolon"), late, grey)
}

// joinSentence joins the head and the groups: with a comma between groups, and a lighter mark within the
// group of late ones.
func joinSentence(p lang.Printer, head, first string, groups ...[]sentencePart) []sentencePart {
	out := []sentencePart{{Text: head}}
	separator := first
	for _, group := range groups {
		for i, part := range group {
			if i > 0 {
				separator = p.T("summary.comma")
				if isLate(part) {
					separator = p.T("summary.and")
				}
			}
			out = append(out, sentencePart{Text: separator}, part)
			separator = p.T("summary.comma")
		}
	}
	return append(out, sentencePart{Text: p.T("summary.stop")})
}

func isLate(s sentencePart) bool { return kpi.Light(s.Light).Late() }

func summaryParts(p lang.Printer, s progress.Summary, lights ...kpi.Light) []sentencePart {
	var out []sentencePart
	for _, l := range lights {
		if n := s.Count(l); n > 0 {
			part := sentencePart{Text: countText(p, "summary."+string(l), n)}
			if l.Late() {
				part.Light = string(l)
			}
			out = append(out, part)
		}
	}
	return out
}

// countText uses the singular for one if the language has one.
func countText(p lang.Printer, key string, n int) string {
	if n == 1 && p.Has(key+".one") {
		return p.T(key+".one", n)
	}
	return p.T(key, n)
}

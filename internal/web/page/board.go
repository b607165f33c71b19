package page

import (
	"slices"
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
	Backed   *BoardCheck // nil while no copy of the records is known
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
	HandedUp layoutLink // how many offices below have handed up the month; no Href where none has to
}

// BudgetBeside reports whether the budget stands beside what needs attention, which is longer than what else is
// there, and needs none itself.
func (b boardPage) BudgetBeside() bool {
	return b.Budget != nil && len(b.Late) > 1 && !kpi.Light(b.Budget.Light.Code).Late()
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

// NewBoardBackup says when the newest copy of the records was made; nil if none is known.
func NewBoardBackup(p lang.Printer, at kpi.UnixMilli, zone *time.Location) *BoardCheck {
	if at == 0 {
		return nil
	}
	return &BoardCheck{Text: p.T("backup.board", p.Time(at, zone)), Detail: p.T("backup.board_hint")}
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
	Below  app.HandedUp
}

// NewBoard builds the board.
func NewBoard(pc Context, b progress.Board, in BoardInput) boardPage {
	p := pc.Printer
	page := boardPage{
		Layout:   NewLayout(pc, p.T("board.title"), partBoard, BoardPath(b.Year.Year)),
		Tabs:     pc.boardTabs(tabBoard),
		Sentence: boardSentence(p, b),
		AsOf:     pc.asOf(b.AsOf, b.Figures()...),
		Budget:   newBoardBudget(pc, b),
		Heat:     newAreaHeat(pc, b),
		MayLog:   in.MayLog,
		Card:     pc.at(cardPath(b.Year.Year), b.Unit, b.AsOf.Period),
		Calmed:   b.Summary.Late() == 0 && b.Summary.Indicators > 0,
	}
	if said := HandedUpSentence(pc, in.Below); said != "" {
		page.HandedUp = layoutLink{Href: BelowPath(b.Year.Year), Text: said}
	}
	page.PrintPages = false
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
	page.addAreas(pc, b, in)
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

// linearShare returns the share of the year that has passed, which "late" on the board is measured against.
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
// addAreas adds the areas in their order, those without any target and number folded behind the others: a township
// with 3 numbers has no 65 dashes around them.
func (page *boardPage) addAreas(pc Context, b progress.Board, in BoardInput) {
	var blanks []progress.AreaFigures
	for _, a := range b.Areas {
		if page.Filter == "" && !slices.ContainsFunc(a.Figures, func(f progress.Figure) bool { return !blank(f) }) {
			blanks = append(blanks, a)
			continue
		}
		page.addArea(pc, a, in)
	}
	in.Open = in.Open && len(page.Areas) == 0
	for _, a := range blanks {
		page.addArea(pc, a, in)
	}
}

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
	if page.Filter == "" {
		area.foldBlank(pc, a.Figures)
	}
	page.Areas = append(page.Areas, area)
}

package page

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

func WallPath(secret string) string { return "/wall/" + secret }

// wallPage is a board for a screen in a meeting room: a sentence, which stays, and slides that a script shows in
// turn. Without scripts the slides stand below each other and the page reloads every minute. It names no people.
type wallPage struct {
	Title    string
	Lang     string
	Office   string
	Unit     string
	Year     string
	AsOf     string
	Time     string // time of day of these figures
	Live     string // address that reports changes
	Seconds  int    // that a slide is shown
	Sample   bool
	Sentence []sentencePart
	Long     bool // a name needs the whole width of a slide
	Slides   []wallSlide
	Months   [12]int // numbers of the trend's columns
}

// wallSlide is shown at once.
type wallSlide struct {
	ID    string
	Title string
	Part  string // "2 / 3" of an area with more rows than a slide has; "" for a whole one
	Light lightView
	Rows  []wallRow
	Small []overviewRow // all indicators at once, instead of rows
	Trend []wallTrend   // the areas' months, instead of rows
	Keys  []wallKey     // what the columns of the trend are made of
	Calm  string        // a sentence instead of rows
}

// wallRow is one figure; Gap is what is missing, on the slide of late figures only.
type wallRow struct {
	Name    string
	Value   cell
	Target  cell
	Measure string
	Rate    cell
	Light   lightView
	Bullet  *bulletView
	Gap     string
}

// wallTrend is an area's year: a column for each month, with the figures on pace at the bottom and those that are
// late or unknown above.
type wallTrend struct {
	Name    string
	Light   lightView
	Label   string // the columns in words
	Bars    []wallBar
	Now, Of int    // on pace, judged
	Before  string // the month before
	reds    [2]int // figures drawn as far behind that are, and that are over the limit
}

// wallKey explains a colour of the trend: a class of the style sheet and what is drawn in it.
type wallKey struct{ Class, Word string }

// wallBar is a part of a column, in hundredths of the drawing's height and twelfths of its width.
type wallBar struct {
	Month, Y, Height int
	Tone             string // "", "behind", "far_behind", "unknown"
}

// wallRows is the limit for figures on a slide, wallSmall for those in the picture of all indicators; with long
// names half as many fit. wallWide and wallNarrow are the room for a name on each, in Chinese characters.
const wallRows, wallSmall, wallWide, wallNarrow = 6, 28, 30, 16

func NewWall(pc Context, b progress.Board, live, now string, seconds int) wallPage {
	p := pc.Printer
	page := wallPage{Title: p.T("wall.title"), Lang: string(p.Tag()), Office: p.Name(pc.Office.Name, pc.Office.NameEn),
		Unit: p.Name(b.Unit.Name, b.Unit.NameEn), Year: p.T("page.year", int(b.Year.Year)),
		AsOf: pc.asOf(b.AsOf, b.Figures()...),
		Time: now, Live: live, Seconds: min(max(seconds, 2), 600), Sample: b.Year.Sample,
		Sentence: boardSentence(p, b),
		Months:   [12]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
	late := b.Late()
	attention := wallSlide{ID: "late", Title: p.T("board.attention")}
	if len(late) == 0 {
		attention.Calm = p.T("board.calm")
	} else {
		attention.Light = newLightView(p, late[0].Light) // the worst, as its row below says
	}
	widest := 0
	for _, a := range b.Areas {
		for _, f := range a.Figures {
			widest = max(widest, ems(p.Name(f.Indicator.Name, f.Indicator.NameEn)))
		}
	}
	page.Long = widest > wallWide
	page.Slides = append(page.Slides, attention.split(pc, late, true)...)
	page.Slides = append(page.Slides, wallOverview(pc, b, widest > wallNarrow)...)
	page.Slides = append(page.Slides, wallTrends(pc, b)...)
	for _, a := range b.Areas {
		slide := wallSlide{ID: "area-" + a.Area.Code, Title: areaName(pc, a.Area), Light: newLightView(p, a.Light)}
		page.Slides = append(page.Slides, slide.split(pc, a.Figures, false)...)
	}
	if row := wallBudget(pc, b); row != nil {
		page.Slides = append(page.Slides, wallSlide{ID: "budget", Title: p.T("board.budget"), Light: row.Light,
			Rows: []wallRow{*row}})
	}
	return page
}

// split spreads figures over as many slides as they need; without figures the slide is one.
func (s wallSlide) split(pc Context, figures []progress.Figure, gaps bool) []wallSlide {
	parts := progress.Spread(figures, wallRows)
	if len(parts) == 0 {
		parts = append(parts, nil)
	}
	out := make([]wallSlide, len(parts))
	for i, part := range parts {
		out[i] = s
		out[i].ID = Nth(s.ID, i)
		for _, f := range part {
			out[i].Rows = append(out[i].Rows, newWallRow(pc, f, gaps))
		}
	}
	return inParts(pc, out)
}

// wallOverview returns the slides with the picture of all indicators that have a target; none for a year without
// targets.
func wallOverview(pc Context, b progress.Board, long bool) []wallSlide {
	rows, fit := newOverview(pc, b).Rows, wallSmall
	if long {
		fit /= 2
	}
	var out []wallSlide
	for i, part := range progress.Spread(rows, fit) {
		out = append(out, wallSlide{ID: Nth("overview", i), Title: pc.Printer.T("overview.title"), Small: part})
	}
	return inParts(pc, out)
}

// wallTrends returns the slides with the months of the whole and of each area; none before there are two months to
// compare.
func wallTrends(pc Context, b progress.Board) []wallSlide {
	var all []progress.Figure
	var rows []wallTrend
	for _, a := range b.Areas {
		all = append(all, a.Figures...)
		rows = append(rows, newWallTrend(pc, areaName(pc, a.Area), a.Light, a.Figures)...)
	}
	if len(rows) > 1 {
		rows = append(newWallTrend(pc, pc.Printer.T("wall.trend_all"), "", all), rows...)
	}
	var out []wallSlide
	for i, part := range progress.Spread(rows, wallRows+1) {
		out = append(out, wallSlide{ID: Nth("trend", i), Title: pc.Printer.T("wall.trend"), Trend: part,
			Keys: wallKeys(pc, part)})
	}
	return inParts(pc, out)
}

// wallKeys says what is drawn in the rows, and no more.
func wallKeys(pc Context, rows []wallTrend) []wallKey {
	p := pc.Printer
	drawn, far, over := map[string]bool{}, 0, 0
	for _, row := range rows {
		far, over = far+row.reds[0], over+row.reds[1]
		for _, b := range row.Bars {
			drawn[b.Tone] = true
		}
	}
	red := p.T("light.far_behind")
	switch {
	case far == 0:
		red = p.T("light.over")
	case over > 0:
		red += p.T("summary.and") + p.T("light.over")
	}
	var out []wallKey
	for _, k := range []struct{ tone, class, word string }{{"", "", p.T("wall.trend_now")},
		{string(kpi.Behind), "key-behind", p.T("light.behind")}, {string(kpi.FarBehind), "key-far", red},
		{"unknown", "key-unknown", p.T("wall.trend_unknown")}} {
		if drawn[k.tone] {
			out = append(out, wallKey{k.class, k.word})
		}
	}
	return out
}

// inParts numbers the slides of one kind if there are several: 2 / 3.
func inParts(pc Context, slides []wallSlide) []wallSlide {
	for i := range slides {
		if len(slides) > 1 {
			slides[i].Part = pc.Printer.T("wall.part", i+1, len(slides))
		}
	}
	return slides
}

// newWallTrend returns one row, or none if fewer than two months have judged figures.
func newWallTrend(pc Context, name string, light kpi.Light, figures []progress.Figure) []wallTrend {
	p := pc.Printer
	row := wallTrend{Name: name}
	if light != "" {
		row.Light = newLightView(p, light)
	}
	judged := 0
	var said []string
	for m, s := range progress.MonthStandings(figures) {
		of := s.Judged()
		if of == 0 {
			continue
		}
		if judged++; judged > 1 {
			row.Before = said[judged-2]
		}
		said = append(said, p.T("wall.trend_month", p.Month(m+1), s.OnPace, of))
		row.Now, row.Of = s.OnPace, of
		row.reds[0] += s.Far - s.Over
		row.reds[1] += s.Over
		top := 0
		for _, part := range []struct {
			n    int
			tone string
		}{{s.OnPace, ""}, {s.Unknown, "unknown"}, {s.Behind, string(kpi.Behind)}, {s.Far, string(kpi.FarBehind)}} {
			from := top * 100 / of
			top += part.n
			if to := top * 100 / of; to > from {
				row.Bars = append(row.Bars, wallBar{Month: m, Y: 100 - to, Height: to - from, Tone: part.tone})
			}
		}
	}
	if judged < 2 {
		return nil
	}
	row.Label = strings.Join(said, p.T("summary.comma"))
	return []wallTrend{row}
}

// ems returns the approximate width of a text in Chinese characters; Latin characters are half as wide.
func ems(s string) int {
	halves := 0
	for _, r := range s {
		halves++
		if r >= 0x2e80 {
			halves++
		}
	}
	return (halves + 1) / 2
}

func newWallRow(pc Context, f progress.Figure, gap bool) wallRow {
	v := newFigureView(pc.Printer, f, pc.Printer.Name(f.Indicator.Name, f.Indicator.NameEn), "")
	row := wallRow{Name: v.Name, Value: v.Value, Target: v.Target, Measure: v.Measure, Rate: v.Rate, Light: v.Light,
		Bullet: v.Bullet}
	if row.Bullet != nil {
		row.Bullet.Tall = true
	}
	if excess := f.Excess(); gap && excess.Ok() {
		row.Gap = pc.Printer.T("wall.excess", apartCell(pc.Printer, f.Indicator, excess, f.Bound).Text)
	}
	if gap && f.Missing.Ok() {
		missing := apartCell(pc.Printer, f.Indicator, f.Missing, kpi.ThisExactly)
		needed := apartCell(pc.Printer, f.Indicator, f.NeededPerMonth, f.Left())
		row.Gap = pc.Printer.T("wall.missing", missing.Text)
		if f.NeededPerMonth.Ok() {
			row.Gap = pc.Printer.T("wall.missing_needed", missing.Text, needed.Text)
		}
		row.Gap = pc.Printer.Bounded(f.Left(), row.Gap) // 最多还差 7,134 份，今后每月需 最多7,134 份
	}
	return row
}

// wallBudget returns the execution of the year's budget; nil for a unit or year without one.
func wallBudget(pc Context, b progress.Board) *wallRow {
	view := newBoardBudget(pc, b)
	if view == nil {
		return nil
	}
	return &wallRow{Name: pc.Printer.T("board.budget"), Value: cell{Text: view.Spent}, Target: cell{Text: view.Budget},
		Measure: view.Measure, Rate: view.Rate, Light: view.Light, Bullet: view.Bullet}
}

// SlideSeconds is how long a slide is shown unless the address says otherwise (?seconds=20).
const SlideSeconds = 12

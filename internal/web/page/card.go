package page

import (
	"strings"

	"dabiao/internal/chart"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// cardPage shows the board as one picture, to be saved or sent. The script converts it to a PNG.
type cardPage struct {
	Layout
	Picture string // address of the SVG
	Save    string // where it is given out as a file, which is noted
	Text    string // the picture in words
	File    string // suggested file name without its ending
	Board   string
}

// cardLate is the limit for late indicators on the picture.
const cardLate = 6

func NewCardPage(pc Context, b progress.Board) cardPage {
	p := pc.Printer
	page := cardPage{Layout: NewLayout(pc, p.T("card.title"), partBoard, BoardPath(b.Year.Year)),
		Picture: pc.at(cardPath(b.Year.Year)+".svg", b.Unit, b.AsOf.Period),
		Save:    pc.at(cardPath(b.Year.Year)+"/file.svg", b.Unit, b.AsOf.Period),
		Board:   pc.at(BoardPath(b.Year.Year), b.Unit, b.AsOf.Period),
		File:    CardName(pc, b)}
	page.Live = ""
	var text strings.Builder
	for _, part := range boardSentence(p, b) {
		text.WriteString(part.Text)
	}
	page.Text = p.T("card.text", text.String(), pc.asOf(b.AsOf, b.Figures()...))
	return page
}

// CardName is what the picture is called as a file, without its ending.
func CardName(pc Context, b progress.Board) string {
	return pc.Printer.T("card.file", pc.Printer.Name(b.Unit.Name, b.Unit.NameEn), b.AsOf.Period.String())
}

// NewCard returns the board as a picture. It names no people.
func NewCard(pc Context, b progress.Board) chart.Card {
	p := pc.Printer
	card := chart.Card{Lang: string(p.Tag()), Title: p.T("board.attention"), AsOf: p.AsOf(b.AsOf),
		Revised: pc.revised(b.Figures()...),
		Head: cardHead(p, p.Name(pc.Office.Name, pc.Office.NameEn), p.Name(b.Unit.Name, b.Unit.NameEn),
			p.T("page.year", int(b.Year.Year))),
		Foot: p.T("card.foot", p.Date(pc.Today))}
	if b.Year.Sample {
		card.Sample = p.T("page.sample")
	}
	for _, part := range boardSentence(p, b) {
		card.Sentence = append(card.Sentence, chart.CardText{Text: part.Text, Light: kpi.Light(part.Light)})
	}
	late := b.Late()
	for _, f := range late[:min(len(late), cardLate)] {
		card.Late = append(card.Late, newCardFigure(pc, f))
	}
	if more := len(late) - cardLate; more > 0 {
		card.More = p.T("card.more", more)
	}
	if len(late) == 0 {
		card.Calm = p.T("board.calm")
	}
	card.All = p.T("overview.title")
	all := newOverview(pc, b)
	for _, r := range append(all.Rows, all.Free...) {
		card.Rows = append(card.Rows, newCardRow(r))
	}
	return card
}

func newCardRow(r overviewRow) chart.CardRow {
	out := chart.CardRow{Name: r.Name, Value: "—", Rate: r.Said, Before: r.Before, Light: r.Code, FarAbove: r.Top}
	if r.Value.Text != "" {
		out.Value = r.Value.Text
	}
	if r.Target.Text != "" {
		out.Value += " / " + r.Target.Text
	}
	out.Value = out.Value + lang.Beside(r.Measure)
	switch {
	case out.Rate != "":
	case r.Huge:
		out.Rate = "> 999%"
	default:
		out.Rate = r.Rate.Text
	}
	if r.Bullet != nil {
		out.Bar, out.Expected, out.Ceiling = r.Bullet.Bar, r.Bullet.Expected, r.Bullet.Ceiling
	}
	return out
}

func newCardFigure(pc Context, f progress.Figure) chart.CardFigure {
	row := newWallRow(pc, f, true)
	out := chart.CardFigure{Name: row.Name, Value: row.Value.Text, Rate: row.Rate.Text, Gap: row.Gap,
		Word: row.Light.Word, Light: f.Light, Target: row.Measure}
	if row.Target.Why == "" {
		out.Target = "/ " + row.Target.Text + lang.Beside(row.Measure)
	}
	if row.Bullet != nil {
		out.Bar, out.Expected = row.Bullet.Bar, row.Bullet.Expected
	}
	return out
}

func cardPath(y kpi.Year) string { return yearPath(y, "card") }

// cardHeadWide is the width of the picture's first line beside its mark, in Chinese characters.
const cardHeadWide = 28

// cardHead returns the picture's first line. It always contains the year: if the names are too long, the office's
// is left out, then the end of the unit's.
func cardHead(p lang.Printer, office, unit, year string) string {
	head := p.T("card.head", office, unit, year)
	if office == unit {
		head = unit + " · " + year
	}
	if ems(head) <= cardHeadWide {
		return head
	}
	name := []rune(unit)
	for cut := ""; ; cut = "…" {
		if head = string(name) + cut + " · " + year; ems(head) <= cardHeadWide || len(name) == 0 {
			return head
		}
		name = name[:len(name)-1]
	}
}

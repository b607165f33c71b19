package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// Card is a board as one picture for sending: the sentence, what needs attention, a row per indicator.
// Every text is passed in ready-made.
type Card struct {
	Lang     string
	Head     string // office, unit and year
	Sample   string // "" for real figures
	Sentence []CardText
	AsOf     string
	Revised  string // of targets that were revised after that; "" for none
	Title    string // heading of Late
	Late     []CardFigure
	Calm     string // text shown if Late is empty
	More     string // how many are left out; "" for none
	All      string // over Rows
	Rows     []CardRow
	Foot     string
}

// CardText is a part of a sentence, in the colour of its light.
type CardText struct {
	Text  string
	Light kpi.Light
}

// CardFigure is a late indicator. Bar and Expected are positions in percent of the bullet graph's
// width, "" for none.
type CardFigure struct {
	Name, Value, Target, Rate, Gap, Word string
	Light                                kpi.Light
	Bar, Expected                        string
}

// CardRow is one indicator among all. Bar and Expected are positions as in CardFigure; Before stands in the
// place of a bar.
type CardRow struct {
	Name, Value, Rate, Before string
	Light                     kpi.Light
	Bar, Expected             string
	Ceiling                   bool
	FarAbove                  bool // the target by so much that it has a shape of its own, as on the page
}

// CardWidth is the picture's width in pixels: a phone's screen at full density.
const CardWidth = 1080

// Dimensions of the picture, in pixels.
const (
	cardEdge  = 56
	cardInner = CardWidth - 2*cardEdge
)

// The picture always has the light page's colours.
var cardColours = map[kpi.Light]string{
	kpi.Done: "#00694e", kpi.OnPace: "#00694e", kpi.Ahead: "#0a5a9c", kpi.Behind: "#9a5b00",
	kpi.FarBehind: "#b23000", kpi.Over: "#b23000",
	kpi.NoTarget: "#5f6a76", kpi.NoData: "#5f6a76", kpi.NotDue: "#5f6a76", kpi.Stale: "#5f6a76", kpi.Unclear: "#5f6a76",
}

const (
	cardInk   = "#17212b"
	cardMuted = "#566270"
	cardLine  = "#e2e4df"
)

// cardShapes are the lights' shapes on a 12 × 12 square, as on the page.
var cardShapes = map[kpi.Light]string{
	kpi.Done:      `<path d="M1.5 6.5l3 3 6-7" fill="none" stroke="%[1]s" stroke-width="2.2"/>`,
	kpi.Ahead:     `<path d="M6 .8l5.2 5.2L6 11.2.8 6z" fill="%[1]s"/>`,
	kpi.OnPace:    `<circle cx="6" cy="6" r="4.6" fill="%[1]s"/>`,
	kpi.Behind:    `<path d="M.6 1.8h10.8L6 11z" fill="%[1]s"/>`,
	kpi.FarBehind: `<path d="M1.2 1.2h9.6v9.6H1.2z" fill="%[1]s"/>`,
	kpi.Over:      `<path d="M1.2 1.2h9.6v9.6H1.2z" fill="%[1]s"/>`,
	kpi.NoData:    `<circle cx="6" cy="6" r="4" fill="none" stroke="%[1]s" stroke-width="1.6"/>`,
	kpi.Stale:     `<circle cx="6" cy="6" r="4" fill="none" stroke="%[1]s" stroke-width="1.6" stroke-dasharray="2.4 1.8"/>`,
	kpi.Unclear:   `<circle cx="6" cy="6" r="4" fill="none" stroke="%[1]s" stroke-width="1.6"/><path d="M4 6h4" stroke="%[1]s" stroke-width="1.6"/>`,
	kpi.NotDue:    `<path d="M2 6h8" stroke="%[1]s" stroke-width="1.8"/>`,
	kpi.NoTarget:  `<path d="M2 6h8" stroke="%[1]s" stroke-width="1.8"/>`,
}

// cardFarAbove is the shape of what is far above its target.
const cardFarAbove = `<path d="M6 11.5V1.5M1.5 5.5L6 1l4.5 4.5" fill="none" stroke="%[1]s" stroke-width="2.2"/>`

// SVG draws the card. The picture is self-contained: no script, no style sheet, nothing fetched.
func (c Card) SVG() []byte {
	d := &cardDrawing{y: 104}
	d.text(cardEdge, 28, cardMuted, "", c.Head)
	if c.Sample != "" {
		d.text(CardWidth-cardEdge, 28, cardMuted, ` text-anchor="end"`, c.Sample)
	}
	d.sentence(c.Sentence)
	d.y += 56
	d.text(cardEdge, 26, cardMuted, "", c.AsOf)
	if c.Revised != "" {
		d.y += 38
		d.text(cardEdge, 24, cardMuted, "", shortened(c.Revised, 24, CardWidth-2*cardEdge))
	}
	d.y += 72
	d.text(cardEdge, 32, cardInk, ` font-weight="700"`, c.Title)
	d.y += 20
	for _, f := range c.Late {
		d.figure(f)
	}
	if c.Calm != "" {
		d.y += 44
		d.text(cardEdge, 28, cardColours[kpi.Done], "", c.Calm)
		d.y += 24
	}
	if c.More != "" {
		d.y += 36
		d.text(cardEdge, 26, cardMuted, "", c.More)
		d.y += 20
	}
	d.y += 28
	if len(c.Rows) > 0 {
		d.y += 44
		d.text(cardEdge, 32, cardInk, ` font-weight="700"`, c.All)
		d.y += 20
	}
	for _, r := range c.Rows {
		d.row(r)
	}
	d.rule()
	d.y += 52
	d.text(cardEdge, 24, cardMuted, "", c.Foot)
	d.y += 52
	return d.whole(c.Lang)
}

// cardDrawing is a picture that grows downwards; y is the baseline of the next line.
type cardDrawing struct {
	bytes.Buffer
	y int
}

func (d *cardDrawing) whole(lang string) []byte {
	font := "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" lang="%s" width="%d" height="%d" viewBox="0 0 %[2]d %[3]d" font-family="%[4]s">
<rect width="%[2]d" height="%[3]d" fill="#fff"/>
%[5]s</svg>
`, lang, CardWidth, d.y, font, d.Bytes())
}

func (d *cardDrawing) text(x, size int, colour, more, text string) {
	fmt.Fprintf(d, `<text x="%d" y="%d" font-size="%d" fill="%s"%s>%s</text>`+"\n", x, d.y, size,
		colour, more, escaped(text))
}

func escaped(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) //nolint:errcheck // a strings.Builder takes everything
	return b.String()
}

func (d *cardDrawing) rule() {
	fmt.Fprintf(d, `<path d="M%d %dh%d" stroke="%s" stroke-width="2"/>`+"\n", cardEdge, d.y, cardInner, cardLine)
}

// light draws a light's shape; its word is written beside it.
func (d *cardDrawing) light(x, size int, l kpi.Light) { d.shape(x, size, cardShapes[l], l) }

func (d *cardDrawing) shape(x, size int, shape string, l kpi.Light) {
	shape = fmt.Sprintf(shape, cardColours[l])
	fmt.Fprintf(d, `<svg x="%d" y="%d" width="%d" height="%[3]d" viewBox="0 0 12 12">%s</svg>`+"\n",
		x, d.y-size+3, size, shape)
}

// sentence writes a sentence in lines that fit, broken after a punctuation mark or a space, never
// inside a coloured part.
func (d *cardDrawing) sentence(parts []CardText) {
	const size = 50
	width := cardInner
	for _, piece := range fitting(pieces(parts), size) {
		if w := textWidth(piece.Text+piece.mark, size); width+w > cardInner {
			if width != cardInner {
				d.WriteString("</text>\n")
			}
			d.y += 72
			fmt.Fprintf(d, `<text x="%d" y="%d" font-size="%d" font-weight="700" fill="%s" xml:space="preserve">`,
				cardEdge, d.y, size, cardInk)
			width = w
		} else {
			width += w
		}
		if piece.Light == "" {
			d.WriteString(escaped(piece.Text + piece.mark))
			continue
		}
		fmt.Fprintf(d, `<tspan fill="%s">%s</tspan>%s`, cardColours[piece.Light], escaped(piece.Text), escaped(piece.mark))
	}
	if len(parts) > 0 {
		d.WriteString("</text>\n")
	}
}

// piece is a part of a sentence that stays on one line, and the punctuation mark after it, which has no
// colour.
type piece struct {
	CardText
	mark string
}

const cardMarks = "，；、：。"

// pieces splits a sentence where a line may end: after a punctuation mark, and also after a space in
// text without Chinese characters.
func pieces(parts []CardText) (out []piece) {
	for _, p := range parts {
		marks := cardMarks
		if !strings.ContainsFunc(p.Text, func(r rune) bool { return r >= 0x2e80 }) {
			marks = cardMarks + " "
		}
		for rest := p.Text; rest != ""; {
			end := len(rest)
			if i := strings.IndexAny(rest, marks); i >= 0 && p.Light == "" {
				_, size := utf8.DecodeRuneInString(rest[i:])
				end = i + size
			}
			if i := len(out) - 1; i >= 0 && strings.Trim(rest[:end], cardMarks+",;.: ") == "" { // a mark stays with its word
				out[i].mark += rest[:end]
			} else {
				out = append(out, piece{CardText: CardText{rest[:end], p.Light}})
			}
			rest = rest[end:]
		}
	}
	return out
}

// fitting are pieces that fit a line each: a name that is longer is broken where the line ends.
func fitting(all []piece, size int) (out []piece) {
	for _, p := range all {
		line := ""
		for _, r := range p.Text {
			if line != "" && textWidth(line+string(r)+p.mark, size) > cardInner {
				out, line = append(out, piece{CardText: CardText{line, p.Light}}), ""
			}
			line += string(r)
		}
		out = append(out, piece{CardText{line, p.Light}, p.mark})
	}
	return out
}

// textWidth estimates the width of a text: a Chinese character is as wide as it is high, a Latin letter
// a little more than half.
func textWidth(text string, size int) int {
	tenths := 0
	for _, r := range text {
		switch {
		case r >= 0x2e80:
			tenths += 100
		case r == ' ' || r == '.' || r == ',':
			tenths += 30
		default:
			tenths += 60
		}
	}
	return tenths * size / 100
}

// shortened returns text cut to fit, ending in … if anything was cut.
func shortened(text string, size, width int) string {
	if textWidth(text, size) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 1 && textWidth(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func (d *cardDrawing) figure(f CardFigure) {
	d.rule()
	d.y += 56
	word := cardEdge + cardInner - textWidth(f.Word, 28)
	d.text(cardEdge, 34, cardInk, ` font-weight="600"`, shortened(f.Name, 34, word-40-cardEdge-24))
	d.light(word-38, 26, f.Light)
	d.text(word, 28, cardColours[f.Light], "", f.Word)
	d.y += 54
	fmt.Fprintf(d, `<text x="%d" y="%d" font-size="40" font-weight="700" fill="%s">%s<tspan font-size="28" font-weight="400" fill="%s"> %s</tspan></text>`+"\n",
		cardEdge, d.y, cardInk, escaped(f.Value), cardMuted, escaped(f.Target))
	d.text(CardWidth-cardEdge, 40, cardInk, ` font-weight="700" text-anchor="end"`, f.Rate)
	if f.Bar != "" {
		d.y += 18
		d.bullet(f)
		d.y += 36
	}
	if f.Gap != "" {
		d.y += 44
		d.text(cardEdge, 26, cardMuted, "", f.Gap)
	}
	d.y += 32
}

// bullet draws the page's bullet graph at twice its size.
func (d *cardDrawing) bullet(f CardFigure) {
	fmt.Fprintf(d, `<svg x="%d" y="%d" width="%d" height="44" overflow="visible"><rect y="12" width="48%%" height="22" fill="#d5d6d2"/>`+
		`<rect x="48%%" y="12" width="16%%" height="22" fill="#e3e4e0"/><rect x="64%%" y="12" width="16%%" height="22" fill="#efefec"/>`+
		`<rect y="18" width="%s" height="10" fill="%s"/>`, cardEdge, d.y, cardInner, f.Bar, cardColours[f.Light])
	if f.Expected != "" {
		fmt.Fprintf(d, `<svg x="%s" overflow="visible"><path d="M-9 0h18l-9 11z" fill="#0b5563"/></svg>`, f.Expected)
	}
	fmt.Fprintf(d, `<svg x="80%%" overflow="visible"><path d="M-3 8h6v30h-6z" fill="%s"/></svg></svg>`+"\n", cardInk)
}

// row is an indicator in the picture of all: its name over its numbers, the bullet, the rate.
func (d *cardDrawing) row(r CardRow) {
	const bullet, width = cardEdge + 470, 350
	d.rule()
	d.y += 34
	shape := cardShapes[r.Light]
	if r.FarAbove {
		shape = cardFarAbove
	}
	d.shape(cardEdge, 22, shape, r.Light)
	d.text(cardEdge+38, 26, cardInk, "", shortened(r.Name, 26, 416))
	switch {
	case r.Bar != "":
		d.small(r, bullet, width)
	case r.Before != "":
		d.text(bullet, 22, cardMuted, "", shortened(r.Before, 22, CardWidth-cardEdge-bullet))
	}
	d.y += 14
	const beside = CardWidth - cardEdge - bullet - width - 8
	wide := r.Bar != "" && textWidth(r.Rate, 28) > beside // 余 6,600 吨: below the bar
	if !wide {
		d.text(CardWidth-cardEdge, 28, cardInk, ` font-weight="600" text-anchor="end"`, r.Rate)
	}
	d.y += 16
	if wide {
		d.text(CardWidth-cardEdge, 22, cardInk, ` font-weight="600" text-anchor="end"`, r.Rate)
	}
	d.text(cardEdge+38, 22, cardMuted, "", shortened(r.Value, 22, 416))
	d.y += 14
}

// small is a bullet graph in a row.
func (d *cardDrawing) small(r CardRow, x, width int) {
	fmt.Fprintf(d, `<svg x="%d" y="%d" width="%d" height="32" overflow="visible">`, x, d.y-14, width)
	if r.Ceiling {
		d.WriteString(`<rect y="10" width="80%" height="16" fill="#efefec"/><rect x="80%" y="10" width="20%" height="16" fill="#d5d6d2"/>`)
	} else {
		d.WriteString(`<rect y="10" width="48%" height="16" fill="#d5d6d2"/><rect x="48%" y="10" width="16%" height="16" fill="#e3e4e0"/>` +
			`<rect x="64%" y="10" width="16%" height="16" fill="#efefec"/>`)
	}
	ink := dayPaint.bar
	if r.Light.Late() {
		ink = cardColours[r.Light]
	}
	fmt.Fprintf(d, `<rect y="14" width="%s" height="8" fill="%s"/>`, r.Bar, ink)
	if r.Expected != "" {
		fmt.Fprintf(d, `<svg x="%s" overflow="visible"><path d="M-7 0h14l-7 9z" fill="#0b5563"/></svg>`, r.Expected)
	}
	fmt.Fprintf(d, `<svg x="80%%" overflow="visible"><path d="M-2 6h4v24h-4z" fill="%s"/></svg></svg>`+"\n", cardInk)
}

package paper

import (
	"strconv"
	"strings"
)

// Fragment is blocks to be shown within a page that has its own style.
type Fragment struct {
	Blocks []Block
	Link   func(Run) Link // nil: no links
}

// Link is how a page shows a run. Href is where it leads, "" for nowhere; Later is what the figure has changed
// to since, "" if it has not.
type Link struct{ Href, Later string }

// HTML returns the blocks as markup: headings from h3, charts as tables, or drawn where a table has their numbers. All
// text is escaped.
func (f Fragment) HTML() string {
	x := htmlText{link: f.Link}
	if x.link == nil {
		x.link = func(Run) Link { return Link{} }
	}
	x.blocks(f.Blocks)
	return x.String()
}

// htmlText writes blocks as a page of their own (whole) or inside another page. A page of its own has
// to carry line breaks, notes, captions and the scope of heads, as its readers have nothing else of the
// document.
type htmlText struct {
	Markup
	whole   bool
	link    func(Run) Link
	hatched bool // the charts' hatching is defined
}

func (x *htmlText) blocks(blocks []Block) {
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			level := strconv.Itoa(b.Heading.Level + 1)
			x.Add("<h"+level+">%s</h"+level+">\n", b.Heading.Text)
		case b.Paragraph != nil:
			class := ""
			if b.Paragraph.Note && x.whole {
				class = ` class="note"`
			}
			x.WriteString("<p" + class + ">")
			x.runs(b.Paragraph.Runs)
			x.WriteString("</p>\n")
		case b.Chart != nil && b.Chart.Tabled:
			x.picture(drawing{Chart: *b.Chart, rateLayout: b.Chart.rates(digitWidth)}, "paper-chart")
		case b.Chart != nil:
			x.table(b.Chart.Table())
		case b.QR != nil:
			x.codeSVG(*b.QR)
		case b.Table != nil:
			x.table(*b.Table)
		}
	}
}

// runs writes text with a link from each figure to its source.
func (x *htmlText) runs(runs []Run) {
	for _, r := range runs {
		l := x.link(r)
		switch {
		case l.Href != "" && x.whole:
			x.Add(`<a href="%s">`, l.Href)
		case l.Href != "":
			x.Add(`<a class="live" href="%s">`, l.Href)
		}
		x.text(r.Text)
		if l.Href != "" {
			x.WriteString("</a>")
		}
		if l.Later != "" {
			x.Add(` <ins class="later">（%s）</ins>`, l.Later)
		}
	}
}

func (x *htmlText) text(s string) {
	if !x.whole {
		x.Add("%s", s)
		return
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			x.WriteString("<br>")
		}
		x.Add("%s", line)
	}
}

func (x *htmlText) table(t Table) {
	if x.whole {
		x.Add(`<div class="scroll" tabindex="0" role="group" aria-label="%s"><table><caption>%s</caption>`+
			"\n", t.Caption, t.Caption)
	} else {
		x.WriteString(`<div class="scroll" tabindex="0"><table class="plain ruled form-table">`)
		t.Head = 0
	}
	x.rows(t)
	x.WriteString("</table></div>\n")
}

// rows writes a table's rows in their parts.
func (x *htmlText) rows(t Table) {
	row := -1
	for _, c := range t.Place() {
		for row < c.Row {
			x.turnRow(t, row)
			row++
			x.WriteString("<tr>")
		}
		x.cell(t, c)
	}
	x.turnRow(t, row)
}

// turnRow ends a row and opens or closes the parts of a table around it.
func (x *htmlText) turnRow(t Table, row int) {
	if row >= 0 {
		x.WriteString("</tr>\n")
	}
	switch {
	case row == -1 && t.Head > 0:
		x.WriteString("<thead>\n")
	case row == -1:
		x.WriteString("<tbody>\n")
	case row == t.Head-1 && row < len(t.Rows)-1:
		x.WriteString("</thead>\n<tbody>\n")
	case row == len(t.Rows)-1:
		x.WriteString("</tbody>\n")
	}
}

func (x *htmlText) cell(t Table, c Placed) {
	tag, scope := "td", ""
	if c.Label && c.Text() != "" {
		tag, scope = "th", ` scope="row"`
		switch {
		case !x.whole:
			scope = ""
		case c.Row < t.Head || c.Row == 0:
			scope = ` scope="col"`
		case c.Rows > 1:
			scope = ` scope="rowgroup"`
		}
	}
	x.WriteString("<" + tag + scope)
	if c.Anchor != "" {
		x.Add(` id="%s"`, c.Anchor)
	}
	if c.Columns > 1 {
		x.Add(` colspan="%d"`, c.Columns)
	}
	if c.Rows > 1 {
		x.Add(` rowspan="%d"`, c.Rows)
	}
	if c.Align != Centre {
		x.Add(` class="%s"`, string(c.Align))
	}
	x.WriteString(">")
	x.runs(c.Runs)
	x.WriteString("</" + tag + ">")
}

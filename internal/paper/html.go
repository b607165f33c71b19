package paper

import (
	"io"
	"strings"
)

// WriteHTML writes a document as a page for the office's own web site: without scripts and external
// resources, with its language declared, captions and heads for tables, and a link from every figure to its
// row in the source annex. It returns the writer's errors.
func WriteHTML(w io.Writer, d Document) error {
	anchors := d.Anchors()
	x := htmlText{whole: true, link: func(r Run) Link {
		if r.Ref == nil || !anchors["f-"+r.Ref.Number] {
			return Link{}
		}
		return Link{Href: "#f-" + r.Ref.Number}
	}}
	x.Add(`<!DOCTYPE html>`+"\n"+`<html lang="%s">`+"\n"+
		`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`+
		"\n"+`<title>%s</title>`+"\n"+`<meta name="author" content="%s">`+"\n<style>",
		string(d.Language), htmlTitle(d), d.Author)
	x.WriteString(htmlStyle + "</style></head>\n<body>\n")
	x.contents(d)
	x.WriteString("<main>\n")
	x.Add("<h1>%s</h1>\n", d.Title)
	if d.Sample {
		x.Add(`<p class="notice">%s</p>`+"\n", d.Notice)
	}
	if d.Number != "" {
		x.Add("<p class=\"by\">%s</p>\n", d.Number)
	}
	x.Add("<p class=\"by\">%s", d.Office)
	for _, line := range d.Lines {
		x.Add(` · %s`, line)
	}
	switch {
	case d.Date != "":
		x.Add(` · <time datetime="%s">%s</time>`, string(d.Date), d.Dated)
	case d.Dated != "":
		x.Add(` · %s`, d.Dated)
	}
	x.WriteString("</p>\n")
	for _, s := range d.Sections {
		x.Add(`<section id="%s" aria-labelledby="h-%s"><h2 id="h-%s">%s</h2>`+"\n", s.Key, s.Key, s.Key, s.Heading)
		x.blocks(s.Blocks)
		x.WriteString("</section>\n")
	}
	for _, line := range d.Attached {
		x.Add("<p>%s</p>\n", line)
	}
	for _, a := range d.Annexes {
		x.annex(d, a)
	}
	x.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, x.String())
	return err
}

func htmlTitle(d Document) string {
	if strings.Contains(d.Title, d.Author) {
		return d.Title
	}
	return d.Author + " " + d.Title
}

// contents writes the list of sections, if there are any.
func (x *htmlText) contents(d Document) {
	if len(d.Sections) == 0 {
		return
	}
	x.Add("<nav aria-label=\"%s\"><ol>\n", d.Title)
	for _, s := range d.Sections {
		x.Add(`<li><a href="#%s">%s</a></li>`+"\n", s.Key, s.Heading)
	}
	for _, a := range d.Annexes {
		x.Add(`<li><a href="#%s">%s %s</a></li>`+"\n", a.Key, a.Mark, a.Title)
	}
	x.WriteString("</ol></nav>\n")
}

// annex writes an annex. If it is the whole document, its title is the page's already.
func (x *htmlText) annex(d Document, a Annex) {
	x.Add(`<section id="%s">`, a.Key)
	if len(d.Sections) > 0 {
		x.Add(`<h2><span class="mark">%s</span> %s</h2>`, a.Mark, a.Title)
	}
	x.Add("\n<p class=\"by\">%s</p>\n", a.Subtitle)
	x.blocks(a.Blocks)
	x.WriteString("</section>\n")
}

// htmlStyle is the style sheet: black on white, readable on a phone and on paper.
const htmlStyle = `
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;color:#17212b;background:#fff;font:1rem/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.7rem;line-height:1.35;text-align:center}h2{font-size:1.3rem;margin-top:2.5rem}h3{font-size:1.1rem}
.by,.notice{text-align:center;color:#566270}.notice{font-weight:700;color:#b23000}.note{color:#566270;font-size:.9rem}.mark{font-weight:400}
nav ol{list-style:none;padding:0;columns:18rem}a{color:#0b5563}
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:700;padding:.25rem 0}th,td{border:1px solid #8a949e;padding:.3rem .45rem;text-align:center;overflow-wrap:anywhere;min-width:3em}
th{background:#f1f2ef;font-weight:700}.paper-chart{display:block;max-width:100%;height:auto;margin:1rem auto;background:#fff}.left{text-align:left}.right{text-align:right}:target{outline:3px solid #0b5563}
@media print{body{max-width:none;padding:0;font-size:10pt}nav{display:none}a{color:inherit;text-decoration:none}thead{display:table-header-group}tr,.paper-chart{break-inside:avoid}.scroll{overflow:visible}}
`

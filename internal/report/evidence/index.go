package evidence

import (
	"fmt"
	"io"
	"net/url"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// indexColumns are the index's columns: the catalogue key of the head, and the width in characters.
var indexColumns = []struct {
	key   string
	width int
}{
	{"evidence.col_number", 9}, {"evidence.col_area", 16}, {"evidence.col_indicator", 28}, {"evidence.col_unit", 16},
	{"evidence.col_file", 34}, {"evidence.col_size", 11}, {"evidence.col_added", 12}, {"evidence.col_note", 18},
	{"evidence.col_sha256", 40},
}

// cells returns a row's texts. The name of a file that is not enclosed is left out: it may say what
// the file must not.
func (p Pack) cells(r indexRow) []string {
	name, size, sum := r.Name, fmt.Sprintf("%d KB", (r.Size+1023)/1024), r.SHA256
	if r.path == "" {
		name, size, sum = "—", "—", "—"
	}
	return []string{r.Number.String(), p.area(r.NumberedEvidence), p.Language.Name(r.Indicator.Name, r.Indicator.NameEn),
		p.Language.Name(r.Unit.Name, r.Unit.NameEn), name, size,
		p.Language.Date(kpi.DateOf(p.addedAt(r.Evidence))), r.why, sum}
}

func (p Pack) title() string {
	return p.Language.T("evidence.pack.title", p.Language.Name(p.Office.Name, p.Office.NameEn), int(p.Year.Year))
}

// about returns the properties of the index as a document.
func (p Pack) about() paper.Document {
	d := paper.Document{Language: p.Language.Tag(), Year: p.Year.Year, Title: p.title(),
		Author: p.Language.Name(p.Office.Name, p.Office.NameEn), Sample: p.Year.Sample}
	if d.Sample {
		d.Notice = p.Language.T("report.sample")
	}
	return d
}

// summary states how many files there are and how many are enclosed.
func (p Pack) summary(rows []indexRow) string {
	enclosed := 0
	for _, r := range rows {
		if r.path != "" {
			enclosed++
		}
	}
	return p.Language.T("evidence.pack.summary", len(rows), enclosed, len(rows)-enclosed)
}

func (p Pack) writeIndex(w io.Writer, rows []indexRow) error {
	book := paper.NewWorkbook(p.about())
	defer book.Close()
	sheet := book.Sheet("evidence.pack.sheet")
	book.Title(sheet, p.title(), 1, len(indexColumns), paper.CellStyle{Size: 14, Bold: true}, 26)
	book.Title(sheet, p.summary(rows), 2, len(indexColumns), paper.NoteStyle, 18)
	const head = 3
	var widths []int
	for i, c := range indexColumns {
		book.Text(sheet, i+1, head, p.Language.T(c.key), paper.HeadStyle)
		widths = append(widths, c.width)
	}
	book.Columns(sheet, widths)
	for row, r := range rows {
		for i, text := range p.cells(r) {
			book.Text(sheet, i+1, head+1+row, text, paper.LeftStyle)
		}
	}
	book.Page(sheet, paper.Repeat{From: head, Rows: 1})
	return book.Write(w)
}

// page returns the index as a web page with links to the enclosed files.
func (p Pack) page(rows []indexRow) string {
	var x paper.Markup
	x.Add(`<!DOCTYPE html>`+"\n"+`<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><style>`+
		`body{font:15px/1.6 "PingFang SC","Microsoft YaHei",sans-serif;margin:24px;color:#17212b}table{border-collapse:collapse}`+
		`th,td{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}td:last-child{font-family:monospace;font-size:12px;word-break:break-all}`+
		`</style></head><body><h1>%s</h1><p>%s</p><table><thead><tr>`, string(p.Language.Tag()), p.title(),
		p.title(), p.summary(rows))
	for _, c := range indexColumns {
		x.Add(`<th>%s</th>`, p.Language.T(c.key))
	}
	x.WriteString("</tr></thead><tbody>\n")
	for _, r := range rows {
		x.WriteString("<tr>")
		for i, text := range p.cells(r) {
			if indexColumns[i].key == "evidence.col_file" && r.path != "" {
				x.Add(`<td><a href="%s">%s</a></td>`, (&url.URL{Path: r.path}).String(), text)
				continue
			}
			x.Add(`<td>%s</td>`, text)
		}
		x.WriteString("</tr>\n")
	}
	x.WriteString("</tbody></table></body></html>\n")
	return x.String()
}

package report

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is how a cell is set; equal looks share one style of the file.
type look struct {
	size   float64 // points; 0 is 10.5
	bold   bool
	title  bool // the face of titles
	border bool
	left   bool
	right  bool
	top    bool
	grey   bool   // a head's ground
	format string // of numbers; "" is text or general
}

var (
	plainLook = look{border: true}
	leftLook  = look{border: true, left: true}
	headLook  = look{border: true, bold: true, grey: true}
	titleLook = look{size: 18, title: true}
	noteLook  = look{size: 9, left: true}
)

func (w *workbook) style(l look) int {
	if id, ok := w.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: w.face(l), Size: l.size, Bold: l.bold, Color: "000000"},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}
	if l.size == 0 {
		s.Font.Size = 10.5
	}
	switch {
	case l.left:
		s.Alignment.Horizontal = "left"
	case l.right:
		s.Alignment.Horizontal = "right"
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.grey {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F0F0F0"}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := w.f.NewStyle(s)
	w.Try(err)
	w.styles[l] = id
	return id
}

func (w *workbook) face(l look) string {
	switch {
	case !w.printer.Chinese():
		return "Arial"
	case l.title:
		return "方正小标宋简体"
	}
	return "宋体"
}

// Formats of numbers.
const percentFormat = "0.00%"

func decimalFormat(decimals int) string {
	format := "#,##0"
	for i := range decimals {
		if i == 0 {
			format += "."
		}
		format += "0"
	}
	return format
}

// repeat are the rows of a sheet that stand on every page.
type repeat struct{ from, rows int }

// Page sets a sheet up for A4 landscape, as wide as the page, its head on every page.
func (w *workbook) Page(sheet string, head repeat) {
	size, orientation, one, many, fit := 9, "landscape", 1, 0, true
	w.Try(w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	w.Try(w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}))
	margin, narrow, centred := 0.6, 0.3, true
	w.Try(w.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin,
		Header: &narrow, Footer: &narrow, Horizontally: &centred}))
	above := ""
	if w.about.Sample {
		above = "&C" + w.about.Notice
	}
	w.Try(w.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: above, OddFooter: "&C— &P —"}))
	if head.rows > 0 {
		w.Try(w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
			RefersTo: quoted(sheet) + "!$" + strconv.Itoa(head.from) + ":$" + strconv.Itoa(head.from+head.rows-1)}))
	}
}

// quoted is a sheet's name inside a reference.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

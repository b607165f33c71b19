package paper

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// CellStyle is the formatting of a cell. Equal ones share a style in the file.
type CellStyle struct {
	Size   float64 // in points; 0 means 10.5
	Bold   bool
	title  bool // the typeface of titles
	Border bool
	Left   bool
	Right  bool
	top    bool
	grey   bool   // the background of a head
	Format string // number format; "" is text or general
}

var (
	PlainStyle = CellStyle{Border: true}
	LeftStyle  = CellStyle{Border: true, Left: true}
	HeadStyle  = CellStyle{Border: true, Bold: true, grey: true}
	titleStyle = CellStyle{Size: 18, title: true}
	NoteStyle  = CellStyle{Size: 9, Left: true}
)

func (w *Workbook) style(l CellStyle) int {
	if id, ok := w.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: w.face(l), Size: l.Size, Bold: l.Bold, Color: "000000"},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}
	if l.Size == 0 {
		s.Font.Size = 10.5
	}
	switch {
	case l.Left:
		s.Alignment.Horizontal = "left"
	case l.Right:
		s.Alignment.Horizontal = "right"
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.Border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.grey {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F0F0F0"}}
	}
	if l.Format != "" {
		s.CustomNumFmt = &l.Format
	}
	id, err := w.f.NewStyle(s)
	w.Try(err)
	w.styles[l] = id
	return id
}

func (w *Workbook) face(l CellStyle) string {
	switch {
	case !w.printer.Chinese():
		return "Arial"
	case l.title:
		return "方正小标宋简体"
	}
	return "宋体"
}

// PercentFormat is the number format of percentages.
const PercentFormat = "0.00%"

// DecimalFormat returns the number format for so many decimals.
func DecimalFormat(decimals int) string {
	format := "#,##0"
	for i := range decimals {
		if i == 0 {
			format += "."
		}
		format += "0"
	}
	return format
}

// Repeat is a range of rows that are repeated on every page: the first one and their number.
type Repeat struct{ From, Rows int }

// Page sets up a sheet for A4 landscape, fitted to the width of the page, with its head on every page.
func (w *Workbook) Page(sheet string, head Repeat) {
	size, orientation, one, many, fit := 9, "landscape", 1, 0, true
	w.Try(w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	w.Try(w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation,
		FitToWidth: &one, FitToHeight: &many}))
	margin, narrow, centred := 0.6, 0.3, true
	w.Try(w.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin,
		Top: &margin, Bottom: &margin,
		Header: &narrow, Footer: &narrow, Horizontally: &centred}))
	above := ""
	if w.about.Sample {
		above = "&C" + firstUnits(strings.ReplaceAll(w.about.Notice, "&", "&&"), maxHeader)
	}
	w.Try(w.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: above, OddFooter: "&C— &P —"}))
	if head.Rows > 0 {
		w.Try(w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
			RefersTo: QuotedSheet(sheet) + "!$" + strconv.Itoa(head.From) + ":$" + strconv.Itoa(head.From+head.Rows-1)}))
	}
}

// QuotedSheet returns a sheet's name as it is written in a reference.
func QuotedSheet(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

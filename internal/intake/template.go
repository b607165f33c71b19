package intake

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

// TemplateWords are the texts of the empty table for download, in its language. [ReadTable] knows the
// headings.
type TemplateWords struct {
	Sheet, Lists                       string // names of the two sheets
	Unit, Indicator, Date, Value, Note string // headings
	WrongTitle, WrongChoice, WrongDate string // shown if a cell contains what is not in the list
	Measure                            func(kpi.Measure) string
	Name                               func(name, nameEn string) string
}

// templateRows is the number of rows of the empty table with lists to choose from.
const templateRows = 2_000

// WriteTemplate writes an empty table for a year as a workbook, with a row per figure and lists of the
// units and indicators to choose from.
func WriteTemplate(w io.Writer, words TemplateWords, known Known) error {
	f := excelize.NewFile()
	defer f.Close()
	b := templateBuilder{f: f}
	b.try(f.SetSheetName("Sheet1", words.Sheet))
	_, err := f.NewSheet(words.Lists)
	b.try(err)
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEEF"}},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "808A94"}}})
	b.try(err)
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	b.try(err)
	format := "yyyy-mm-dd"
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	b.try(err)
	for i, heading := range []string{words.Unit, words.Indicator, words.Date, words.Value, words.Note} {
		b.try(f.SetCellStr(words.Sheet, cellName(i, 1), heading))
		b.try(f.SetColWidth(words.Sheet, ColumnName(i), ColumnName(i), []float64{18, 44, 13, 14, 40}[i]))
	}
	b.try(f.SetCellStyle(words.Sheet, "A1", "E1", head))
	b.try(f.SetCellStyle(words.Sheet, "C2", fmt.Sprintf("C%d", templateRows), day))
	b.try(f.SetCellStyle(words.Sheet, "E2", fmt.Sprintf("E%d", templateRows), text))
	b.try(f.SetPanes(words.Sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	units, indicators := 0, 0
	for i, u := range known.Units {
		b.try(f.SetCellStr(words.Lists, cellName(0, i+1), words.Name(u.Name, u.NameEn)))
		units++
	}
	for _, ind := range known.Indicators {
		if ind.Computed() || ind.Kind == kpi.Level {
			continue
		}
		indicators++
		b.try(f.SetCellStr(words.Lists, cellName(1, indicators), words.Name(ind.Name, ind.NameEn)+"（"+
			string(ind.Measure)+"）"))
	}
	b.list(words, "A", "A", units)
	b.list(words, "B", "B", indicators)
	b.days(words, known)
	b.try(f.SetColWidth(words.Lists, "A", "B", 40))
	if b.err != nil {
		return fmt.Errorf("write the import template: %w", b.err)
	}
	_, err = f.WriteTo(w)
	return err
}

type templateBuilder struct {
	f   *excelize.File
	err error
}

func (b *templateBuilder) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// list offers the first n cells of a column of the second sheet as the choices in a column of the
// first.
func (b *templateBuilder) list(words TemplateWords, column, from string, n int) {
	if n == 0 {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, templateRows))
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", words.Lists, from, from, n))
	v.SetError(excelize.DataValidationErrorStyleWarning, words.WrongTitle, words.WrongChoice)
	b.try(b.f.AddDataValidation(words.Sheet, v))
}

// days limits the dates to the year.
func (b *templateBuilder) days(words TemplateWords, known Known) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("C2:C%d", templateRows))
	serial := func(d kpi.Date) float64 {
		return d.Time().Sub(kpi.Date("1899-12-30").Time()).Hours() / 24
	}
	from, to := serial(kpi.Period{Year: known.Year, Month: 1}.Start()), serial(min(known.Year.End(), known.Today))
	b.try(v.SetRange(from, max(from, to), excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
	v.SetError(excelize.DataValidationErrorStyleWarning, words.WrongTitle, words.WrongDate)
	b.try(b.f.AddDataValidation(words.Sheet, v))
}

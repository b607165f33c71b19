package logbook

import (
	"io"
	"strconv"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// Book is a year's log to be written out (台账).
type Book struct {
	Year     kpi.YearInfo
	Unit     kpi.Unit
	Zone     *time.Location
	Language lang.Printer
	// The newest of its entries and the oldest of its year's, which tell how far writing is; 0: none.
	Newest, Oldest kpi.UpdateID
	// Each hands out the entries, newest first, a few thousand being in memory at a time. It ends with
	// the first error, its own or the reader's.
	Each func(func(Line) error) error
}

// Line is one entry with the names that belong to it.
type Line struct {
	kpi.Update
	Of     kpi.Indicator
	At     kpi.Unit
	By     string // the author's full name
	Counts bool   // it is part of the figures
	Files  int
}

// Writers are the kinds of file a log is written as, by the ending of their names.
var Writers = map[string]struct {
	MediaType string
	To        func(io.Writer, Book) error
}{
	"xlsx": {paper.SheetMedia, WriteXlsx},
	"csv":  {paper.CSVMedia, WriteCSV},
}

// cell is one value of a line: a text, or a number as a workbook keeps it beside how people
// write it.
type cell struct {
	text   string
	number string // "" for a text
	style  int    // of the workbook's styles
}

// columns are the columns of a log: the catalogue's key of the head, the width in characters, and
// what stands in it.
var columns = []struct {
	key   string
	width int
	cell  func(Book, Line) cell
}{
	{"log_book.id", 9, func(_ Book, l Line) cell { return countCell(int64(l.ID)) }},
	{"log_book.date", 12, func(_ Book, l Line) cell { return dayCell(l.Dated) }},
	{"log_book.unit_code", 14, func(_ Book, l Line) cell { return textCell(l.At.Code) }},
	{"log_book.unit", 18, func(b Book, l Line) cell { return textCell(b.Language.Name(l.At.Name, l.At.NameEn)) }},
	{"log_book.code", 18, func(_ Book, l Line) cell { return textCell(l.Of.Code) }},
	{"log_book.indicator", 30, func(b Book, l Line) cell { return textCell(b.Language.Name(l.Of.Name, l.Of.NameEn)) }},
	{"log_book.number", 14, func(_ Book, l Line) cell { return amountCell(l) }},
	{"log_book.measure", 10, func(b Book, l Line) cell { return textCell(b.Language.Measure(l.Of.Measure)) }},
	{"log_book.written", 14, func(b Book, l Line) cell { return textCell(b.written(l)) }},
	{"log_book.act", 8, func(b Book, l Line) cell { return textCell(b.Language.T("act." + string(l.Act))) }},
	{"log_book.answers", 10, func(_ Book, l Line) cell { return countCell(int64(l.Answers)) }},
	{"log_book.counts", 8, func(b Book, l Line) cell {
		return textCell(b.Language.T("log_book.counts." + strconv.FormatBool(l.Counts)))
	}},
	{"log_book.state", 10, func(b Book,
		l Line) cell {
		return textCell(b.Language.T("log_book.state." + string(l.State)))
	}},
	{"log_book.note", 30, func(_ Book, l Line) cell { return textCell(l.Note) }},
	{"log_book.reason", 20, func(_ Book, l Line) cell { return textCell(l.Reason) }},
	{"log_book.author", 12, func(_ Book, l Line) cell { return textCell(l.By) }},
	{"log_book.logged_at", 18, func(b Book, l Line) cell { return b.momentCell(l.LoggedAt) }},
	{"log_book.origin", 10, func(b Book, l Line) cell { return textCell(b.Language.T("origin." + string(l.Origin))) }},
	{"log_book.files", 8, func(_ Book, l Line) cell { return countCell(int64(l.Files)) }},
}

func textCell(s string) cell { return cell{text: s} }

// countCell is a whole number; 0 is left empty.
func countCell(n int64) cell {
	if n == 0 {
		return cell{}
	}
	s := strconv.FormatInt(n, 10)
	return cell{text: s, number: s}
}

// amountCell is what an entry adds up with; a judgement has none.
func amountCell(l Line) cell {
	if l.Of.Kind == kpi.Level {
		return cell{}
	}
	s := l.Quantity.Amount.String()
	return cell{text: s, number: s}
}

// written is the value as the person wrote it; in English an approximate one by its bound.
func (b Book) written(l Line) string {
	q := l.Quantity
	if l.Of.Kind == kpi.Level { // beside a judgement the quantity holds a number of its own
		q.Amount = l.Level.Rank()
	}
	return b.Language.Value(l.Of, q)
}

// excelEpoch is 1 January 1970 as a workbook counts days.
const excelEpoch = 25569

func dayCell(d kpi.Date) cell {
	return cell{string(d), strconv.FormatInt(d.Time().Unix()/86400+excelEpoch, 10), styleDay}
}

// momentCell is a time as the office's clocks showed it.
func (b Book) momentCell(at kpi.UnixMilli) cell {
	t := time.UnixMilli(int64(at)).In(b.Zone)
	_, offset := t.Zone()
	days := float64(t.Unix()+int64(offset))/86400 + excelEpoch
	return cell{t.Format("2006-01-02 15:04"), strconv.FormatFloat(days, 'f', 6, 64), styleMoment}
}

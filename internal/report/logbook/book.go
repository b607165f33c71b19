package logbook

import (
	"io"
	"strconv"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// Book is a year's log (台账), to be written as a file.
type Book struct {
	Year     kpi.YearInfo
	Unit     kpi.Unit
	Zone     *time.Location
	Language lang.Printer
	// The newest entry of the book and the oldest of its year, from which progress is computed; 0:
	// none.
	Newest, Oldest kpi.UpdateID
	// Each passes the entries to a function, newest first, with at most a few thousand in memory. It
	// stops at the first error, its own or the function's, and returns it.
	Each func(func(Entry) error) error
}

// Entry is a log entry with the names that go with it.
type Entry struct {
	kpi.Update
	Of     kpi.Indicator
	At     kpi.Unit
	By     string // full name
	Counts bool   // whether it is part of the figures
	Files  int
}

// Writers are the file formats a log can be written in, by file name extension.
var Writers = map[string]struct {
	MediaType string
	To        func(io.Writer, Book) error
}{
	"xlsx": {paper.SheetMedia, WriteXlsx},
	"csv":  {paper.CSVMedia, WriteCSV},
}

// cell is a value of an entry: a text, or a number with its text.
type cell struct {
	text   string
	number string // as a workbook stores it; "" for a text
	style  int    // index in logStyles
}

// columns are the columns of a log: the catalogue key of the head, the width in characters, and the
// value.
var columns = []struct {
	key   string
	width int
	cell  func(Book, Entry) cell
}{
	{"log_book.id", 9, func(_ Book, e Entry) cell { return countCell(int64(e.ID)) }},
	{"log_book.date", 12, func(_ Book, e Entry) cell { return dayCell(e.Dated) }},
	{"log_book.unit_code", 14, func(_ Book, e Entry) cell { return textCell(e.At.Code) }},
	{"log_book.unit", 18, func(b Book, e Entry) cell { return textCell(b.Language.Name(e.At.Name, e.At.NameEn)) }},
	{"log_book.code", 18, func(_ Book, e Entry) cell { return textCell(e.Of.Code) }},
	{"log_book.indicator", 30, func(b Book, e Entry) cell { return textCell(b.Language.Name(e.Of.Name, e.Of.NameEn)) }},
	{"log_book.number", 14, func(_ Book, e Entry) cell { return amountCell(e) }},
	{"log_book.measure", 10, func(b Book, e Entry) cell { return textCell(b.Language.Measure(e.Of.Measure)) }},
	{"log_book.written", 14, func(b Book, e Entry) cell { return textCell(b.written(e)) }},
	{"log_book.act", 8, func(b Book, e Entry) cell { return textCell(b.Language.T("act." + string(e.Act))) }},
	{"log_book.answers", 10, func(_ Book, e Entry) cell { return countCell(int64(e.Answers)) }},
	{"log_book.counts", 8, func(b Book, e Entry) cell {
		return textCell(b.Language.T("log_book.counts." + strconv.FormatBool(e.Counts)))
	}},
	{"log_book.state", 10, func(b Book,
		e Entry) cell {
		return textCell(b.Language.T("log_book.state." + string(e.State)))
	}},
	{"log_book.note", 30, func(_ Book, e Entry) cell { return textCell(e.Note) }},
	{"log_book.reason", 20, func(_ Book, e Entry) cell { return textCell(e.Reason) }},
	{"log_book.author", 12, func(_ Book, e Entry) cell { return textCell(e.By) }},
	{"log_book.logged_at", 18, func(b Book, e Entry) cell { return b.momentCell(e.LoggedAt) }},
	{"log_book.origin", 10, func(b Book, e Entry) cell { return textCell(b.Language.T("origin." + string(e.Origin))) }},
	{"log_book.files", 8, func(_ Book, e Entry) cell { return countCell(int64(e.Files)) }},
}

func textCell(s string) cell { return cell{text: s} }

// countCell returns the cell of a whole number; it is empty for 0.
func countCell(n int64) cell {
	if n == 0 {
		return cell{}
	}
	s := strconv.FormatInt(n, 10)
	return cell{text: s, number: s}
}

// amountCell returns the cell of the amount an entry adds; it is empty for a judgement.
func amountCell(e Entry) cell {
	if e.Of.Kind == kpi.Level {
		return cell{}
	}
	s := e.Quantity.Amount.String()
	return cell{text: s, number: s}
}

// written returns the value as the person wrote it; in English an approximate one by its bound.
func (b Book) written(e Entry) string {
	q := e.Quantity
	if e.Of.Kind == kpi.Level { // a judgement's quantity holds a number of its own
		q.Amount = e.Level.Rank()
	}
	return b.Language.Value(e.Of, q)
}

// excelEpoch is the serial number of 1 January 1970 in a workbook.
const excelEpoch = 25569

func dayCell(d kpi.Date) cell {
	return cell{string(d), strconv.FormatInt(d.Time().Unix()/86400+excelEpoch, 10), styleDay}
}

// momentCell returns the cell of a time in the office's time zone.
func (b Book) momentCell(at kpi.UnixMilli) cell {
	t := time.UnixMilli(int64(at)).In(b.Zone)
	_, offset := t.Zone()
	days := float64(t.Unix()+int64(offset))/86400 + excelEpoch
	return cell{t.Format("2006-01-02 15:04"), strconv.FormatFloat(days, 'f', 6, 64), styleMoment}
}

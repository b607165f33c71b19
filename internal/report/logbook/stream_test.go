package logbook

import (
	"archive/zip"
	"io"
	"strconv"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// The library's own writer of long sheets beside ours: the same columns, styles and 20,000 rows, in memory.
func BenchmarkLogOf20000Rows(b *testing.B) {
	book := sampleBook(lang.Chinese)
	var entries []Entry
	book.Each(func(e Entry) error { entries = append(entries, e); return nil }) //nolint:errcheck // of memory
	book.Each = func(fn func(Entry) error) error {
		for n := range 20_000 {
			if err := fn(entries[n%len(entries)]); err != nil {
				return err
			}
		}
		return nil
	}
	for name, write := range map[string]func(io.Writer, Book) error{"ours": WriteXlsx, "excelize": streamed} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(io.Discard, book); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// streamed is the log's workbook by excelize.StreamWriter, without the page set-up, with our compressor. What
// came of it stands in docs/performance.md.
func streamed(w io.Writer, b Book) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, 2) })
		return z
	})
	var styles [5]int
	format := "yyyy-mm-dd hh:mm"
	day := "yyyy-mm-dd"
	for i, s := range []excelize.Style{{}, {Font: &excelize.Font{Bold: true}}, {CustomNumFmt: &day},
		{CustomNumFmt: &format}, {NumFmt: 49}} {
		id, err := f.NewStyle(&s)
		if err != nil {
			return err
		}
		styles[i] = id
	}
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	cells, kept := make([]any, len(columns)), make([]excelize.Cell, len(columns))
	row := 1
	err = b.Each(func(e Entry) error {
		row++
		for i, c := range columns {
			cell := c.cell(b, e)
			switch {
			case cell.text == "":
				cells[i] = nil
			case cell.number != "":
				n, err := strconv.ParseFloat(cell.number, 64)
				if err != nil {
					return err
				}
				kept[i], cells[i] = excelize.Cell{StyleID: styles[cell.style], Value: n}, &kept[i]
			case kpi.LooksLikeFormula(cell.text):
				kept[i], cells[i] = excelize.Cell{StyleID: styles[styleQuoted], Value: paper.Visible(cell.text)}, &kept[i]
			default:
				kept[i], cells[i] = excelize.Cell{StyleID: styles[cell.style], Value: paper.Visible(cell.text)}, &kept[i]
			}
		}
		return s.SetRow(paper.CellName(1, row), cells)
	})
	if err != nil {
		return err
	}
	if err := s.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

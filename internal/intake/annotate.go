package intake

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

// Annotate writes a table that was read before, with a column added after the last one: a remark beside
// each row that has one, under heading in the last row of the headings. All other cells are unchanged.
// A CSV is written in UTF-8 with a BOM. Remarks are never formulas.
//
// It returns the refusals of Grids for a file that Grids refuses.
func Annotate(ctx context.Context, w io.Writer, name string, content io.ReaderAt, size int64, r Reading, heading string,
	remarks map[int]string) error {
	grids, err := Grids(ctx, name, content, size)
	if err != nil {
		return err
	}
	if r.Sheet < 1 || r.Sheet > len(grids) {
		return kpi.Refuse(kpi.Invalid, "import_sheet_unknown")
	}
	if strings.ToLower(path.Ext(name)) != ".xlsx" {
		return annotateCSV(w, content, size, r.Header, heading, remarks)
	}
	f, err := excelize.OpenReader(io.NewSectionReader(content, 0, size),
		excelize.Options{UnzipSizeLimit: maxGridUnzip, UnzipXMLSizeLimit: maxGridUnzip})
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "import_damaged", quote(name))
	}
	defer f.Close()
	if err := annotateSheet(f, r.Sheets[r.Sheet-1], grids[r.Sheet-1].width(), r.Header, heading, remarks); err != nil {
		return fmt.Errorf("annotate a workbook: %w", err)
	}
	_, err = f.WriteTo(w)
	return err
}

func annotateSheet(f *excelize.File, sheet string, column, header int, heading string, remarks map[int]string) error {
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "B23000"},
		Alignment: &excelize.Alignment{Vertical: "center"}})
	if err != nil {
		return err
	}
	said, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "B23000"},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	put := func(row, style int, text string) error {
		at := cellName(column, row)
		return errors.Join(f.SetCellStr(sheet, at, text), f.SetCellStyle(sheet, at, at, style))
	}
	if err := put(header, head, heading); err != nil {
		return err
	}
	for row, text := range remarks {
		if err := put(row, said, text); err != nil {
			return err
		}
	}
	return f.SetColWidth(sheet, ColumnName(column), ColumnName(column), 56)
}

func annotateCSV(w io.Writer, content io.ReaderAt, size int64, header int, heading string,
	remarks map[int]string) error {
	raw, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return err
	}
	file, ok := openCSV(raw)
	if !ok {
		return kpi.Refuse(kpi.Invalid, "file_not_what_it_says")
	}
	var rows []csvRecord
	width := 0
	for r := newCSVReader(file); ; {
		record, ok := r.next()
		if !ok {
			break
		}
		if len(record.fields) > 1 || record.fields[0] != "" {
			rows, width = append(rows, record), max(width, len(record.fields))
		}
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, _ = utf8.DecodeRuneInString(file.comma)
	for _, r := range rows {
		record, remark := r.fields, remarks[r.row]
		if r.row == header {
			remark = heading
		}
		if remark != "" {
			for len(record) < width {
				record = append(record, "")
			}
			record = append(record, remark)
		}
		written := slices.Clone(record)
		for i := range written { // who sent it to whom is not known here
			written[i] = kpi.Neutral(written[i])
		}
		if err := out.Write(written); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

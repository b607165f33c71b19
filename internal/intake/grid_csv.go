package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/kpi"
)

// csvGrid reads a CSV: UTF-8 with or without BOM, else GB18030; separated by commas, tabs or
// semicolons, whichever divides the first lines alike. Rows are counted as a spreadsheet would show
// them.
func csvGrid(name string, content io.ReaderAt, size int64) ([]Grid, error) {
	raw, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return nil, err
	}
	text, ok := csvText(raw)
	if !ok {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(name))
	}
	cells := 0
	b := gridBuilder{cells: &cells}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = csvComma(text), -1, true, true
	inside := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return []Grid{b.grid}, nil
		}
		if err != nil {
			return nil, kpi.Refuse(kpi.Invalid, "import_damaged", quote(name))
		}
		if len(record) > 1<<14 {
			return nil, kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
		}
		row := make([]Cell, len(record))
		for i, field := range record {
			row[i] = textCell(unescape(field))
		}
		if err := b.add(csvRow(r, record, &inside), row); err != nil {
			return nil, err
		}
	}
}

// csvRow is the row a spreadsheet shows a record in: its line, less the ends of lines inside of the
// cells above.
func csvRow(r *csv.Reader, record []string, inside *int) int {
	line, _ := r.FieldPos(0)
	row := line - *inside
	for _, field := range record {
		*inside += strings.Count(field, "\n")
	}
	return row
}

// csvText is the file as UTF-8; ok is false for what is no text.
func csvText(raw []byte) (text []byte, ok bool) {
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, false
	}
	if utf8.Valid(raw) {
		return raw, true
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return nil, false
	}
	return decoded, true
}

// csvComma is the separator that stands most often in the first lines.
func csvComma(text []byte) rune {
	head := text[:min(len(text), 4096)]
	comma, most := ',', bytes.Count(head, []byte(","))
	for _, c := range "\t;" {
		if n := bytes.Count(head, []byte(string(c))); n > most {
			comma, most = c, n
		}
	}
	return comma
}

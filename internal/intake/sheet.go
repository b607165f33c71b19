package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/kpi"
)

// MaxSheetRows bounds the rows of a table that is handed in.
const MaxSheetRows = 50_000

// Sheet reads a table as text, row by row: the first sheet of an .xlsx, or a .csv in UTF-8 or
// GB18030. Refusals: Invalid file_type_refused, file_not_what_it_says, file_empty,
// sheet_too_long.
func Sheet(name string, content []byte) ([][]string, error) {
	var rows [][]string
	var err error
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx":
		rows, err = xlsxRows(name, content)
	case ".csv", ".txt":
		rows, err = csvRows(name, content)
	default:
		return nil, kpi.Refuse(kpi.Invalid, "sheet_type_refused", name)
	}
	if err == nil && len(rows) == 0 {
		return nil, kpi.Refuse(kpi.Invalid, "file_empty", name)
	}
	return rows, err
}

func xlsxRows(name string, content []byte) ([][]string, error) {
	wrong := kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, RawCellValue: true})
	if err != nil {
		return nil, wrong
	}
	defer f.Close() //nolint:errcheck // nothing was written
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, wrong
	}
	read, err := f.Rows(sheets[0])
	if err != nil {
		return nil, wrong
	}
	defer read.Close() //nolint:errcheck // nothing was written
	var rows [][]string
	for read.Next() {
		row, err := read.Columns()
		if err != nil {
			return nil, wrong
		}
		if len(rows) == MaxSheetRows {
			return nil, kpi.Refuse(kpi.Invalid, "sheet_too_long", MaxSheetRows)
		}
		rows = append(rows, row)
	}
	if read.Error() != nil {
		return nil, wrong
	}
	return rows, nil
}

func csvRows(name string, content []byte) ([][]string, error) {
	content = bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
		}
		content = decoded
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if first, _, _ := bytes.Cut(content, []byte("\n")); bytes.Count(first, []byte("\t")) > bytes.Count(first, []byte(",")) {
		r.Comma = '\t'
	}
	var rows [][]string
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
		case len(rows) == MaxSheetRows:
			return nil, kpi.Refuse(kpi.Invalid, "sheet_too_long", MaxSheetRows)
		}
		rows = append(rows, row)
	}
}

// Heading finds the columns of a table by the words in its first row; -1 for one that is not there.
// Words are compared without case, spaces and stars.
func Heading(first []string, words ...[]string) []int {
	clean := strings.NewReplacer(" ", "", "　", "", "*", "", "＊", "")
	out := make([]int, len(words))
	for i, known := range words {
		out[i] = -1
		for column, cell := range first {
			for _, word := range known {
				if out[i] < 0 && strings.EqualFold(clean.Replace(strings.TrimSpace(cell)), word) {
					out[i] = column
				}
			}
		}
	}
	return out
}

package intake

import (
	"bytes"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

// MaxSheetRows bounds the rows of a table that is handed in.
const MaxSheetRows = 50_000

// Sheet reads a table as text, row by row: the first sheet of an .xlsx, or a .csv. Refusals: Invalid file_type_refused, file_not_what_it_says, file_empty,
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
	file, ok := openCSV(content)
	if !ok {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", name)
	}
	var rows [][]string
	for r := newCSVReader(file); ; {
		record, ok := r.next()
		switch {
		case !ok:
			return rows, nil
		case record.open > 0:
			return nil, kpi.Refuse(kpi.Invalid, "import_quote_open", record.open)
		case len(record.fields) == 1 && record.fields[0] == "":
			continue
		case len(rows) == MaxSheetRows:
			return nil, kpi.Refuse(kpi.Invalid, "sheet_too_long", MaxSheetRows)
		}
		rows = append(rows, record.fields)
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

package intake

import (
	"bytes"
	"context"
	"io"
	"path"
	"strings"

	"dabiao/internal/kpi"
)

// Limits of a table that is read; office tables are far smaller.
const (
	MaxGridFile    = 20 << 20 // bytes
	MaxTextFile    = 10 << 20 // bytes of a CSV, which is kept whole while it is read
	maxGridRows    = 50_000   // rows with something in them, in one sheet
	maxGridColumns = 300
	maxGridCells   = 1_000_000 // in all sheets together
	maxGridSheets  = 20
	maxGridUnzip   = 64 << 20  // bytes of a workbook, unpacked
	maxGridText    = 16 << 20  // bytes of text in all cells together
	maxGridBlanks  = 2_000_000 // cells of a workbook that have a format and nothing else
	maxCellText    = 4_000     // characters; what is longer is cut, for no figure or name is
)

// CellKind says what a cell holds.
type CellKind byte

// The kinds of cell. A formula has the kind of its result.
const (
	CellEmpty CellKind = iota
	CellText
	CellNumber  // Text is the exact decimal
	CellPercent // Text is the rate as shown, with its sign: "104.04%"
	CellDate    // Text is "2026-06-30", or "2026年6月" when only the month is shown
	CellBroken  // an error value, or a formula that was never computed; Text is what stands there
)

// Cell is a cell as a person sees it, but not rounded.
type Cell struct {
	Text string
	Kind CellKind
}

// GridRow is a row that is not empty. Its cells end with the last one that is not.
type GridRow struct {
	Number int // as the program that made the file counts, from 1
	Cells  []Cell
	hidden bool // filtered out, folded away or without height
	fields int  // how many cells the line of a CSV has, empty ones at its end counted; 0: no CSV
}

// Cell returns the cell of a column, counted from 0; an empty one beyond the end of the row.
func (r GridRow) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// gridMerge is a range of merged cells, both ends included: rows from 1, columns from 0.
type gridMerge struct{ top, left, bottom, right int }

// Grid is one sheet of a workbook, or a CSV file.
type Grid struct {
	Name   string // of the sheet; "" for CSV
	Rows   []GridRow
	merges []gridMerge
	hidden map[int]bool // columns that are hidden, folded away or without width
	unseen []string     // the names of the workbook's hidden sheets
	beyond []string     // the names of visible sheets that were not opened, being too many
	comma  string       // what separates the cells of a CSV

	from1904 bool // days are counted from 1904, as old programs for the Macintosh do
}

// width returns the number of columns up to the last that is not empty.
func (g Grid) width() (n int) {
	for _, r := range g.Rows {
		n = max(n, len(r.Cells))
	}
	return n
}

// Grids reads a file that holds tables: the visible sheets of an .xlsx, or a .csv in UTF-8, UTF-16 or GB18030. At
// least one row of one sheet is not empty. Memory is bounded by the limits above, whatever the file claims.
//
// Refusals, all Invalid: file_empty, file_too_large, file_not_what_it_says, import_type_refused, import_old_format,
// import_renamed, import_not_a_workbook, import_encrypted, import_macros, import_damaged, import_unpacks_too_large,
// import_rows, import_columns, import_cells, import_blanks, import_text, import_quote_open, file_overlong,
// file_crowded. If ctx ends first, its error.
func Grids(ctx context.Context, name string, content io.ReaderAt, size int64) ([]Grid, error) {
	switch {
	case size == 0:
		return nil, kpi.Refuse(kpi.Invalid, "file_empty", quote(name))
	case size > MaxGridFile:
		return nil, kpi.Refuse(kpi.Invalid, "file_too_large", quote(name), MaxGridFile>>20)
	}
	head := make([]byte, min(8, size))
	if _, err := content.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	var grids []Grid
	var err error
	switch extension := strings.ToLower(path.Ext(name)); {
	case extension == ".xlsm" || extension == ".xlsb" || extension == ".xltm":
		return nil, kpi.Refuse(kpi.Invalid, "import_macros", quote(name))
	case extension == ".xlsx" && string(head) == oldOffice:
		return nil, oldWorkbook(name, content, size)
	case extension == ".xlsx" && !bytes.HasPrefix(head, []byte("PK")):
		return nil, kpi.Refuse(kpi.Invalid, "import_not_a_workbook", quote(name))
	case extension == ".xlsx", extension == ".xls" &&
		bytes.HasPrefix(head, []byte(zipped)): // a workbook, whatever it is called
		grids, err = xlsxGrids(ctx, name, content, size)
	case extension == ".xls" || extension == ".et":
		return nil, kpi.Refuse(kpi.Invalid, "import_old_format", quote(name))
	case size > MaxTextFile && (extension == ".csv" || extension == ".txt" || extension == ".tsv"):
		return nil, kpi.Refuse(kpi.Invalid, "file_too_large", quote(name), MaxTextFile>>20)
	case extension == ".csv" || extension == ".txt" || extension == ".tsv":
		grids, err = csvGrid(ctx, name, content, size)
	default:
		return nil, kpi.Refuse(kpi.Invalid, "import_type_refused", quote(name))
	}
	if err != nil {
		return nil, err
	}
	for _, g := range grids {
		if len(g.Rows) > 0 {
			return grids, nil
		}
	}
	return nil, kpi.Refuse(kpi.Invalid, "file_empty", quote(name))
}

// encryptedPart is the name of the stream that holds a password-protected workbook (MS-OFFCRYPTO, 2.3.4.4), in
// UTF-16 as compound files write names.
var encryptedPart = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

// oldWorkbook returns the refusal for a compound file: it is a password-protected workbook, or an .xls under
// another name.
func oldWorkbook(name string, content io.ReaderAt, size int64) error {
	all, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return err
	}
	if bytes.Contains(all, encryptedPart) {
		return kpi.Refuse(kpi.Invalid, "import_encrypted", quote(name))
	}
	return kpi.Refuse(kpi.Invalid, "import_renamed", quote(name))
}

// gridBuilder keeps a grid within the limits while it is read.
type gridBuilder struct {
	grid  Grid
	cells *int // of all sheets so far
	text  *int // bytes in them
}

// add appends a row unless it is empty. Refusals: import_rows, import_columns, import_cells.
func (b *gridBuilder) add(number int, cells []Cell) error {
	for len(cells) > 0 && cells[len(cells)-1].Kind == CellEmpty {
		cells = cells[:len(cells)-1]
	}
	switch *b.cells += len(cells); {
	case len(cells) == 0:
		return nil
	case len(cells) > maxGridColumns:
		return kpi.Refuse(kpi.Invalid, "import_columns", maxGridColumns)
	case len(b.grid.Rows) == maxGridRows:
		return kpi.Refuse(kpi.Invalid, "import_rows", maxGridRows)
	case *b.cells > maxGridCells:
		return kpi.Refuse(kpi.Invalid, "import_cells", maxGridCells)
	case *b.text > maxGridText:
		return kpi.Refuse(kpi.Invalid, "import_text", maxGridText>>20)
	}
	b.grid.Rows = append(b.grid.Rows, GridRow{Number: number, Cells: cells})
	return nil
}

// textCell returns a cell for a typed text.
func textCell(s string) Cell {
	if len(s) > maxCellText {
		n := 0
		for at := range s {
			if n++; n > maxCellText {
				s = strings.Clone(s[:at]) // the rest of the file is let go
				break
			}
		}
	}
	if s = strings.TrimSpace(lineEnds.Replace(visible(s))); s == "" {
		return Cell{}
	}
	return Cell{s, CellText}
}

// lineEnds replaces all line ends by \
// .
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// ColumnName returns the name of a column in spreadsheets: A for 0, AB for 27.
func ColumnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

package intake

import (
	"context"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// xlsxBook is a workbook being read. The library that writes workbooks is not used here: it reads a damaged sheet
// as empty, rounds numbers and moves cells whose references are out of order (ADR 30).
type xlsxBook struct {
	archive
	strings  []Cell
	formats  []numberFormat // by the style a cell names
	shown    []shownFormat  // by that, too
	from1904 bool
	cells    int
	text     int // bytes of text in cells
	blanks   int // cells without a value
}

func xlsxGrids(ctx context.Context, name string, content io.ReaderAt, size int64) ([]Grid, error) {
	b := &xlsxBook{archive: archive{ctx: ctx, name: name, keys: "import"}}
	grids, err := b.read(content, size)
	return grids, b.damaged(err)
}

func (b *xlsxBook) read(content io.ReaderAt, size int64) ([]Grid, error) {
	if err := b.open(content, size, "xl/workbook.xml"); err != nil {
		return nil, err
	}
	sheets, unseen, beyond, err := b.sheets()
	if err != nil {
		return nil, err
	}
	if err := b.readStrings(); err != nil {
		return nil, err
	}
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	var grids []Grid
	for _, s := range sheets {
		g, err := b.sheet(s.part)
		if err != nil {
			return nil, err
		}
		g.Name, g.unseen, g.beyond = s.name, unseen, beyond
		grids = append(grids, g)
	}
	return grids, nil
}

type xlsxSheet struct{ name, part string }

// sheets lists the visible sheets in order, the names of the hidden ones and the names of those above
// maxGridSheets.
func (b *xlsxBook) sheets() (out []xlsxSheet, unseen, beyond []string, err error) {
	targets := map[string]string{}
	err = b.walk("xl/_rels/workbook.xml.rels", func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attr(e, "Id")] = strings.ToLower(strings.TrimPrefix(target, "/"))
		}
		return nil
	}, nothing)
	if err != nil {
		return nil, nil, nil, err
	}
	err = b.walk("xl/workbook.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			b.from1904 = v == "1" || v == "true"
		case "sheet":
			state := attr(e, "state")
			part := targets[attr(e, "id")]
			if !strings.Contains(part, "worksheets/") {
				return nil
			}
			if state == "hidden" || state == "veryHidden" {
				if len(unseen) < maxGridSheets {
					unseen = append(unseen, attr(e, "name"))
				}
				return nil
			}
			if b.parts[part] == nil {
				return errDamaged
			}
			if len(out) < maxGridSheets {
				out = append(out, xlsxSheet{attr(e, "name"), part})
			} else if len(beyond) < maxGridSheets {
				beyond = append(beyond, attr(e, "name"))
			}
		}
		return nil
	}, nothing)
	if err == nil && len(out) == 0 {
		err = errDamaged
	}
	return out, unseen, beyond, err
}

// readStrings reads the table of shared strings, without phonetic readings.
func (b *xlsxBook) readStrings() error {
	var text strings.Builder
	phonetic := false
	return b.walk("xl/sharedstrings.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "si":
			text.Reset()
		case "rPh":
			phonetic = true
		}
		return nil
	}, func(name, s string) error {
		switch name {
		case "t":
			if !phonetic && text.Len() < 4*maxCellText {
				text.WriteString(s)
			}
		case "rPh":
			phonetic = false
		case "si":
			cell := textCell(unescape(text.String()))
			switch b.text += len(cell.Text); {
			case len(b.strings) == maxGridCells:
				return kpi.Refuse(kpi.Invalid, "import_cells", maxGridCells)
			case b.text > maxGridText:
				return kpi.Refuse(kpi.Invalid, "import_text", maxGridText>>20)
			}
			b.strings = append(b.strings, cell)
		}
		return nil
	})
}

// readStyles reads the number format of each style.
func (b *xlsxBook) readStyles() error {
	custom, shown := map[int]numberFormat{}, map[int]shownFormat{}
	inCells := false
	return b.walk("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && !inCells {
				custom[id], shown[id] = writtenFormat(attr(e, "formatCode")), readShown(attr(e, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "xf":
			if !inCells || len(b.formats) > 1<<16 {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId")) //nolint:errcheck // without one it is 0, General
			format, ok := custom[id]
			if !ok {
				format = builtInFormat(id)
			}
			b.formats, b.shown = append(b.formats, format), append(b.shown, shown[id])
		}
		return nil
	}, func(name, _ string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	})
}

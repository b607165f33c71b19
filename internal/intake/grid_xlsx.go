package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// xlsxBook is a workbook being read. It is read here and not by the library that writes workbooks:
// that one takes a damaged sheet for an empty one, rounds numbers and moves cells whose references
// are out of order.
type xlsxBook struct {
	name     string
	parts    map[string]*zip.File // by lower-case name without a leading slash
	left     int64                // bytes that may still be unpacked
	strings  []string
	formats  []numberFormat // by the style a cell names
	from1904 bool
	cells    int
}

// errDamaged is anything in a workbook that its format forbids.
var errDamaged = errors.New("damaged workbook")

func xlsxGrids(name string, content io.ReaderAt, size int64) ([]Grid, error) {
	b := &xlsxBook{name: name, parts: map[string]*zip.File{}, left: maxGridUnzip}
	grids, err := b.read(content, size)
	var refusal *kpi.Error
	if err != nil && !errors.As(err, &refusal) {
		return nil, kpi.Refuse(kpi.Invalid, "import_damaged", quote(name))
	}
	return grids, err
}

func (b *xlsxBook) read(content io.ReaderAt, size int64) ([]Grid, error) {
	z, err := zip.NewReader(content, size)
	if errors.Is(err, zip.ErrFormat) {
		head := make([]byte, 2)
		if _, err := content.ReadAt(head, 0); err != nil || string(head) != "PK" {
			return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(b.name))
		}
	}
	if err != nil {
		return nil, err
	}
	if err := b.admit(z); err != nil {
		return nil, err
	}
	if _, ok := b.parts["xl/workbook.xml"]; !ok {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", quote(b.name))
	}
	sheets, err := b.sheets()
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
		g.Name = s.name
		grids = append(grids, g)
	}
	return grids, nil
}

// admit looks at the list of parts before anything is unpacked, then unpacks each once to know its
// real size, for other readers of the file trust what it claims.
func (b *xlsxBook) admit(z *zip.Reader) error {
	if len(z.File) > maxEntries {
		return kpi.Refuse(kpi.Invalid, "import_unpacks_too_large", quote(b.name))
	}
	for _, e := range z.File {
		name := strings.TrimPrefix(strings.ToLower(e.Name), "/")
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			return kpi.Refuse(kpi.Invalid, "import_macros", quote(b.name))
		case e.Flags&1 != 0:
			return kpi.Refuse(kpi.Invalid, "import_encrypted", quote(b.name))
		case b.parts[name] != nil, strings.Contains(name, `\`), strings.Contains(name, ".."):
			return errDamaged
		}
		b.parts[name] = e
	}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, b.left+1))
		r.Close() //nolint:errcheck // only read
		if b.left -= n; b.left < 0 {
			return kpi.Refuse(kpi.Invalid, "import_unpacks_too_large", quote(b.name))
		}
		if err != nil {
			return err
		}
	}
	b.left = maxGridUnzip
	return nil
}

// walk gives fn every start tag and its end in a part, with the text before an end; a part that is
// not there has none. It fails on what is no well-formed XML and on declared document types.
func (b *xlsxBook) walk(part string, start func(xml.StartElement) error, end func(name, text string) error) error {
	e, ok := b.parts[part]
	if !ok {
		return nil
	}
	r, err := e.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: b.left}
	defer func() { b.left = limited.N }()
	d := xml.NewDecoder(limited)
	d.Strict = true
	var text strings.Builder
	depth := 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return errDamaged
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			text.Reset()
			err = start(token)
		case xml.EndElement:
			depth--
			err = end(token.Name.Local, text.String())
			text.Reset()
		case xml.CharData:
			if text.Len() < 1<<20 {
				text.Write(token)
			}
		case xml.Directive:
			err = errDamaged
		}
		if err != nil {
			return err
		}
	}
}

func nothing(string, string) error { return nil }

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

type xlsxSheet struct{ name, part string }

// sheets lists the visible sheets in order.
func (b *xlsxBook) sheets() ([]xlsxSheet, error) {
	targets := map[string]string{}
	err := b.walk("xl/_rels/workbook.xml.rels", func(e xml.StartElement) error {
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
		return nil, err
	}
	var out []xlsxSheet
	err = b.walk("xl/workbook.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			b.from1904 = v == "1" || v == "true"
		case "sheet":
			state := attr(e, "state")
			part := targets[attr(e, "id")]
			if state == "hidden" || state == "veryHidden" || !strings.Contains(part, "worksheets/") {
				return nil
			}
			if b.parts[part] == nil {
				return errDamaged
			}
			if len(out) < maxGridSheets {
				out = append(out, xlsxSheet{attr(e, "name"), part})
			}
		}
		return nil
	}, nothing)
	if err == nil && len(out) == 0 {
		err = errDamaged
	}
	return out, err
}

// readStrings reads the table of strings that cells point into; readings (phonetic) are left out.
func (b *xlsxBook) readStrings() error {
	var text strings.Builder
	phonetic, size := false, 0
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
			if size += text.Len() + 16; size > maxGridUnzip || len(b.strings) > maxGridCells {
				return kpi.Refuse(kpi.Invalid, "import_cells", maxGridCells)
			}
			b.strings = append(b.strings, text.String())
		}
		return nil
	})
}

// readStyles reads what each style makes of a number.
func (b *xlsxBook) readStyles() error {
	custom := map[int]numberFormat{}
	inCells := false
	return b.walk("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && !inCells {
				custom[id] = writtenFormat(attr(e, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "xf":
			if !inCells || len(b.formats) > 1<<16 {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			format, ok := custom[id]
			if !ok {
				format = builtInFormat(id)
			}
			b.formats = append(b.formats, format)
		}
		return nil
	}, func(name, _ string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	})
}

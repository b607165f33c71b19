package logbook

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"

	"github.com/klauspost/compress/flate"
)

// maxSheetRows is the number of rows after which a log continues on another sheet; Excel's limit is
// 1,048,576.
const maxSheetRows = 1_000_000

// Styles of a log's workbook, as indices in logStyles.
const (
	stylePlain = iota
	styleHead
	styleDay
	styleMoment
	styleQuoted // a text that would become a formula if it were retyped
)

// logStyles is the workbook's style sheet, with a font name to be filled in.
const logStyles = paper.XMLHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>` +
	`<fonts count="2"><font><sz val="10.5"/><name val="%[1]s"/></font><font><b/><sz val="10.5"/><name val="%[1]s"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFF0F0F0"/></patternFill></fill></fills>` +
	`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">` +
	`<xf xfId="0"/><xf fontId="1" fillId="2" xfId="0" applyFont="1" applyFill="1"/>` +
	`<xf numFmtId="164" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf>` +
	`<xf numFmtId="165" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf>` +
	`<xf numFmtId="49" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`

// WriteXlsx writes a log as a workbook, row by row, so that its use of memory does not depend on the
// log's length. Numbers and dates are stored as such and texts as text, so no note becomes a formula.
// The same entries give the same bytes. It returns the errors of the entries and of the writer; what
// was written before an error is not a workbook.
func WriteXlsx(w io.Writer, b Book) error { return writeXlsx(w, b, maxSheetRows) }

func writeXlsx(w io.Writer, b Book, maxRows int) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, 2) })
	s := sheets{Book: b, z: z, maxRows: maxRows}
	if err := s.begin(); err != nil {
		return err
	}
	if err := b.Each(s.entry); err != nil {
		return err
	}
	if err := s.end(); err != nil {
		return err
	}
	for _, p := range s.frame() {
		if err := s.create(p.Name); err != nil {
			return err
		}
		if _, err := s.WriteString(p.Content); err != nil {
			return err
		}
		if err := s.Flush(); err != nil {
			return err
		}
	}
	return z.Close()
}

// sheets writes the sheets of a workbook one after the other.
type sheets struct {
	Book
	*bufio.Writer // to the part being written
	z             *zip.Writer
	maxRows       int
	sheets, row   int
	buffer        []byte
}

func (s *sheets) create(name string) error {
	part, err := s.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: paper.Epoch})
	s.Writer = bufio.NewWriterSize(part, 64<<10)
	return err
}

// begin begins a sheet with its head.
func (s *sheets) begin() error {
	s.sheets, s.row = s.sheets+1, 0
	if err := s.create(fmt.Sprintf("xl/worksheets/sheet%d.xml", s.sheets)); err != nil {
		return err
	}
	s.WriteString(paper.XMLHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + //nolint:errcheck // Flush tells
		`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range columns {
		fmt.Fprintf(s, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, c.width)
	}
	s.WriteString(`</cols><sheetData>`) //nolint:errcheck // Flush tells
	return s.write(func(i int) cell { return cell{text: s.Language.T(columns[i].key), style: styleHead} })
}

// entry writes an entry, on a new sheet if the current one is full.
func (s *sheets) entry(e Entry) error {
	if s.row == s.maxRows {
		if err := s.end(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	return s.write(func(i int) cell { return columns[i].cell(s.Book, e) })
}

func (s *sheets) write(cell func(column int) cell) error {
	s.row++
	b := append(strconv.AppendInt(append(s.buffer[:0], `<row r="`...), int64(s.row), 10), `">`...)
	for i := range columns {
		c := cell(i)
		if c.text == "" {
			continue
		}
		if c.number == "" && c.style == stylePlain && kpi.LooksLikeFormula(c.text) {
			c.style = styleQuoted
		}
		b = append(append(b, `<c r="`...), paper.ColumnName(i+1)...)
		b = append(strconv.AppendInt(b, int64(s.row), 10), `" s="`...)
		b = append(strconv.AppendInt(b, int64(c.style), 10), '"')
		if c.number != "" {
			b = append(append(append(b, `><v>`...), c.number...), `</v></c>`...)
			continue
		}
		b = append(append(append(b, ` t="inlineStr"><is><t xml:space="preserve">`...),
			paper.Escape(paper.CellText(c.text, s.Language.T("report.book.cell_full")))...), `</t></is></c>`...)
	}
	s.buffer = append(b, `</row>`...)
	_, err := s.Write(s.buffer)
	return err
}

// end ends a sheet.
func (s *sheets) end() error {
	header := ""
	if s.Year.Sample {
		header = `<oddHeader>&amp;C` + paper.Escape(s.Language.T("report.sample")) + `</oddHeader>`
	}
	fmt.Fprintf(s, `</sheetData><autoFilter ref="A1:%s%d"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`+
		`<headerFooter>%s<oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>`,
		paper.ColumnName(len(columns)), s.row, header)
	return s.Flush()
}

// frame returns the parts of the workbook other than sheets.
func (s *sheets) frame() []paper.Part {
	face := "Arial"
	if s.Language.Chinese() {
		face = "宋体"
	}
	var types, sheets, names, links paper.Markup
	for n := range s.sheets {
		types.Add(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n+1)
		sheets.Add(`<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, s.sheetName(n), n+1)
		names.Add(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$1:$1</definedName>`, n,
			paper.QuotedSheet(s.sheetName(n)))
		links.Add(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, n+1)
	}
	const relations = paper.XMLHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	return []paper.Part{
		{Name: "xl/styles.xml", Content: fmt.Sprintf(logStyles, face)},
		{Name: "xl/workbook.xml", Content: paper.XMLHead +
			`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` +
			sheets.String() + `</sheets><definedNames>` + names.String() + `</definedNames></workbook>`},
		{Name: "xl/_rels/workbook.xml.rels", Content: relations + links.String() +
			`<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{Name: "_rels/.rels", Content: relations +
			`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{Name: "[Content_Types].xml", Content: paper.XMLHead +
			`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
	}
}

func (s *sheets) sheetName(n int) string {
	name := s.Language.T("log_book.sheet", int(s.Year.Year))
	if n > 0 {
		name += " " + strconv.Itoa(n+1)
	}
	return name
}

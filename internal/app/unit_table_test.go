package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// book is a workbook: its sheets by name and state, each the XML of its rows and what follows them.
type bookSheet struct{ name, state, before, rows, after string }

func book(t *testing.T, extra map[string]string, sheets ...bookSheet) []byte {
	t.Helper()
	const head, main = `<?xml version="1.0" encoding="UTF-8"?>`, `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	parts := map[string]string{"[Content_Types].xml": head +
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`}
	var list, rels string
	for i, s := range sheets {
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" r:id="rId%d"/>`, s.name, i+1, s.state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="x" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = head + `<worksheet ` + main + `>` + s.before + `<sheetData>` +
			s.rows + `</sheetData>` + s.after + `</worksheet>`
	}
	parts["xl/workbook.xml"] = head + `<workbook ` + main +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets>` +
		list + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = head +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + `</Relationships>`
	for name, part := range extra {
		parts[name] = part
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
		"xl/sharedStrings.xml", "xl/styles.xml",
		"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} {
		if part, ok := parts[name]; ok {
			w, err := z.Create(name)
			if err == nil {
				_, err = w.Write([]byte(part))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inline returns a cell with a text; ref "" omits its reference.
func inline(ref, text string) string {
	if ref != "" {
		ref = ` r="` + ref + `"`
	}
	return `<c` + ref + ` t="inlineStr"><is><t>` + text + `</t></is></c>`
}

const unitHead = `<row r="1"><c r="A1" t="inlineStr"><is><t>代码</t></is></c><c r="B1" t="inlineStr"><is><t>名称</t></is></c>` +
	`<c r="C1" t="inlineStr"><is><t>上级</t></is></c></row>`

func unitRow(n int, code, name, parent string) string {
	at := func(column string) string { return fmt.Sprintf("%s%d", column, n) }
	return fmt.Sprintf(`<row r="%d">`, n) + inline(at("A"), code) + inline(at("B"), name) + inline(at("C"),
		parent) + `</row>`
}

// readUnits describes the result for a table: "2:v1/一村/east" for a row, "2!key" for a mistake in it,
// "!key" for a refusal.
func readUnits(ctx context.Context, file string, content []byte) string {
	rows, err := app.ReadUnits(ctx, file, content)
	if err != nil {
		var e *kpi.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 {
			return "fault: " + err.Error()
		}
		return "!" + e.Fields[0].Text.Key
	}
	var out []string
	for _, r := range rows {
		if len(r.Mistakes) > 0 {
			out = append(out, fmt.Sprintf("%d!%s", r.Row, r.Mistakes[0].Key))
			continue
		}
		out = append(out, fmt.Sprintf("%d:%s/%s/%s", r.Row, r.Code, r.Name, r.Parent))
	}
	return strings.Join(out, " ")
}

// A table of units is read like every other table: correctly, or refused in one sentence.
func TestATableOfUnitsIsReadRightOrRefused(t *testing.T) {
	const good = "2:v1/一村/east 3:v2/二村/east"
	two := unitRow(2, "v1", "一村", "east") + unitRow(3, "v2", "二村", "east")
	xlsx := func(rows string) []byte { return book(t, nil, bookSheet{name: "单位", rows: unitHead + rows}) }
	dates := map[string]string{"xl/styles.xml": `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`}
	wide := func(order binaryOrder, mark string) []byte {
		out := []byte(mark)
		for _, u := range utf16.Encode([]rune("代码\t名称\t上级\r\nv1\t一村\teast\r\nv2\t二村\teast\r\n")) {
			out = order(out, u)
		}
		return out
	}
	for name, c := range map[string]struct {
		file    string
		content []byte
		want    string
	}{
		"a workbook": {"u.xlsx", xlsx(two), good},
		"cells out of order": {"u.xlsx", xlsx(`<row r="2">` + inline("C2", "east") + inline("A2", "v1") + inline("B2",
			"一村") + `</row>` + unitRow(3, "v2", "二村", "east")), good},
		"rows out of order": {"u.xlsx", xlsx(unitRow(3, "v2", "二村", "east") + unitRow(2, "v1", "一村", "east")),
			"!import_damaged"},
		"no places named": {"u.xlsx",
			xlsx(`<row>` + inline("", "v1") + inline("", "一村") + inline("", "east") + `</row>` + unitRow(3, "v2", "二村",
				"east")), good},
		"two values in a place": {"u.xlsx", xlsx(`<row r="2">` + inline("A2", "v1") + inline("A2", "v9") + `</row>`),
			"!import_damaged"},
		"an empty row between": {"u.xlsx", xlsx(unitRow(2, "v1", "一村", "east") + unitRow(9, "v2", "二村", "east")),
			"2:v1/一村/east 9:v2/二村/east"},
		"shared strings": {"u.xlsx",
			book(t, map[string]string{"xl/sharedStrings.xml": `<sst><si><t>v1</t></si><si><r><t>一</t></r><r><t>村</t></r><rPh sb="0" eb="1"><t>yī</t></rPh></si></sst>`}, bookSheet{name: "x", rows: unitHead + `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>` + inline("C2", "east") + `</row>`}), "2:v1/一村/east"},
		"a shared string missing": {"u.xlsx", xlsx(`<row r="2"><c r="A2" t="s"><v>7</v></c></row>`), "!import_damaged"},
		"codes as numbers": {"u.xlsx", xlsx(`<row r="2"><c r="A2"><v>1001</v></c>` + inline("B2", "一村") + inline("C2",
			"east") + `</row>`), "2:1001/一村/east"},
		"a code too long": {"u.xlsx", xlsx(`<row r="2"><c r="A2"><v>4.5012119800101001E+17</v></c>` + inline("B2",
			"一村") + inline("C2", "east") + `</row>`), "2!list_cell_long"},
		"a code made a date": {"u.xlsx",
			book(t, dates, bookSheet{name: "x", rows: unitHead + `<row r="2"><c r="A2" s="1"><v>44000</v></c>` + inline("B2",
				"一村") + inline("C2", "east") + `</row>`}), "2!list_cell_date"},
		"a formula's value": {"u.xlsx", xlsx(`<row r="2"><c r="A2" t="str"><f>"v"&amp;1</f><v>v1</v></c>` + inline("B2",
			"一村") + inline("C2", "east") + `</row>`), "2:v1/一村/east"},
		"a formula without value": {"u.xlsx", xlsx(`<row r="2"><c r="A2"><f>X1</f></c>` + inline("B2", "一村") + inline("C2",
			"east") + `</row>`), "2!import_cell_broken"},
		"an error": {"u.xlsx",
			xlsx(`<row r="2">` + inline("A2", "v1") + inline("B2", "一村") +
				`<c r="C2" t="e"><v>#N/A</v></c></row>`), "2!import_cell_broken"},
		"a parent merged": {"u.xlsx",
			book(t, nil, bookSheet{name: "x", rows: unitHead + unitRow(2, "v1", "一村", "east") + `<row r="3">` + inline("A3",
				"v2") + inline("B3", "二村") + `</row>`, after: `<mergeCells><mergeCell ref="C2:C3"/></mergeCells>`}), good},
		"a hidden row": {"u.xlsx",
			xlsx(unitRow(2, "v1", "一村", "east") + strings.Replace(unitRow(3, "v2", "二村", "east"), "<row", `<row hidden="1"`,
				1)), good},
		"a hidden column": {"u.xlsx",
			book(t, nil, bookSheet{name: "x", before: `<cols><col min="3" max="3" hidden="1"/></cols>`,
				rows: unitHead + two}), good},
		"a hidden sheet first": {"u.xlsx",
			book(t, nil, bookSheet{name: "x", state: "hidden", rows: unitHead + unitRow(2, "old", "旧村", "east")},
				bookSheet{name: "y", rows: unitHead + two}), good},
		"hints on the first": {"u.xlsx",
			book(t, nil, bookSheet{name: "x", rows: `<row r="1">` + inline("A1", "填表说明") + `</row>`},
				bookSheet{name: "y", rows: unitHead + two}), good},
		"two lists": {"u.xlsx", book(t, nil, bookSheet{name: "x", rows: unitHead + two},
			bookSheet{name: "y", rows: unitHead + two}), "!list_sheets"},
		"no row below":          {"u.xlsx", xlsx(""), "!file_empty"},
		"headings of two lines": {"u.csv", []byte("\"单位\n代码\",名称,\"上级 *\"\nv1,一村,east\nv2,二村,east\n"), good},
		"an old workbook renamed": {"u.xlsx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("x", 600)),
			"!import_renamed"},
		"an old workbook": {"u.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("x", 600)),
			"!import_old_format"},
		"no workbook":      {"u.xlsx", []byte("代码,名称,上级\n"), "!import_not_a_workbook"},
		"another file":     {"u.pdf", []byte("%PDF-"), "!import_type_refused"},
		"nothing":          {"u.xlsx", nil, "!file_empty"},
		"nothing in a CSV": {"u.csv", []byte("\n\n"), "!file_empty"},
		"too many rows": {"u.csv", []byte("code,name,parent\n" + strings.Repeat("a,b,c\n", 50_000)),
			"!import_rows"},
		"too many columns": {"u.csv", []byte("code,name,parent\n" + strings.Repeat("a,", 400) + "\n"),
			"!import_columns"},
		"commas":                {"u.csv", []byte("代码,名称,上级\nv1,一村,east\nv2,二村,east\n"), good},
		"semicolons":            {"u.csv", []byte("代码;名称;上级\nv1;一村;east\nv2;二村;east\n"), good},
		"tabs":                  {"u.txt", []byte("代码\t名称\t上级\nv1\t一村\teast\nv2\t二村\teast\n"), good},
		"sep=":                  {"u.csv", []byte("sep=;\n代码;名称;上级\nv1;一村;east\nv2;二村;east\n"), good},
		"a byte order mark":     {"u.csv", []byte("\xEF\xBB\xBF代码,名称,上级\r\nv1,一村,east\r\nv2,二村,east\r\n"), good},
		"UTF-16":                {"u.csv", wide(littleEndian, "\xFF\xFE"), good},
		"UTF-16 without a mark": {"u.csv", wide(bigEndian, ""), good},
		"GB18030": {"u.csv",
			[]byte("\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6,\xc9\xcf\xbc\xb6\nv1,\xd2\xbb\xb4\xe5,east\nv2,\xb6\xfe\xb4\xe5,east\n"), good},
		"a comma in a name": {"u.csv", []byte("code,name,parent\nv1,One, Two,east\nv2,二村,east\n"),
			"2!list_row_longer 3:v2/二村/east"},
		"a quote left open": {"u.csv", []byte("code,name,parent\nv1,\"一村,east\nv2,二村,east\n"), "!import_quote_open"},
		"a row swallowed": {"u.csv", []byte("code,name,parent\nv1,\"一村,east\nv2,二村,east\nv3,三村\",east\n"),
			"2!import_row_swallowed"},
		"no such columns": {"u.csv", []byte("a,b\n1,2\n"), "!units_heading"},
	} {
		if got := readUnits(t.Context(), c.file, c.content); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

type binaryOrder func([]byte, uint16) []byte

func littleEndian(out []byte, u uint16) []byte { return append(out, byte(u), byte(u>>8)) }
func bigEndian(out []byte, u uint16) []byte    { return append(out, byte(u>>8), byte(u)) }

// A workbook cut off anywhere is refused, never read as a shorter table.
func TestAWorkbookOfUnitsCutOffIsRefused(t *testing.T) {
	rows := unitHead
	for i := 2; i < 400; i++ {
		rows += unitRow(i, fmt.Sprintf("v%d", i*7919%100_003), fmt.Sprintf("村%d", i*104_729%1_000_003), "east")
	}
	whole := book(t, nil, bookSheet{name: "x", rows: rows})
	if got := readUnits(t.Context(), "u.xlsx", whole); strings.Count(got, " ") != 397 {
		t.Fatalf("the whole workbook: %.200s", got)
	}
	for n := range len(whole) - 1 {
		if n > 600 && n < len(whole)-600 && n%97 != 0 {
			continue
		}
		if got := readUnits(t.Context(), "u.xlsx", whole[:n]); !strings.HasPrefix(got, "!") {
			t.Fatalf("%d of %d bytes: %.200s", n, len(whole), got)
		}
	}
	for at := 0; at < len(whole); at += 211 { // a byte changed in the middle, as by a bad line
		if got := readUnits(t.Context(), "u.xlsx", append(append([]byte(nil), whole[:at]...),
			whole[at+1:]...)); !strings.HasPrefix(got, "!") {
			t.Fatalf("without byte %d: %.200s", at, got)
		}
	}
}

package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// rezip writes a workbook anew with parts changed: nil drops one, a new name adds one.
func rezip(t testing.TB, content []byte, change map[string][]byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name string, raw []byte) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range z.File {
		raw, changed := change[e.Name]
		delete(change, e.Name)
		if changed && raw == nil {
			continue
		}
		if !changed {
			r, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			if raw, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		put(e.Name, raw)
	}
	for name, raw := range change {
		put(name, raw)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetXML is a sheet that holds the given rows.
func sheetXML(rows string) []byte {
	return []byte(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
}

const sheet1 = "xl/worksheets/sheet1.xml"

func TestBadFilesAreOneSentence(t *testing.T) {
	good := workbook(t, sheetSpec{rows: [][]any{{"指标", "完成数"}, {"培训妇女人数", 3}}})
	encrypted, err := excelize.OpenReader(bytes.NewReader(good))
	if err != nil {
		t.Fatal(err)
	}
	var locked bytes.Buffer
	if err := encrypted.Write(&locked, excelize.Options{Password: "x"}); err != nil {
		t.Fatal(err)
	}
	bomb := sheetXML(strings.Repeat(" ", 80<<20))
	many := &strings.Builder{}
	for i := range 100_000 {
		fmt.Fprintf(many, "列%d,", i)
	}
	wide := &strings.Builder{}
	for i := range 1 << 14 {
		fmt.Fprintf(wide, `<c r="%s1" t="inlineStr"><is><t>x</t></is></c>`, ColumnName(i))
	}
	long := &strings.Builder{}
	for i := range 60_000 {
		fmt.Fprintf(long, `<row r="%d"><c><v>1</v></c></row>`, i+1)
	}
	for name, c := range map[string]struct {
		file    string
		content []byte
		want    string
	}{
		"empty":             {"a.xlsx", nil, "file_empty"},
		"an empty sheet":    {"a.xlsx", workbook(t, sheetSpec{}), "file_empty"},
		"text renamed":      {"a.xlsx", []byte("<html><table></table></html>"), "import_not_a_workbook"},
		"a workbook as csv": {"a.csv", good, "file_not_what_it_says"},
		"some other zip": {"a.xlsx", rezip(t, good, map[string][]byte{"xl/workbook.xml": nil}),
			"file_not_what_it_says"},
		"an old workbook renamed": {"a.xlsx",
			[]byte(oldOffice + strings.Repeat("\x00", 600) + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), "import_renamed"},
		"a csv renamed":         {"a.xlsx", []byte("指标,完成数\n"), "import_not_a_workbook"},
		"an old workbook":       {"a.xls", []byte(oldOffice), "import_old_format"},
		"a web page called xls": {"a.xls", []byte("<html><table></table></html>"), "import_old_format"},
		"encrypted":             {"a.xlsx", locked.Bytes(), "import_encrypted"},
		"macros by name":        {"a.xlsm", good, "import_macros"},
		"macros inside": {"a.xlsx", rezip(t, good, map[string][]byte{"xl/vbaProject.bin": []byte("x")}),
			"import_macros"},
		"old format":   {"a.xls", []byte(oldOffice), "import_old_format"},
		"another type": {"a.pdf", []byte("%PDF-"), "import_type_refused"},
		"bomb":         {"a.xlsx", rezip(t, good, map[string][]byte{sheet1: bomb}), "import_unpacks_too_large"},
		"bomb beside": {"a.xlsx",
			rezip(t, good, map[string][]byte{"xl/media/x.png": bytes.Repeat([]byte{0}, 80<<20)}), "import_unpacks_too_large"},
		"cut off": {"a.xlsx", good[:len(good)/2], "import_damaged"},
		"sheet cut off": {"a.xlsx", rezip(t, good, map[string][]byte{sheet1: sheetXML("")[:120]}),
			"import_damaged"},
		"sheet that is none": {"a.xlsx", rezip(t, good, map[string][]byte{sheet1: []byte("<html/>")}),
			"import_damaged"},
		"sheet missing": {"a.xlsx", rezip(t, good, map[string][]byte{sheet1: nil}), "import_damaged"},
		"document type": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: append([]byte("<!DOCTYPE x [<!ENTITY a 'b'>]>"),
				sheetXML("")...)}), "import_damaged"},
		"string that is not there": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="1"><c r="A1" t="s"><v>999</v></c></row>`)}),
			"import_damaged"},
		"cell outside its row": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="1"><c r="A2"><v>1</v></c></row>`)}), "import_damaged"},
		"one cell twice": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`)}),
			"import_damaged"},
		"rows backwards": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>`)}), "import_damaged"},
		"100,000 columns of csv": {"a.csv", []byte(many.String()), "import_columns"},
		"16,384 columns": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="1">` + wide.String() + `</row>`)}), "import_columns"},
		"columns beyond the last": {"a.xlsx",
			rezip(t, good, map[string][]byte{sheet1: sheetXML(`<row r="1"><c r="ZZZ1"><v>1</v></c></row>`)}), "import_damaged"},
		"60,000 rows": {"a.xlsx", rezip(t, good, map[string][]byte{sheet1: sheetXML(long.String())}),
			"import_rows"},
		"binary as csv": {"a.csv", []byte("a,b\n\x00\x01"), "file_not_what_it_says"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Grids(t.Context(), c.file, bytes.NewReader(c.content), int64(len(c.content)))
		runtime.ReadMemStats(&after)
		if key := keyOf(t, err); key != c.want {
			t.Errorf("%s: %q, want %q", name, key, c.want)
		}
		// all that was ever asked for, the peak is below
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 64 {
			t.Errorf("%s: %d MB to say %s", name, taken, c.want)
		}
	}
}

// A million empty rows are what a sheet gets whose last row was formatted once. They cost nothing.
func TestAMillionEmptyRowsAreNothing(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(`<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c><c r="B1" t="inlineStr"><is><t>数值</t></is></c></row>`)
	for i := 2; i <= 1<<20; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" s="0"/></row>`, i, i)
	}
	content := rezip(t, workbook(t, sheetSpec{rows: [][]any{{"x"}}}), map[string][]byte{sheet1: sheetXML(rows.String())})
	rows.Reset()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	grids, err := Grids(t.Context(), "a.xlsx", bytes.NewReader(content), int64(len(content)))
	runtime.GC()
	runtime.ReadMemStats(&after)
	if err != nil || len(grids[0].Rows) != 1 {
		t.Fatalf("%d rows, %v", len(grids[0].Rows), err)
	}
	if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 16<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
}

func TestCellsAreReadWithoutLoss(t *testing.T) {
	for stored, want := range map[string]string{
		"104.04": "104.04", "0.94169999999999998": "0.9417", "1.0404": "1.0404", "9007199254740993": "9007199254740993",
		"1E+05":  "100000",
		"1.2E-3": "0.0012", "-5": "-5", "0": "0", "0.30000000000000004": "0.3", "1e308": "", "NaN": "", "0x1p4": "",
		"1_000": "", "Infinity": "",
		"12345678.9": "12345678.9", "-0.1": "-0.1", "100": "100", "1.50": "1.5",
	} {
		if got, _ := storedDecimal(stored, 0); got != want {
			t.Errorf("%s: %q, want %q", stored, got, want)
		}
	}
	if got, _ := storedDecimal("1.0404", 2); got != "104.04" {
		t.Errorf("as percent: %s", got)
	}
	for code, want := range map[string]numberFormat{
		"0.00%": formatPercent, "yyyy/m/d": formatDate, `yyyy"年"m"月"d"日"`: formatDate, `yyyy"年"m"月"`: formatMonth,
		`m"月"d"日"`: formatDate,
		"#,##0.00": formatPlain, `0"月"`: formatPlain, "General": formatPlain, "@": formatPlain, "h:mm": formatTime,
		"[$-804]yyyy-mm-dd;@": formatDate,
		`0.0"万"`:              formatPlain, "[Red]0": formatPlain, "mmm-yy": formatMonth, "e/m/d": formatDate,
	} {
		if got := writtenFormat(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

func TestATableComesBackWithRemarks(t *testing.T) {
	content := workbook(t, sheetSpec{rows: [][]any{{"截至6月底"}, {"指标", "完成数"}, {"培训妇女人数", 3}, {"=danger", 4.5}},
		merge: []string{"A1:B1"}})
	r, err := readTable(t, "a.xlsx", content, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Annotate(t.Context(), &out, "a.xlsx", bytes.NewReader(content), int64(len(content)), r, "错误原因",
		map[int]string{4: "=没有这个指标"}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "截至6月底", "A3": "培训妇女人数", "B3": "3", "B4": "4.5", "A4": "=danger",
		"C2": "错误原因", "C4": "=没有这个指标", "C3": ""} {
		if got, err := f.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", cell, got, err, want)
		}
	}
	if formula, err := f.GetCellFormula("Sheet1", "C4"); err != nil || formula != "" {
		t.Errorf("a remark became the formula %q, %v", formula, err)
	}
}

func FuzzGrids(f *testing.F) {
	good := workbook(f, sheetSpec{rows: [][]any{{"指标", "完成数", "完成率"}, {"培训妇女人数", 3, 1.04}, {"合计", "3"}},
		formats: map[string]string{"C2:C2": "0.00%"}})
	f.Add("a.xlsx", good)
	f.Add("a.xlsx", rezip(f, good, map[string][]byte{sheet1: sheetXML(`<row><c t="inlineStr"><is><t>指标</t></is></c><c><v>1e5</v></c></row><mergeCell ref="A1:B2"/>`)}))
	f.Add("a.csv", []byte("指标,单位,日期,数值\n培训妇女人数,荆竹镇,2026-06-30,200余\n合计,,,3\n"))
	f.Add("a.csv", []byte("截至6月底\n乡镇\t1月\t2月\n荆竹\t1\t—\n"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		grids, err := Grids(t.Context(), name, bytes.NewReader(content), int64(len(content)))
		if keyOf(t, err) != "" {
			return
		}
		r, err := ReadTable(grids, knownCounty, Choices{})
		if keyOf(t, err) != "" {
			return
		}
		checkReading(t, r)
	})
}

// FuzzSheet changes the sheet's XML inside of a sound workbook.
func FuzzSheet(f *testing.F) {
	good := workbook(f, sheetSpec{rows: [][]any{{"指标", "完成数"}, {"培训妇女人数", 3}}})
	f.Add([]byte(`<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c><c r="B1" t="inlineStr"><is><t>完成数</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>trained</t></is></c><c r="B2"><v>3</v></c></row>`))
	f.Add([]byte(`<row><c s="1"><v>46000</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:C3"/></mergeCells><sheetData>`))
	f.Fuzz(func(t *testing.T, rows []byte) {
		content := rezip(t, good, map[string][]byte{sheet1: sheetXML(string(rows))})
		grids, err := Grids(t.Context(), "a.xlsx", bytes.NewReader(content), int64(len(content)))
		if keyOf(t, err) != "" {
			return
		}
		if r, err := ReadTable(grids, knownCounty, Choices{}); keyOf(t, err) == "" {
			checkReading(t, r)
		}
	})
}

// FuzzTable reads whatever a CSV says.
func FuzzTable(f *testing.F) {
	for _, s := range []string{"指标,完成数\ntrained,3\n", "截至10月底\n单位,trained,lectures\n荆竹,1,2\n合计,1,2\n",
		"日期;指标;数值\n6月30日;trained;5\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		grids, err := Grids(t.Context(), "a.csv", strings.NewReader(s), int64(len(s)))
		if keyOf(t, err) != "" {
			return
		}
		if r, err := ReadTable(grids, knownCounty, Choices{}); keyOf(t, err) == "" {
			checkReading(t, r)
		}
	})
}

// checkReading holds what must be so of any table that was read.
func checkReading(t *testing.T, r Reading) {
	t.Helper()
	for _, f := range r.Figures {
		if f.Row < 1 || f.Column < 0 || f.Column >= maxGridColumns {
			t.Errorf("a figure at row %d column %d", f.Row, f.Column)
		}
		if len(f.Mistakes) == 0 && (f.Indicator.Code == "" || f.Dated == "" || f.Dated.Year() != knownCounty.Year) {
			t.Errorf("a figure without mistakes: %+v", f)
		}
		for _, m := range f.Mistakes {
			if m.Text.Key == "" || m.Row != f.Row {
				t.Errorf("a mistake that says nothing: %+v", m)
			}
		}
	}
}

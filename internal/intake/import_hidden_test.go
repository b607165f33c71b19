package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// hiddenSheet is a workbook of one sheet: its columns' and rows' attributes as they stand in the file.
func hiddenSheet(t *testing.T, columns string, rows ...string) []byte {
	t.Helper()
	var b strings.Builder
	for i, row := range rows {
		attributes, cells, _ := strings.Cut(row, "|")
		fmt.Fprintf(&b, `<row r="%d"%s>`, i+1, attributes)
		for j, cell := range strings.Split(cells, ",") {
			if cell == "" {
				continue
			}
			fmt.Fprintf(&b, `<c r="%s" t="str"><v>%s</v></c>`, cellName(j, i+1), cell)
		}
		b.WriteString(`</row>`)
	}
	content := workbook(t, sheetSpec{rows: [][]any{{"x"}}})
	sheet := string(sheetXML(b.String()))
	return rezip(t, content, map[string][]byte{sheet1: []byte(strings.Replace(sheet, "<sheetData>",
		columns+"<sheetData>", 1))})
}

func TestWhatIsHiddenIsLeftOutOrAskedAbout(t *testing.T) {
	const head, row1, row2 = "|指标,单位,累计完成,本月完成", "|培训妇女人数,荆竹镇,999,7", "|培训妇女人数,文坪镇,998,8"
	column := func(n int, how string) string {
		return fmt.Sprintf(`<cols><col min="%d" max="%d" %s/></cols>`, n, n, how)
	}
	for name, c := range map[string]struct {
		columns string
		rows    []string
		answers map[string]string
		want    string // values and what is said
	}{
		"nothing":          {"", []string{head, row1}, nil, "999"},
		"a column of sums": {column(3, `hidden="1"`), []string{head, row1, row2}, nil, "7 8 import_hidden_column"},
		"said as true":     {column(3, `hidden="true"`), []string{head, row1}, nil, "7 import_hidden_column"},
		"without width": {column(3, `width="0" customWidth="1"`), []string{head, row1}, nil,
			"7 import_hidden_column"},
		"folded away": {column(3, `outlineLevel="1" hidden="1"`), []string{head, row1}, nil,
			"7 import_hidden_column"},
		"grouped and seen":     {column(3, `outlineLevel="1"`), []string{head, row1}, nil, "999"},
		"not hidden after all": {column(3, `hidden="0"`), []string{head, row1}, nil, "999"},
		"a column of values":   {column(4, `hidden="1"`), []string{head, row1}, nil, "999 import_hidden_column"},
		"several": {`<cols><col min="3" max="4" hidden="1"/></cols>`,
			[]string{"|指标,单位,累计完成,本月完成,新增", row1 + ",5"}, nil, "5 import_hidden_column import_hidden_column"},
		"one of no matter": {column(5, `hidden="1"`), []string{head + ",序号", row1 + ",1"}, nil, "999"},
		"the units, open":  {column(2, `hidden="1"`), []string{head, row1}, nil, "999 ?hidden:B="},
		"the units, used": {column(2, `hidden="1"`), []string{head, row1}, map[string]string{"hidden:B": "use"},
			"999 ?hidden:B=use"},
		"the units, left": {column(2, `hidden="1"`), []string{head, row1}, map[string]string{"hidden": "leave"},
			"999 import_hidden_column ?hidden:B=leave"},
		"a code beside the name": {column(5, `hidden="1"`), []string{head + ",指标代码", row1 + ",lectures"}, nil,
			"999 ?hidden:E="},
		"a filtered row, open": {"", []string{head, row1, ` hidden="1"` + row2}, nil,
			"999 import_hidden_rows ?hidden_rows="},
		"a filtered row, left": {"", []string{head, row1, ` hidden="1"` + row2},
			map[string]string{"hidden_rows": "leave"}, "999 import_hidden_rows ?hidden_rows=leave"},
		"a filtered row, read": {"", []string{head, row1, ` hidden="1"` + row2},
			map[string]string{"hidden_rows": "read"}, "999 998 ?hidden_rows=read"},
		"a row without height": {"", []string{head, ` ht="0" customHeight="1"` + row1, row2}, nil,
			"998 import_hidden_rows ?hidden_rows="},
		"a folded row": {"", []string{head, ` outlineLevel="1" hidden="1"` + row1, ` collapsed="1"` + row2}, nil,
			"998 import_hidden_rows ?hidden_rows="},
		"a low row is seen":         {"", []string{head, ` ht="1.5" customHeight="1"` + row1}, nil, "999"},
		"a hidden row says nothing": {"", []string{head, row1, ` hidden="1"|培训妇女人数,文坪镇,,`}, nil, "999"},
		"hidden by default": {`<sheetFormatPr zeroHeight="1"/>`, []string{` ht="15"` + head, ` ht="15"` + row1, row2},
			nil, "999 import_hidden_rows ?hidden_rows="},
		"a hidden title": {"", []string{` hidden="1"|2026年10月进度表`, head, row1}, nil, "999"},
	} {
		t.Run(name, func(t *testing.T) {
			content := hiddenSheet(t, c.columns, c.rows...)
			grids, err := Grids(t.Context(), "x.xlsx", bytes.NewReader(content), int64(len(content)))
			if err != nil {
				t.Fatal(err)
			}
			r, err := ReadTable(grids, knownCounty, Choices{Answers: c.answers})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Figures {
				got = append(got, f.Quantity.Amount.String())
			}
			for _, m := range r.Left {
				if strings.HasPrefix(m.Text.Key, "import_hidden") {
					got = append(got, m.Text.Key)
				}
			}
			for _, q := range r.Questions {
				got = append(got, "?"+q.ID+"="+q.Answer)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

func TestAHiddenColumnIsReadWhenSomebodySaysSo(t *testing.T) {
	content := hiddenSheet(t, `<cols><col min="2" max="2" hidden="1"/></cols>`, "|指标,新增,本月完成", "|培训妇女人数,5,7")
	grids, err := Grids(t.Context(), "x.xlsx", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadTable(grids, knownCounty, Choices{Roles: map[int]ColumnRole{1: ColValue, 2: ColIgnore}})
	if err != nil || len(r.Figures) != 1 || r.Figures[0].Quantity.Amount != kpi.Whole(5) || len(r.Left) != 0 {
		t.Errorf("%v %+v %+v", err, r.Figures, r.Left)
	}
}

func TestHiddenSheetsAreReported(t *testing.T) {
	content := workbook(t, sheetSpec{rows: [][]any{{"指标", "完成数"}, {"培训妇女人数", 3}}})
	book := `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` +
		`<sheet name="旧" sheetId="2" state="hidden" r:id="rId1"/><sheet name="Sheet1" sheetId="1" r:id="rId1"/><sheet name="更旧" sheetId="3" state="veryHidden" r:id="rId1"/></sheets></workbook>`
	content = rezip(t, content, map[string][]byte{"xl/workbook.xml": []byte(book)})
	grids, err := Grids(t.Context(), "x.xlsx", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadTable(grids, knownCounty, Choices{})
	if err != nil || len(r.Figures) != 1 || len(r.Left) != 2 || r.Left[0].Text.Key != "import_hidden_sheet" ||
		r.Left[0].Ref() != "" {
		t.Errorf("%v %+v", err, r.Left)
	}
}

package paper

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/lang"
	"dabiao/internal/paper/papertest"
)

func TestWhatIsLongerThanACellIsSaid(t *testing.T) {
	const more = "……（全文见别处）"
	for name, text := range map[string]string{"letters": strings.Repeat("a", 40_000),
		"Chinese": strings.Repeat("字", 32_768), "pairs": strings.Repeat("𠮷", 20_000)} {
		got := CellText(text, more)
		units := len(utf16.Encode([]rune(got)))
		if units > maxCellUnits || units < maxCellUnits-2 || !strings.HasSuffix(got, more) ||
			!strings.HasPrefix(text, strings.TrimSuffix(got, more)) {
			t.Errorf("%s: %d units, ends with %q", name, units, got[len(got)-30:])
		}
	}
	for _, text := range []string{"", strings.Repeat("字", maxCellUnits), strings.Repeat("𠮷", maxCellUnits/2)} {
		if got := CellText(text, more); got != text {
			t.Errorf("a text of %d bytes is changed", len(text))
		}
	}
	if got := CellText("a\x01b\ufffe", more); got != "ab" {
		t.Errorf("%q", got)
	}
}

func TestEverySheetHasANameItCanHave(t *testing.T) {
	var taken []string
	for _, c := range []struct{ name, want string }{
		{"自评表", "自评表"}, {"自评表", "自评表 (2)"}, {"a/b:c\\d?e*f[g]", "a-b-c-d-e-f-g-"}, {"'quoted'", "quoted"},
		{"ABC", "ABC"}, {"abc", "abc (2)"}, {"", "Sheet"}, {"history", "Sheet history"},
		{strings.Repeat("长", 40), strings.Repeat("长", 31)}, {strings.Repeat("长", 40), strings.Repeat("长", 27) + " (2)"},
		{strings.Repeat("a", 30) + "'b", strings.Repeat("a", 30)}, {strings.Repeat("𠮷", 16), strings.Repeat("𠮷", 15)},
	} {
		got := sheetName(c.name, taken)
		if got != c.want {
			t.Errorf("%q is %q, not %q", c.name, got, c.want)
		}
		taken = append(taken, got)
	}
}

// A workbook at every limit that ordinary use meets is one that Excel opens.
func TestAWorkbookAtItsLimitsIsValid(t *testing.T) {
	w := NewWorkbook(Document{Language: lang.Chinese, Sample: true, Notice: strings.Repeat("演示&", 100)})
	defer w.Close()
	long := strings.Repeat("一份佐证材料的名字.pdf\n", 4_000)
	table := Table{Widths: []int{10, 100}}
	for range 50 {
		table.Add(Words("a\x0bb"), Words(long).AtLeft())
	}
	annex := Annex{Key: "self-evaluation", Title: strings.Repeat("题", 400)}
	for range maxPageBreaks + 200 {
		paper := Table{Widths: []int{10, 100}, NewPage: true}
		paper.Add(Words("项目"), Words("x"))
		annex.Blocks = append(annex.Blocks, Block{Table: &paper})
	}
	annex.Blocks = append(annex.Blocks, Block{Table: &table})
	w.Annex(annex)
	w.Annex(annex) // the same name once more
	var file bytes.Buffer
	if err := w.Write(&file); err != nil {
		t.Fatal(err)
	}
	papertest.Valid(t, "limits.xlsx", file.Bytes())
	book, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(sheets) != 2 {
		t.Fatalf("sheets %q", sheets)
	}
	rows, err := book.GetRows(sheets[1])
	if err != nil {
		t.Fatal(err)
	}
	last := rows[len(rows)-1][1]
	if n := len(utf16.Encode([]rune(last))); n > excelize.TotalCellChars || !strings.HasSuffix(last, "全文见 Word 或网页）") {
		t.Errorf("the cell holds %d units and ends with %q", n, last[len(last)-60:])
	}
	height, err := book.GetRowHeight(sheets[1], len(rows))
	if err != nil || height > excelize.MaxRowHeight {
		t.Errorf("the row is %v points high, %v", height, err)
	}
}

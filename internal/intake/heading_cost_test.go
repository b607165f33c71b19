package intake

import (
	"strings"
	"testing"
)

// A sheet of long texts is read like any other: none of them is a heading.
func TestLongTextsAreNoHeadings(t *testing.T) {
	long := strings.Repeat("2026年1月至3月完成数", 200)
	row := make([]any, 290)
	for i := range row {
		row[i] = long
	}
	var rows [][]any
	for range 40 {
		rows = append(rows, row)
	}
	content := workbook(t, sheetSpec{rows: rows})
	if _, err := readTable(t, "a.xlsx", content, Choices{}); err == nil {
		t.Error("it is a table of figures")
	}
	grids, err := Grids(t.Context(), "a.xlsx", strings.NewReader(string(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadIndicators(grids, 2026); err == nil {
		t.Error("it is a table of indicators")
	}
}

package paper

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// What a workbook can hold, where ordinary use comes near: beyond it, Excel says that the file is damaged.
const (
	maxCellUnits  = excelize.TotalCellChars     // of UTF-16 in a cell
	maxSheetName  = excelize.MaxSheetNameLength // of UTF-16
	maxPageBreaks = 1_000                       // Excel's are 1,026
	maxSumRanges  = 200                         // of a formula: Excel takes 255 arguments and 8,192 characters
	maxHeader     = 240                         // characters of a page head, of 255
)

// CellText is a text as a cell can hold it: without characters that XML cannot represent, and at most as long as Excel
// takes, ending with what to say of the rest.
func CellText(s, more string) string {
	s = Visible(s)
	if len(s) <= maxCellUnits || len(utf16.Encode([]rune(s))) <= maxCellUnits {
		return s
	}
	room := maxCellUnits - len(utf16.Encode([]rune(more)))
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + more
		}
	}
	return s
}

// sheetName is a name that a sheet can have, and that none of those taken has: shorter, without the characters that
// references need, told apart by a number.
func sheetName(name string, taken []string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return '-'
		}
		return r
	}, Visible(name))
	name = strings.Trim(name, "' ")
	if name == "" || strings.EqualFold(name, "History") { // which Excel keeps for itself
		name = "Sheet " + name
	}
	for n := 1; ; n++ {
		mark := ""
		if n > 1 {
			mark = " (" + strconv.Itoa(n) + ")"
		}
		candidate := strings.TrimRight(firstUnits(name, maxSheetName-len(mark)), "' ") + mark
		used := false
		for _, other := range taken {
			used = used || strings.EqualFold(other, candidate)
		}
		if !used {
			return candidate
		}
	}
}

// firstUnits is the beginning of a text that takes at most so many units of UTF-16.
func firstUnits(s string, units int) string {
	for i, r := range s {
		if units -= utf16.RuneLen(r); units < 0 {
			return s[:i]
		}
	}
	return s
}

package template

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/intake"
)

// gridOf is a filled file's tables, a row a line: cells parted by bars, ↓ where a cell begins that covers those
// below, ↑ where one goes on.
func gridOf(t *testing.T, file []byte) string {
	t.Helper()
	var out []string
	main := papertest.Unzip(t, file)["word/document.xml"]
	for {
		from := element(main, "w:tr")
		if from < 0 {
			return strings.Join(out, "\n")
		}
		to := from + closing(main[from:], "w:tr")
		row := main[from:to]
		var cells []string
		for _, c := range wordCells(row) {
			cells = append(cells, map[string]string{"restart": "↓", "continue": "↑",
				"": ""}[c.merge]+onlyWords(row[c.from:c.to]))
		}
		out, main = append(out, strings.Join(cells, "|")), main[to:]
	}
}

func TestMergedRowsOfATemplateAreRepeated(t *testing.T) {
	for name, want := range map[string]string{
		"b34_rows.docx":  "板块|名称|目标|完成\n↓思想|宣讲|500人|1000人\n↑|培训|未设目标|1001人\n↑|妇女|502万元|1002万元\n↑|小计||\n妇女之家|未设目标|1003人\n干部|504人|1004人",
		"b34_rows2.docx": "名称|目标|完成\n↓宣讲|500人|1000人\n↑|备注|\n↓培训|未设目标|1001人\n↑|备注|\n↓妇女|502万元|1002万元\n↑|备注|",
	} {
		file, err := os.ReadFile("../testdata/document/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := Fill(&b, twoAreas(t), file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := gridOf(t, b.Bytes()); got != want {
			t.Errorf("%s is filled as\n%s\nwant\n%s", name, got, want)
		}
		if _, err := intake.Document(t.Context(), name, bytes.NewReader(b.Bytes()), int64(b.Len())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A merged cell of a repeated row, in every place it can have.
func TestWhatIsMergedInARepeatedRow(t *testing.T) {
	// a cell is its text behind ↓ or ↑ for its merge and a number for the columns it covers
	table := func(rows ...string) string {
		var b strings.Builder
		b.WriteString(tableHead)
		for _, row := range rows {
			b.WriteString("<w:tr>")
			if rest, ok := strings.CutPrefix(row, "→"); ok {
				b.WriteString(`<w:trPr><w:gridBefore w:val="1"/></w:trPr>`)
				row = rest
			}
			for cell := range strings.SplitSeq(row, "|") {
				props := ""
				if rest, ok := strings.CutPrefix(cell, "2×"); ok {
					props, cell = `<w:gridSpan w:val="2"/>`, rest
				}
				if rest, ok := strings.CutPrefix(cell, "↓"); ok {
					props, cell = props+`<w:vMerge w:val="restart"/>`, rest
				}
				if rest, ok := strings.CutPrefix(cell, "↑"); ok {
					props, cell = props+`<w:vMerge w:val="continue"/>`, rest
				}
				b.WriteString("<w:tc><w:tcPr>" + props + "</w:tcPr>" + para(cell) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		}
		return b.String() + "</w:tbl>"
	}
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"no merge":                     {[]string{"同|⟦每项：组织建设⟧⟦名称⟧", "后|x"}, "同|妇女之家\n同|干部\n后|x"},
		"merged with nothing":          {[]string{"↓同|⟦每项：组织建设⟧⟦名称⟧", "后|x"}, "↓同|妇女之家\n↓同|干部\n后|x"},
		"merged with one below":        {[]string{"↓同|⟦每项：组织建设⟧⟦名称⟧", "↑|小计"}, "↓同|妇女之家\n↑|干部\n↑|小计"},
		"merged with one above":        {[]string{"↓同|头", "↑|⟦每项：组织建设⟧⟦名称⟧", "后|x"}, "↓同|头\n↑|妇女之家\n↑|干部\n后|x"},
		"merged with both":             {[]string{"↓同|头", "↑|⟦每项：组织建设⟧⟦名称⟧", "↑|尾"}, "↓同|头\n↑|妇女之家\n↑|干部\n↑|尾"},
		"the last column":              {[]string{"⟦每项：组织建设⟧⟦名称⟧|↓同", "小计|↑"}, "妇女之家|↓同\n干部|↑\n小计|↑"},
		"behind a wide cell":           {[]string{"2×⟦每项：组织建设⟧⟦名称⟧|↓同", "a|b|↑"}, "妇女之家|↓同\n干部|↑\na|b|↑"},
		"another column goes on":       {[]string{"↓同|⟦每项：组织建设⟧⟦名称⟧", "x|↑"}, "↓同|妇女之家\n↓同|干部\nx|↑"},
		"a row that begins further in": {[]string{"→⟦每项：组织建设⟧⟦名称⟧|↓同", "a|b|↑"}, "妇女之家|↓同\n干部|↑\na|b|↑"},
		"a name over two rows": {[]string{"↓⟦每项：组织建设⟧⟦名称⟧|目标|⟦目标⟧", "↑|完成|⟦完成数⟧", "止|x|y"},
			"↓妇女之家|目标|未设目标\n↑|完成|1003人\n↓干部|目标|504人\n↑|完成|1004人\n止|x|y"},
		"its end in the second row": {[]string{"↓⟦每项：组织建设⟧⟦名称⟧|目标|⟦目标⟧", "↑|完成|⟦完成数⟧⟦完⟧"},
			"↓妇女之家|目标|未设目标\n↑|完成|1003人\n↓干部|目标|504人\n↑|完成|1004人"},
		"a name over three rows": {[]string{"↓⟦每项：组织建设⟧⟦名称⟧|一", "↑|二", "↑|⟦完成数⟧", "止|x"},
			"↓妇女之家|一\n↑|二\n↑|1003人\n↓干部|一\n↑|二\n↑|1004人\n止|x"},
		"the area over all, names by two": {[]string{"↓板块|↓⟦每项：组织建设⟧⟦名称⟧|⟦目标⟧", "↑|↑|⟦完成数⟧", "↑|小计|"},
			"↓板块|↓妇女之家|未设目标\n↑|↑|1003人\n↑|↓干部|504人\n↑|↑|1004人\n↑|小计|"},
		"a label of each pair of rows": {[]string{"↓项|↓⟦每项：组织建设⟧⟦名称⟧|⟦目标⟧", "↑|↑|⟦完成数⟧", "止|x|y"},
			"↓项|↓妇女之家|未设目标\n↑|↑|1003人\n↓项|↓干部|504人\n↑|↑|1004人\n止|x|y"},
		"a figure over two rows": {[]string{"⟦每项：组织建设⟧⟦名称⟧|↓⟦完成数⟧", "备注|↑", "止|x"},
			"妇女之家|↓1003人\n备注|↑\n干部|↓1004人\n备注|↑\n止|x"},
		"two repetitions below each other": {[]string{"↓板块|⟦每项：思想引领⟧⟦名称⟧", "↑|⟦每项：组织建设⟧⟦名称⟧"},
			"↓板块|宣讲\n↑|培训\n↑|妇女\n↑|妇女之家\n↑|干部"},
		"typed brackets": {[]string{"↓[[每项：组织建设]]【【名称】】|a", "↑|b"}, "↓妇女之家|a\n↑|b\n↓干部|a\n↑|b"},
	} {
		var b bytes.Buffer
		if err := Fill(&b, twoAreas(t), officeTemplate(t, table(c.rows...), "x")); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.HasPrefix(name, "the area") {
			papertest.Valid(t, "merged.docx", b.Bytes())
		}
		if got := gridOf(t, b.Bytes()); got != c.want {
			t.Errorf("%s: filled as\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

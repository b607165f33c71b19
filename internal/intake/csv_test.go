package intake

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/kpi"
)

// asUTF16 is a text as Excel's "Unicode text" and other programs save it.
func asUTF16(s string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xFEFF)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func asGB18030(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const csvPlain = "指标,单位,日期,本月完成,备注\n培训妇女人数,荆竹镇,2026-10-31,1280,甲\n培训妇女人数,文坪镇,2026-10-30,35,乙\n"

// Whatever separates the cells, ends the lines and holds the letters, the same figures are read.
func TestATextTableIsReadHoweverItWasSaved(t *testing.T) {
	with := func(comma string) string { return strings.ReplaceAll(csvPlain, ",", comma) }
	lines := func(end string) string { return strings.ReplaceAll(csvPlain, "\n", end) }
	tabs := with("\t")
	for name, content := range map[string]string{
		"commas":            csvPlain,
		"tabs":              tabs,
		"semicolons":        with(";"),
		"bars":              with("|"),
		"Chinese commas":    with("，"),
		"tabs glued behind": strings.ReplaceAll(strings.ReplaceAll(csvPlain, ",", "\t,"), "\n", "\t\n"),
		"tabs glued before": "\t" + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(csvPlain, "\n"),
			",", ",\t"), "\n", "\n\t"),
		"tabs glued, the last without": strings.ReplaceAll(csvPlain, ",", "\t,"),
		"tabs glued to quoted cells":   strings.ReplaceAll(csvPlain, ",1280,", ",\t\"1,280\"\t,"),
		"blanks behind commas":         with(", "),
		"CRLF":                         lines("\r\n"),
		"CR":                           lines("\r"),
		"no line end at the end":       strings.TrimSuffix(csvPlain, "\n"),
		"blank lines between":          strings.ReplaceAll(csvPlain, "\n文坪", "\n文坪") + "\n\n",
		"a BOM":                        "\ufeff" + csvPlain,
		"GB18030":                      asGB18030(t, csvPlain),
		"GB18030 and tabs":             asGB18030(t, tabs),
		"UTF-16 LE":                    asUTF16(tabs, binary.LittleEndian, true),
		"UTF-16 BE":                    asUTF16(tabs, binary.BigEndian, true),
		"UTF-16 LE without mark":       asUTF16(csvPlain, binary.LittleEndian, false),
		"UTF-16 BE without mark":       asUTF16(csvPlain, binary.BigEndian, false),
		"UTF-16, CRLF and commas":      asUTF16(lines("\r\n"), binary.LittleEndian, true),
		"sep=,":                        "sep=,\n" + csvPlain,
		"sep=; over many commas":       "sep=;\n" + strings.ReplaceAll(with(";"), "甲", "\"a,b,c,d,e\""),
		"SEP=| in quotes":              "\"SEP=|\"\r\n" + with("|"),
		"sep= as programmers write it": "sep=\\t\n" + tabs,
		"sep= in UTF-16":               asUTF16("sep=\t\n"+tabs, binary.LittleEndian, true),
		"all in quotes": `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(csvPlain, "\n"),
			",", `","`), "\n", "\"\n\"") + `"`,
		"numbers with commas, tabs":   strings.ReplaceAll(tabs, "1280", "1,280"),
		"numbers with commas, quoted": strings.ReplaceAll(csvPlain, "1280", `"1,280"`),
		"semicolons in notes": strings.ReplaceAll(strings.ReplaceAll(csvPlain, "甲", "甲;乙;丙;丁;戊;己"), ",乙",
			",乙;丙;丁;戊;己"),
		"commas in notes, by semicolons": strings.ReplaceAll(with(";"), "甲", "a,b,c,d,e,f"),
		"Chinese commas in notes":        strings.ReplaceAll(csvPlain, "甲", "甲，乙，丙，丁，戊"),
		"bars in notes":                  strings.ReplaceAll(csvPlain, "甲", "a|b|c|d|e"),
		"tabs in a note":                 strings.ReplaceAll(csvPlain, "甲", "甲\t乙"),
		"quotes amid a note":             strings.ReplaceAll(csvPlain, "甲", `口号"一"起`),
		"quotes within quotes":           strings.ReplaceAll(csvPlain, "甲", `"他说""好"", 就走"`),
		"lone quotes within quotes":      strings.ReplaceAll(csvPlain, "甲", `"他说"好"，就走"`),
		"a note of two lines":            strings.ReplaceAll(csvPlain, "甲", "\"甲\n乙, 丙\""),
		"a title above":                  "培训情况\n" + csvPlain,
		"a title padded":                 "培训情况,,,,\n" + csvPlain,
		"a remark with commas below":     csvPlain + "说明：一,二,三\n",
		"a separator behind every line":  strings.ReplaceAll(csvPlain, "\n", ",\n"),
		"one behind every row below": "指标,单位,日期,本月完成,备注\n" + strings.ReplaceAll(strings.SplitN(csvPlain, "\n", 2)[1],
			"\n", ",\n"),
		"no comma where the note is none": strings.ReplaceAll(csvPlain, ",甲", ""),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := readText(name, content)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Figures {
				got = append(got, f.Unit+" "+string(f.Dated)+" "+f.Quantity.Amount.String())
				for _, m := range f.Mistakes {
					got = append(got, m.Ref()+" "+m.Text.Key)
				}
			}
			if s := strings.Join(got, "; "); s != "jingzhu 2026-10-31 1280; wenping 2026-10-30 35" {
				t.Errorf("read %s", s)
			}
		})
	}
}

func readText(_, content string) (Reading, error) {
	grids, err := Grids(context.Background(), "表.csv", strings.NewReader(content), int64(len(content)))
	if err != nil {
		return Reading{}, err
	}
	return ReadTable(grids, knownCounty, Choices{})
}

// What cannot be told into cells is refused where it stands, and nothing shifts in silence.
func TestARowThatDoesNotFitTheColumnsIsRefused(t *testing.T) {
	const head = "指标,单位,本月完成,备注\n"
	for name, c := range map[string]struct{ content, want string }{
		"a comma in a number":          {head + "培训妇女人数,荆竹镇,1,259,甲\n", "E2 import_row_longer"},
		"a comma in a number, no note": {head + "培训妇女人数,荆竹镇,1,259,\n", "E2 import_row_longer"},
		"two commas":                   {head + "培训妇女人数,荆竹镇,1,259,000,甲\n", "E2 import_row_longer"},
		"a comma in a name":            {head + "培训妇女,人数,荆竹镇,5,\n", "E2 import_row_longer"},
		"among good lines": {head + "培训妇女人数,荆竹镇,3,\n培训妇女人数,文坪镇,1,259,\n培训妇女人数,晏田乡,4,\n",
			"3 E3 import_row_longer 4"},
		"behind a title":               {"2026年10月\n" + head + "培训妇女人数,荆竹镇,1,259,甲\n", "E3 import_row_longer"},
		"a lone quote, then a comma":   {head + "培训妇女人数,荆竹镇,5,\"他说\"好\", 就走\"\n", "E2 import_row_longer"},
		"too short":                    {head + "培训妇女人数,荆竹镇\n", "C2 import_row_shorter"},
		"without its unit":             {"指标,单位,日期,本月完成\n培训妇女人数,2026-10-31,5\n", "D2 import_row_shorter"},
		"only the note is missing":     {head + "培训妇女人数,荆竹镇,5\n", "5"},
		"a quote that swallows a line": {head + "培训妇女人数,荆竹镇,5,\"甲\n培训妇女人数,文坪镇,6,乙\"\n", "D2 import_row_swallowed"},
		"a quote that swallows two": {head + "培训妇女人数,荆竹镇,5,\"甲\n培训妇女人数,文坪镇,6,乙\n培训妇女人数,晏田乡,7,\"丙\"\n",
			"D2 import_row_swallowed"},
		"a quote nothing closes":      {head + "培训妇女人数,荆竹镇,5,\"甲\n培训妇女人数,文坪镇,6,乙\n", "import_quote_open[2]"},
		"one at the last line":        {head + "培训妇女人数,荆竹镇,5,甲\n培训妇女人数,文坪镇,6,\"乙\n", "import_quote_open[3]"},
		"one in the head":             {"指标,\"单位,本月完成\n培训妇女人数,荆竹镇,5\n", "import_quote_open[1]"},
		"only the head":               {head, "import_only_header"},
		"only a title and the head":   {"2026年10月报表\n" + head + "\n\n", "import_only_header"},
		"nothing":                     {"\n\n", "file_empty"},
		"no text":                     {"\x00\x01\x02\x03", "file_not_what_it_says"},
		"half of a UTF-16 letter":     {"\xFF\xFEa", "file_not_what_it_says"},
		"a total line is shorter":     {head + "培训妇女人数,荆竹镇,5,\n合计,,5\n", "5"},
		"a remark is longer":          {head + "培训妇女人数,荆竹镇,5,\n说明：一,二,三,四,五,六\n", "5"},
		"a separator behind one line": {head + "培训妇女人数,荆竹镇,5,,\n培训妇女人数,文坪镇,6,\n", "E2 import_row_longer 6"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := readText(name, c.content)
			var got []string
			for _, f := range r.Figures {
				if len(f.Mistakes) > 0 {
					got = append(got, f.Mistakes[0].Ref()+" "+f.Mistakes[0].Text.Key)
					continue
				}
				got = append(got, f.Quantity.Amount.String())
			}
			var e *kpi.Error
			if errors.As(err, &e) {
				got = append(got, e.Text.Key)
				if len(e.Text.Args) > 0 && e.Text.Key == "import_quote_open" {
					got = []string{e.Text.String()}
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s (%v)", s, c.want, err)
			}
		})
	}
}

// Rows below what is no data still stand where the spreadsheet shows them.
func TestRowsOfATextTableAreCountedAsShown(t *testing.T) {
	r, err := readText("", "sep=,\n\"表\n头\"\n指标,本月完成\n\n培训妇女人数,\"5\n\"\n培训妇女人数,x\n")
	if err != nil || len(r.Figures) != 2 || r.Figures[0].Row != 4 || r.Figures[1].Row != 5 {
		t.Errorf("%v %+v", err, r.Figures)
	}
}

// The reader holds against one that is slow and plain on whatever text: no cell is lost or made up.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{csvPlain, "a,\"b\"\"c\",d\n\n\"x\ny\",", "a\"b,c\n", "\"", "\"\",\"",
		"a,b\r\nc,\"d\re\"", "\"a\" ,b", " \"a\"b\",c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain := !strings.ContainsAny(s, "\"\r")
		lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
		rows, at := 0, 0
		for r := newCSVReader(csvFile{s, ","}); ; rows++ {
			record, ok := r.next()
			if !ok {
				break
			}
			if record.row <= at && record.row != 0 {
				t.Fatalf("row %d after %d", record.row, at)
			}
			at = record.row
			if plain && strings.Join(record.fields, ",") != lines[rows] {
				t.Fatalf("read %q of %q", record.fields, lines[rows])
			}
		}
		if plain && s != "" && rows != len(lines) {
			t.Fatalf("%d rows of %d lines", rows, len(lines))
		}
	})
}

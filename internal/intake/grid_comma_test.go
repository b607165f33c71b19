package intake

import (
	"strings"
	"testing"
)

// A comma without quotes within a number is asked about where the line has the right number of cells.
func TestACommaThatMayDivideANumberIsAsked(t *testing.T) {
	const head, full = "指标,单位,本月完成,备注\n", "指标,单位,本月完成,年度目标,备注\n"
	const row = "培训妇女人数,荆竹镇,"
	for name, c := range map[string]struct{ content, asked, one, two string }{
		"the note is missing": {head + row + "1,259\n", "C2", "1259", "1 (259)"},
		"one of several lines": {head + row + "3,甲\n培训妇女人数,文坪镇,1,259\n培训妇女人数,晏田乡,\"1,280\",乙\n", "C3",
			"3 (甲) 1259 1280 (乙)", "3 (甲) 1 (259) 1280 (乙)"},
		"every line": {head + row + "1,259\n培训妇女人数,文坪镇,10,780\n", "C2 C3", "1259 10780",
			"1 (259) 10 (780)"},
		"the year's target behind":       {full + row + "1,259,3000\n", "C2", "1259", "1 (3000)"},
		"the second half begins with 0":  {head + row + "2,007\n", "C2", "2007", "2 (007)"},
		"below zero":                     {head + row + "-1,259\n", "C2", "-1259", "-1 (259)"},
		"a year as the note":             {head + row + "1,2026\n", "", "1 (2026)", ""},
		"a small number as the note":     {head + row + "1,25\n", "", "1 (25)", ""},
		"a note with a number":           {head + row + "1,259人次\n", "", "1 (259人次)", ""},
		"a note that begins with digits": {head + row + "1,110 报警\n", "", "1 (110 报警)", ""},
		"no thousands: 0":                {head + row + "0,259\n", "", "0 (259)", ""},
		"no thousands: 1000":             {head + row + "1000,259\n", "", "1000 (259)", ""},
		"no note":                        {head + row + "259,\n", "", "259", ""},
		"target and words":               {full + row + "1,259,甲\n", "", "1 (甲)", ""},
		"target and no note":             {full + row + "1,259,\n", "", "1", ""},
		"quoted":                         {head + row + "\"1,259\",\n", "", "1259", ""},
		"by tabs":                        {strings.ReplaceAll(head+row+"1,259\n", ",", "\t"), "", "1 (259)", ""},
		"by semicolons":                  {strings.ReplaceAll(head+row+"1,259\n", ",", ";"), "", "1 (259)", ""},
		"last year's figure beside":      {"指标,单位,本月完成,上年同期,备注\n" + row + "5,120,\n", "", "5", ""},
		"no column for notes":            {"指标,单位,本月完成\n" + row + "1,259\n", "", "! import_row_longer", ""},
		"a measure behind":               {"指标,单位,本月完成,计量单位,备注\n" + row + "1,259,人\n", "", "! ", ""},
		"a total":                        {head + row + "5,\n合计,,1,259\n", "", "5", ""},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(answer string) (asked []string, got string) {
				grids, err := Grids(t.Context(), "表.csv", strings.NewReader(c.content), int64(len(c.content)))
				if err != nil {
					t.Fatal(err)
				}
				choices := Choices{Answers: map[string]string{}}
				if answer != "" {
					choices.Answers["comma"] = answer
				}
				r, err := ReadTable(grids, knownCounty, choices)
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range r.Questions {
					if q.Kind() == "comma" {
						asked = append(asked, q.Ref())
					}
				}
				var figures []string
				for _, f := range r.Figures {
					text := f.Quantity.Amount.String()
					switch {
					case len(f.Mistakes) > 0:
						text = "! " + f.Mistakes[0].Text.Key
					case f.Note != "":
						text += " (" + f.Note + ")"
					}
					figures = append(figures, text)
				}
				return asked, strings.Join(figures, " ")
			}
			if asked, _ := read(""); strings.Join(asked, " ") != c.asked {
				t.Errorf("asked %q, want %q", asked, c.asked)
			}
			answer := oneNumber
			if c.asked == "" {
				answer = ""
			}
			if _, got := read(answer); got != c.one && !(strings.HasPrefix(c.one, "! ") && strings.HasPrefix(got, c.one)) {
				t.Errorf("as one number: %s, want %s", got, c.one)
			}
			if c.asked == "" {
				return
			}
			if _, got := read(twoCells); got != c.two {
				t.Errorf("as two cells: %s, want %s", got, c.two)
			}
		})
	}
}

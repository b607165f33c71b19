package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func TestColumnReadsPastedFigures(t *testing.T) {
	for _, c := range []struct{ line, name, value string }{
		{"1280", "", "1280"}, {"1,280", "", "1280"}, {"荆竹铺镇\t1,280", "荆竹铺镇", "1280"},
		{"荆竹铺镇 1280", "荆竹铺镇", "1280"}, {"jingzhupu,1,280", "jingzhupu", "1280"}, {"荆竹铺镇：3.5", "荆竹铺镇", "3.5"},
		{"荆竹铺镇 10 780", "荆竹铺镇", "10780"}, {"荆竹铺镇　1\u00a0234\u00a0567.5", "荆竹铺镇", "1234567.5"}, {"10 780", "", "10780"},
		{"Jingzhu Town, 10 780", "Jingzhu Town", "10780"}, {"荆竹铺镇 1.2 million", "荆竹铺镇", "1200000"}, {"第3村 120", "第3村",
			"120"}, {"荆竹铺镇 1.2万人", "荆竹铺镇", "12000"},
		{"荆竹铺镇：8950人", "荆竹铺镇", "8950"}, {"荆竹铺镇 —", "荆竹铺镇", ""}, {"1 荆竹铺镇 780", "1 荆竹铺镇", "780"}, {"\u200b荆竹铺镇\t12\u200b",
			"荆竹铺镇", "12"}, {"荆竹铺镇\tN/A", "荆竹铺镇", ""},
		{"x\t第一村\t7", "x", "7"}, {"荆竹铺镇\t—", "荆竹铺镇", ""},
	} {
		cells, err := Column(c.line+"\n\n", "text", "人")
		if err != nil || len(cells) != 1 {
			t.Errorf("%q: %v, %v", c.line, cells, err)
			continue
		}
		got := ""
		if !cells[0].Blank {
			got = cells[0].Value.String()
		}
		if cells[0].Name != c.name || got != c.value {
			t.Errorf("%q: %+v", c.line, cells[0])
		}
	}
	_, err := Column("12\n许多\n-3", "text", "人")
	e, ok := err.(*kpi.Error)
	if !ok || len(e.Fields) != 2 || e.Fields[0].Text.Key != "column_line" {
		t.Errorf("%v", err)
	}
	for text, want := range map[string]string{
		"\"荆竹\n铺镇\"\t12\r\n文坪镇\t7\r\n":  "荆竹 铺镇=12 文坪镇=7",
		"\"荆竹铺镇\"\t\"1,280\"\n文坪镇\t7":   "荆竹铺镇=1280 文坪镇=7",
		"他说\"好\"\t12\n文坪镇\t7":           "他说\"好\"=12 文坪镇=7",
		"\"说\"\"好\"\"\"\t12\n文坪镇\t7":    "说\"好\"=12 文坪镇=7",
		"\"没有合上\t12\n文坪镇\t7":            "\"没有合上=12 文坪镇=7",
		"\"12\n\"\n7\n":                 "=12 =7",
		"荆竹铺镇\t12\n\t\n文坪镇\t7\n\n\n \n": "荆竹铺镇=12 = 文坪镇=7",
	} {
		cells, err := Column(text, "text", "人")
		var got []string
		for _, c := range cells {
			value := c.Value.String()
			if c.Blank {
				value = ""
			}
			got = append(got, c.Name+"="+value)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
	if cells, err := Column("\"11\n（其中男5）\"\n22\n33", "text", "人"); err == nil || len(cells) != 3 {
		t.Errorf("a cell of two lines: %v %v", cells, err)
	}
	if cells, err := Column("5\n\n7", "text", "人"); err != nil || len(cells) != 3 || !cells[1].Blank {
		t.Errorf("%v %v", cells, err)
	}
}

package intake

import (
	"strings"
	"testing"
)

// Townships and villages that a report lists are units; words for all of them, and where something happened, are none.
func TestUnitsThatAReportNames(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"本会下辖城关镇、水西乡、东关街道等18个乡镇（街道）。", "城关镇 水西乡 东关街道"},
		{"全县辖邓家铺镇、龙溪镇、马坪乡和辕门口街道。", "邓家铺镇 龙溪镇 马坪乡 辕门口街道"},
		{"在文坪镇、稠树塘镇、水浸坪乡开展宣讲3场。", "文坪镇 稠树塘镇 水浸坪乡"},
		{"活动走进各乡镇、街道。", ""},
		{"在文坪镇举办活动1场。", ""},
		{"各乡镇、各街道、各村（社区）均已建立。", ""},
		{"全县18个乡镇、街道，315个村、社区。", ""},
		{"|单位|完成数|\n|城关镇|12|\n|水西乡|9|\n|东关街道|4|\n|合计|25|", "城关镇 水西乡 东关街道"},
		{"|乡镇|村（社区）|户数|\n|城关镇|东门社区|12|\n||西门社区|9|\n|水西乡|石塔村|4|", "城关镇 水西乡 东门社区<城关镇 西门社区<城关镇 石塔村<水西乡"},
		{"|填报单位|数|\n|城关镇东门社区|1|\n|城关镇西门社区|1|", "城关镇 东门社区<城关镇 西门社区<城关镇"},
		{"|指标|数|\n|新建示范村|1|\n|走访城关镇|1|\n|两癌检查|1|", ""},
	} {
		var lines []Line
		for n, text := range strings.Split("全年培训300人次。\n"+c.text, "\n") {
			line := Line{Text: text}
			if strings.HasPrefix(text, "|") {
				line = Line{Table: 1, Row: n, Cells: strings.Split(strings.Trim(strings.Replace(text, "||", "| |", 1), "|"), "|")}
			}
			lines = append(lines, line)
		}
		r, err := ReadOldReport(lines, 2022)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		var got []string
		for _, u := range r.Units {
			name := u.Name
			if u.Parent != "" {
				name += "<" + u.Parent
			}
			got = append(got, name)
		}
		if said := strings.Join(got, " "); said != c.want {
			t.Errorf("%s: %q, want %q", c.text, said, c.want)
		}
	}
}

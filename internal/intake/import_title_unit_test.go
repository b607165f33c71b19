package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A table is that of the one unit its title or its sheet's name names; several are asked about, and rows
// that name units themselves win.
func TestTheUnitATitleNames(t *testing.T) {
	known := knownCounty
	known.Units = append([]kpi.Unit{}, known.Units...)
	known.Units[1].NameEn, known.Units[2].NameEn = "Jingzhu", "Wenping Town"
	for title, want := range map[string]string{
		"荆竹镇2026年10月妇联工作统计表":   "jingzhu",
		"2026年10月荆竹镇妇联工作统计表":   "jingzhu",
		"2026年10月妇联工作统计表（荆竹镇）": "jingzhu",
		"荆竹镇":                                     "jingzhu",
		"荆竹":                                      "jingzhu",
		"云溪县荆竹镇妇联":                                "jingzhu",
		"荆竹2026年10月统计表":                           "jingzhu",
		"云溪县荆竹妇联2026年10月":                         "jingzhu",
		"2026年10月统计表（荆竹）":                         "jingzhu",
		"2026年10月荆竹妇联统计表":                         "jingzhu",
		"云溪2026年10月统计表":                           "",
		"荆竹编织2026年10月统计表":                         " ? unit county jingzhu",
		"荆竹工作统计表2026年10月":                         " ? unit county jingzhu",
		"2026年10月荆竹工作":                            " ? unit county jingzhu",
		"云溪县荆竹工作统计表2026年10月":                      " ? unit county jingzhu",
		"妇联荆竹统计2026年10月":                          " ? unit county jingzhu",
		"文坪、荆竹统计表2026年10月":                        " ? unit county jingzhu wenping",
		"荆竹片区2026年10月统计":                          " ? unit county jingzhu",
		"荆竹报表2026年10月":                            " ? unit county jingzhu",
		"2026年10月上报荆竹":                            " ? unit county jingzhu",
		"sheet:荆竹工作;2026年10月统计表":                  " ? unit county jingzhu",
		"填报单位：云溪县;2026年10月荆竹工作":                   "county ? unit county jingzhu",
		"Monthly report of Wenping, October 2026": " ? unit county wenping",
		"荆竹等乡镇2026年10月":                           "",
		"各乡镇2026年10月（不含荆竹）":                       "",
		"云溪工作2026年10月统计表":                         "",
		"rows:荆竹工作2026年10月统计表":                    "wenping",
		"Unit: Jingzhu":                           "jingzhu",
		"Jingzhu, October 2026":                   "jingzhu",
		"填报单位|荆竹镇":                                "jingzhu",
		"填报单位：|荆竹镇||填报日期|2026-11-05":              "jingzhu",
		"填报单位|云溪县":                                "county",
		"填报单位：荆竹镇":                                "jingzhu",
		"填报单位：荆竹镇 （抄送文坪镇）":                        "jingzhu",
		"sheet:荆竹镇":                               "jingzhu",
		"sheet:文坪镇;荆竹镇2026年10月统计表":                "jingzhu ? unit jingzhu wenping",
		"荆竹镇、文坪镇2026年10月统计表":                      "jingzhu ? unit jingzhu wenping",
		"填报单位：云溪县;荆竹镇2026年10月统计表":                 "county ? unit county jingzhu",
		"云溪县2026年10月妇联工作统计表":                      "",
		"2026年10月统计表（不含荆竹镇）":                      "",
		"2026年10月荆竹镇等12个乡镇统计表":                    "",
		"Jingzhuang Oct 2026":                     "",
		"rows:荆竹镇2026年10月统计表":                     "wenping",
	} {
		lines := strings.Split(title, ";")
		sheet, head, row := "", "指标|计量单位|本月完成", "trained|人|5"
		if s, ok := strings.CutPrefix(lines[0], "sheet:"); ok {
			sheet, lines = s, lines[1:]
		} else if s, ok := strings.CutPrefix(lines[0], "rows:"); ok {
			lines[0], head, row = s, "乡镇|指标|本月完成", "文坪镇|trained|5"
		}
		grids := grid(t, append(lines, head, row)...)
		if grids[0].Name = sheet; sheet == "" {
			grids[0].Name = "Sheet1"
		}
		r, err := ReadTable(grids, known, Choices{})
		if err != nil || len(r.Figures) != 1 {
			t.Errorf("%s: %v %+v", title, err, r.Figures)
			continue
		}
		got := r.Figures[0].Unit
		if len(r.OpenQuestions()) > 0 && got == "county" && strings.HasPrefix(want, " ?") {
			got = ""
		}
		for _, q := range r.OpenQuestions() {
			got += " ? " + q.ID
			for _, o := range q.Options {
				got += " " + o.Value
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	grids := grid(t, "荆竹镇、文坪镇2026年10月统计表", "指标|本月完成", "trained|5")
	r, err := ReadTable(grids, known, Choices{Answers: map[string]string{"unit": "wenping"}})
	if err != nil || len(r.OpenQuestions()) > 0 || r.Figures[0].Unit != "wenping" {
		t.Errorf("answered: %v %+v", err, r.Figures)
	}
}

package browsertest

import (
	_ "embed"
	"strings"
	"testing"

	"dabiao/internal/programtest"
)

//go:embed layout.js
var layout string

// Layout returns what is wrong with the layout of the page: texts over each other, texts cut off without a way to
// read them, cards and buttons that touch, what is wider than the window.
func (p *Page) Layout() (found []string) {
	p.T.Helper()
	p.Ask(layout, &found)
	return found
}

// WellLaidOut fails the test with what is wrong with the layout.
func (p *Page) WellLaidOut(what string) {
	p.T.Helper()
	if found := p.Layout(); len(found) > 0 {
		p.T.Errorf("%s, %s:\n\t%s", p.Address(), what, strings.Join(found, "\n\t"))
	}
}

// LongName is how many characters the names of an office of long names have at least.
const LongName = 40

const (
	longChinese = "暨乡镇街道村社区联合推进妇女儿童发展规划重点任务落实情况专项工作领导小组办公室综合协调督导评估"
	longEnglish = " of the Joint Leading Group for Women’s and Children’s Development"
)

// LongNames gives every unit, area and indicator of a demo a name of 40 characters in each language.
func LongNames(t *testing.T, program *programtest.Program) {
	t.Helper()
	for _, list := range []string{"/api/v1/units", "/api/v1/areas", "/api/v1/indicators"} {
		for cursor := "?limit=100"; cursor != ""; {
			var page struct {
				Items []struct {
					Code, Name string
					NameEn     string `json:"name_en"`
				}
				NextCursor string `json:"next_cursor"`
			}
			if err := program.JSON("admin", list+cursor, &page); err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				names := map[string]string{"name": lengthened(item.Name, longChinese),
					"name_en": lengthened(item.NameEn, longEnglish)}
				if err := program.Patch("admin", list+"/"+item.Code, names, nil); err != nil {
					t.Fatal(err)
				}
			}
			if cursor = ""; page.NextCursor != "" {
				cursor = "?limit=100&cursor=" + page.NextCursor
			}
		}
	}
}

func lengthened(name, by string) string {
	if n := len([]rune(name)); n < LongName {
		return name + strings.TrimSuffix(string([]rune(by)[:LongName-n]), " ")
	}
	return name
}

package layoutoffice

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

const (
	longChinese = "暨乡镇街道村社区联合推进妇女儿童发展规划重点任务落实情况专项工作领导小组办公室综合协调督导评估"
	longEnglish = " of the Joint Leading Group for Women’s and Children’s Development"
	password    = "lantern-over-the-river-7"
)

// long makes a name of 40 characters.
func long(name, by string) string { return string([]rune(name + by)[:browsertest.LongName]) }

// pages are what the office has in its year, and beside it.
var pages = []string{
	"", "?open=1", "/overview", "/trends", "/compare", "/compare?rows=units", "/score",
	"/score?line=%s", "/budget", "/budget?line=general-basic", "/plan", "/plan/new", "/plan/table",
	"/plan/table?rows=5", "/plan/forward", "/plan/indicators/%s", "/indicators/%s", "/adopt", "/mine",
	"/entry", "/grid", "/updates", "/import", "/completeness", "/evidence", "/review", "/report",
	"/check", "/rules?edit=1", "/card", "/projects?new=1", "/staffing?edit=1",
}

var others = []string{"/questions", "/notices", "/units", "/accounts", "/audit", "/settings", "/account", "/displays",
	"/channels"}

// An office of its own with 12 units and 30 indicators, all named in 40 characters: at the width of a phone, an
// office PC and a large screen, in both languages, no text lies over another, none is cut, nothing is wider than the
// window.
func TestAnOfficeOfItsOwnFitsEveryPage(t *testing.T) {
	program, code := setUp(t)
	for _, language := range []string{"zh-CN", "en"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			p := browsertest.Shared(t).Open(t, program)
			p.SignIn("admin")
			p.Click(".menu-me summary")
			p.Follow(`.prefs button[value="` + language + `"]`)
			addresses := others
			for _, page := range pages {
				addresses = append(addresses, fmt.Sprintf("/years/%d", program.Year)+strings.ReplaceAll(page, "%s", code))
			}
			for _, address := range addresses {
				p.Go(address)
				for _, width := range []int64{browsertest.Phone, 1366, 1920} {
					p.Size(width, 900)
					p.Frame()
					p.WellLaidOut(fmt.Sprintf("%s, %d px", language, width))
				}
			}
		})
	}
}

// setUp makes the office and returns it with the code of an indicator.
func setUp(t *testing.T) (program *programtest.Program, code string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	program, link, err := programtest.Fresh()
	must(err)
	t.Cleanup(func() { must(program.Stop()) })
	p := browsertest.Shared(t).Open(t, program)
	p.Go(strings.TrimPrefix(link, program.URL))
	p.Type("[name=office]", long("云梦县妇女联合会", longChinese))
	p.Type("[name=full_name]", long("欧阳", longChinese)[:60])
	p.Type("[name=name]", "admin")
	p.Type("[name=password]", password)
	p.Press("完成设置并登录")
	if _, err := fmt.Sscanf(p.Address(), "/years/%d", &program.Year); err != nil {
		t.Fatalf("after the set-up at %s", p.Address())
	}
	token, err := programtest.Run("token", "add", "--user", "admin", "--name", "story", "--data", program.Data())
	must(err)
	said := strings.Fields(token)
	program.Accounts = []programtest.Account{{Role: "admin", Name: "admin", Password: password, Token: said[len(said)-1]}}
	return program, fill(t, program)
}

// fill gives the office units, areas, indicators, targets of its units, entries and a budget.
func fill(t *testing.T, program *programtest.Program) (code string) {
	t.Helper()
	post := func(path string, body, to any) {
		t.Helper()
		if err := program.Post("admin", "/api/v1"+path, body, to); err != nil {
			t.Fatal(err)
		}
	}
	year, units := fmt.Sprintf("/years/%d", program.Year), []string{}
	for n := range 12 {
		unit := fmt.Sprintf("unit-%d", n+1)
		post("/units", map[string]any{"code": unit, "parent": "office", "name": long(fmt.Sprintf("第%d镇", n+1), longChinese),
			"name_en": long(fmt.Sprintf("Township No. %d", n+1), longEnglish)}, nil)
		units = append(units, unit)
	}
	var rows []map[string]any
	measures, goals := []string{"人次", "场", "户", "%", "万元", "项"}, []string{"1,200", "12", "300", "95", "50.5", "≤3"}
	for n := range 30 {
		rows = append(rows, map[string]any{"name": long(fmt.Sprintf("第%d项重点工作", n+1), longChinese),
			"name_en": long(fmt.Sprintf("Key task No. %d", n+1), longEnglish), "weight": "3",
			"area":    long([]string{"思想引领", "巾帼发展", "维权关爱", "家庭家教"}[n/8], longChinese),
			"measure": measures[n%6], "value": goals[n%6], "owner": long("组宣部", longChinese)})
	}
	var made struct{ Rows []struct{ Code string } }
	post(year+"/indicators", map[string]any{"rows": rows}, &made)
	for n, row := range made.Rows {
		unit, value := "office", "7"
		if n%6 == 3 {
			value = "91.5"
		} else if n%2 == 1 {
			unit = units[n%12]
		}
		if n%7 != 6 { // some have nothing
			post("/updates", map[string]any{"indicator": row.Code, "unit": unit, "date": fmt.Sprintf("%d-01-01", program.Year),
				"value": value, "note": long("现场活动", longChinese)}, nil)
		}
	}
	for _, unit := range units {
		post(year+"/targets", map[string]any{"indicator": made.Rows[0].Code, "unit": unit, "sign": ">=", "value": "100"}, nil)
	}
	post(year+"/budget", map[string]any{"reason": "年中追加", "lines": []map[string]any{{"fund": "general", "nature": "basic",
		"budget": "1234.56", "income": "1300", "spent": "100"}}, "others": []map[string]any{{"amount": "5.2",
		"name": long("爱心企业捐赠", longChinese), "note": long("困境儿童活动", longChinese)}}}, nil)
	return made.Rows[0].Code
}

package web

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// keyedOffice is the small office with a key, so that it can sign.
func keyedOffice(t *testing.T, name string) *office {
	t.Helper()
	dir := t.TempDir()
	where, err := storetest.Put(dir)
	must(t, err)
	where.KeyFile = filepath.Join(dir, store.KeyFileName)
	o, err := emptyOfficeOver(where, dir, morning)
	must(t, err)
	o.furnish(t)
	must(t, o.app.SetOffice(ctx, kpi.Operator, app.Office{Name: name}))
	return o
}

// post sends a form of a page as a browser without scripts does, and follows it to the page it leads to.
func (o *office) post(t *testing.T, cookie, csrf, path, body string) got {
	t.Helper()
	g := o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf})
	return o.follow(t, cookie, g)
}

func (o *office) follow(t *testing.T, cookie string, g got) got {
	t.Helper()
	if g.StatusCode != http.StatusSeeOther {
		return g
	}
	to, _, _ := strings.Cut(g.Header.Get("Location"), "#")
	return o.send(t, request{method: "GET", path: to, cookie: cookie}).want(t, http.StatusOK)
}

func (g got) says(t *testing.T, texts ...string) got {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(g.body, text) {
			t.Errorf("status %d: the page lacks %q", g.StatusCode, text)
		}
	}
	return g
}

// Figures go up by files, with pages alone: dictionary, mapping, package, preview, taking in, the board above, and from
// its figure down to the entries of the office below.
func TestFiguresGoUpByFilesAndPages(t *testing.T) {
	above, below := keyedOffice(t, "某市某局"), keyedOffice(t, "east")
	boss, bossCSRF := above.browser(t, "staff")
	clerk, clerkCSRF := below.browser(t, "admin")

	below.send(t, request{method: "GET", path: "/years/2026/handup", cookie: clerk}).want(t, http.StatusOK).
		says(t, "导入指标字典")
	dictionary := above.send(t, request{method: "GET", path: "/years/2026/below/dictionary.json", cookie: boss}).
		want(t, http.StatusOK).body
	body, media := uploads(clerkCSRF, "d.json", dictionary)
	g := below.send(t, request{method: "POST", path: "/years/2026/handup/dictionary", cookie: clerk, body: body,
		media: media})
	below.follow(t, clerk, g).says(t, "已导入指标字典", "代码或名称相同", "先选择报送单位")
	below.post(t, clerk, clerkCSRF, "/years/2026/handup/mapping", "unit=&map_screened=users").
		want(t, http.StatusUnprocessableEntity).says(t, "统计方式不同", "请选择本单位", `value="users" selected`)
	below.post(t, clerk, clerkCSRF, "/years/2026/handup/mapping", "unit=east&map_screened=screened&map_users=users").
		says(t, "已保存对应关系", "3 项中已对应 2 项")

	id := below.log(t, "west")
	below.post(t, clerk, clerkCSRF, "/years/2026/handup/packages", "first=12&last=12").
		want(t, http.StatusUnprocessableEntity).says(t, "还没有开始")
	below.post(t, clerk, clerkCSRF, "/years/2026/handup/packages", "first=1&last=11").says(t, "已制作报送包", "第 1 版")
	first := below.send(t, request{method: "GET", path: "/years/2026/handup/packages/1.zip", cookie: clerk}).
		want(t, http.StatusOK).body

	body, media = uploads(bossCSRF, "one.zip", first, "two.zip", first[:len(first)/2])
	above.send(t, request{method: "POST", path: "/years/2026/below/packages", cookie: boss, body: body, media: media}).
		want(t, http.StatusUnprocessableEntity).says(t, "two.zip：这不是报送包", "east首次报送")
	if got := above.get(t, "admin", "/years/2026/indicators/screened?unit=east"); strings.Contains(got.body, "来自") {
		t.Error("it counts before it is taken")
	}
	above.post(t, boss, bossCSRF, "/years/2026/below/take", "").says(t, "east首次报送")
	waits := regexp.MustCompile(`href="(/packages/\d+)"`).FindStringSubmatch(above.send(t, request{method: "GET",
		path: "/years/2026/below", cookie: boss}).body)
	if waits == nil {
		t.Fatal("nothing waits")
	}
	above.post(t, boss, bossCSRF, waits[1]+"/take", "").want(t, http.StatusUnprocessableEntity)
	above.post(t, boss, bossCSRF, waits[1]+"/take", "key=1").says(t, "已采纳")
	above.send(t, request{method: "GET", path: "/years/2026/below", cookie: boss}).says(t, "报至10月")
	above.send(t, request{method: "GET", path: "/years/2026", cookie: boss}).want(t, http.StatusOK).
		says(t, "2 个报送单位，10月数据已报 1 个；未报：west（")

	_, err := below.app.CorrectUpdate(ctx, kpi.Operator, id, kpi.NewUpdate{Indicator: "screened", Dated: "2026-11-03",
		Quantity: kpi.Exactly(kpi.Whole(17)), Origin: kpi.FromForm}, "漏报")
	must(t, err)
	below.post(t, clerk, clerkCSRF, "/years/2026/handup/packages", "first=1&last=11").says(t, "第 2 版")
	second := below.send(t, request{method: "GET", path: "/years/2026/handup/packages/2.zip", cookie: clerk}).body
	body, media = uploads(bossCSRF, "v2.zip", second)
	g = above.send(t, request{method: "POST", path: "/years/2026/below/packages", cookie: boss, body: body, media: media})
	preview := above.follow(t, boss, g).says(t, "第 2 版报送包", "待采纳，尚未计入", "17 人", "第 1 版", "差异")
	action := regexp.MustCompile(`action="(/packages/\d+)/take"`).FindStringSubmatch(preview.body)
	if action == nil {
		t.Fatal("no way to take it")
	}
	above.post(t, boss, bossCSRF, action[1]+"/take", "").says(t, "已采纳", "与第 1 版相比")

	log := above.send(t, request{method: "GET", path: "/years/2026/updates?unit=east&indicator=screened", cookie: boss})
	entry := regexp.MustCompile(`href="(/updates/\d+)"`).FindStringSubmatch(log.body)
	if entry == nil {
		t.Fatalf("no entry in the log above: %s", log.body)
	}
	from := above.send(t, request{method: "GET", path: entry[1], cookie: boss}).want(t, http.StatusOK).
		says(t, "来自east第 2 版报送包")
	down := regexp.MustCompile(`href="(/packages/\d+/figures/screened\?month=11)"`).FindStringSubmatch(from.body)
	if down == nil {
		t.Fatal("no way down")
	}
	above.send(t, request{method: "GET", path: down[1], cookie: boss}).want(t, http.StatusOK).
		says(t, "该单位的明细", "west", "17 人")
	above.send(t, request{method: "GET", path: action[1] + "/file.zip", cookie: boss}).want(t, http.StatusOK)
	for of, file := range map[*office]string{above: "package.file", below: "handup.package"} {
		of.get(t, "admin", "/api/v1/audit?action=file.download").want(t, http.StatusOK).says(t, file)
	}
	differences, err := above.app.Verify(ctx)
	if err != nil || len(differences) > 0 {
		t.Errorf("verify: %v %v", differences, err)
	}
}

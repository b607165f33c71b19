package web

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store/storetest"
)

// officeWith is the small office on a disk with so much space.
func officeWith(t *testing.T, free *int64) *office {
	t.Helper()
	dir := t.TempDir()
	where := storetest.In(t, dir)
	where.Free = func(string) (int64, error) { return *free, nil }
	o, err := emptyOfficeOver(where, dir, morning)
	must(t, err)
	o.furnish(t)
	return o
}

// What is the matter with the records stands on every page at once, also on those that are kept for all, and is gone at
// once; warnings are for administrators.
func TestTheStateOfTheRecordsStandsOnEveryPage(t *testing.T) {
	t.Parallel()
	free := int64(1 << 40)
	o := officeWith(t, &free)
	cookies := map[string]string{}
	for _, who := range []string{"admin", "leader"} {
		cookies[who], _ = o.browser(t, who)
	}
	const low = "磁盘只剩"
	const toTell, toDo = "磁盘空间不足。已保存的内容可以照常查看。请联系管理员。", "磁盘空间不足。已保存的内容可以照常查看。请清理磁盘"
	for _, c := range []struct {
		free         int64
		want         map[string]string // by account
		ready, saved int
	}{
		{1 << 40, map[string]string{}, 200, 201},
		{1 << 29, map[string]string{"admin": low}, 200, 201},
		{1 << 20, map[string]string{"admin": toDo, "leader": toTell}, 503, 503},
		{1 << 40, map[string]string{}, 200, 201},
	} {
		free = c.free
		for who, cookie := range cookies {
			body := o.send(t, request{method: "GET", path: "/years/2026", cookie: cookie}).want(t, 200).body
			for _, sentence := range []string{toTell, toDo, low, "没有保存任何内容"} {
				if said := strings.Contains(body, sentence); said != (c.want[who] == sentence) {
					t.Errorf("with %d bytes, %s is told %q: %v", c.free, who, sentence, said)
				}
			}
		}
		o.send(t, request{method: "GET", path: "/readyz"}).want(t, c.ready)
		o.send(t, request{method: "POST", path: "/api/v1/updates", as: "staff",
			body: `{"indicator":"screened","unit":"east","date":"2026-11-02","value":"7"}`}).want(t, c.saved)
	}
}

// Reading goes on while nothing can be saved: papers and ordinary files are given out, though the audit log cannot hold
// that; what is sensitive is not, because nobody could tell afterwards who had it.
func TestReadingGoesOnWhileNothingCanBeSaved(t *testing.T) {
	t.Parallel()
	free := int64(1 << 40)
	o := officeWith(t, &free)
	plain, sensitive := o.attach(t, o.log(t, "east")), o.attach(t, o.log(t, "west"))
	_, err := o.app.MarkEvidence(ctx, kpi.Operator, sensitive)
	must(t, err)
	free = 0
	for path, status := range map[string]int{
		"/years/2026":                                 200,
		"/api/v1/updates":                             200,
		"/api/v1/years/2026/report.docx":              200,
		"/years/2026/updates.csv":                     200,
		fmt.Sprintf("/api/v1/evidence/%d", plain):     200,
		fmt.Sprintf("/api/v1/evidence/%d", sensitive): 503,
	} {
		if g := o.get(t, "admin", path); g.StatusCode != status {
			t.Errorf("%s: %d %.300s", path, g.StatusCode, g.body)
		}
	}
	const why = "现在不能登录，因为登录本身也要存一条记录。目前不能保存新内容：磁盘空间不足。"
	body := o.send(t, request{method: "POST", path: "/login", body: "name=admin&password=correct+horse"}).want(t, 503).body
	if !strings.Contains(body, why) || strings.Contains(body, "没有保存任何内容") {
		t.Errorf("whoever signs in is told %s", body)
	}
}

package web

import (
	"strings"
	"testing"

	"dabiao/internal/store/storetest"
)

// What is the matter with the records stands on every page at once, also on those that are kept for all, and is gone at
// once; warnings are for administrators.
func TestTheStateOfTheRecordsStandsOnEveryPage(t *testing.T) {
	t.Parallel()
	dir, free := t.TempDir(), int64(1<<40)
	where := storetest.In(t, dir)
	where.Free = func(string) (int64, error) { return free, nil }
	o, err := emptyOfficeOver(where, dir, morning)
	must(t, err)
	o.furnish(t)
	cookies := map[string]string{}
	for _, who := range []string{"admin", "leader"} {
		cookies[who], _ = o.browser(t, who)
	}
	const full, low = "磁盘空间不足，没有保存任何内容", "磁盘只剩"
	for _, c := range []struct {
		free         int64
		want         map[string]string // by account
		ready, saved int
	}{
		{1 << 40, map[string]string{}, 200, 201},
		{1 << 29, map[string]string{"admin": low}, 200, 201},
		{1 << 20, map[string]string{"admin": full, "leader": full}, 503, 503},
		{1 << 40, map[string]string{}, 200, 201},
	} {
		free = c.free
		for who, cookie := range cookies {
			body := o.send(t, request{method: "GET", path: "/years/2026", cookie: cookie}).want(t, 200).body
			for _, sentence := range []string{full, low} {
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

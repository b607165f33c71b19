package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/web/api"
)

func TestTheFormAsksAboutAnEntryThatIsThere(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	form := url.Values{"csrf": {csrf}, "key": {"k1"}, "indicator": {"screened"}, "unit": {"east"}, "date": {"2026-11-02"},
		"value": {"7"}, "note": {"广场"}}
	send := func(status int) string {
		t.Helper()
		return o.send(t, request{method: http.MethodPost, path: "/years/2026/entry", cookie: cookie, body: form.Encode()}).
			want(t, status).body
	}
	send(303)
	form.Set("key", "k2")
	if body := send(422); !strings.Contains(body, "相同的填报 7 人") || !strings.Contains(body, `id="f-sure" value="7"`) ||
		!strings.Contains(body, "广场") {
		t.Error("the form does not ask, or lost what was typed")
	}
	form.Set("note", "学校")
	send(303)
	form.Set("note", "广场")
	form.Set("key", "k3")
	form.Set("sure", "7")
	send(303)
}

func TestTheAPISaysWhatAnEntryIsTheSameAs(t *testing.T) {
	o := smallOffice(t)
	log := func(query, note string) (out api.UpdateJSON) {
		t.Helper()
		g := o.described(t, description(t), "/updates", request{method: http.MethodPost,
			path: apiRoot + "/updates" + query, as: "staff",
			body: `{"indicator":"screened","unit":"east","date":"2026-11-02","value":"7","note":"` + note + `"}`}, 201, false)
		must(t, json.Unmarshal([]byte(g.body), &out))
		return out
	}
	first := log("", "广场")
	if first.SameAs != 0 {
		t.Errorf("the first is the same as %d", first.SameAs)
	}
	if again := log("", "广场"); again.SameAs != first.ID || again.Ask != nil {
		t.Errorf("again: %+v", again)
	}
	if other := log("?ask=1", "学校"); other.SameAs != 0 || other.Ask != nil {
		t.Errorf("another note: %+v", other)
	}
	if again := log("?ask=1", "学校"); again.SameAs == 0 || again.Ask == nil || again.Ask.Code != "entry_ask_same" {
		t.Errorf("asked: %+v", again.Ask)
	}
}

func TestAFileOfAnotherEntryIsSaidOnPagesAndByTheAPI(t *testing.T) {
	o := smallOffice(t)
	one, two := o.log(t, "east"), o.log(t, "west")
	o.attach(t, one)
	g := o.uploadTo(t, "staff", two, "照片.png", tinyPNG).want(t, 201)
	if !strings.Contains(g.body, fmt.Sprintf(`"also_at":[%d]`, one)) {
		t.Errorf("the API says %s", g.body)
	}
	cookie, _ := o.browser(t, "staff")
	page := o.send(t, request{method: http.MethodGet, path: fmt.Sprintf("/updates/%d/evidence", two), cookie: cookie}).
		want(t, 200).body
	if !strings.Contains(page, "同一文件还附于") || !strings.Contains(page,
		fmt.Sprintf(`href="/updates/%d/evidence">第 %d 号填报`, one, one)) {
		t.Error("the entry's page does not say so")
	}
	saved := o.send(t, request{method: http.MethodGet, path: fmt.Sprintf("/years/2026/entry?done=logged&update=%d", two),
		cookie: cookie}).want(t, 200).body
	if !strings.Contains(saved, "所附文件同时也是其他填报的佐证材料") {
		t.Error("the form does not say so after saving")
	}
}

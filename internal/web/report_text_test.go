package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

const editor = "/years/2026/report/edit/problems"

func TestATextThatCannotBeKeptComesBackWhole(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	post := func(text, action string) got {
		form := url.Values{"csrf": {csrf}, "text": {text}, "base": {"0"}, "action": {action}}
		return o.send(t, request{method: http.MethodPost, path: editor, cookie: cookie, body: form.Encode()})
	}
	for text, says := range map[string]string{
		"⟦没有的指标⟧完成了。":                  "没有与",
		"⟦每项：全部⟧⟦每项：全部⟧⟦完⟧⟦完⟧":         "不能这样嵌套",
		"从 Word 粘贴\x02的文字。":            "字符",
		strings.Repeat("长", 20_001):    "20000",
		"⟦secret screened·value⟧，⟦完⟧。": "之前没有",
	} {
		page := post(text, "save").want(t, http.StatusUnprocessableEntity)
		if !strings.Contains(page.body, says) {
			t.Errorf("%.20q: does not say %q", text, says)
		}
		if !strings.Contains(html.UnescapeString(page.body), text) {
			t.Errorf("%.20q does not come back", text)
		}
	}
	post(strings.Repeat("长", 3_500_000), "save").want(t, http.StatusRequestEntityTooLarge)

	post("写到一半⟦scre", "preview").want(t, http.StatusOK)
	if page := o.send(t, request{method: http.MethodGet, path: editor, cookie: cookie}); !strings.Contains(page.body,
		"写到一半⟦scre") {
		t.Error("the draft does not come back")
	}
	post("", "discard").want(t, http.StatusSeeOther)
	post("完成⟦screened·完成数⟧。", "save").want(t, http.StatusSeeOther)
	page := post("另写。", "save").want(t, http.StatusConflict)
	if !strings.Contains(page.body, "完成⟦secret screened·完成数⟧。") || !strings.Contains(page.body, "另写。") {
		t.Error("a conflict does not show both texts")
	}
}

// What an area's text leaves out is offered beside it, added to the text without losing what was typed, and listed
// below it or not, as the office wants.
func TestTheEditorOffersWhatAnAreasTextLeavesOut(t *testing.T) {
	o := smallOffice(t)
	_, err := o.app.CreateArea(ctx, kpi.Operator, 0, kpi.Area{Code: "a", Name: "妇女健康"})
	must(t, err)
	for _, code := range []string{"lectures", "visits"} {
		_, err = o.app.CreateIndicator(ctx, kpi.Operator, app.NewIndicator{Area: "a", Indicator: kpi.Indicator{Code: code,
			Name: code, Kind: kpi.Flow, Measure: "次"}})
		must(t, err)
	}
	const path = "/years/2026/report/edit/performance/a"
	cookie, csrf := o.browser(t, "staff")
	post := func(action, text, list string) got {
		form := url.Values{"csrf": {csrf}, "text": {text}, "base": {"0"}, "action": {action}, "list": {list}}
		return o.send(t, request{method: http.MethodPost, path: path, cookie: cookie, body: form.Encode()})
	}
	show := func() string {
		return o.send(t, request{method: http.MethodGet, path: path, cookie: cookie}).want(t, http.StatusOK).body
	}
	if page := show(); !strings.Contains(page, "还有2项没有写到") || !strings.Contains(page, "自动列在这段文字后面") {
		t.Error("two figures are not offered")
	}
	page := post("untold", "开展⟦lectures·完成数⟧。", "").want(t, http.StatusOK).body
	if text := html.UnescapeString(page); !strings.Contains(text,
		"开展⟦lectures·完成数⟧。\n\nvisits：⟦visits·完成数⟧。</textarea>") ||
		!strings.Contains(text, "各项都写到了") {
		t.Errorf("the other one is not added to what was typed:\n%s", page)
	}
	post("list", "", "off").want(t, http.StatusSeeOther)
	if page := show(); !strings.Contains(page, "不在正文里列出") {
		t.Error("the list is not switched off")
	}
	post("list", "", "on").want(t, http.StatusSeeOther)
	if page := show(); !strings.Contains(page, "自动列在这段文字后面") {
		t.Error("the list is not switched on again")
	}
	o.send(t, request{method: http.MethodPost, path: editor, cookie: cookie,
		body: url.Values{"csrf": {csrf}, "action": {"list"}, "list": {"off"}}.Encode()}).want(t, http.StatusNotFound)
}

package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
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

package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const twiceSaid = `2025年度自评报告
一、部门概况
本会下辖城关镇、水西乡。行政编制5名。
二、绩效情况
（一）技能培训
全年培训妇女1259人次，举办培训20期。
（二）宣传
发放宣传单3000份。`

// A person merges rows that say the same without a script: each by its own button, or all of them at once.
func TestAPersonMergesRowsThatSayTheSame(t *testing.T) {
	eachScript(t, func(s *script) {
		const path = "/years/2025/adopt"
		status, _, to := s.handIn(path, twiceSaid)
		if status != 303 {
			t.Fatalf("status %d", status)
		}
		status, body := s.get(to)
		s.wantPage("read", body, status, 200, "新建单位 2 个", "要新建：城关镇、水西乡。")
		if strings.Contains(body, `value="merge`) {
			t.Error("nothing to merge, and a button")
		}
		form := sent(body, "proposal")
		form.Set("name.1", form.Get("name.0"))
		form.Set("act", "keep")
		status, _, to = s.post(to, form)
		if status != 303 {
			t.Fatalf("keep: %d", status)
		}
		status, body = s.get(to)
		s.wantPage("twins", body, status, 200, `name="act" value="merge.2"`, "与第 1 行合并（留“1259人次”）", "合并 1 行重复的")
		form = sent(body, "proposal")
		form.Set("act", "merge.2")
		form.Set("value.0", "1000")
		status, _, to = s.post(to, form)
		if status != 303 {
			t.Fatalf("merge: %d", status)
		}
		status, body = s.get(to)
		s.wantPage("merged", body, status, 200, "新建 2 项指标", `value="1000"`, "20期")
		if strings.Contains(body, `value="merge`) {
			t.Error("merged, and still a button")
		}
	})
}

// handIn sends pasted text.
func (s *script) handIn(path, text string) (status int, body, to string) {
	return s.post(path, url.Values{"csrf": {s.csrf}, "text": {text}})
}

// A program that sends a report twice under one key makes it once; what was built on it is told kind by kind.
func TestAProgramTakesAReportOverOnce(t *testing.T) {
	eachScript(t, func(s *script) {
		send := func(path, body, key string) (int, string) {
			req, err := http.NewRequest(http.MethodPost, "http://localhost/api/v1"+path, strings.NewReader(body))
			s.must(err)
			req.Header.Set("Content-Type", "text/plain")
			req.Header.Set("Authorization", "Bearer "+s.token)
			req.Header.Set("Idempotency-Key", key)
			status, answer, _ := s.do(req)
			return status, answer
		}
		status, first := send("/years/2025/adoptions", twiceSaid, "k1")
		if status != 201 || !strings.Contains(first, `"created":3`) || !strings.Contains(first, `"name":"水西乡"`) {
			t.Fatalf("%d %s", status, first)
		}
		status, again := send("/years/2025/adoptions", twiceSaid, "k1")
		if status != 201 || !strings.Contains(again, `"created":3`) || !strings.Contains(again, `"state":"made"`) ||
			first[:strings.Index(first, ",")] != again[:strings.Index(again, ",")] {
			t.Errorf("again: %d %s", status, again)
		}
		status, answer := send("/years/2025/adoptions", twiceSaid+"。", "k1")
		if status != 409 || !strings.Contains(answer, "key_reused") {
			t.Errorf("another text: %d %s", status, answer)
		}
		s.wantVerified()
	})
}

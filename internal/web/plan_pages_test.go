package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The same through the pages: every mistake in one sentence, what was typed is kept.
func TestAPersonBuildsAYearThroughThePages(t *testing.T) {
	eachScript(t, func(s *script) {
		const plan = "/years/2025/plan"
		status, body := s.get(plan)
		s.wantPage("empty plan", body, status, 200, "2025 年度指标与目标", "新建指标")
		status, body, _ = s.post(plan+"/areas", url.Values{"name": {" "}})
		s.wantPage("area without a name", body, status, 422, "请填写名称")
		if status, _, to := s.post(plan+"/areas", url.Values{"name": {"产业"}}); status != 303 || to != plan+"#area-area-1" {
			t.Errorf("area: %d %s", status, to)
		}
		indicator := url.Values{"name": {"民宿"}, "area": {"area-1"}, "kind": {"ratio"}, "measure": {"户"}, "decimals": {"0"},
			"direction": {"up"}, "category": {"quantity"}, "starts": {"1"}, "numerator": {""}, "denominator": {""},
			"part_of": {""}, "definition": {"登记在册的"}}
		status, body, _ = s.post(plan+"/indicators", indicator)
		s.wantPage("ratio without parts", body, status, 422, "比率须指定分子和分母", `value="民宿"`, "登记在册的</textarea>")
		indicator.Set("kind", "flow")
		indicator.Set("code", "inns")
		if status, _, to := s.post(plan+"/indicators", indicator); status != 303 ||
			to != plan+"/indicators/inns/targets?done=created" {
			t.Fatalf("indicator: %d %s", status, to)
		}
		status, body = s.get(plan + "/indicators/inns")
		s.wantPage("indicator", body, status, 200, `value="民宿"`)
		indicator.Set("part_of", "inns")
		status, body, _ = s.post(plan+"/indicators/inns", indicator)
		s.wantPage("part of itself", body, status, 422, "“其中”关系形成循环")

		const targets = plan + "/indicators/inns/targets"
		target := url.Values{"sign": {">="}, "value": {"两百余"}, "weight": {"200"}, "curve": {"hand"}}
		for m := 1; m <= 12; m++ {
			target.Set("month"+jsonNumber(int64(m)), jsonNumber(int64(m*8)))
		}
		status, body, _ = s.post(targets, target)
		s.wantPage("bad target", body, status, 422, `value="两百余"`, "分值须在 0 到 100 之间", "计划进度须在 12 月达到 100%", `value="96"`)
		target.Set("value", "1,001")
		target.Set("weight", "50")
		target.Set("month12", "100")
		if status, body, to := s.post(targets, target); status != 303 {
			t.Fatalf("target: %d %s %s", status, to, body)
		}
		if status, _, _ := s.post(targets, target); status != 303 {
			t.Errorf("the same once more: %d", status)
		}
		target.Set("value", "1,002")
		status, body, _ = s.post(targets, target)
		s.wantPage("revision without a reason", body, status, 422, "调整须写明原因", `value="1,002"`)
		status, body = s.get(plan)
		s.wantPage("plan", body, status, 200, "1,001 户", "分值合计 60 分，应为 100 分")

		s.units()
		s.split(plan)
		s.forward()
		s.archive()
		s.wantVerified()
	})
}

func (s *script) units() {
	s.Helper()
	status, body, _ := s.post("/units", url.Values{"name": {"北镇"}, "code": {"North"}, "parent": {"bureau"}})
	s.wantPage("unit with a bad code", body, status, 422, "代码“North”无效", `value="北镇"`)
	table := func(name string, content []byte, field, value string) (int, string, string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		s.must(w.WriteField("csrf", s.csrf))
		if field != "" {
			s.must(w.WriteField(field, value))
		} else {
			part, err := w.CreateFormFile("file", name)
			s.must(err)
			_, err = part.Write(content)
			s.must(err)
		}
		s.must(w.Close())
		req, err := http.NewRequest(http.MethodPost, "http://localhost/units/import", &b)
		s.must(err)
		req.Header.Set("Content-Type", w.FormDataContentType())
		req.Header.Set("Cookie", s.cookie)
		status, body, header := s.do(req)
		return status, body, header.Get("Location")
	}
	sheet := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "代码", "B1": "名称", "C1": "上级", "A2": "north", "B2": "北镇", "C2": "bureau",
		"A3": 3001, "B3": "南镇", "C3": "某市文旅局", "A4": "v", "B4": "古村", "C4": "nowhere"} {
		s.must(sheet.SetCellValue("Sheet1", cell, value))
	}
	content, err := sheet.WriteToBuffer()
	s.must(err)
	status, body, _ = table("单位.xlsx", content.Bytes(), "", "")
	s.wantPage("bad table", body, status, 422, "共 3 行，1 行有错误", "没有代码或名称为“nowhere”的上级单位")
	s.must(sheet.SetCellValue("Sheet1", "C4", "北镇"))
	content, err = sheet.WriteToBuffer()
	s.must(err)
	status, body, _ = table("单位.xlsx", content.Bytes(), "", "")
	s.wantPage("good table", body, status, 200, "新增 3 个", "导入 3 个单位", "3001,南镇,bureau,")
	if status, _, to := table("", nil, "table",
		"code,name,parent\r\nnorth,北镇,bureau\r\n3001,南镇,bureau\r\nv,古村,north\r\n"); status != 303 ||
		to != "/units?done=imported" {
		s.Errorf("import: %d %s", status, to)
	}
	if status, _, _ = table("x.xlsx", []byte("PK\x03\x04 no zip"), "", ""); status != 422 {
		s.Errorf("no sheet: %d", status)
	}
	status, body = s.get("/units")
	s.wantPage("tree", body, status, 200, "共 4 个单位", "古村")
	status, body, _ = s.post("/units/north/move", url.Values{"parent": {"v"}, "history": {"stay"}, "since": {"2026-01"}})
	s.wantPage("cycle", body, status, 422, "不能划转到本单位或其下级单位之下")
	if status, _, to := s.post("/units/v/move", url.Values{"parent": {"3001"}, "history": {"move"}}); status != 303 ||
		to != "/units/v?done=moved" {
		s.Errorf("move: %d %s", status, to)
	}
	if status, _, to := s.post("/units/v/name", url.Values{"name": {"古村居"}}); status != 303 ||
		to != "/units/v?done=renamed" {
		s.Errorf("rename: %d %s", status, to)
	}
}

func (s *script) split(plan string) {
	s.Helper()
	const split = "/indicators/inns/split"
	status, body, _ := s.post(plan+split, url.Values{"step": {"preview"}, "method": {"paste"}, "text": {"北镇\t很多"}})
	s.wantPage("bad column", body, status, 422, "第 1 行：无法识别数字“很多”", "北镇\t很多</textarea>")
	status, body, _ = s.post(plan+split, url.Values{"step": {"preview"}, "method": {"equal"}})
	s.wantPage("proposal", body, status, 200, `name="value.north" value="501"`, `name="value.3001" value="500"`,
		`<span class="tag">余数`, "2 个单位合计 1,001，与目标相符")
	status, body, _ = s.post(plan+split, url.Values{"step": {"preview"}, "value.north": {"400"}, "value.3001": {"500"}})
	s.wantPage("added up again", body, status, 200, "2 个单位合计 900，目标 1,001，尚有 101 户未分解")
	if status, _, to := s.post(plan+split, url.Values{"step": {"confirm"}, "value.north": {"400"},
		"value.3001": {"500"}}); status != 303 {
		s.Errorf("confirm: %d %s", status, to)
	}
	status, body, _ = s.post(plan+split, url.Values{"step": {"confirm"}, "value.north": {"501"}, "value.3001": {"500"}})
	s.wantPage("no reason", body, status, 422, "调整须写明原因", `value="501"`)
	status, body = s.get(plan)
	s.wantPage("difference on the plan", body, status, 200, "2 个单位，合计 900，差 101")
}

func (s *script) forward() {
	s.Helper()
	const forward = "/years/2025/plan/forward"
	status, body := s.get(forward + "?prefill=target")
	s.wantPage("forward", body, status, 200, `name="value.inns" value="1001"`, `value="2026"`, "1,001")
	form := url.Values{"year": {"2026"}, "take": {"inns"}, "sign.inns": {">="}, "value.inns": {"许多"}, "close": {"1"},
		"close_reason": {""}}
	status, body, _ = s.post(forward, form)
	s.wantPage("bad new target", body, status, 422, `value="许多"`, "无法识别数字“许多”")
	form.Set("value.inns", "1200")
	status, body, _ = s.post(forward, form)
	s.wantPage("closing without a reason", body, status, 422, "请说明原因", `value="1200"`)
	form.Set("close_reason", "转入新年度")
	if status, body, to := s.post(forward, form); status != 303 || to != "/years/2026/plan?done=forward" {
		s.Fatalf("forward: %d %s %s", status, to, body)
	}
	status, body, _ = s.post(forward, form)
	s.wantPage("the year exists", body, status, 409, "2026 年度已经存在", `value="1200"`)
	status, body, _ = s.post("/years/2025/plan/indicators/inns/targets",
		url.Values{"sign": {">="}, "value": {"5"}, "reason": {"x"}})
	s.wantPage("closed year", body, status, 409, "2025 年度已关闭")
}

func (s *script) archive() {
	s.Helper()
	const plan = "/years/2026/plan"
	if status, _, to := s.post(plan+"/indicators/inns/archive", url.Values{"what": {"archive"}}); status != 303 ||
		to != plan+"?done=archived" {
		s.Errorf("archive: %d %s", status, to)
	}
	status, body := s.get(plan)
	s.wantPage("archived", body, status, 200, "已归档的指标", "民宿")
	status, body, _ = s.post(plan+"/indicators/inns/targets", url.Values{"sign": {">="}, "value": {"5"}, "reason": {"x"}})
	s.wantPage("target on an archived indicator", body, status, 409, "已归档，不再接受目标和填报")
	status, body = s.get("/years/2026/indicators/inns")
	s.wantPage("its page stays", body, status, 200, "民宿")
	if status, _, _ := s.post(plan+"/indicators/inns/archive", url.Values{"what": {"restore"}}); status != 303 {
		s.Errorf("restore: %d", status)
	}
}

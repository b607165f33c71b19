package web_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// table sends the form of a page that takes a table: pasted text, or a file.
func (s *script) table(path, text, name string, content []byte) (status int, body string) {
	s.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	s.must(w.WriteField("csrf", s.csrf))
	s.must(w.WriteField("text", text))
	part, err := w.CreateFormFile("file", name)
	s.must(err)
	_, err = part.Write(content)
	s.must(err)
	s.must(w.Close())
	req, err := http.NewRequest(http.MethodPost, "http://localhost"+path, &b)
	s.must(err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Cookie", s.cookie)
	status, body, _ = s.do(req)
	return status, body
}

var (
	inputTag  = regexp.MustCompile(`<input[^>]*\sname="([^"]*)"[^>]*>`)
	valueOf   = regexp.MustCompile(`\svalue="([^"]*)"`)
	selectTag = regexp.MustCompile(`(?s)<select[^>]*\sname="([^"]*)"[^>]*>(.*?)</select>`)
	chosen    = regexp.MustCompile(`<option value="([^"]*)" selected>`)
)

// sent is what a browser without scripts sends of the form with an id.
func sent(body, id string) url.Values {
	_, form, _ := strings.Cut(body, `<form id="`+id+`"`)
	form, _, _ = strings.Cut(form, "</form>")
	out := url.Values{}
	for _, m := range inputTag.FindAllStringSubmatch(form, -1) {
		value := ""
		if v := valueOf.FindStringSubmatch(m[0]); v != nil {
			value = v[1]
		}
		out.Add(m[1], strings.NewReplacer("&gt;", ">", "&lt;", "<", "&#34;", `"`, "&amp;", "&").Replace(value))
	}
	for _, m := range selectTag.FindAllStringSubmatch(form, -1) {
		if v := chosen.FindStringSubmatch(m[2]); v != nil {
			out.Add(m[1], strings.NewReplacer("&gt;", ">", "&lt;", "<").Replace(v[1]))
		}
	}
	return out
}

func sixtySix() string {
	var b strings.Builder
	b.WriteString("工作板块\t指标名称\t计量单位\t年度目标\t分值\t责任科室\n")
	for i := range 66 {
		fmt.Fprintf(&b, "板块%d\t第%d类工作\t%s\t%s\t1.5\t办公室\n", i/11+1, i+1, []string{"人次", "场", "户", "%", "万元"}[i%5],
			[]string{"1,200", "≥12", "300", "≥95%", "50.5"}[i%5])
	}
	return b.String()
}

// A person builds a year from one table: pasted or as a file, without a script, in two requests.
func TestAPersonBuildsAYearFromOneTable(t *testing.T) {
	eachScript(t, func(s *script) {
		const path = "/years/2025/plan/table"
		status, body := s.get(path)
		s.wantPage("choose", body, status, 200, "粘贴表格", "直接填表", `name="file"`)
		status, body = s.table(path, "甲\t乙\n1\t2\n", "", nil)
		s.wantPage("no headings", body, status, 422, "各列是什么内容", "甲\t乙", `name="column.1"`)
		bare := url.Values{"csrf": {s.csrf}, "text": {"事\t量\r\n开展宣讲\t12场\r\n慰问困难妇女\t40人"}, "from": {"1"},
			"column.0": {""}, "column.1": {"value"}}
		status, body, _ = s.post(path, bare)
		s.wantPage("no name", body, status, 422, "请指明哪一列是指标名称", `<option value="value" selected>`, "开展宣讲\t12场")
		bare.Set("column.0", "name")
		status, body, _ = s.post(path, bare)
		s.wantPage("columns named", body, status, 200, "新建 2 项指标", `value="慰问困难妇女"`, `value="40"`)
		status, body = s.table(path, "", "", nil)
		s.wantPage("nothing", body, status, 422, "请粘贴表格，或选择文件")
		status, body = s.table(path, sixtySix(), "", nil)
		s.wantPage("review", body, status, 200, "新建 66 项指标", "设定 66 个目标", "指标分值合计 99 分", "分值合计 109 分，应为 100 分", "推测：类型",
			"保存 66 项指标")
		form := sent(body, "proposal")
		if form.Get("rows") != "69" || form.Get("kind.2") != "running" || form.Get("kind.3") != "running" ||
			form.Get("sign.3") != ">=" ||
			form.Get("value.0") != "1200" || form.Get("kind.4") != "money" {
			t.Errorf("the form holds %v %v %v", form.Get("rows"), form.Get("kind.3"), form.Get("value.0"))
		}
		form.Set("value.1", "十二余场")
		form.Set("name.2", "第1类工作")
		form.Set("kind.0", "running")
		status, body, _ = s.post(path+"/rows", form)
		s.wantPage("two mistakes", body, status, 422, "2 行需要改正，尚未保存任何内容", `value="十二余场"`, "与第 2 行重名",
			`href="#p-value-1"`, `id="p-value-1-error"`)
		again := sent(body, "proposal")
		if again.Get("kind.0") != "running" || strings.Join(again["guess.0"], " ") != "sign=>= category=quantity" {
			t.Errorf("what a person chose is still called a guess: %v", again["guess.0"])
		}
		again.Set("value.1", "十二场")
		again.Set("name.2", "第3类工作")
		again.Set("document", "〔2025〕1号")
		for range 2 { // sent twice
			status, _, to := s.post(path+"/rows", again)
			if status != 303 || to != "/years/2025/plan?done=proposed&made=66&set=66" {
				t.Fatalf("save: %d %s", status, to)
			}
		}
		status, body = s.get("/years/2025/plan?done=proposed&made=66&set=66")
		s.wantPage("plan", body, status, 200, "已新建 66 项指标，设定 66 个目标", "板块6", "第66类工作", "1,200 人次", "95%")
		status, body = s.table(path, sixtySix(), "", nil)
		s.wantPage("again", body, status, 200, "66 项不变或不导入", "已有，目标")
		s.wantVerified()
	})
}

// Workbooks come as they are, and what nobody can read is told.
func TestATableOfIndicatorsComesAsAWorkbook(t *testing.T) {
	eachScript(t, func(s *script) {
		book := excelize.NewFile()
		for i, row := range [][]any{{"2025年工作任务"}, {"板块", "任务名称", "目标", "单位", "权重"}, {"一、思想引领"},
			{"", "三八宣讲", 12, "场", 40}, {"", "群众满意度", "不低于95%", "", 60}, {"合计", "", "", "", 100}} {
			s.must(book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
		}
		s.must(book.MergeCell("Sheet1", "A1", "E1"))
		s.must(book.MergeCell("Sheet1", "A3", "E3"))
		var b bytes.Buffer
		s.must(book.Write(&b))
		status, body := s.table("/years/2025/plan/table", "", "任务.xlsx", b.Bytes())
		s.wantPage("workbook", body, status, 200, "新建 2 项指标", "新建板块：思想引领", "“合计”是合计，没有导入", "指标分值合计 100 分")
		status, body = s.table("/years/2025/plan/table", "指标\n甲", "任务.xlsx", b.Bytes())
		s.wantPage("both", body, status, 422, "只选一种", "指标\n甲")
		status, body = s.table("/years/2025/plan/table", "", "任务.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
		s.wantPage("old workbook", body, status, 422, "f-file-error")
		status, body = s.get("/years/2025/plan/table?rows=10")
		s.wantPage("blank", body, status, 200, `name="name.9"`, "按单位推测")
		form := sent(body, "proposal")
		form.Set("name.4", "走访慰问")
		form.Set("value.4", "300户")
		if status, _, to := s.post("/years/2025/plan/table/rows", form); status != 303 || !strings.HasSuffix(to,
			"made=1&set=1") {
			t.Errorf("typed by hand: %d %s", status, to)
		}
	})
}

// A program does the same in one call, first to look.
func TestAProgramProposesAYear(t *testing.T) {
	eachScript(t, func(s *script) {
		const path = "/years/2025/indicators"
		type answer struct {
			Created, Targets, Left, Bad int
			Stored                      bool
			Rows                        []struct {
				Code, Kind, Sign, Value, Measure string
				Guessed                          []string
				Errors                           []struct{ Field, Code, Message string }
			}
		}
		var a answer
		body := `{"rows":[{"name":"三八宣讲","area":"宣传","value":"≥12场","weight":40},{"name":"群众满意度","value":"90%","weight":"60","kind":"sum"}]}`
		s.api("POST", path+"?dry_run=1", body, 422, &a)
		if a.Bad != 1 || a.Stored || a.Rows[1].Errors[0].Field != "kind" ||
			!strings.Contains(a.Rows[1].Errors[0].Message, "sum") {
			t.Errorf("%+v", a)
		}
		s.api("POST", path, body, 422, nil)
		body = strings.Replace(body, `,"kind":"sum"`, "", 1)
		a = answer{}
		s.api("POST", path+"?dry_run=1", body, 200, &a)
		if r := a.Rows[0]; a.Created != 2 || a.Stored || r.Kind != "flow" || r.Sign != ">=" || r.Value != "12" ||
			r.Measure != "场" ||
			strings.Join(r.Guessed, " ") != "measure kind category" {
			t.Errorf("%+v", a)
		}
		s.api("POST", path, body, 201, &a)
		if !a.Stored || a.Targets != 2 || a.Rows[0].Code == "" {
			t.Errorf("%+v", a)
		}
		a = answer{}
		s.api("POST", path, body, 201, &a)
		if a.Created != 0 || a.Left != 2 {
			t.Errorf("again: %+v", a)
		}
		s.api("POST", path, `{"rows":[{"title":"x"}]}`, 422, nil)
		s.api("POST", "/years/1999/indicators", body, 404, nil)
		req, err := http.NewRequest(http.MethodPost, "http://localhost/api/v1"+path, strings.NewReader("指标,目标\n走访,300户\n"))
		s.must(err)
		req.Header.Set("Content-Type", "text/csv")
		req.Header.Set("Authorization", "Bearer "+s.token)
		if status, answer, _ := s.do(req); status != 201 || !strings.Contains(answer, `"created":1`) {
			t.Errorf("a table: %d %s", status, answer)
		}
		s.wantVerified()
	})
}

// A table of figures that names indicators nobody knows leads to the page that makes them.
func TestAnImportOffersToMakeWhatItNames(t *testing.T) {
	eachScript(t, func(s *script) {
		table := []byte("指标,计量单位,日期,新增\n开展宣讲,场,2025-06-01,3\n慰问妇女,人,2025-06-01,9\n")
		s.table("/years/2025/import", "", "台账.csv", table)
		sum := fmt.Sprintf("%x", sha256.Sum256(table))
		status, body := s.get("/years/2025/import/" + sum + "?name=" + url.QueryEscape("台账.csv"))
		s.wantPage("preview", body, status, 200, "新建 2 项指标", `name="import"`)
		form := url.Values{"csrf": {s.csrf}, "import": {sum}, "name": {"台账.csv"}}
		status, _, to := s.post("/years/2025/adopt", form)
		if status != 303 {
			t.Fatalf("status %d", status)
		}
		status, body = s.get(to)
		s.wantPage("rows", body, status, 200, "新建 2 项指标", `value="慰问妇女"`, `value="场"`)
	})
}

// manyRows is a table as full as one may be: every column filled, in Chinese.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("工作板块\t指标名称\t计量单位\t年度目标\t责任科室\t口径\t数据来源\t备注\n")
	for i := range n {
		fmt.Fprintf(&b, "板块%d\t第%d类惠民便民服务活动及宣传工作\t人次\t≥%d\t办公室\t按活动签到表统计，不含线上参加的人次，每月底汇总一次\t"+
			"各乡镇报送\t与上年一致\n", i/40+1, i+1, 100+i)
	}
	return b.String()
}

// A prefecture's 400 indicators come in one table and are saved in one submit; one more is refused with the number.
func TestFourHundredIndicatorsAreSavedInOneSubmit(t *testing.T) {
	script := func(s *script) {
		const path = "/years/2025/plan/table"
		status, body := s.table(path, manyRows(401), "", nil)
		s.wantPage("one too many", body, status, 422, "表里有 401 行，一次最多 400 行")
		start := time.Now()
		status, body = s.table(path, manyRows(400), "", nil)
		read := time.Since(start)
		s.wantPage("review", body, status, 200, "新建 400 项指标", "设定 400 个目标")
		form := sent(body, "proposal")
		fields := 0
		for _, values := range form {
			fields += len(values)
		}
		size := len(body)
		start = time.Now()
		form.Set("value.399", "很多")
		status, body, _ = s.post(path+"/rows", form)
		s.wantPage("one mistake", body, status, 422, "1 行需要改正", `href="#p-value-399"`)
		form.Set("value.399", "500")
		status, _, to := s.post(path+"/rows", form)
		if status != 303 || to != "/years/2025/plan?done=proposed&made=400&set=400" {
			t.Fatalf("save: %d %s", status, to)
		}
		t.Logf("read in %v, two submits in %v: %d fields, %d kB sent, page of %d kB", read, time.Since(start), fields,
			len(form.Encode())>>10, size>>10)
		form.Set("rows", "401")
		for _, name := range []string{"name", "kind", "measure", "do"} {
			form.Set(name+".400", form.Get(name+".1"))
		}
		form.Set("name.400", "多出来的一项")
		form.Set("key", "another")
		status, body, _ = s.post(path+"/rows", form)
		s.wantPage("a form of one too many", body, status, 422, "401 行，一次最多 400 行")
		s.wantVerified()
	}
	eachScript(t, script)
}

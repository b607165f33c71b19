package firsthour

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

// person counts what a person does with mouse and keys.
type person struct {
	*browsertest.Page
	clicks, keys int
}

func (p *person) press(words string, want int) {
	p.T.Helper()
	p.clicks++
	if status := p.Press(words); status != want {
		p.T.Fatalf("press %s: status %d, want %d: %s", words, status, want, p.Text("main"))
	}
}

func (p *person) follow(selector string, want int) {
	p.T.Helper()
	p.clicks++
	if status := p.Follow(selector); status != want {
		p.T.Fatalf("follow %s: status %d, want %d: %s", selector, status, want, p.Text("main"))
	}
}

// fill clicks into a field and types.
func (p *person) fill(selector, value string) {
	p.T.Helper()
	p.clicks++
	p.keys += utf8.RuneCountInString(value)
	p.Type(selector, value)
}

// choose opens a list and clicks a choice.
func (p *person) choose(selector, value string) {
	p.T.Helper()
	p.clicks += 2
	p.Put(selector, value)
}

// paste clicks into a field and presses Ctrl+V.
func (p *person) paste(selector, text string) {
	p.T.Helper()
	p.clicks++
	p.keys++
	p.Put(selector, text)
}

// table is a year's table as an office has it, a title above and a total below, areas said once.
func table() string {
	var b strings.Builder
	b.WriteString("2026年度工作目标任务分解表\n序号\t工作板块\t指标名称\t计量单位\t年度目标\t分值\t责任科室\t上年完成\n")
	for i := range 66 {
		area := ""
		if i%17 == 0 {
			area = []string{"一、思想引领", "二、巾帼发展", "三、维权关爱", "四、家庭家教家风"}[i/17]
		}
		fmt.Fprintf(&b, "%d\t%s\t第%d项重点工作完成情况\t%s\t%s\t%s\t%s\t%d\n", i+1, area, i+1,
			[]string{"人次", "场", "户", "", "万元", "份"}[i%6], []string{"1,200", "≥12", "不少于300", "≥95%", "50.5", "3000"}[i%6],
			[]string{"1.5", "1"}[i%2], []string{"办公室", "组宣部"}[i%2], 100+i)
	}
	b.WriteString("合计\t\t\t\t\t\t\t\n")
	return b.String()
}

// From the set-up link to a board with 66 indicators: a handful of clicks, and two mistakes on the way that lose
// nothing.
func TestTheFirstHourOfANewOffice(t *testing.T) {
	program, link, err := programtest.Fresh()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Stop(); err != nil {
			t.Error(err)
		}
	})
	p := &person{Page: browsertest.Shared(t).Open(t, program)}
	p.Size(1366, 768)
	p.Go("/")
	see(p, "unset", "set-up:")
	p.Go(strings.TrimPrefix(link, program.URL))
	p.setUp()
	see(p, "empty", "从这里开始", "建立指标")
	p.press("从表格建指标", 200)
	see(p, "choose")
	p.paste("textarea", table())
	p.press("下一步：核对", 200)
	see(p, "review", "新建 66 项指标", "设定 66 个目标")
	p.Expect(422)
	p.fill("#p-value-1", "十几场")
	p.follow(".proposal-actions button.primary", 422)
	see(p, "mistake", "1 行需要改正，尚未保存任何内容")
	if n := p.Count("#p-value-1[aria-invalid]"); n != 1 {
		t.Errorf("%d fields are wrong, want the one", n)
	}
	p.fill("#p-value-1", "12")
	p.choose("#p-kind-2", "flow")
	p.follow(".proposal-actions button.primary", 200)
	see(p, "plan", "已新建 66 项指标，设定 66 个目标")
	p.press("看板", 200)
	see(p, "board", "66 项指标")
	if marks := p.Texts(".start-mark"); strings.Join(marks, "") != "✓✓34" {
		t.Errorf("the steps stand at %v", marks)
	}
	t.Logf("from the link to the board: %d clicks, %d keys, one table pasted", p.clicks, p.keys)
	if p.clicks > 60 {
		t.Errorf("%d clicks, more than 60", p.clicks)
	}
	p.press("收起这些步骤", 200)
	if n := p.Count(".start"); n != 0 {
		t.Error("the steps were put away and are still there")
	}
	p.startAgain()
	p.elsewhere()
}

// startAgain brings the first steps back by the settings; a table without headings is explained in place.
func (p *person) startAgain() {
	p.T.Helper()
	p.Go("/settings")
	see(p, "settings-start", "看板上的开始步骤已收起")
	p.press("再次显示", 200)
	if marks := p.Texts(".start-mark"); strings.Join(marks, "") != "✓✓34" {
		p.T.Errorf("shown again, the steps stand at %v", marks)
	}
	p.Go("/years/2026/plan/table")
	p.paste("textarea", "开展普法宣讲\t场\t12\t办公室\n走访慰问困难妇女\t人\t40\t组宣部\n")
	p.Expect(422)
	p.press("下一步：核对", 422)
	see(p, "bare", "各列是什么内容")
	for i, want := range []string{"name", "measure", "value", "owner"} {
		if got := p.Holds(fmt.Sprintf("#f-column-%d", i)); got != want {
			p.T.Errorf("column %d is taken for %q, want %q", i, got, want)
		}
	}
	p.press("下一步：核对", 200)
	see(p, "bare-review", "新建 2 项指标", "设定 2 个目标")
}

// setUp fills in the form of the set-up: once with faults, all of which are told, once without.
func (p *person) setUp() {
	p.T.Helper()
	see(p, "setup", "初次设置")
	p.Expect(422)
	p.fill("[name=office]", "武冈市妇女联合会")
	p.fill("[name=year]", "2026")
	p.fill("[name=full_name]", "王芳")
	p.fill("[name=password]", "1234567")
	p.press("完成设置并登录", 422)
	if n := len(p.Texts(".errors li")); n != 2 || p.Holds("[name=office]") != "武冈市妇女联合会" {
		p.T.Errorf("%d faults were told, want the name and the password; the office is %q", n, p.Holds("[name=office]"))
	}
	p.fill("[name=name]", "wangfang")
	p.fill("[name=password]", "correct horse")
	p.press("完成设置并登录", 200)
	if at := p.Address(); at != "/years/2026" {
		p.T.Fatalf("after the set-up at %s", at)
	}
}

// see wants words on a page that is sound, and leaves a picture.
func see(p *person, name string, words ...string) {
	p.T.Helper()
	p.Shot("firsthour-" + name)
	text := p.Text("main")
	for _, w := range words {
		if !strings.Contains(text, w) {
			p.T.Errorf("%s lacks %q: %.400s", name, w, text)
		}
	}
	if n := p.Overflow(); n > 0 {
		p.T.Errorf("%s is %d px wider than the window", name, n)
	}
	p.Axe()
}

// elsewhere looks at the same pages in English: on a desk by day, on a phone by night, and at the table once more,
// whose indicators are known by now.
func (p *person) elsewhere() {
	p.T.Helper()
	p.Click(".menu-me summary")
	p.Follow(`.prefs button[value="en"]`)
	for _, look := range []browsertest.Screen{{Width: 1366}, {Width: browsertest.Phone, Dark: true}} {
		p.Size(look.Width, 844)
		p.Dark(look.Dark)
		for _, at := range []struct{ name, path string }{{"choose", "/years/2026/plan/table"}, {"blank",
			"/years/2026/plan/table?rows=3"},
			{"settings", "/settings"}} {
			p.Go(at.path)
			see(p, fmt.Sprintf("en-%s-%d", at.name, look.Width))
			for _, words := range p.ChineseOutsideData() {
				if !strings.Contains(words, "武冈市妇女联合会") && words != "王芳" {
					p.T.Errorf("%s in English holds %q", at.path, words)
				}
			}
		}
	}
	p.Dark(false)
	p.Go("/years/2026/plan/table")
	p.paste("textarea", table())
	p.Follow("form.card button.primary")
	see(p, "en-again-phone", "66 unchanged or left out")
}

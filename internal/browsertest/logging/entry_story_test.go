package logging

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dabiao/internal/browsertest"
)

const entryForm = `form[data-draft="entry"] `

// chooseIndicator chooses an indicator in the form and waits for what is said of it.
func chooseIndicator(p *browsertest.Page, code string) {
	p.T.Helper()
	if p.Holds(entryForm+"[name=indicator]") == code {
		return
	}
	var done bool
	p.Ask(`(() => { const s = document.querySelector("[name=indicator]"); s.value = "`+code+`";
		s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, &done)
	p.Await(`document.querySelector("form[data-wording]").dataset.indicator === "` + code + `"`)
}

// The path of somebody who is signed in and opens the program on a phone: each step is one
// interaction.
func TestAnEntryTakesAtMostFiveInteractions(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height int64
		number        string // the same fact twice would be asked about
	}{{"phone", 390, 844, "3"}, {"desk", 1440, 900, "4"}} {
		t.Run(c.name, func(t *testing.T) {
			photo := filepath.Join(t.TempDir(), c.name+".jpg")
			if err := os.WriteFile(photo, []byte("\xff\xd8\xff\xe0 not a whole picture, but of the right sort"),
				0o600); err != nil {
				t.Fatal(err)
			}
			p := browsertest.Open(t, "reporter")
			p.Size(c.width, c.height)
			p.Go("/")
			interactions := 0
			do := func(step func()) { t.Helper(); interactions++; step() }
			do(func() { p.Press("新增填报") })
			if p.Holds(entryForm+"[name=indicator]") == "" || p.Holds(entryForm+"[name=date]") != p.Program.Today() {
				t.Fatalf("the form begins with %q on %q", p.Holds(entryForm+"[name=indicator]"), p.Holds(entryForm+"[name=date]"))
			}
			if n := p.Overflow(); n > 0 {
				t.Errorf("the form is %d px wider than the window", n)
			}
			do(func() { chooseIndicator(p, "consultations") })
			do(func() { p.Type(entryForm+"[name=value]", c.number+"余") })
			do(func() { p.Choose("#f-photo", photo) })
			p.Await(`document.querySelector("[data-reads]").textContent.startsWith("识别为 ` + c.number + ` ")`)
			p.Axe()
			p.Shot("entry-" + c.name)
			do(func() { p.Follow(entryForm + "button.primary") })
			if said := p.Text("[data-saved]"); !strings.HasPrefix(said, "已保存：") || !strings.Contains(said, c.number+"余") {
				t.Errorf("after saving it says %q", said)
			}
			if interactions > 5 {
				t.Errorf("%d interactions, want at most 5", interactions)
			}
			t.Logf("%d interactions", interactions)
			p.Follow(".area-head .hint a")
			if log := p.Text("table.log tbody tr:first-child"); !strings.Contains(log, c.name+".jpg") ||
				!strings.Contains(log, c.number+"余") {
				t.Errorf("the log begins with %q", log)
			}
		})
	}
}

func TestAnUnusualNumberIsAskedAboutBeforeItIsSent(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/entry?indicator=market-day-leaflets")
	p.Type(entryForm+"[name=value]", "31万")
	p.Await(`!document.querySelector("[data-ask]").hidden`)
	if asked := p.Text("[data-question]"); !strings.Contains(asked, "310,000 份 相当于武冈市全年目标 6,000 份") ||
		!strings.HasSuffix(asked, "确认？") {
		t.Errorf("it asks %q", asked)
	}
	p.Axe()
	p.Shot("entry-asked")
	p.Click("#f-sure")
	p.Type(entryForm+"[name=value]", "3万")
	p.Await(`document.querySelector("#f-sure").value === "30000"`)
	var ticked bool
	p.Ask(`document.querySelector("#f-sure").checked`, &ticked)
	if ticked {
		t.Error("the tick for one number stands for another")
	}
	p.Expect(422)
	if status := p.Follow(entryForm + "button.primary"); status != 422 || p.Holds(entryForm+"[name=value]") != "3万" {
		t.Errorf("without the tick: status %d, the field holds %q", status, p.Holds(entryForm+"[name=value]"))
	}
	p.Type(entryForm+"[name=value]", "几十")
	p.Await(`document.querySelector("[data-reads]").classList.contains("wrong")`)
}

// What was typed before the window was closed, or the connection was lost, is offered once more.
func TestADraftOutlivesTheWindowAndALostConnection(t *testing.T) {
	p := browsertest.Open(t, "staff")
	const at = "/years/2026/entry?indicator=consultations&unit=wenping"
	p.Go(at)
	p.Type(entryForm+"[name=note]", "写到一半")
	p.Type(entryForm+"[name=value]", "7")
	p.Go("/years/2026/entry?indicator=market-day-leaflets&unit=wenping")
	if p.Count(".draft") != 0 {
		t.Error("the draft is offered for another indicator")
	}
	p.Go(at)
	if p.Holds(entryForm+"[name=value]") != "" {
		t.Error("a draft was filled in without being asked for")
	}
	p.Await(`document.querySelector(".draft").textContent.includes("接受妇女咨询")`)
	p.Axe()
	p.Shot("entry-draft")
	p.Click("[data-yes]")
	if p.Holds(entryForm+"[name=value]") != "7" || p.Holds(entryForm+"[name=note]") != "写到一半" {
		t.Errorf("the restored draft holds %q, %q", p.Holds(entryForm+"[name=value]"), p.Holds(entryForm+"[name=note]"))
	}
	offline := func(is bool) {
		p.Do("cut the connection", network.OverrideNetworkState(is, 0, -1, -1))
	}
	offline(true)
	p.Click(entryForm + "button.primary")
	p.Await(`!document.querySelector("[data-offline]").hidden`)
	offline(false)
	if status := p.Follow(entryForm + "button.primary"); status != 200 || p.Count("[data-saved]") != 1 {
		t.Fatalf("sent after the connection came back: status %d", status)
	}
	p.Go(at)
	if p.Count(".draft") != 0 {
		t.Error("what was saved is still offered")
	}
}

func TestAnEntryByKeyboardAlone(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/entry?indicator=consultations&unit=maping")
	p.Focus(entryForm + "[name=value]")
	p.Keys("6")
	for range 8 { // past the parts of the date
		if p.Keys(kb.Tab); p.Focused() == "f-note" {
			break
		}
	}
	p.Keys("键盘填写")
	if p.Holds(entryForm+"[name=note]") != "键盘填写" {
		t.Fatalf("the note holds %q, the focus is on %q", p.Holds(entryForm+"[name=note]"), p.Focused())
	}
	p.Focus(entryForm + "[name=value]")
	p.Load("press Enter", chromedp.KeyEvent(kb.Enter))
	if said := p.Text("[data-saved]"); !strings.Contains(said, "6 人次") {
		t.Errorf("Enter saved %q", said)
	}
}

func TestAnEntryWithoutScripts(t *testing.T) {
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	p.WithoutScripts()
	p.SignIn("staff")
	p.Go("/years/2026/entry?indicator=parent-schools-rural")
	p.Press("切换到所选指标和单位")
	p.Type(entryForm+"[name=value]", "1900")
	p.Expect(422)
	if status := p.Follow(entryForm + "button.primary"); status != 422 {
		t.Fatalf("an unusual number: status %d, want the question", status)
	}
	p.Click("#f-sure")
	if status := p.Follow(entryForm + "button.primary"); status != 200 || p.Count("[data-saved]") != 1 {
		t.Errorf("after the tick: status %d: %s", status, p.Text("main"))
	}
}

func TestMyUpdatesLeadsToTheFormOfALateMonth(t *testing.T) {
	for _, width := range []int64{1440, 390} {
		p := browsertest.Open(t, "reviewer")
		p.Size(width, 900)
		p.Go("/years/2026/mine")
		if !strings.Contains(p.Text("main"), "由我负责的指标（3）") {
			t.Errorf("my updates shows:\n%s", p.Text("main"))
		}
		p.Axe()
		if n := p.Overflow(); n > 0 {
			t.Errorf("my updates is %d px wider than the window", n)
		}
		p.Follow(".mine .button, .mine-months a")
		if p.Holds(entryForm+"[name=indicator]") == "" {
			t.Error("one click does not lead to the form")
		}
	}
}

// On a phone: a total that the townships have reported is asked about beside the field and once more by the
// server; confirmed, it is in the log with its mark. What was logged is withdrawn again.
func TestATotalOfTheTownshipsIsAskedAboutOnAPhone(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Size(390, 844)
	p.Go("/years/2026/entry?indicator=women-trained")
	p.Type(entryForm+"[name=value]", "9000")
	p.Await(`!document.querySelector("[data-ask]").hidden`)
	if asked := p.Text("[data-question]"); !strings.Contains(asked, "下级单位已报") || !strings.Contains(asked, "9,000 人") {
		t.Errorf("it asks %q", asked)
	}
	p.Expect(422)
	if status := p.Follow(entryForm + "button.primary"); status != 422 || p.Holds(entryForm+"[name=value]") != "9000" {
		t.Errorf("without the tick: status %d, the field holds %q", status, p.Holds(entryForm+"[name=value]"))
	}
	if n := p.Overflow(); n > 0 {
		t.Errorf("the question is %d px wider than the window", n)
	}
	p.Axe()
	p.Shot("entry-total-asked")
	p.Click("#f-sure")
	p.Follow(entryForm + "button.primary")
	p.Follow(".area-head .hint a")
	if log := p.Text("table.log tbody tr:first-child"); !strings.Contains(log, "存疑") || !strings.Contains(log, "下级单位已报") {
		t.Errorf("the log begins with %q", log)
	}
	p.Shot("entry-total-marked")
	p.Follow("table.log tbody tr:first-child .c-actions a")
	p.Type("#f-withdraw-reason", "填成了总数")
	p.Follow("#withdraw button")
}

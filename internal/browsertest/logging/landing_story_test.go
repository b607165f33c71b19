package logging

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dabiao/internal/browsertest"
)

// Everyone lands where their work is.
func TestEveryoneLandsWhereTheWorkIs(t *testing.T) {
	for role, want := range map[string]string{"reviewer": "/review", "reporter": "/mine", "staff": "/mine",
		"leader": "/years/2026", "admin": "/years/2026", "auditor": "/years/2026"} {
		p := browsertest.Open(t, role)
		for _, width := range []int64{browsertest.Phone, 1366} {
			p.Size(width, 844)
			p.Go("/")
			if at := p.Address(); !strings.HasSuffix(at, want) {
				t.Errorf("%s lands on %s", role, at)
			}
			p.Shot(browsertest.Sprintf("landing-%s-%d", []any{role, width}))
		}
		if role != "reviewer" {
			continue
		}
		p.Go("/years/2026")
		if words := p.Text(".to-review"); !strings.Contains(words, "条待审核 →") {
			t.Errorf("the reviewer's board says %q", words)
		}
		p.Axe()
		p.Shot("landing-reviewer-board")
	}
}

// alt presses a letter with Alt held and waits for the page it leads to.
func alt(p *browsertest.Page, letter string) {
	p.T.Helper()
	p.Load("press Alt+"+letter, chromedp.KeyEvent(letter, chromedp.KeyModifiers(input.ModifierAlt)))
}

// From where the person lands an entry takes one chord, the number and Enter.
func TestAnEntryTakesTwoKeystrokesBesideTheNumber(t *testing.T) {
	for _, role := range []string{"staff", "reporter"} {
		p := browsertest.Shared(t).Open(t, browsertest.Demo(t)) // others' entries would change what is due
		p.SignIn(role)
		p.Size(1366, 900)
		p.Go("/")
		if keys := p.Text(`.tabs a[href$="/entry"] kbd`); keys != "Alt+N" {
			t.Errorf("%s: the tab shows %q", role, keys)
		}
		alt(p, "n")
		if got := p.Focused(); got != "f-value" {
			t.Fatalf("%s: at %s the focus is on %q", role, p.Address(), got)
		}
		p.Axe()
		p.Shot("entry-focus-" + role)
		if role == "staff" { // the first that is due is one that townships report, too, which is asked about
			chooseIndicator(p, "girls-rights-lectures")
			p.Focus(entryForm + "[name=value]")
		}
		p.Keys("1")
		p.Load("press Enter", chromedp.KeyEvent(kb.Enter))
		p.Until("the next number can be typed", `document.activeElement.id === "f-value"`)
		if p.Count("[data-saved]") != 1 {
			t.Errorf("%s: after Enter the page says %q", role, p.Text("main"))
		}
	}
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/mine")
	alt(p, "i")
	if at := p.Address(); at != "/years/2026/import" || p.Text(".tabs a[aria-current]") == "" {
		t.Errorf("Alt+I leads to %s", at)
	}
}

// Another indicator comes without a new page, and what was typed stays.
func TestAnotherIndicatorCostsNoPage(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/entry?indicator=women-trained")
	p.Type(entryForm+"[name=note]", "先写了说明")
	var same bool
	p.Ask(`window.same = true`, &same)
	chooseIndicator(p, "energy-home-users")
	p.Ask(`window.same === true && document.activeElement.id === "f-indicator"`, &same)
	if !same || p.Holds(entryForm+"[name=note]") != "先写了说明" || !strings.Contains(p.Text(entryForm), "截至当日累计") {
		t.Errorf("the same page %v; the form shows:\n%s", same, p.Text(entryForm))
	}
}

// Whoever is no longer signed in when a form is sent signs in and has it back as it was typed.
func TestAFormOutlivesItsSession(t *testing.T) {
	for _, c := range []struct {
		tongue, kept, again, number string
		width                       int64
		scripts                     bool
	}{
		{"zh-CN", "您刚才填写的内容都在", "已重新登录", "17", browsertest.Phone, true},
		{"en", "What you typed is kept", "You are signed in again", "19", 1366, false},
	} {
		p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
		p.Do("choose a language", network.SetExtraHTTPHeaders(network.Headers{"Accept-Language": c.tongue}))
		p.Size(c.width, 900)
		p.SignIn("staff")
		if !c.scripts {
			p.WithoutScripts()
		}
		p.Go("/years/2026/entry?indicator=family-education-leaflets&unit=wenping")
		p.Type(entryForm+"[name=value]", c.number)
		p.Type(entryForm+"[name=note]", "写到一半 <b>half</b> & more")
		p.Do("end the session", network.DeleteCookies("dabiao").WithURL(p.Base))
		p.Expect(401)
		p.Expect(422)
		if status := p.Follow(entryForm + "button.primary"); status != 401 || !strings.Contains(p.Text("main"), c.kept) {
			t.Fatalf("without a session: status %d, %s", status, p.Text("main"))
		}
		if c.scripts {
			p.Axe()
		}
		p.Shot("resume-sign-in-" + c.tongue)
		a, err := p.Program.Account("staff")
		if err != nil {
			t.Fatal(err)
		}
		const signIn = `form[action="/login"] `
		p.Type(signIn+"[name=name]", a.Name)
		p.Type(signIn+"[name=password]", "not the password")
		p.Follow(signIn + "button.primary") // the form waits on
		p.Type(signIn+"[name=password]", a.Password)
		if status := p.Follow(signIn + "button.primary"); status != 422 || !strings.Contains(p.Text("main"), c.again) {
			t.Fatalf("after signing in: status %d, %s", status, p.Text("main"))
		}
		if p.Holds(entryForm+"[name=value]") != c.number || p.Holds(entryForm+"[name=note]") != "写到一半 <b>half</b> & more" {
			t.Errorf("the form holds %q, %q", p.Holds(entryForm+"[name=value]"), p.Holds(entryForm+"[name=note]"))
		}
		if c.scripts {
			p.Axe()
		}
		p.Shot("resume-form-" + c.tongue)
		if status := p.Follow(entryForm + "button.primary"); status == 422 && p.Count("#f-sure") > 0 {
			p.Click("#f-sure")
			p.Follow(entryForm + "button.primary")
		}
		if p.Count("[data-saved]") != 1 {
			t.Errorf("sent once more: %s", p.Text("main"))
		}
	}
}

package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

const (
	dialog   = `dialog.again[open] `
	password = dialog + `input[type=password]`
	signIn   = dialog + `button.primary`
)

// form is a form that is being filled in when the session ends.
type form struct {
	name, role, path string
	fill             map[string]string // fields to what is typed into them
	tick             string            // a box to tick
	file             string            // a field that gets a file
	send             string            // the button
	unfold           string            // what is opened first
}

func forms() []form {
	const cell = `[data-cell="c-wenping-consultations-10"] input`
	return []form{
		{name: "entry", role: "staff", path: "/years/2026/entry?indicator=consultations&unit=jingzhupu",
			fill: map[string]string{`form[data-draft] [name=value]`: "3", `form[data-draft] [name=note]`: "登录过期时填写"},
			file: "#f-photo", send: `form[data-draft] button.primary`},
		{name: "grid", role: "staff", path: "/years/2026/grid?unit=wenping&all=1",
			fill: map[string]string{cell: "4", `form[data-grid] [name=reason]`: "漏记"},
			send: `form[data-grid] button.primary`},
		{name: "import", role: "staff", path: "/years/2026/import", file: "[name=file]",
			send: `form[enctype] button.primary`},
		{name: "explanation", role: "staff", path: "/years/2026/indicators/family-education-leaflets",
			fill:   map[string]string{`#explain [name=reason]`: "集中在暑期", `#explain [name=next]`: "入户发放"},
			unfold: `#explain details.fold:has(form) > summary`, send: `#explain form button.primary`},
		{name: "review", role: "reviewer", path: "/years/2026/review",
			fill: map[string]string{`#review [name=reason]`: "缺签到表"}, tick: `#review [name=update]`,
			send: `#review button[value=return]`},
		{name: "report text", role: "staff", path: "/years/2026/report/edit/problems",
			fill: map[string]string{`#editor-form [name=text]`: "本单位内设办公室。"}, send: `#editor-form button.primary`},
		{name: "plan table", role: "staff", path: "/years/2026/plan/table",
			fill: map[string]string{`form[action$="/plan/table"] [name=text]`: "指标\t计量单位\t目标\n新指标\t人\t12"},
			send: `form[action$="/plan/table"] button.primary`},
	}
}

// open opens the form and fills it in.
func (f form) open(t *testing.T, p *browsertest.Page) {
	t.Helper()
	p.Go(f.path)
	if f.unfold != "" && p.Count(f.unfold) > 0 {
		p.Click(f.unfold)
	}
	for at, text := range f.fill {
		p.Put(at, text)
	}
	if f.tick != "" {
		p.Click(f.tick)
	}
	if f.file != "" {
		file := filepath.Join(t.TempDir(), "photo.jpg")
		if f.name == "import" {
			file = filepath.Join(t.TempDir(), "台账.csv")
		}
		content := "\xff\xd8\xff\xe0 not a whole picture, but of the right sort"
		if f.name == "import" {
			content = "指标,单位,日期,完成数\n信访接待与咨询,期," + p.Program.Today() + ",3\n"
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		p.Choose(f.file, file)
	}
}

// holds fails unless everything that was typed, ticked and chosen is on the page.
func (f form) holds(t *testing.T, p *browsertest.Page, when string) {
	t.Helper()
	for at, text := range f.fill {
		if got := p.Holds(at); got != text {
			t.Errorf("%s: %s holds %q", when, at, got)
		}
	}
	var files int
	if f.file != "" {
		if p.Ask(`document.querySelector("`+f.file+`").files.length`, &files); files != 1 {
			t.Errorf("%s: %d files are chosen", when, files)
		}
	}
	var ticked bool
	if f.tick != "" {
		if p.Ask(`document.querySelector("`+f.tick+`").checked`, &ticked); !ticked {
			t.Errorf("%s: the tick is lost", when)
		}
	}
}

// away ends the session behind the page's back, an hour before the person goes on.
func away(p *browsertest.Page) {
	p.T.Helper()
	var done bool
	p.Ask(`(() => { const csrf = document.querySelector("[name=csrf]").value;
		fetch("/logout", {method: "POST", body: new URLSearchParams({csrf})}).then(() => { const now = Date.now; Date.now = () => now() + 3600000; window.away = true }); return true })()`, &done)
	p.Await(`window.away`)
}

func TestAnExpiredSessionIsRenewedInPlace(t *testing.T) {
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) {
			p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
			p.SignIn(f.role)
			account, err := p.Program.Account(f.role)
			if err != nil {
				t.Fatal(err)
			}
			p.Size(1366, 900)
			f.open(t, p)
			away(p)
			p.Expect(401)
			p.Click(f.send)
			p.Await(`document.querySelector("` + dialog + `input[type=password]")`)
			if said := p.Text(dialog); !strings.Contains(said, "您填写的内容都在本页上") {
				t.Errorf("the dialog says %q", said)
			}
			if name := p.Holds(dialog + "[name=name]"); name != account.Name {
				t.Errorf("it asks for %q", name)
			}
			p.Axe()
			p.Shot("session-" + strings.ReplaceAll(f.name, " ", "-"))
			p.Expect(422)
			p.Type(password, "not the password")
			p.Click(signIn)
			p.Await(`document.querySelector("` + dialog + `.errors")`)
			p.Type(password, account.Password)
			p.Click(signIn)
			p.Await(`!document.querySelector("dialog[open]") && document.querySelector("[data-again]")`)
			f.holds(t, p, "signed in again")
			p.Axe()
			if status := p.Follow(f.send); status != 200 || strings.Contains(p.Address(), "/login") ||
				p.Count("input[type=password]") > 0 {
				t.Errorf("sent after the sign-in: status %d at %s: %.300s", status, p.Address(), p.Text("main"))
			}
			if said := p.Text("main"); strings.Contains(said, "已重新登录") {
				t.Errorf("the form came back unsaved: %.300s", said)
			}
		})
	}
}

// Another person who signs in there finds the form of the first, and nothing of it is sent.
func TestAnotherPersonDoesNotSendTheFirstPersonsForm(t *testing.T) {
	for _, c := range []struct{ name, press string }{{"carry", "的身份打开"}, {"leave", "放弃填写的内容"}, {"own", "换回"}} {
		t.Run(c.name, func(t *testing.T) {
			f := forms()[0]
			p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
			p.SignIn(f.role)
			first, err := p.Program.Account(f.role)
			if err != nil {
				t.Fatal(err)
			}
			other, err := p.Program.Account("admin")
			if err != nil {
				t.Fatal(err)
			}
			f.path = "/years/2026/entry?indicator=consultations&unit=maping"
			f.open(t, p)
			away(p)
			p.Click(f.send)
			p.Await(`document.querySelector("` + dialog + `input[type=password]")`)
			p.Type(dialog+"[name=name]", other.Name)
			p.Type(password, other.Password)
			p.Click(signIn)
			p.Await(`document.querySelector("` + dialog + `#again-title") && !document.querySelector("` + dialog + `form")`)
			if said := p.Text(dialog); !strings.Contains(said, "尚未提交") || strings.Count(said, "演示") < 2 {
				t.Errorf("the dialog says %q", said)
			}
			p.Axe()
			p.Shot("session-other")
			switch c.name {
			case "own":
				p.Click(signIn)
				p.Await(`document.querySelector("` + dialog + `input[type=password]")`)
				p.Type(password, first.Password)
				p.Click(signIn)
				p.Await(`!document.querySelector("dialog[open]")`)
				f.holds(t, p, "the first person again")
			case "carry":
				p.Expect(422)
				if status := p.Press(c.press); status != 422 || p.Holds(`form[data-draft] [name=note]`) != "登录过期时填写" {
					t.Errorf("opened as the other: status %d, %q", status, p.Holds(`form[data-draft] [name=note]`))
				}
			case "leave":
				if p.Press(c.press); p.Holds(`form[data-draft] [name=note]`) != "" {
					t.Error("what was given up is still there")
				}
			}
			p.Go("/years/2026/updates?indicator=consultations&unit=maping")
			if strings.Contains(p.Text("main"), "登录过期时填写") {
				t.Error("it was sent all the same")
			}
		})
	}
}

// Whoever comes back after a pause is asked at the first key; signed in again in another tab, they notice nothing.
func TestTypingAfterAPauseAsksAtOnce(t *testing.T) {
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	p.SignIn("staff")
	p.Go("/years/2026/entry?indicator=consultations&unit=wenping")
	away(p)
	p.Type(`form[data-draft] [name=note]`, "写")
	p.Await(`document.querySelector("` + dialog + `input[type=password]")`)
	var done bool
	p.Ask(`(() => { document.querySelector("dialog").close(); return true })()`, &done)
	account, err := p.Program.Account("staff")
	if err != nil {
		t.Fatal(err)
	}
	p.Ask(`(() => { const me = {name: `+browsertest.Quote(account.Name)+`, password: `+browsertest.Quote(account.Password)+`};
		fetch("/login", {method: "POST", body: new URLSearchParams({...me, next: "/session"})}).
			then(() => { window.there = true }); return true })()`, &done)
	p.Await(`window.there`)
	p.Put(`form[data-draft] [name=value]`, "3")
	if status := p.Follow(`form[data-draft] button.primary`); status != 200 || p.Count("[data-saved]") != 1 {
		t.Errorf("signed in elsewhere: status %d: %.300s", status, p.Text("main"))
	}
}

// Without scripts the sign-in page brings the form back.
func TestWithoutScriptsTheFormComesBack(t *testing.T) {
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	p.SignIn("staff")
	account, err := p.Program.Account("staff")
	if err != nil {
		t.Fatal(err)
	}
	f := forms()[0]
	f.file = ""
	f.open(t, p)
	away(p)
	p.WithoutScripts()
	p.Expect(401)
	p.Expect(422)
	if status := p.Follow(f.send); status != 401 {
		t.Fatalf("status %d", status)
	}
	p.Type(`main [name=name]`, account.Name)
	p.Type(`main [name=password]`, account.Password)
	if status := p.Follow(`main form button.primary`); status != 422 {
		t.Errorf("status %d", status)
	}
	f.holds(t, p, "without scripts")
}

package browsertest

import (
	"testing"
)

// Selectors of the form on an indicator's page.
const (
	UpdateForm = `form:has([name=value]) `
	Submit     = UpdateForm + `button.primary`
)

// OpenIndicator opens an indicator from the board, as a person does.
func OpenIndicator(t *testing.T, p *Page, name string) {
	t.Helper()
	p.Go("/")
	p.Follow(".nav a") // the board is the first part, wherever the person lands
	p.Unfold()
	if status := p.Load("open "+name, ClickXPath(`(//table//a[normalize-space(.)=`+Quote(name)+`])[1]`)); status != 200 {
		t.Fatalf("open %s: status %d", name, status)
	}
	if got := p.Text("h1"); got != name {
		t.Fatalf("the page is headed %q, want %q", got, name)
	}
}

func FillUpdate(p *Page, value, note string) {
	p.T.Helper()
	p.Type(UpdateForm+`[name=value]`, value)
	p.Put(UpdateForm+`[name=date]`, p.Program.Today())
	p.Type(UpdateForm+`[name=note]`, note)
}

// Confirm sends an update that is asked about, ticks that it is right and sends it again.
func Confirm(p *Page) {
	p.T.Helper()
	p.Expect(422)
	if status := p.Follow(Submit); status != 422 {
		p.T.Fatalf("nothing is asked: status %d", status)
	}
	p.Click("[name=sure]")
	if status := p.Follow(Submit); status != 200 {
		p.T.Fatalf("confirmed: status %d: %s", status, p.Text("main"))
	}
}

package tables

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dabiao/internal/browsertest"
)

const (
	gridForm = `form[data-grid] `
	gridSave = gridForm + `button.primary`
)

// at is the field of a cell of the grid, or the cell where it has none.
func gridCell(unit, indicator, month string) string {
	return `[data-cell="c-` + unit + `-` + indicator + `-` + month + `"]`
}

func gridInput(unit, indicator, month string) string {
	return gridCell(unit, indicator, month) + " input"
}

// A cell of several lines stands in quotes on the clipboard: it stays one cell, and nothing below shifts.
func TestAPastedCellOfTwoLinesStaysOne(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/grid?unit=wenping&all=1")
	cell := func(indicator, month string) string { return gridInput("wenping", indicator, month) }
	const above, below = "reading-families", "clean-family-seminars"
	for text, want := range map[string][4]string{
		"\"11\n（其中男5）\"\t1\n22\t2\n":            {"11 （其中男5）", "1", "22", "2"},
		"\"11\r\n（其中男5）\"\t1\r\n22\t2\r\n":      {"11 （其中男5）", "1", "22", "2"},
		"3\t\"4\n\n\"\n5\t\"6\"":                {"3", "4", "5", "6"},
		"3\t\"他说\"\"好\"\"\n就走\"\n5\t6\n":        {"3", "他说\"好\" 就走", "5", "6"},
		"7\"寸\t8\n\"没有合上\t9\n":                  {"7\"寸", "8", "\"没有合上", "9"},
		"\"a\tb\"\t8\n\t\n":                     {"a b", "8", "", ""},
		"1\t2\n3\t":                             {"1", "2", "3", ""},
		"1\t2\n\"\"\t4\n":                       {"1", "2", "", "4"},
		"\u3000 12 \t\u00a034\n5\u2009678\t6\n": {"12", "34", "5 678", "6"},
	} {
		p.Focus(cell(above, "10"))
		p.Paste(text)
		got := [4]string{p.Holds(cell(above, "10")), p.Holds(cell(above, "11")), p.Holds(cell(below, "10")),
			p.Holds(cell(below, "11"))}
		if got != want {
			t.Errorf("%q fills %q, want %q", text, got, want)
		}
		p.Ctrl("z")
	}
	p.Focus(cell(above, "11"))
	p.Paste(strings.Repeat("1\t2\t3\n", 60))
	if said := p.Text("[data-said]"); !strings.Contains(said, "超出表格") {
		t.Errorf("more than the grid holds is pasted: %q", said)
	}
}

func TestABlockFromASheetIsPastedUndoneAndSaved(t *testing.T) {
	for _, c := range []struct {
		name, unit    string
		width, height int64
	}{{"desk", "wenping", 1440, 900}, {"phone", "jingzhupu", 390, 844}} {
		t.Run(c.name, func(t *testing.T) {
			p := browsertest.Open(t, "staff")
			p.Size(c.width, c.height)
			p.Go("/years/2026/grid?unit=" + c.unit + "&all=1")
			first, below := gridInput(c.unit, "reading-families", "10"), gridInput(c.unit, "clean-family-seminars", "11")
			p.Focus(first)
			p.Paste("11\t12\t13\n21\t几十\t23\n")
			said := p.Text("[data-said]")
			if !strings.HasPrefix(said, "粘贴 4 格，跳过 2 格：") || !strings.Contains(said, "已修改 4 格，尚未保存。") {
				t.Errorf("after pasting it says %q", said)
			}
			if p.Holds(first) != "11" || p.Holds(below) != "几十" {
				t.Errorf("the pasted cells hold %q and %q", p.Holds(first), p.Holds(below))
			}
			p.Await(`document.querySelector('` + gridCell(c.unit, "clean-family-seminars", "11") +
				`').classList.contains("wrong")`)
			p.Axe()
			if n := p.Overflow(); n > 0 {
				t.Errorf("the grid is %d px wider than the window", n)
			}
			p.Shot("grid-" + c.name)
			p.Ctrl("z")
			if p.Holds(first) != "" || !strings.HasPrefix(p.Text("[data-said]"), "已撤销") {
				t.Errorf("after undoing the cell holds %q, it says %q", p.Holds(first), p.Text("[data-said]"))
			}
			p.Ctrl("y")
			p.Expect(422)
			if status := p.Follow(gridSave); status != 422 {
				t.Fatalf("a cell that cannot be read: status %d", status)
			}
			if p.Holds(first) != "11" || p.Holds(below) != "几十" || !strings.Contains(p.Text(".errors"), "“几十”") {
				t.Errorf("the refused grid holds %q, %q and says %q", p.Holds(first), p.Holds(below), p.Text(".errors"))
			}
			p.Axe()
			p.Type(below, "22")
			if status := p.Follow(gridSave); status != 422 || !strings.Contains(p.Text(".errors"), "确认") {
				t.Errorf("22 seminars of one: status %d, it says %q", status, p.Text(".errors"))
			}
			p.Click("[name=sure]")
			if status := p.Follow(gridSave); status != 200 || !strings.HasPrefix(p.Text("[data-saved]"), "已新增 4 条，更正 0 条") {
				t.Fatalf("save: status %d, it says %q%s", status, p.Text("[data-saved]"), p.Text(".errors"))
			}
			p.Focus(first)
			p.Type(first, "15")
			if status := p.Follow(gridSave); status != 422 || !strings.Contains(p.Text(".errors"), "原因") {
				t.Errorf("a correction without a reason: status %d, %q", status, p.Text(".errors"))
			}
			p.Type("#f-reason", "核对台账")
			if status := p.Follow(gridSave); status != 200 || p.Holds(first) != "15" {
				t.Errorf("a correction: status %d, the cell holds %q", status, p.Holds(first))
			}
			if p.Count(".draft") != 0 {
				t.Error("what was saved is offered as a draft")
			}
		})
	}
}

func TestTheGridIsWalkedAndFilledByKeyboard(t *testing.T) {
	const unit = "longxi"
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/grid?unit=" + unit + "&all=1")
	p.Focus(gridInput(unit, "reading-families", "2"))
	p.Keys("5", kb.Enter)
	on := func(want string) {
		t.Helper()
		var cell string
		p.Ask(`document.activeElement.closest("td").dataset.cell`, &cell)
		if cell != "c-"+unit+"-"+want {
			t.Errorf("the focus is on %s, want %s", cell, want)
		}
	}
	on("clean-family-seminars-2")
	p.Keys(kb.ArrowRight)
	on("clean-family-seminars-3")
	p.Keys("7", kb.Escape)
	if got := p.Holds(gridInput(unit, "clean-family-seminars", "3")); got != "" {
		t.Errorf("Esc left %q", got)
	}
	p.Keys(kb.ArrowUp)
	on("reading-families-3")
	p.Keys("6", kb.Tab)
	on("reading-families-4")
	p.Keys(kb.ArrowLeft, kb.ArrowLeft)
	on("reading-families-2")
	p.Ctrl("z")
	p.Ctrl("z")
	if a, b := p.Holds(gridInput(unit, "reading-families", "2")), p.Holds(gridInput(unit, "reading-families",
		"3")); a != "" || b != "" {
		t.Errorf("undone twice, the cells hold %q and %q", a, b)
	}
	p.Focus(gridInput(unit, "reading-families", "2"))
	p.Keys("5")
	p.Focus("#f-reason")
	p.Expect(422) // the county has logged the month: asked whether that holds this
	p.Load("press Enter in the reason", chromedp.KeyEvent(kb.Enter))
	p.Click("[name=sure]")
	p.Focus("#f-reason")
	p.Load("press Enter once more", chromedp.KeyEvent(kb.Enter))
	if said := p.Text("[data-saved]"); !strings.HasPrefix(said, "已新增 1 条") {
		t.Errorf("saved by keyboard, it says %q", said)
	}
}

func TestAGridsDraftOutlivesTheWindow(t *testing.T) {
	const unit = "qinqiao"
	p := browsertest.Open(t, "staff")
	at := "/years/2026/grid?unit=" + unit + "&all=1"
	p.Go(at)
	p.Focus(gridInput(unit, "reading-families", "4"))
	p.Keys("3", kb.Enter, "4", kb.Enter)
	p.Go("/years/2026/mine")
	p.Go(at)
	if p.Holds(gridInput(unit, "reading-families", "4")) != "" {
		t.Error("a draft was filled in without being asked for")
	}
	p.Click("[data-yes]")
	if a, b := p.Holds(gridInput(unit, "reading-families", "4")), p.Holds(gridInput(unit, "clean-family-seminars",
		"4")); a != "3" || b != "4" {
		t.Errorf("the restored draft holds %q and %q", a, b)
	}
	p.Go("/years/2026/mine")
	p.Go(at)
	p.Click("[data-no]")
	p.Go(at)
	if p.Count(".draft") != 0 {
		t.Error("a discarded draft is offered again")
	}
}

func TestTheGridWithoutScripts(t *testing.T) {
	const unit = "simachong"
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	p.WithoutScripts()
	p.SignIn("staff")
	p.Go("/years/2026/grid?unit=" + unit + "&all=1")
	p.Type(gridInput(unit, "reading-families", "4"), "3")
	p.Expect(422) // the county has logged the month: asked whether that holds this
	p.Follow(gridSave)
	p.Click("[name=sure]")
	if status := p.Follow(gridSave); status != 200 || !strings.HasPrefix(p.Text("[data-saved]"), "已新增 1 条") {
		t.Errorf("save without scripts: status %d, %q", status, p.Text("main"))
	}
}

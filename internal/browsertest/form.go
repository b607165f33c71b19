package browsertest

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// labelled is the XPath of the first field whose label holds the words.
func labelled(words string) string {
	const field = `*[self::input or self::select or self::textarea][not(@type="hidden")]`
	label := fmt.Sprintf(`//label[contains(normalize-space(.), %s)]`, quote(words))
	return fmt.Sprintf(`(//%s[@id=%s/@for] | %s//%s)[1]`, field, label, label, field)
}

// pressable is the XPath of the first button or link with the words.
func pressable(words string) string {
	return fmt.Sprintf(`(//*[self::button or self::a or self::summary][contains(normalize-space(.), %s)])[1]`, quote(words))
}

// selected and found are the JavaScript for the first element a selector or an XPath fits.
func selected(selector string) string {
	return fmt.Sprintf("document.querySelector(%s)", quote(selector))
}
func found(path string) string {
	return fmt.Sprintf("document.evaluate(%s, document, null, 9).singleNodeValue", quote(path))
}

// assign gives a field a value at once. (chromedp.SetValue and Clear fail on an empty textarea.)
func (p *Page) assign(element, value string) {
	p.t.Helper()
	var there bool
	p.Ask(fmt.Sprintf("(e => { if (e) e.value = %s; return !!e })(%s)", quote(value), element), &there)
	if !there {
		p.t.Fatalf("there is no field %s (at %s)", element, p.Address())
	}
}

// Fill types into the field with this label, in place of what is there.
func (p *Page) Fill(label, value string) {
	p.t.Helper()
	p.assign(found(labelled(label)), "")
	p.do("fill in "+label, chromedp.SendKeys(labelled(label), value, chromedp.BySearch))
}

// Value is what the field with this label holds.
func (p *Page) Value(label string) string {
	p.t.Helper()
	var value string
	p.do("read "+label, chromedp.Value(labelled(label), &value, chromedp.BySearch))
	return value
}

// Type types into the first field that fits the selector, in place of what is there.
func (p *Page) Type(selector, value string) {
	p.t.Helper()
	p.assign(selected(selector), "")
	p.do("type into "+selector, chromedp.SendKeys(selector, value, chromedp.ByQuery))
}

// Put puts a value into the first field that fits the selector, as a date picker would.
func (p *Page) Put(selector, value string) {
	p.t.Helper()
	p.assign(selected(selector), value)
}

// Holds is what the first field that fits the selector holds.
func (p *Page) Holds(selector string) string {
	p.t.Helper()
	var value string
	p.do("read "+selector, chromedp.Value(selector, &value, chromedp.ByQuery))
	return value
}

// Click clicks what brings no new page, such as a menu.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.do("click "+selector, chromedp.Click(selector, chromedp.ByQuery))
}

// Choose puts files of this machine into a file field.
func (p *Page) Choose(selector string, paths ...string) {
	p.t.Helper()
	p.do("choose "+strings.Join(paths, ", "), chromedp.SetUploadFiles(selector, paths, chromedp.ByQuery))
}

// Press clicks the button or link with these words, waits for the page it brings and returns its
// status.
func (p *Page) Press(words string) int {
	p.t.Helper()
	return p.load("press "+words, chromedp.Click(pressable(words), chromedp.BySearch))
}

// FollowTwice is Follow with a second click at once, as impatient people do.
func (p *Page) FollowTwice(selector string) int {
	p.t.Helper()
	return p.load("double-click "+selector, chromedp.DoubleClick(selector, chromedp.ByQuery))
}

// Follow clicks the first link or button that fits the selector and returns the status of the page
// it brings.
func (p *Page) Follow(selector string) int {
	p.t.Helper()
	return p.load("follow "+selector, chromedp.Click(selector, chromedp.ByQuery))
}

package browsertest

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// labelled is the XPath of the first field whose label holds the words.
func labelled(words string) string {
	const field = `*[self::input or self::select or self::textarea][not(@type="hidden")]`
	label := fmt.Sprintf(`//label[contains(normalize-space(.), %s)]`, Quote(words))
	return fmt.Sprintf(`(//%s[@id=%s/@for] | %s//%s)[1]`, field, label, label, field)
}

// pressable is the XPath of the first button or link with the words.
func pressable(words string) string {
	return fmt.Sprintf(`(//*[self::button or self::a or self::summary][contains(normalize-space(.), %s)])[1]`,
		Quote(words))
}

// selected and found are the JavaScript for the first element a selector or an XPath fits.
func selected(selector string) string {
	return fmt.Sprintf("document.querySelector(%s)", Quote(selector))
}

func found(path string) string {
	return fmt.Sprintf("document.evaluate(%s, document, null, 9).singleNodeValue", Quote(path))
}

// assign gives a field a value at once. (chromedp.SetValue and Clear fail on an empty textarea.)
func (p *Page) assign(element, value string) {
	p.T.Helper()
	var there bool
	p.Ask(fmt.Sprintf("(e => { if (e) e.value = %s; return !!e })(%s)", Quote(value), element), &there)
	if !there {
		p.T.Fatalf("there is no field %s (at %s)", element, p.Address())
	}
}

// Fill types into the field with this label, in place of what is there.
func (p *Page) Fill(label, value string) {
	p.T.Helper()
	p.assign(found(labelled(label)), "")
	p.keysAt("fill in "+label, found(labelled(label)), value)
}

// Value is what the field with this label holds.
func (p *Page) Value(label string) string {
	p.T.Helper()
	var value string
	p.Do("read "+label, chromedp.Value(labelled(label), &value, chromedp.BySearch))
	return value
}

// Type types into the first field that fits the selector, in place of what is there.
func (p *Page) Type(selector, value string) {
	p.T.Helper()
	p.assign(selected(selector), "")
	p.keysAt("type into "+selector, selected(selector), value)
}

// keysAt presses keys with the focus on an element. (chromedp.SendKeys goes by the number of a node, and a live page may
// put another in its place.)
func (p *Page) keysAt(what, element, value string) {
	p.T.Helper()
	p.Do(what, chromedp.Evaluate(element+".focus()", nil), chromedp.KeyEvent(value))
}

// Put puts a value into the first field that fits the selector, as a date picker would.
func (p *Page) Put(selector, value string) {
	p.T.Helper()
	p.assign(selected(selector), value)
}

// Holds is what the first field that fits the selector holds.
func (p *Page) Holds(selector string) string {
	p.T.Helper()
	var value string
	p.Do("read "+selector, chromedp.Value(selector, &value, chromedp.ByQuery))
	return value
}

// Click clicks what brings no new page, such as a menu.
func (p *Page) Click(selector string) {
	p.T.Helper()
	p.Do("click "+selector, chromedp.Click(selector, chromedp.ByQuery))
}

// Choose puts files of this machine into a file field.
func (p *Page) Choose(selector string, paths ...string) {
	p.T.Helper()
	p.Do("choose "+strings.Join(paths, ", "), chromedp.SetUploadFiles(selector, paths, chromedp.ByQuery))
}

// Press clicks the button or link with these words, waits for the page it brings and returns its
// status.
func (p *Page) Press(words string) int {
	p.T.Helper()
	return p.Load("press "+words, chromedp.Click(pressable(words), chromedp.BySearch))
}

// FollowTwice is Follow with a second click at once, as impatient people do.
func (p *Page) FollowTwice(selector string) int {
	p.T.Helper()
	return p.Load("double-click "+selector, chromedp.DoubleClick(selector, chromedp.ByQuery))
}

// Follow clicks the first link or button that fits the selector and returns the status of the page
// it brings.
func (p *Page) Follow(selector string) int {
	p.T.Helper()
	return p.Load("follow "+selector, chromedp.Click(selector, chromedp.ByQuery))
}

package browsertest

import (
	"fmt"

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

// Fill types into the field with this label, in place of what is there.
func (p *Page) Fill(label, value string) {
	p.t.Helper()
	p.do("fill in "+label, chromedp.Clear(labelled(label), chromedp.BySearch),
		chromedp.SendKeys(labelled(label), value, chromedp.BySearch))
}

// Set puts a value into the field with this label without typing, for dates and lists.
func (p *Page) Set(label, value string) {
	p.t.Helper()
	p.do("set "+label, chromedp.SetValue(labelled(label), value, chromedp.BySearch))
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
	p.do("type into "+selector, chromedp.Clear(selector, chromedp.ByQuery),
		chromedp.SendKeys(selector, value, chromedp.ByQuery))
}

// Put puts a value into the first field that fits the selector, as a date picker would.
func (p *Page) Put(selector, value string) {
	p.t.Helper()
	p.do("put into "+selector, chromedp.SetValue(selector, value, chromedp.ByQuery))
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

// Back goes back one page, as the browser's button does.
func (p *Page) Back() {
	p.t.Helper()
	p.load("go back", chromedp.NavigateBack())
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

package browsertest

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// labelled returns the XPath of the first field whose label contains the words.
func labelled(words string) string {
	const field = `*[self::input or self::select or self::textarea][not(@type="hidden")]`
	label := fmt.Sprintf(`//label[contains(normalize-space(.), %s)]`, Quote(words))
	return fmt.Sprintf(`(//%s[@id=%s/@for] | %s//%s)[1]`, field, label, label, field)
}

// pressable returns the XPath of the first button or link that contains the words.
func pressable(words string) string {
	return fmt.Sprintf(`(//*[self::button or self::a or self::summary][contains(normalize-space(.), %s)])[1]`,
		Quote(words))
}

// selected and found return JavaScript for the first element that matches a selector or an XPath.
func selected(selector string) string {
	return fmt.Sprintf("document.querySelector(%s)", Quote(selector))
}

func found(path string) string {
	return fmt.Sprintf("document.evaluate(%s, document, null, 9).singleNodeValue", Quote(path))
}

// assign sets a field's value without typing. (chromedp.SetValue and Clear fail on an empty textarea.)
func (p *Page) assign(element, value string) {
	p.T.Helper()
	var there bool
	p.Ask(fmt.Sprintf("(e => { if (e) e.value = %s; return !!e })(%s)", Quote(value), element), &there)
	if !there {
		p.T.Fatalf("there is no field %s (at %s)", element, p.Address())
	}
}

// Fill replaces the content of the field with this label by typing.
func (p *Page) Fill(label, value string) {
	p.T.Helper()
	p.assign(found(labelled(label)), "")
	p.keysAt("fill in "+label, found(labelled(label)), value)
}

// Value returns the content of the field with this label.
func (p *Page) Value(label string) string {
	p.T.Helper()
	var value string
	p.Do("read "+label, chromedp.Value(labelled(label), &value, chromedp.BySearch))
	return value
}

// Type replaces the content of the first field that matches the selector by typing.
func (p *Page) Type(selector, value string) {
	p.T.Helper()
	p.assign(selected(selector), "")
	p.keysAt("type into "+selector, selected(selector), value)
}

// keysAt presses keys with the focus on an element. (chromedp.SendKeys uses a node's number, and a live
// page may replace the node.)
func (p *Page) keysAt(what, element, value string) {
	p.T.Helper()
	p.Do(what, chromedp.Evaluate(element+".focus()", nil), chromedp.KeyEvent(value))
}

// Put sets the value of the first field that matches the selector, as a date picker would.
func (p *Page) Put(selector, value string) {
	p.T.Helper()
	p.assign(selected(selector), value)
}

// Holds returns the content of the first field that matches the selector.
func (p *Page) Holds(selector string) string {
	p.T.Helper()
	var value string
	p.Do("read "+selector, chromedp.Value(selector, &value, chromedp.ByQuery))
	return value
}

// Click clicks an element that opens no new page, such as a menu.
func (p *Page) Click(selector string) {
	p.T.Helper()
	p.Do("click "+selector, clickSelector(selector))
}

// Choose selects local files in a file field.
func (p *Page) Choose(selector string, paths ...string) {
	p.T.Helper()
	p.Do("choose "+strings.Join(paths, ", "), chromedp.SetUploadFiles(selector, paths, chromedp.ByQuery))
}

// Press clicks the button or link with these words, waits for the page that opens and returns its
// status.
func (p *Page) Press(words string) int {
	p.T.Helper()
	return p.Load("press "+words, ClickXPath(pressable(words)))
}

// FollowTwice is like Follow with a double click, as impatient people do.
func (p *Page) FollowTwice(selector string) int {
	p.T.Helper()
	return p.Load("double-click "+selector, chromedp.DoubleClick(selector, chromedp.ByQuery))
}

// Follow clicks the first link or button that matches the selector and returns the status of the page
// that opens.
func (p *Page) Follow(selector string) int {
	p.T.Helper()
	return p.Load("follow "+selector, clickSelector(selector))
}

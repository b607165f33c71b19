package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Keys presses keys where the focus is: text is typed, kb constants are pressed.
func (p *Page) Keys(keys ...string) {
	p.T.Helper()
	for _, key := range keys {
		p.Do("press keys", chromedp.KeyEvent(key))
	}
}

// Ctrl presses a key with Ctrl held.
func (p *Page) Ctrl(key string) {
	p.T.Helper()
	p.Do("press Ctrl+"+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(input.ModifierCtrl)))
}

// Paste gives the focused element a text as if it came from the clipboard.
func (p *Page) Paste(text string) {
	p.T.Helper()
	var done bool
	p.Ask(fmt.Sprintf(`(() => { const data = new DataTransfer(); data.setData("text/plain", %s);
		return document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) || true; })()`, Quote(text)), &done)
}

// Focus puts the focus on the first element that fits.
func (p *Page) Focus(selector string) {
	p.T.Helper()
	p.Do("focus "+selector, chromedp.Focus(selector, chromedp.ByQuery))
}

// Await waits until an expression of the page is true.
func (p *Page) Await(expression string) {
	p.T.Helper()
	p.Do("wait for "+expression, chromedp.Poll(expression, nil))
}

// Focused is the label of what has the focus.
func (p *Page) Focused() string {
	p.T.Helper()
	var label string
	p.Ask(`document.activeElement.getAttribute("aria-label") || document.activeElement.closest("td")?.dataset.cell || document.activeElement.id`, &label)
	return label
}

// KeysOn presses keys on the element an XPath fits.
func (p *Page) KeysOn(path, keys string) {
	p.T.Helper()
	p.Do("press keys on "+path, chromedp.Focus(path, chromedp.BySearch), chromedp.KeyEvent(keys))
}

package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Keys presses keys in the focused element; kb constants are special keys, anything else is typed.
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

// Paste pastes a text into the focused element, as if from the clipboard.
func (p *Page) Paste(text string) {
	p.T.Helper()
	var done bool
	p.Ask(fmt.Sprintf(`(() => { const data = new DataTransfer(); data.setData("text/plain", %s);
		return document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) || true; })()`, Quote(text)), &done)
}

// Focus focuses the first element that matches.
func (p *Page) Focus(selector string) {
	p.T.Helper()
	p.Do("focus "+selector, chromedp.Focus(selector, chromedp.ByQuery))
}

// Await waits until a JavaScript expression is true.
func (p *Page) Await(expression string) {
	p.T.Helper()
	p.Do("wait for "+expression, chromedp.Poll(expression, nil))
}

// Focused returns the label of the focused element.
func (p *Page) Focused() string {
	p.T.Helper()
	var label string
	p.Ask(`document.activeElement.getAttribute("aria-label") || document.activeElement.closest("td")?.dataset.cell || document.activeElement.id`, &label)
	return label
}

// KeysOn presses keys in the element that matches an XPath.
func (p *Page) KeysOn(path, keys string) {
	p.T.Helper()
	p.Do("press keys on "+path, chromedp.Focus(path, chromedp.BySearch), chromedp.KeyEvent(keys))
}

package browsertest

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/chromedp"
)

// Ask evaluates a JavaScript expression and stores the result in to.
func (p *Page) Ask(expression string, to any) {
	p.T.Helper()
	p.Do("ask the page", chromedp.Evaluate(expression, to))
}

// Text returns the visible text of the first element that matches.
func (p *Page) Text(selector string) string {
	p.T.Helper()
	var text string
	p.Ask(fmt.Sprintf(`document.querySelector(%s)?.innerText ?? ""`, Quote(selector)), &text)
	return text
}

// Texts returns the visible texts of all elements that match.
func (p *Page) Texts(selector string) []string {
	p.T.Helper()
	var texts []string
	p.Ask(fmt.Sprintf(`Array.from(document.querySelectorAll(%s), e => e.innerText.trim())`, Quote(selector)), &texts)
	return texts
}

// Count returns the number of elements that match.
func (p *Page) Count(selector string) int {
	p.T.Helper()
	var n int
	p.Ask(fmt.Sprintf(`document.querySelectorAll(%s).length`, Quote(selector)), &n)
	return n
}

// Quote writes s as a JavaScript string.
func Quote(s string) string {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(raw)
}

// Bottom returns the lower edge of an element in pixels from the top of the window, or -1 if there is
// none.
func (p *Page) Bottom(selector string) float64 {
	p.T.Helper()
	var y float64
	p.Ask(fmt.Sprintf(`(e => e ? e.getBoundingClientRect().bottom : -1)(document.querySelector(%s))`, Quote(selector)), &y)
	return y
}

// Attribute returns an attribute of the first element that matches.
func (p *Page) Attribute(selector, name string) (value string) {
	p.T.Helper()
	p.Ask(fmt.Sprintf(`document.querySelector(%s)?.getAttribute(%s) ?? ""`, Quote(selector), Quote(name)), &value)
	return value
}

// Until waits until a JavaScript expression is true and returns how long that took.
func (p *Page) Until(what, expression string) time.Duration {
	p.T.Helper()
	start := time.Now()
	p.Do("wait until "+what, chromedp.Poll(expression, nil, chromedp.WithPollingInterval(20*time.Millisecond)))
	return time.Since(start)
}

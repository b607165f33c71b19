package browsertest

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// click clicks the element that a JavaScript expression finds, and once more where the page moved while the hand was
// on its way, as a person would: an answer to what was typed may come between looking for a button and pressing it.
// A click that reached the element, or anything after it, is never repeated.
func click(element string, press chromedp.Action) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for tries := 1; ; tries++ {
			watch := fmt.Sprintf(`(() => {
				window.missed = true;
				%s?.addEventListener("click", () => { window.missed = false; }, {capture: true, once: true}); })()`, element)
			if err := chromedp.Evaluate(watch, nil).Do(ctx); err != nil {
				return err
			}
			if err := press.Do(ctx); err != nil {
				return err
			}
			var missed bool
			err := chromedp.Evaluate(stillMissed, &missed, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
				return p.WithAwaitPromise(true)
			}).Do(ctx)
			if err != nil || !missed || tries == 3 { // an error says that the page is being left: the click was felt
				return nil
			}
		}
	})
}

// stillMissed waits for a click that is on its way to a busy page.
const stillMissed = `new Promise(said => {
	const since = performance.now();
	(function look() {
		if (window.missed !== true || performance.now() - since > 1000) { said(window.missed === true); }
		else { setTimeout(look, 20); }
	})(); })`

// ClickXPath clicks the element at an XPath.
func ClickXPath(path string) chromedp.Action {
	return click(found(path), chromedp.Click(path, chromedp.BySearch))
}

func clickSelector(selector string) chromedp.Action {
	return click(selected(selector), chromedp.Click(selector, chromedp.ByQuery))
}

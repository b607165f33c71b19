package browsertest

import "github.com/chromedp/cdproto/network"

// ChineseOutsideData lists the visible texts with Chinese characters that are not marked as Chinese
// (lang="zh…"), as the office's own texts on an English page are.
func (p *Page) ChineseOutsideData() []string {
	p.T.Helper()
	var found []string
	p.Ask(`(() => {
		const out = new Set(), walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
		for (let n; n = walk.nextNode();) {
			const e = n.parentElement;
			if (!/\p{Script=Han}/u.test(n.data) || e.closest("script, style, noscript, template")) continue;
			if ((e.closest("[lang]")?.lang ?? "").startsWith("zh")) continue;
			out.add(n.data.trim());
		}
		for (const e of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
			for (const a of ["title", "aria-label", "placeholder", "alt"]) {
				const v = e.getAttribute(a) ?? "";
				if (/\p{Script=Han}/u.test(v) && !(e.closest("[lang]")?.lang ?? "").startsWith("zh")) out.add(a + "=" + v);
			}
		return [...out];
	})()`, &found)
	return found
}

// Overflow returns by how many pixels the page is wider than the window.
func (p *Page) Overflow() int {
	p.T.Helper()
	var n int
	p.Ask(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &n)
	return n
}

// Speak opens pages in a language from then on.
func (p *Page) Speak(language string) {
	p.T.Helper()
	p.Do("choose a language", network.SetCookie("lang", language).WithURL(p.Base))
}

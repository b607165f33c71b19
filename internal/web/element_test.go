package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements are a page's elements that fit a selector: "tag", ".class", "#id", or a tag before one of
// the others. A test looks there for what it means: a whole page holds hashes and tokens, in which any
// digits may stand.
func elements(t *testing.T, page, selector string) (found []*html.Node) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	must(t, err)
	at := strings.IndexAny(selector, ".#")
	if at < 0 {
		at = len(selector)
	}
	tag, rest := selector[:at], selector[at:]
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || tag != "" && n.Data != tag {
			continue
		}
		switch {
		case rest == "",
			rest[0] == '.' && slices.Contains(strings.Fields(attribute(n, "class")), rest[1:]),
			rest[0] == '#' && attribute(n, "id") == rest[1:]:
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// shown is what the elements of a page that fit a selector say, with single spaces and one line each.
func shown(t *testing.T, page, selector string) string {
	t.Helper()
	var lines []string
	for _, n := range elements(t, page, selector) {
		lines = append(lines, strings.Join(strings.Fields(htmlText(n)), " "))
	}
	return strings.Join(lines, "\n")
}

// links are where the links within the elements of a page that fit a selector lead.
func links(t *testing.T, page, selector string) (out []string) {
	t.Helper()
	for _, n := range elements(t, page, selector) {
		for d := range n.Descendants() {
			if d.Data == "a" {
				out = append(out, attribute(d, "href"))
			}
		}
	}
	return out
}

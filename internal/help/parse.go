package help

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Path is where the help stands, and its pictures below it.
const (
	Path     = "/help"
	Pictures = Path + "/pictures/"
)

// markdown reads what the guide is written in. Markup in it is not passed through, and where a line of Chinese is
// broken there is no space.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table,
	extension.NewCJK(extension.WithEastAsianLineBreaks())))

// named returns the names of a guide's sections, by their titles as links within it have them.
func named(source []byte) (ids []string) {
	for _, h := range headings(source, markdown.Parser().Parse(text.NewReader(source))) {
		ids = append(ids, h.slug)
	}
	return ids
}

type heading struct {
	node        *ast.Heading
	title, slug string
}

// headings returns those that begin a section: of the second and third level.
func headings(source []byte, doc ast.Node) (out []heading) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, is := n.(*ast.Heading); is && h.Level > 1 && h.Level < 4 {
			title := plain(source, h)
			out = append(out, heading{h, title, slug(title)})
		}
	}
	return out
}

// slug returns a title as links to it are written: in small letters, without punctuation, with hyphens for spaces.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// parse cuts a guide into its sections, which ids name in their order.
func parse(source []byte, ids []string) (g Guide) {
	doc := markdown.Parser().Parse(text.NewReader(source))
	begin := headings(source, doc)
	if len(begin) != len(ids) {
		panic(fmt.Sprintf("the guides have %d and %d sections", len(ids), len(begin)))
	}
	addresses := map[string]string{} // of links within the guide
	for i, h := range begin {
		addresses["#"+h.slug] = Path + "/" + ids[i]
	}
	if h, is := doc.FirstChild().(*ast.Heading); is {
		g.Title = plain(source, h)
	}
	for i, h := range begin {
		body := ast.NewDocument()
		for n := h.node.NextSibling(); n != nil && (i+1 == len(begin) || n != ast.Node(begin[i+1].node)); {
			next := n.NextSibling()
			body.AppendChild(body, n)
			n = next
		}
		lead(body, addresses)
		var markup bytes.Buffer
		if err := markdown.Renderer().Render(&markup, source, body); err != nil {
			panic(fmt.Sprintf("guide: %s: %v", h.title, err))
		}
		g.Sections = append(g.Sections, Section{ID: ids[i], Title: h.title, Part: h.node.Level == 3,
			Body: Body{markup.String()}, text: plain(source, body)})
	}
	return g
}

// lead has links lead to what the program shows: sections and pictures. Links to files that lie beside the guide and
// not in the program become what they say.
func lead(body ast.Node, addresses map[string]string) {
	var links []*ast.Link
	mustWalk(body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, n)
		case *ast.Image:
			n.Destination = []byte(Pictures + path.Base(string(n.Destination)))
		}
	})
	for _, l := range links {
		if to, here := addresses[string(l.Destination)]; here {
			l.Destination = []byte(to)
			continue
		}
		parent := l.Parent()
		for n := l.FirstChild(); n != nil; n = l.FirstChild() {
			parent.InsertBefore(parent, l, n)
		}
		parent.RemoveChild(parent, l)
	}
}

// plain returns what people read of a node: a line of each block.
func plain(source []byte, of ast.Node) string {
	var out strings.Builder
	mustWalk(of, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text:
			out.Write(n.Segment.Value(source))
			if n.SoftLineBreak() && !wide(out.String()) {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			out.WriteByte('\n')
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				out.Write(line.Value(source))
			}
		default:
			if n.Type() == ast.TypeBlock && out.Len() > 0 {
				out.WriteByte('\n')
			}
		}
	})
	return strings.TrimSpace(out.String())
}

// wide reports whether a line ends in a character that is written without spaces.
func wide(s string) bool {
	r := []rune(s)
	return len(r) > 0 && r[len(r)-1] > unicode.MaxLatin1
}

func mustWalk(n ast.Node, visit func(ast.Node)) {
	err := ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil { // visit returns none
		panic(err)
	}
}

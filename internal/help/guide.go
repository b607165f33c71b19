// Package help owns the guide that the program shows as its help: the sections of docs/guide.*.md, and what is found in
// them. A section has the same name in every language, so that a page can lead to it and a reader can change languages.
package help

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"dabiao/docs"
	"dabiao/internal/lang"
)

// Guide is the guide in one language.
type Guide struct {
	Title    string
	Sections []Section // as they stand in the guide
}

// Section is a task of the guide, or a part of one.
type Section struct {
	ID    string // in addresses: the English title
	Title string
	Part  bool // of the section before it that is none
	Body  Body
	text  string // what people read of it, for the search
}

// Body is what stands below a title, as markup.
type Body struct{ markup string }

// HTML returns the markup, which the Markdown writer has escaped.
func (b Body) HTML() string { return b.markup }

// files are the guide's, by language.
var files = map[lang.Tag]string{lang.Chinese: "guide.zh.md", lang.English: "guide.en.md"}

var read = func() map[lang.Tag]func() Guide {
	ids := sync.OnceValue(func() []string { return named(source(lang.English)) })
	out := map[lang.Tag]func() Guide{}
	for _, tag := range lang.Tags {
		out[tag] = sync.OnceValue(func() Guide { return parse(source(tag), ids()) })
	}
	return out
}()

// source returns a guide's text. It ships inside the program, so an error is a fault of the build.
func source(tag lang.Tag) []byte {
	raw, err := docs.Guide.ReadFile(files[tag])
	if err != nil {
		panic(fmt.Sprintf("guide in %s: %v", tag, err))
	}
	return raw
}

// In returns the guide in a language.
func In(tag lang.Tag) Guide { return read[tag]() }

// At returns a section, with those that are parts of it, and its neighbours as they are read; ok is false if there is
// no such section. before and after are zero at the ends.
func (g Guide) At(id string) (s Section, parts []Section, before, after Section, ok bool) {
	i := slices.IndexFunc(g.Sections, func(s Section) bool { return s.ID == id })
	if i < 0 {
		return s, nil, before, after, false
	}
	s = g.Sections[i]
	if i > 0 {
		before = g.Sections[i-1]
	}
	if i+1 < len(g.Sections) {
		after = g.Sections[i+1]
	}
	for _, next := range g.Sections[i+1:] {
		if s.Part || !next.Part {
			break
		}
		parts = append(parts, next)
	}
	return s, parts, before, after, true
}

// Picture returns a picture of the guide, by its file's name; ok is false if there is none.
func Picture(name string) (content []byte, ok bool) {
	if !fs.ValidPath(name) || strings.Contains(name, "/") {
		return nil, false
	}
	content, err := docs.Guide.ReadFile("img/" + name)
	return content, err == nil
}

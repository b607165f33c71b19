// Package views holds the HTML templates and their parser: layout/ is the frame of every page,
// partial/ what several pages share, page/ one file per page, named after the page.
//
// It imports nothing of ours. What the pages show, and the functions they call, come from the web
// package.
package views

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// FS is the templates as they ship inside the program.
//
//go:embed layout partial page
var FS embed.FS

// Set is all pages of one language. It may be used by many goroutines at once.
type Set struct {
	pages  map[string]*template.Template
	reread func() (map[string]*template.Template, error) // nil: the pages never change
}

// Parse reads every page of fsys, each into a tree of its own, so that every page may define
// "content" and none sees another's. Beside funcs templates may call kept.
func Parse(fsys fs.FS, funcs template.FuncMap) (*Set, error) {
	pages, err := parse(fsys, funcs)
	if err != nil {
		return nil, err
	}
	return &Set{pages: pages}, nil
}

// Watch is Parse for those who work on the pages: the files are read again at every Render.
func Watch(fsys fs.FS, funcs template.FuncMap) (*Set, error) {
	s, err := Parse(fsys, funcs)
	if err != nil {
		return nil, err
	}
	s.reread = func() (map[string]*template.Template, error) { return parse(fsys, funcs) }
	return s, nil
}

// Pages lists the names of all pages, sorted.
func (s *Set) Pages() []string {
	var out []string
	for name := range s.pages {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Render writes a page. Nothing is written when the page fails.
func (s *Set) Render(w io.Writer, page string, data any) error {
	pages := s.pages
	if s.reread != nil {
		var err error
		if pages, err = s.reread(); err != nil {
			return err
		}
	}
	t, ok := pages[page]
	if !ok {
		return fmt.Errorf("views: no page %q", page)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := t.ExecuteTemplate(b, "base", data); err != nil {
		return fmt.Errorf("views: render %s: %w", page, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// buffers hold pages until they are whole; a page is a hundred kilobytes.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func parse(fsys fs.FS, funcs template.FuncMap) (map[string]*template.Template, error) {
	frame, err := template.New("").Funcs(funcs).Funcs(template.FuncMap{"kept": (*kept).render}).ParseFS(fsys, "layout/*.html", "partial/*.html")
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	names, err := fs.Glob(fsys, "page/*.html")
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		t, err := frame.Clone()
		if err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
		if t, err = t.Funcs(template.FuncMap{"kept": (&kept{page: t}).render}).ParseFS(fsys, name); err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
		pages[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return pages, nil
}

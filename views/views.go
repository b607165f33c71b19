// Package views contains the HTML templates and their parser: layout/ has the frame of every page,
// partial/ what several pages share, page/ one file per page, named after it.
//
// It imports no other package of the program. The data of pages and the functions they call come from
// package web.
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

// FS contains the templates as shipped with the program.
//
//go:embed layout partial page
var FS embed.FS

// Set is the set of all pages, in one language. It is safe for concurrent use.
type Set struct {
	fsys  fs.FS
	frame *template.Template // shared by all pages; never rendered itself
	names []string           // of the pages, sorted
	mu    sync.Mutex
	pages map[string]*template.Template // pages rendered so far, each with a tree of its own
	watch func() (*Set, error)          // nil if the files are read only once
}

// Parse reads the frame from fsys and lists its pages. Each page gets a tree of its own when it is
// first rendered, so that every page may define "content" and none sees another's; a copy of the frame
// and all partials takes half a megabyte. Besides funcs, templates may call written.
func Parse(fsys fs.FS, funcs template.FuncMap) (*Set, error) {
	frame, err := template.New("").Funcs(funcs).Funcs(template.FuncMap{"written": written}).ParseFS(fsys,
		"layout/*.html", "partial/*.html")
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	files, err := fs.Glob(fsys, "page/*.html")
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	s := &Set{fsys: fsys, frame: frame, pages: map[string]*template.Template{}}
	for _, file := range files {
		s.names = append(s.names, strings.TrimSuffix(path.Base(file), ".html"))
	}
	slices.Sort(s.names)
	return s, nil
}

// Watch is like Parse, but every Render reads the files again, for people who work on the pages.
func Watch(fsys fs.FS, funcs template.FuncMap) (*Set, error) {
	s, err := Parse(fsys, funcs)
	if err != nil {
		return nil, err
	}
	s.watch = func() (*Set, error) { return Parse(fsys, funcs) }
	return s, nil
}

// Pages returns the names of all pages, sorted.
func (s *Set) Pages() []string { return slices.Clone(s.names) }

// Render writes a page. It writes nothing if the page fails.
func (s *Set) Render(w io.Writer, page string, data any) error {
	if s.watch != nil {
		var err error
		if s, err = s.watch(); err != nil {
			return err
		}
	}
	t, err := s.page(page)
	if err != nil {
		return fmt.Errorf("views: page %s: %w", page, err)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := t.ExecuteTemplate(b, "base", data); err != nil {
		return fmt.Errorf("views: render %s: %w", page, err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// page returns the tree of a page.
func (s *Set) page(name string) (*template.Template, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.pages[name]; ok {
		return t, nil
	}
	if !slices.Contains(s.names, name) {
		return nil, fs.ErrNotExist
	}
	t, err := s.frame.Clone()
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(s.fsys, "page/"+name+".html"); err != nil {
		return nil, err
	}
	s.pages[name] = t
	return t, nil
}

// buffers hold pages until they are complete; a page has about a hundred kilobytes.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

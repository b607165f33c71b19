package views

import (
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEachPageHasItsOwnContent(t *testing.T) {
	fsys := fstest.MapFS{
		"layout/base.html":  {Data: []byte(`{{define "base"}}[{{template "content" .}}]{{end}}`)},
		"partial/none.html": {Data: []byte(``)},
		"page/a.html":       {Data: []byte(`{{define "content"}}a{{.}}{{end}}`)},
		"page/b.html":       {Data: []byte(`{{define "content"}}b{{.Missing}}{{end}}`)},
	}
	set, err := Parse(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := set.Render(&b, "a", 1); err != nil || b.String() != "[a1]" {
		t.Errorf("%q, %v", b.String(), err)
	}
	b.Reset()
	if err := set.Render(&b, "b", 1); err == nil || b.Len() > 0 {
		t.Errorf("a page that fails wrote %q, error %v", b.String(), err)
	}
	if err := set.Render(io.Discard, "c", 1); err == nil {
		t.Error("an unknown page is no error")
	}
}

func TestWatchReadsTheFilesAgain(t *testing.T) {
	fsys := fstest.MapFS{
		"layout/base.html":  {Data: []byte(`{{define "base"}}{{template "content" .}}{{end}}`)},
		"partial/none.html": {Data: []byte(``)},
		"page/a.html":       {Data: []byte(`{{define "content"}}old{{end}}`)},
	}
	set, err := Watch(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	fsys["page/a.html"] = &fstest.MapFile{Data: []byte(`{{define "content"}}new{{end}}`)}
	var b strings.Builder
	if err := set.Render(&b, "a", nil); err != nil || b.String() != "new" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// The Content-Security-Policy allows nothing inline, and every word comes from the catalogue.
func TestTemplatesHoldNothingInlineAndNoWords(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:`)
	script := regexp.MustCompile(`<script[^>]*>`)
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	han := regexp.MustCompile(`\p{Han}+`)
	err := fs.WalkDir(FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(FS, name)
		if err != nil {
			return err
		}
		text := string(raw)
		if found := inline.FindString(text); found != "" {
			t.Errorf("%s holds%s", name, found)
		}
		for _, tag := range script.FindAllString(text, -1) {
			if !strings.Contains(tag, "src=") && !strings.Contains(tag, `type="application/json"`) {
				t.Errorf("%s holds an inline script: %s", name, tag)
			}
		}
		if found := han.FindString(text); found != "" {
			t.Errorf("%s holds the untranslated %s", name, found)
		}
		words := regexp.MustCompile(`>[^<]*[A-Za-z]{2,}[^<]*<`)
		if found := words.FindString(action.ReplaceAllString(text, "")); found != "" {
			t.Errorf("%s holds the untranslated %s", name, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestEveryFileIsServedUnderItsHash(t *testing.T) {
	for name := range byName {
		url := URL(name)
		a, ok := File(strings.TrimPrefix(url, Prefix))
		if !ok {
			t.Fatalf("%s is not at %s", name, url)
		}
		content := a.Plain()
		if len(content) == 0 || a.ContentType == "" {
			t.Fatalf("%s: %d bytes, type %q", url, len(content), a.ContentType)
		}
		r, err := gzip.NewReader(bytes.NewReader(a.Gzipped()))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, content) {
			t.Errorf("%s: gzip does not give the content back: %v", name, err)
		}
	}
	for _, name := range []string{"app.css", "app.0123456789abcdef.css", "x.css", ""} {
		if _, ok := File(name); ok {
			t.Errorf("%q is served", name)
		}
	}
}

// Government PCs run older Chromium shells; and the program works without a network.
func TestStyleKeepsToWhatOldBrowsersKnow(t *testing.T) {
	unknown := regexp.MustCompile(`oklch\(|color-mix\(|light-dark\(|:has\(|@import|https?://|(?m)^\s*&`)
	names, err := fs.Glob(files, "css/*.css")
	if err != nil || len(names) == 0 {
		t.Fatal("no style", err)
	}
	for _, name := range names {
		raw, err := files.ReadFile(path.Clean(name))
		if err != nil {
			t.Fatal(err)
		}
		if found := unknown.Find(raw); found != nil {
			t.Errorf("%s uses %s", name, found)
		}
	}
}

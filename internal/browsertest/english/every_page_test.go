package english

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"dabiao/internal/browsertest"
)

// The catalogue's Chinese sentences, as patterns: what must not be left on an English page.
func chinesePatterns(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	dir, err := browsertest.Root()
	if err != nil {
		t.Fatal(err)
	}
	read := func(tag string) map[string]string {
		files, err := filepath.Glob(filepath.Join(dir, "internal/lang/catalogue", tag, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no catalogue %s: %v", tag, err)
		}
		all := map[string]string{}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	english, out := read("en"), map[string]*regexp.Regexp{}
	place := regexp.MustCompile(`\\\{\d+\\\}`)
	han := regexp.MustCompile(`\p{Han}`)
	for key, chinese := range read("zh-CN") {
		if len(han.FindAllString(chinese, 2)) == 2 && !han.MatchString(english[key]) {
			out[key] = regexp.MustCompile(`^` + place.ReplaceAllString(regexp.QuoteMeta(chinese), `.*`) + `$`)
		}
	}
	return out
}

func TestInEnglishNoChineseWordsOfOursAreLeft(t *testing.T) {
	t.Parallel()
	patterns := chinesePatterns(t)
	p := browsertest.Open(t, "staff")
	p.Go(browsertest.Board)
	p.Click(".menu-me summary")
	p.Follow(`.prefs button[lang=en]`)
	browsertest.EveryPage(t, p, "/", func(name string) {
		var tag string
		p.Ask(`document.documentElement.lang`, &tag)
		if tag != "en" {
			t.Errorf("%s says its language is %q", p.Address(), tag)
		}
		for _, text := range p.ChineseOutsideData() {
			ours := false
			for key, pattern := range patterns {
				if pattern.MatchString(text) {
					ours = true
					t.Errorf("%s: %q is left in Chinese (%s)", p.Address(), text, key)
				}
			}
			if !ours {
				t.Logf("%s: the office's own words, not marked as Chinese: %s", p.Address(), text)
			}
		}
		p.Shot("english-" + name)
	})
}

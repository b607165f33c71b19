package help

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/lang"
)

// The guides say the same in the same order, so that a section is the same task in every language.
func TestTheGuidesHaveTheSameSections(t *testing.T) {
	zh, en := In(lang.Chinese), In(lang.English)
	if len(zh.Sections) != len(en.Sections) || len(en.Sections) < 15 {
		t.Fatalf("%d and %d sections", len(zh.Sections), len(en.Sections))
	}
	seen := map[string]bool{}
	for i, s := range en.Sections {
		if s.ID != zh.Sections[i].ID || s.Part != zh.Sections[i].Part || s.Title == zh.Sections[i].Title || seen[s.ID] {
			t.Errorf("section %d is %q (%s) and %q (%s)", i, s.Title, s.ID, zh.Sections[i].Title, zh.Sections[i].ID)
		}
		seen[s.ID] = true
		if s.Body.HTML() == "" || zh.Sections[i].Body.HTML() == "" {
			t.Errorf("%s is empty", s.ID)
		}
	}
}

// Links within the guide lead to its sections, pictures to the program's; links to files that the program does not hold
// become words.
func TestLinksOfTheGuideLeadSomewhere(t *testing.T) {
	for _, tag := range lang.Tags {
		g := In(tag)
		links, pictures := 0, 0
		for _, s := range g.Sections {
			for _, to := range attributes(s.Body.HTML(), "href") {
				id, ours := strings.CutPrefix(to, Path+"/")
				if _, _, _, _, ok := g.At(id); !ours || !ok {
					t.Errorf("%s: %s leads to %q", tag, s.ID, to)
				}
				links++
			}
			for _, from := range attributes(s.Body.HTML(), "src") {
				name, ours := strings.CutPrefix(from, Pictures)
				if _, ok := Picture(name); !ours || !ok {
					t.Errorf("%s: %s shows %q", tag, s.ID, from)
				}
				pictures++
			}
			if strings.Contains(s.Body.HTML(), ".md") {
				t.Errorf("%s: %s names a file that the reader has not: %q", tag, s.ID, s.Body.HTML())
			}
		}
		if links == 0 || pictures == 0 {
			t.Errorf("%s: %d links and %d pictures", tag, links, pictures)
		}
	}
}

func attributes(markup, name string) (out []string) {
	for _, after := range strings.Split(markup, " "+name+`="`)[1:] {
		value, _, _ := strings.Cut(after, `"`)
		out = append(out, value)
	}
	return out
}

func TestAPictureIsAFileOfTheGuide(t *testing.T) {
	for _, name := range []string{"", "../guide.en.md", "guide.en.md", "img/wall.png", "/wall.png", "board.png.exe"} {
		if _, ok := Picture(name); ok {
			t.Errorf("%q is one", name)
		}
	}
}

// What is looked for is found whatever its case, and where its title says so first; every word must be there.
func TestTheGuideIsSearched(t *testing.T) {
	zh, en := In(lang.Chinese), In(lang.English)
	for _, c := range []struct {
		guide       Guide
		words, want string
	}{
		{en, "BUDGET", "the-budget"}, {en, "evidence", "evidence"}, {zh, "预算", "the-budget"}, {zh, "佐证", "evidence"},
		{zh, "导入 Excel", "importing-from-excel"},
	} {
		hits := c.guide.Search(c.words)
		if len(hits) == 0 || hits[0].ID != c.want {
			t.Errorf("%q finds %v", c.words, ids(hits))
		}
		for _, h := range hits {
			if h.Match != "" && !strings.Contains(strings.ToLower(c.words), strings.ToLower(h.Match)) {
				t.Errorf("%q marks %q in %s", c.words, h.Match, h.ID)
			}
			if strings.Contains(h.Before+h.Match+h.After, "\n") {
				t.Errorf("%q shows more than a line: %q", c.words, h.Before+h.Match+h.After)
			}
		}
	}
	for _, none := range []string{"", "  ", "zzzz", "budget zzzz", strings.Repeat("预算", 60)} {
		if hits := en.Search(none); len(hits) > 0 {
			t.Errorf("%q finds %v", none, ids(hits))
		}
	}
}

func ids(hits []Hit) (out []string) {
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

func TestASectionKnowsItsPartsAndNeighbours(t *testing.T) {
	g := In(lang.English)
	s, parts, before, after, ok := g.At("staff")
	if !ok || s.Title != "Staff" || len(parts) < 4 || before.ID != "leaders" || after.ID != parts[0].ID ||
		slices.ContainsFunc(parts, func(p Section) bool { return !p.Part }) {
		t.Errorf("%q: %d parts, between %q and %q", s.Title, len(parts), before.ID, after.ID)
	}
	if _, _, before, _, _ := g.At(g.Sections[0].ID); before.ID != "" {
		t.Errorf("before the first is %q", before.ID)
	}
	if _, _, _, _, ok := g.At("nowhere"); ok {
		t.Error("nowhere is a section")
	}
}

package report

import (
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// areaSaid is what the report prints below an area's heading.
func areaSaid(in Input, heading string) string {
	text := said(section(Build(in), Performance).Blocks)
	_, after, _ := strings.Cut(text, heading+"\n")
	before, _, _ := strings.Cut(after, "（")
	if i := strings.Index(after, "\n（"); i >= 0 {
		before = after[:i]
	}
	return before
}

// The office's own words come first; what no token of them says follows, once.
func TestOnlyWhatTheWordsLeaveOutIsListed(t *testing.T) {
	const heading, first, second = "（一）思想引领", "commended-individuals", "commended-organisations"
	in := facts(t, lang.Chinese)
	area := in.Board.Areas[0]
	key := AreaText(area.Area.Code)
	for name, c := range map[string]struct {
		text             string
		off              bool
		listed, unlisted []string
	}{
		"no words": {"", false, []string{"表彰妇女工作先进个人25名", "表彰先进单位27个"}, nil},
		"a token says the figure": {"表彰⟦commended-individuals·value⟧。", false, []string{"表彰25名。", "表彰先进单位27个"},
			[]string{"先进个人25名"}},
		"so does its number alone": {"表彰⟦commended-individuals·number⟧人。", false, nil, []string{"先进个人25名"}},
		"a target does not":        {"目标⟦commended-individuals·target⟧。", false, []string{"先进个人25名"}, nil},
		"a repetition says all": {"⟦each: " + area.Area.Code + "⟧⟦name⟧⟦value⟧。⟦end⟧", false,
			[]string{"表彰先进单位27个。"}, []string{"，表彰先进单位27个"}},
		"a condition that does not hold says nothing": {
			"⟦if: commended-individuals·reached⟧⟦commended-individuals·value⟧⟦end⟧好。", false, []string{"先进个人25名"}, nil},
		"switched off":                {"表彰⟦commended-individuals·value⟧。", true, []string{"表彰25名。"}, []string{"先进单位27个"}},
		"switched off, without words": {"", true, []string{"表彰先进单位27个"}, nil},
	} {
		in.Texts = map[SectionKey]string{key: c.text}
		if in.Outline.Unlisted = nil; c.off {
			in.Outline.Unlisted = []string{area.Area.Code}
		}
		got := areaSaid(in, heading)
		for _, words := range c.listed {
			if !strings.Contains(got, words) {
				t.Errorf("%s: %q is missing in\n%s", name, words, got)
			}
		}
		for _, words := range c.unlisted {
			if strings.Contains(got, words) {
				t.Errorf("%s: %q stands in\n%s", name, words, got)
			}
		}
	}
}

// A part whose whole is told already names it.
func TestAPartWithoutItsWholeNamesIt(t *testing.T) {
	in := facts(t, lang.Chinese)
	var key SectionKey
	for _, a := range in.Board.Areas {
		for _, f := range a.Figures {
			if f.Indicator.Code == "disputes-mediated" {
				key = AreaText(a.Area.Code)
			}
		}
	}
	in.Texts = map[SectionKey]string{key: "调处⟦disputes-mediated·value⟧。"}
	text := said(section(Build(in), Performance).Blocks)
	for _, words := range []string{"家庭纠纷调处中涉及家暴16起", "家庭纠纷调处中调解成功并达成协议210起"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing", words)
		}
	}
}

// What is offered prints, once inserted, what it said; then nothing is offered any more.
func TestAnOfferedSentencePrintsWhatItSaid(t *testing.T) {
	for _, tag := range lang.Tags {
		for _, in := range []Input{facts(t, tag), sample(t, tag)} {
			for _, a := range in.Board.Areas {
				if a.Area.ID == 0 {
					continue
				}
				key := AreaText(a.Area.Code)
				in.Texts = nil
				offers := in.Offers(key, "")
				if len(offers) != len(a.Figures) {
					t.Errorf("%s: %d offers for %d figures", key, len(offers), len(a.Figures))
				}
				var all strings.Builder
				for _, o := range offers {
					if got := said(in.Preview(o.Sentence)); got != o.Says+"\n" {
						t.Errorf("%s: %s prints %q, said %q", key, o.Sentence, got, o.Says)
					}
					all.WriteString(o.Sentence)
				}
				for _, left := range in.Offers(key, all.String()) {
					if f, ok := figureNamed(in, left.Name.Name); ok && f.Achievement.Ok() {
						t.Errorf("%s: still offered: %s", key, left.Says)
					}
				}
			}
		}
	}
}

func figureNamed(in Input, name string) (progress.Figure, bool) {
	for _, f := range in.Board.Figures() {
		if f.Indicator.Name == name {
			return f, true
		}
	}
	return progress.Figure{}, false
}

package report

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func frozen(t *testing.T, make func(*testing.T, lang.Tag) Input) Snapshot {
	t.Helper()
	s := Snapshot{Input: make(t, lang.Chinese), Texts: map[string]map[SectionKey]string{}}
	for _, tag := range lang.Tags {
		s.Texts[string(tag)] = make(t, tag).Texts
	}
	body, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeSnapshot(body)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Encode()
	if err != nil || again != body {
		t.Errorf("frozen twice, it differs: %v %s", err, difference(again, body))
	}
	return back
}

// Every paper of every format from a frozen report is the same, byte for byte.
func TestAFrozenReportGivesTheSamePapers(t *testing.T) {
	for name, source := range map[string]func(*testing.T, lang.Tag) Input{
		"2022": func(t *testing.T, tag lang.Tag) Input { return facts(t, tag) }, "sample": sample} {
		snapshot := frozen(t, source)
		for _, tag := range lang.Tags {
			for _, format := range Formats {
				for _, which := range append([]Paper{WholeReport}, Papers...) {
					w, err := WriterOf(format, which)
					if err != nil {
						continue // there is no such paper
					}
					var live, kept bytes.Buffer
					if err := w.To(&live, source(t, tag), which); err != nil {
						t.Fatal(err)
					}
					if err := w.To(&kept, snapshot.In(string(tag)), which); err != nil {
						t.Fatal(err)
					}
					if !bytes.Equal(live.Bytes(), kept.Bytes()) {
						t.Errorf("%s %s %s.%s differs once frozen", name, tag, which, format)
					}
				}
			}
		}
	}
}

func TestChangesAfterTheReport(t *testing.T) {
	before := facts(t, lang.Chinese)
	if found := Changes(frozen(t, func(t *testing.T, tag lang.Tag) Input { return facts(t, tag) }).In(Languages[0]),
		before); len(found) > 0 {
		t.Errorf("nothing changed, and %+v is said", found)
	}
	after := facts(t, lang.Chinese)
	figures := after.Board.Areas[1].Figures
	figures[1].Achievement = progress.Some(kpi.Exactly(kpi.Whole(10781)))
	figures[1].Target = nil
	after.Board.Areas[0].Figures = after.Board.Areas[0].Figures[1:]
	after.Board.Summary.Indicators--
	after.Texts[Problems] = "改了。"
	after.Board.Budget.Lines[0].Spent += 10_000 * kpi.One
	after.Board.Rules.Excellent = 95_00
	want := map[string][2]string{
		"signoff.change.gone":   {"1次", ""},
		"signoff.change.value":  {"10780人", "10781人"},
		"signoff.change.target": {"≥10361人", "—"},
		"signoff.change.text":   {"", "改了。"},
		"signoff.change.budget": {"预算153.98万元，支出153.98万元", "预算153.98万元，支出154.98万元"},
		"signoff.change.rules":  {before.Board.Rules.Name, before.Board.Rules.Name},
		"signoff.change.counts": {"全年共列指标66项，其中设年度目标1项，已完成1项。未设年度目标的65项只列实际完成数。",
			"全年共列指标65项。各项均未设年度目标，只列实际完成数。"},
	}
	// what the tables print because of it: the execution rates, the completion
	printed := map[[2]string]string{{"100.00%", "100.65%"}: "执行率", {"104.04%", "—"}: "完成率"}
	for _, c := range Changes(before, after) {
		if c.What.Key == "signoff.change.printed" {
			what, known := printed[[2]string{c.Frozen, c.Now}]
			if said := lang.For(lang.Chinese).Text(c.What); !known || !strings.Contains(said, what) ||
				!strings.Contains(said, "表") {
				t.Errorf("%s: %q, now %q", said, c.Frozen, c.Now)
			}
			want["printed "+what] = [2]string{}
			continue
		}
		if w, ok := want[c.What.Key]; !ok || w != [2]string{c.Frozen, c.Now} {
			t.Errorf("%s: %q, now %q", c.What.Key, c.Frozen, c.Now)
		}
		delete(want, c.What.Key)
	}
	for _, what := range printed {
		if _, said := want["printed "+what]; !said {
			t.Errorf("%s is not said", what)
		}
		delete(want, "printed "+what)
	}
	for key := range want {
		t.Errorf("%s is not said", key)
	}
}

func TestTheDigestIsOfTheReport(t *testing.T) {
	s := frozen(t, func(t *testing.T, tag lang.Tag) Input { return facts(t, tag) })
	today, err := s.Digest()
	if err != nil {
		t.Fatal(err)
	}
	s.Input.Dated = "2023-07-19"
	if redated, err := s.Digest(); err != nil || redated == today {
		t.Error("another date is the same digest", err)
	}
	s.Texts[Languages[0]] = map[SectionKey]string{Problems: "改了。"}
	if changed, err := s.Digest(); err != nil || changed == today {
		t.Error("another text is the same digest", err)
	}
}

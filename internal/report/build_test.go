package report

import (
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

func TestReportsAlwaysHaveTenSections(t *testing.T) {
	for name, in := range inputs(t) {
		d := Build(in)
		if len(d.Sections) != 10 {
			t.Fatalf("%s: %d sections", name, len(d.Sections))
		}
		for _, s := range d.Sections {
			if len(s.Blocks) == 0 {
				t.Errorf("%s: section %s is empty", name, s.Key)
			}
		}
	}
}

func TestNoSentenceIsMissingFromTheCatalogue(t *testing.T) {
	key := regexp.MustCompile(`(report|reason|level|category)\.[a-z_]|\{\d`)
	for name, in := range inputs(t) {
		d := Build(in)
		all := d.Mark + d.Title + d.Office + d.Notice
		for _, s := range d.Sections {
			all += s.Heading + said(s.Blocks)
		}
		for _, a := range d.Annexes {
			all += a.Mark + a.Title + a.Subtitle + said(a.Blocks)
		}
		if found := key.FindString(all); found != "" {
			t.Errorf("%s prints %q", name, found)
		}
	}
}

// said is the text of blocks, a line each.
func said(blocks []paper.Block) string {
	var b strings.Builder
	for _, x := range blocks {
		switch {
		case x.Heading != nil:
			b.WriteString(x.Heading.Text)
		case x.Paragraph != nil:
			b.WriteString(x.Paragraph.Text())
		case x.Table != nil:
			for _, c := range x.Table.Place() {
				b.WriteString(c.Text() + " | ")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func section(d paper.Document, key SectionKey) paper.Section {
	for _, s := range d.Sections {
		if s.Key == string(key) {
			return s
		}
	}
	return paper.Section{}
}

func TestEveryNumberOfTheWorkNamesItsFigure(t *testing.T) {
	digit := regexp.MustCompile(`\d`)
	for _, tag := range lang.Tags {
		blocks := section(Build(facts(t, tag)), Performance).Blocks
		for _, b := range blocks[1:] { // the first names the day
			if b.Paragraph == nil {
				continue
			}
			for _, r := range b.Paragraph.Runs {
				if r.Ref == nil && digit.MatchString(r.Text) {
					t.Errorf("%s: %q carries a number of no figure", tag, r.Text)
				}
			}
		}
	}
}

func TestFiguresAreSaidHonestly(t *testing.T) {
	zh := said(section(Build(sample(t, lang.Chinese)), Performance).Blocks)
	en := said(section(Build(sample(t, lang.English)), Performance).Blocks)
	for text, list := range map[string][]string{
		zh: {
			"本节数据截至2026年11月23日。", "本板块由组宣部负责。",
			"一是完成的，任务数10000人，实际完成12000人，完成任务数的120.00%；", "滞后的，任务数＞100人，实际完成30人，完成任务数的30.00%；",
			"未报的，任务数3场，未填报；", "上限内3.5%（截至3月1日），目标≤5%，没有超出；",
			"超上限6万元，目标＜5万元，超出1万元；", "约数，任务数2000人次，实际完成近2000人次，完成任务数的99.95%以下；",
			"定性的：部分达成。", "零的0起", "时点的，任务数＝900户，实际达到900户（截至6月30日），完成任务数的100.00%。",
		},
		en: {"12,000 people of a target of 10,000 people, 120.00% of it;", "target 3 events, not reported;",
			"just under 2,000 visits", "0 cases.", "(as of 30 Jun)"},
	} {
		for _, words := range list {
			if !strings.Contains(text, words) {
				t.Errorf("%q is missing in:\n%s", words, text)
			}
		}
	}
}

func TestBudgetIsSaidHonestly(t *testing.T) {
	d := Build(sample(t, lang.Chinese))
	for key, want := range map[SectionKey]string{
		General:         "（一）基本支出情况\n全年预算250.00万元，支出215.46万元，预算执行率86.18%。\n（二）项目支出情况\n全年预算30.00万元，支出12.00万元，预算执行率40.00%。\n",
		GovernmentFunds: "政府性基金预算未填报。\n",
		StateCapital:    "支出1.00万元；全年预算为0，执行率以“—”表示。\n",
	} {
		if got := said(section(d, key).Blocks); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	nothing := facts(t, lang.Chinese)
	nothing.Board.Budget.Lines = nil
	if got := said(section(Build(nothing), General).Blocks); strings.Count(got, "未填报预算执行数据。") != 2 {
		t.Errorf("a budget nobody handed in reads %q", got)
	}
	whole := facts(t, lang.Chinese)
	whole.Board.Budget.Lines = whole.Board.Budget.Lines[:1]
	whole.Board.Budget.Lines[0].Nature = kpi.AnyNature
	if got := said(section(Build(whole), General).Blocks); !strings.HasPrefix(got, "全年预算153.98万元") ||
		!strings.Contains(got, "未按基本支出和项目支出分列") {
		t.Errorf("a budget that is not split reads %q", got)
	}
}

func TestNumeralsOfHeadings(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五"} {
		if got := chinese(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

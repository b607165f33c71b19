package report

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func TestWhatTheCoverStatesIsPrinted(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.Cover = Cover{Document: "武妇字〔2023〕12号", Annex: 2, Contact: "办公室", Phone: "0739-1234567", FilledBy: "甲", Head: "乙"}
	d := Build(in)
	if d.Mark != "附件2" || d.Title != "某市妇女联合会2022年度部门整体支出绩效自评报告" || d.Number != in.Cover.Document ||
		!slices.Equal(d.Lines, []string{"联系人：办公室", "联系电话：0739-1234567"}) {
		t.Errorf("the cover says %q %q %q %q", d.Mark, d.Title, d.Number, d.Lines)
	}
	var marks []string
	for _, a := range d.Annexes {
		marks = append(marks, a.Mark)
	}
	if want := []string{"附件1", "附件3", "附件4"}; !slices.Equal(marks, want) {
		t.Errorf("annexes are %q, not %q", marks, want)
	}
	if want := []string{"附件：1.基础数据表", "3.部门整体支出绩效自评表", "4.数据来源表"}; !slices.Equal(d.Attached, want) {
		t.Errorf("below the text stands %q, not %q", d.Attached, want)
	}
	foot := said(d.Annexes[1].Blocks)
	for _, line := range []string{"填表人：甲", "联系电话：0739-1234567", "单位负责人（签字盖章）：乙", "填报日期：2023年7月18日"} {
		if !strings.Contains(foot, line) {
			t.Errorf("%s is not below the form", line)
		}
	}
}

func TestNoNumberOfAnAnnexComesTwice(t *testing.T) {
	for own := range 6 {
		in := facts(t, lang.Chinese)
		in.Cover.Annex = own
		d := Build(in)
		seen := map[string]bool{d.Mark: true}
		for _, a := range d.Annexes {
			if seen[a.Mark] {
				t.Errorf("report annex %d: %s comes twice", own, a.Mark)
			}
			seen[a.Mark] = true
		}
	}
}

func TestADateThatNobodyChoseIsABlank(t *testing.T) {
	for tag, blank := range map[lang.Tag]string{lang.Chinese: "　　年　　月　　日", lang.English: "Date: ____________"} {
		in := facts(t, tag)
		in.Dated = ""
		d := Build(in)
		if d.Dated != blank || d.Date != "" {
			t.Errorf("%s: the cover is dated %q", tag, d.Dated)
		}
	}
}

func TestATitleOfTheOfficesOwn(t *testing.T) {
	in := facts(t, lang.English)
	in.Cover.Title = "关于2022年度绩效自评的报告"
	if d := Build(in); d.Title != in.Cover.Title {
		t.Errorf("without an English title it is called %q", d.Title)
	}
	in.Cover.TitleEn = "Our Year 2022"
	if d := Build(in); d.Title != in.Cover.TitleEn {
		t.Errorf("it is called %q", d.Title)
	}
}

func TestThePageForTheWebSiteNamesNobody(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.Cover = Cover{Contact: "张某", Phone: "0739-1234567", FilledBy: "李某", Head: "王某"}
	w, err := WriterOf("html", WholeReport)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := w.To(&b, in, WholeReport); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"张某", "1234567", "李某", "王某"} {
		if strings.Contains(b.String(), name) {
			t.Errorf("it names %s", name)
		}
	}
}

func TestCoversThatCannotBePrinted(t *testing.T) {
	for field, c := range map[string]Cover{
		"annex": {Annex: 21}, "title": {Title: strings.Repeat("长", 81)}, "date": {Date: "2023-02-30"},
		"phone": {Phone: strings.Repeat("1", 61)},
	} {
		err, ok := c.Check().(*kpi.Error)
		if !ok || len(err.Fields) != 1 || err.Fields[0].Name != field {
			t.Errorf("%s: %v", field, c.Check())
		}
	}
	if err := (Cover{}).Check(); err != nil {
		t.Error(err)
	}
}

// An English paper names people as English readers write them, or else as the Chinese one does.
func TestTheEnglishPaperNamesPeopleInEnglish(t *testing.T) {
	in := facts(t, lang.English)
	in.Cover = Cover{Contact: "张某", ContactEn: "Ms Zhang", FilledBy: "李某", FilledByEn: "Ms Li", Head: "王某"}
	d := Build(in)
	if !slices.Equal(d.Lines, []string{"Contact: Ms Zhang"}) {
		t.Errorf("the cover says %q", d.Lines)
	}
	foot := said(d.Annexes[1].Blocks)
	for _, name := range []string{"Ms Li", "王某"} {
		if !strings.Contains(foot, name) {
			t.Errorf("%s is not below the form", name)
		}
	}
	if strings.Contains(foot, "李某") {
		t.Error("the English form names 李某 in Chinese")
	}
	r := sampleReminders(lang.English)
	r.Cover = in.Cover
	if l, err := r.Reminder(r.Completeness.Units[0]); err != nil || !strings.Contains(l.Contact, "Ms Zhang") {
		t.Errorf("the letter says %q, %v", l.Contact, err)
	}
}

// What nobody wrote is said as not filled in, in every paper: silence is no claim that there is none.
func TestWhatNobodyStatedIsNeverNone(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.Texts, in.Basic, in.Board.Budget, in.Projects = nil, nil, progress.Budget{}, nil
	for _, which := range Papers {
		d, err := BuildPaper(in, which)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range d.Sections {
			if text := said(s.Blocks); strings.Contains(text, "无。") != (s.Key == string(Other)) {
				t.Errorf("%s: %s says %q", which, s.Key, text)
			}
		}
		for _, a := range d.Annexes {
			for line := range strings.Lines(said(a.Blocks)) {
				if strings.HasPrefix(strings.TrimSpace(line), "无") || strings.Contains(line, "无项目支出") {
					t.Errorf("%s: %s says %q", which, a.Key, line)
				}
			}
		}
	}
}

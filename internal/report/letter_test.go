package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// sampleReminders has one unit that is late twice, one that is complete and one that nothing is due of.
func sampleReminders(tag lang.Tag) Reminders {
	lectures, users := kpi.Indicator{Name: "百场宣讲", NameEn: "Lectures"}, kpi.Indicator{Name: "注册用户<家>", NameEn: "Users"}
	unit := func(name, en string, months ...progress.MonthCompleteness) progress.UnitCompleteness {
		u := progress.UnitCompleteness{Unit: kpi.Unit{Code: en, Name: name, NameEn: en}}
		for _, m := range months {
			m.Due, m.Over = progress.DueDate(m.Period, 5), m.Period.Month <= 10
			u.Months[m.Period.Month-1] = m
		}
		return u
	}
	month := func(m, asked int, missing ...kpi.Indicator) progress.MonthCompleteness {
		return progress.MonthCompleteness{Period: kpi.Period{Year: 2026, Month: m}, Asked: asked,
			Logged: asked - len(missing), Missing: missing}
	}
	return Reminders{Office: Office{Name: "某县妇女联合会", NameEn: "An office"}, Language: lang.For(tag), Date: "2026-11-25",
		Completeness: progress.Completeness{
			Year: kpi.YearInfo{Year: 2026}, Today: "2026-11-25", DueDay: 5, Units: []progress.UnitCompleteness{
				unit("荆竹镇", "Jingzhu", month(9, 3, lectures), month(10, 3, lectures, users), month(11, 3, users)),
				unit("文坪镇", "Wenping", month(9, 3), month(10, 3), month(11, 3, users)),
				unit("新设镇", "New", month(11, 1, users)),
			}}}
}

// What stands alone is not numbered.
func TestAReminderOfOneMonthNumbersNothing(t *testing.T) {
	for tag, want := range map[lang.Tag]string{lang.Chinese: "　　10月（应于2026年11月5日前报送）",
		lang.English: "Oct (due by "} {
		r := sampleReminders(tag)
		u := r.Completeness.Units[0]
		u.Months[8].Missing, u.Months[8].Logged = nil, u.Months[8].Asked
		l, err := r.Reminder(u)
		if err != nil {
			t.Fatal(err)
		}
		if text := l.Text(); !strings.Contains(text, want) || strings.Contains(text, "（一）") || strings.Contains(text, "(1)") {
			t.Errorf("%s: the letter reads:\n%s", tag, text)
		}
	}
}

func TestAReminderNamesWhatIsMissingAndWhenItWasDue(t *testing.T) {
	r := sampleReminders(lang.Chinese)
	l, err := r.Reminder(r.Completeness.Units[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `关于补报2026年度工作数据的提醒函

荆竹镇：
　　截至2026年11月25日，你单位2026年度到期应报数据6项，已报3项，逾期未报3项。每月数据应于次月5日前报送。逾期未报的事项如下：
　　（一）9月（应于2026年10月5日前报送）：百场宣讲。
　　（二）10月（应于2026年11月5日前报送）：百场宣讲、注册用户<家>。
　　请于收到本函后3个工作日内补报；当月未发生的，请填报“0”。已有数据但尚未录入的，请一并附上佐证材料。
　　特此提醒。

某县妇女联合会
2026年11月25日
`
	if got := l.Text(); got != want {
		t.Errorf("the letter reads:\n%s", got)
	}
	for _, u := range r.Completeness.Units[1:] {
		if _, err := r.Reminder(u); !errors.Is(err, ErrNothingLate) {
			t.Errorf("%s is reminded of nothing: %v", u.Unit.Name, err)
		}
	}
	if all := r.All(); len(all) != 1 {
		t.Errorf("%d letters", len(all))
	}
}

func TestTheBulletinRanksWhoHadSomethingDue(t *testing.T) {
	r := sampleReminders(lang.Chinese)
	l, err := r.Bulletin(10)
	if err != nil {
		t.Fatal(err)
	}
	text := l.Text()
	for _, want := range []string{"关于2026年10月工作数据报送情况的通报", "应报送数据的单位2个，应报6项，已报4项，报送率66.67%", "全部报齐的单位1个：文坪镇。尚未报齐的单位1个。",
		"1\t文坪镇\t3\t3\t100.00%\t0\n2\t荆竹镇\t3\t1\t33.33%\t3\n", "请未报齐的单位抓紧补报"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "新设镇") {
		t.Error("a unit that nothing was due of is ranked")
	}
	if _, err := r.Bulletin(11); !errors.Is(err, ErrNothingLate) {
		t.Errorf("November is not due yet: %v", err)
	}
	whole, err := sampleReminders(lang.English).Bulletin(0)
	if err != nil || !strings.Contains(whole.Text(),
		"2 units were due to report 12 figures for 2026; 9 have been reported, a rate of 75%") &&
		!strings.Contains(whole.Text(), "a rate of 75.00%") {
		t.Errorf("%v:\n%s", err, whole.Text())
	}
}

func TestLettersAreValidWordFilesAndTheSameEachTime(t *testing.T) {
	for _, tag := range lang.Tags {
		r := sampleReminders(tag)
		r.Completeness.Year.Sample = tag == lang.English
		bulletin, err := r.Bulletin(10)
		if err != nil {
			t.Fatal(err)
		}
		letters := append(r.All(), bulletin)
		var first, again bytes.Buffer
		if err := errors.Join(paper.WriteLetters(&first, letters), paper.WriteLetters(&again, letters)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Errorf("%s: two files differ", tag)
		}
		papertest.Valid(t, "letters.docx", first.Bytes())
		text := papertest.Unzip(t, first.Bytes())["word/document.xml"]
		if n := strings.Count(text, `<w:pgNumType w:start="1"/>`); n != len(letters) {
			t.Errorf("%s: pages of %d letters are numbered from 1 %d times", tag, len(letters), n)
		}
	}
}

// A letter is dated the day that whoever sends it chooses, never today by accident.
func TestALetterWithoutADateHasABlank(t *testing.T) {
	for tag, blank := range map[lang.Tag]string{lang.Chinese: "　　年　　月　　日", lang.English: "Date: ____________"} {
		r := sampleReminders(tag)
		r.Date = ""
		reminder, err := r.Reminder(r.Completeness.Units[0])
		if err != nil {
			t.Fatal(err)
		}
		bulletin, err := r.Bulletin(10)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range []paper.Letter{reminder, bulletin} {
			if l.Dated != blank || l.Date != "" {
				t.Errorf("%s is dated %q", l.Title, l.Dated)
			}
		}
	}
}

package returned

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// yearOf is a year's report with some texts of its own.
func yearOf(y reporttest.Year, tag lang.Tag, texts map[report.SectionKey]string) report.Input {
	all := map[report.SectionKey]string{}
	for key, text := range y.Texts {
		all[report.SectionKey(key)] = text
	}
	for key, text := range texts {
		all[key] = text
	}
	return report.Input{Office: report.Office{Name: y.Office.Name, NameEn: y.Office.NameEn}, Board: y.Board, Texts: all,
		Outlooks: y.Outlooks, Incomes: y.Incomes, Others: y.Others, Projects: y.Projects, Basic: y.Basic,
		Dated: y.Dated, Language: lang.For(tag)}
}

// printed are the lines of a report as its file has them.
func printed(t *testing.T, in report.Input) []intake.Line {
	t.Helper()
	var file bytes.Buffer
	if err := paper.WriteDocx(&file, report.Build(in)); err != nil {
		t.Fatal(err)
	}
	d, err := intake.Returned(t.Context(), "报告.docx", bytes.NewReader(file.Bytes()), int64(file.Len()), false)
	if err != nil {
		t.Fatal(err)
	}
	return d.Lines
}

func compared(t *testing.T, in report.Input, lines []intake.Line, o Options) Result {
	t.Helper()
	got, err := Compare(in, lines, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (r Result) section(t *testing.T, key report.SectionKey) Section {
	t.Helper()
	for _, s := range r.Sections {
		if s.Key == key {
			return s
		}
	}
	t.Fatalf("no section %s", key)
	return Section{}
}

// What nobody touched comes back unchanged, with the text it was printed from.
func TestAnUntouchedReportIsUnchanged(t *testing.T) {
	for name, y := range map[string]reporttest.Year{"published": reporttest.Published(t), "sample": reporttest.Sample(t)} {
		for _, tag := range lang.Tags {
			in := yearOf(y, tag, map[report.SectionKey]string{report.Problems: "一是基数不清。\n二是不足。",
				report.Other: "其他见后。\n附件：另附名册。"}) // which begins as the list of annexes does
			for _, s := range compared(t, in, printed(t, in), Options{}).Sections {
				want := strings.ReplaceAll(in.Readable(in.Texts[s.Key]), "\n\n", "\n")
				if s.State != Unchanged || s.Text != strings.TrimSpace(want) {
					t.Errorf("%s %s %s: %s %+v\n%q, want\n%q", name, tag, s.Key, s.State, s.Lines, s.Text, want)
				}
			}
		}
	}
}

// edited is a year's text of one section, and the file with that section's printed paragraphs replaced.
func edited(t *testing.T, text string, paragraphs ...string) (report.Input, []intake.Line) {
	t.Helper()
	in := yearOf(reporttest.Sample(t), lang.Chinese, map[report.SectionKey]string{report.Problems: text})
	var out []intake.Line
	inside := false
	for _, l := range printed(t, in) {
		switch {
		case strings.HasPrefix(l.Text, "七、"):
			inside = true
			out = append(out, l)
			for _, p := range paragraphs {
				out = append(out, intake.Line{Text: p})
			}
		case strings.HasPrefix(l.Text, "八、"):
			inside = false
			out = append(out, l)
		case !inside:
			out = append(out, l)
		}
	}
	return in, out
}

const (
	text  = "一是培训⟦done·value⟧，覆盖面不广。\n二是慰问⟦late·value⟧，不够及时。"
	one   = "一是培训12000人，覆盖面不广。"
	two   = "二是慰问30人，不够及时。"
	first = "一是培训⟦完成的·完成数⟧，覆盖面不广。"
	other = "二是慰问⟦滞后的·完成数⟧，不够及时。"
)

func TestATextComesBackWithItsTokens(t *testing.T) {
	for _, c := range []struct {
		name          string
		paragraphs    []string
		want, figures string
	}{
		{"untouched", []string{one, two}, first + "\n" + other, ""},
		{"a word", []string{"一是培训12000人，覆盖面还不够广。", two}, "一是培训⟦完成的·完成数⟧，覆盖面还不够广。\n" + other, ""},
		{"a figure by hand", []string{"一是培训12001人，覆盖面不广。", two}, "一是培训12001人，覆盖面不广。\n" + other,
			"done 12000人 12001人"},
		{"a digit in front of a figure", []string{"一是培训112000人，覆盖面不广。", two},
			"一是培训112000人，覆盖面不广。\n" + other, "done 12000人 112000人"},
		{"a digit behind it", []string{"一是培训120000人，覆盖面不广。", two},
			"一是培训120000人，覆盖面不广。\n" + other, "done 12000人 120000人"},
		{"decimals", []string{"一是培训1.2万人，覆盖面不广。", two}, "一是培训1.2万人，覆盖面不广。\n" + other,
			"done 12000人 1.2万人"},
		{"another measure", []string{"一是培训12000人次，覆盖面不广。", two}, "一是培训12000人次，覆盖面不广。\n" + other,
			"done 12000人 12000人次"},
		{"figures that swapped", []string{"一是培训30人，覆盖面不广。", "二是慰问12000人，不够及时。"},
			"一是培训30人，覆盖面不广。\n二是慰问12000人，不够及时。", "done 12000人 30人,late 30人 12000人"},
		{"paragraphs that moved", []string{two, one}, other + "\n" + first, ""},
		{"sentences of two paragraphs in one", []string{one + two}, first + other, ""},
		{"one paragraph in two", []string{"一是培训12000人，", "覆盖面不广。", two},
			"一是培训⟦完成的·完成数⟧，\n覆盖面不广。\n" + other, ""},
		{"a clause that moved", []string{"一是覆盖面不广，培训12000人。", two},
			"一是覆盖面不广，培训⟦完成的·完成数⟧。\n" + other, ""},
		{"a figure of its own", []string{one, two, "三是走访30人。"}, first + "\n" + other + "\n三是走访30人。", ""},
		{"a paragraph that went", []string{two}, other, ""},
		{"all went", nil, "", ""},
		{"nothing but new words", []string{"无法与原文相比的另一段话。"}, "无法与原文相比的另一段话。", ""},
		{"the sentence went with its figure", []string{"一是覆盖面不广。", two}, "一是覆盖面不广。\n" + other, ""},
		{"brackets of the reviewer", []string{one + "（见【附件】）", two}, first + "（见【附件】）\n" + other, ""},
	} {
		in, lines := edited(t, text, c.paragraphs...)
		s := compared(t, in, lines, Options{}).section(t, report.Problems)
		if s.Text != c.want || figuresOf(s) != c.figures || (s.State == Unchanged) != (c.name == "untouched") {
			t.Errorf("%s: %s %q, want\n%q; figures %q", c.name, s.State, s.Text, c.want, figuresOf(s))
		}
	}
}

func figuresOf(s Section) string {
	var out []string
	for _, f := range s.Figures {
		out = append(out, f.Indicator+" "+f.Was+" "+f.Is)
	}
	return strings.Join(out, ",")
}

// A file printed before the records changed has old figures: the reader may have them follow the records.
func TestFiguresThatDifferCanFollowTheRecords(t *testing.T) {
	in, lines := edited(t, text, "一是培训11000人，覆盖面还不广。", "二是慰问20人，不够及时。")
	s := compared(t, in, lines, Options{Ledger: true}).section(t, report.Problems)
	if want := "一是培训⟦完成的·完成数⟧，覆盖面还不广。\n" + other; s.Text != want ||
		figuresOf(s) != "done 12000人 11000人,late 30人 20人" {
		t.Errorf("%q, want %q; %s", s.Text, want, figuresOf(s))
	}
}

// A passage stays what it is while nothing in it changes; else each of its figures gets a token of its own.
func TestPassagesSurviveOrAreWrittenOut(t *testing.T) {
	const (
		inline = "其中：⟦if:done·reached⟧完成了⟦done·value⟧⟦else⟧没有⟦end⟧，⟦if:late·reached⟧也⟦end⟧继续。"
		lines  = "⟦each:all⟧⟦if:has_value⟧⟦name⟧⟦value⟧。\n⟦end⟧⟦end⟧"
	)
	for _, c := range []struct {
		name, text string
		change     func(string) string
		want       string
		written    bool
	}{
		{"beside it", inline, func(s string) string { return strings.Replace(s, "继续", "接着", 1) },
			"其中：⟦若：完成的·达标⟧完成了⟦完成的·完成数⟧⟦否则⟧没有⟦完⟧，⟦若：滞后的·达标⟧也⟦完⟧接着。", false},
		{"in it", inline, func(s string) string { return strings.Replace(s, "完成了", "实现", 1) },
			"其中：实现⟦完成的·完成数⟧，⟦若：滞后的·达标⟧也⟦完⟧继续。", true},
		{"of several lines", lines, func(s string) string { return s + "\n完。" },
			"⟦每项：全部⟧⟦若：有填报⟧⟦名称⟧⟦完成数⟧。\n⟦完⟧⟦完⟧\n完。", false},
		{"a line of several", lines, func(s string) string { return strings.Replace(s, "完成的1", "已完成的1", 1) },
			"已⟦完成的·名称⟧⟦完成的·完成数⟧。", true},
	} {
		in, _ := edited(t, c.text)
		var was []string
		for _, b := range in.Printed(in.Texts[report.Problems]) {
			was = append(was, b.Paragraph.Text())
		}
		in, all := edited(t, c.text, strings.Split(c.change(strings.Join(was, "\n")), "\n")...)
		s := compared(t, in, all, Options{}).section(t, report.Problems)
		if !strings.HasPrefix(s.Text, c.want) || s.Written != c.written {
			t.Errorf("%s: written out %v\n%s\nwant\n%s", c.name, s.Written, s.Text, c.want)
		}
		kept, err := in.Kept(s.Text)
		if err != nil || strings.Join(textOf(in, kept), "\n") != strings.TrimSpace(c.change(strings.Join(was, "\n"))) {
			t.Errorf("%s: the new text does not print what came back: %v\n%s", c.name, err, textOf(in, kept))
		}
	}
}

func textOf(in report.Input, stored string) (out []string) {
	for _, b := range in.Printed(stored) {
		out = append(out, b.Paragraph.Text())
	}
	return out
}

// Headings are found by their titles, whatever numbers they have.
func TestSectionsAreFoundByTheirHeadings(t *testing.T) {
	in, lines := edited(t, text, one, two)
	replaced := func(old string, with ...intake.Line) []intake.Line {
		var out []intake.Line
		for _, l := range lines {
			if l.Text == old {
				out = append(out, with...)
			} else {
				out = append(out, l)
			}
		}
		return out
	}
	at := func(text string) string {
		for _, l := range lines {
			if strings.HasPrefix(l.Text, text) {
				return l.Text
			}
		}
		t.Fatalf("no line %s", text)
		return ""
	}
	seven := at("七、")
	title := strings.TrimPrefix(seven, "七、")
	heading := func(text string) intake.Line { return intake.Line{Text: text, Level: 1} }
	for _, c := range []struct {
		name    string
		lines   []intake.Line
		state   State
		renamed string
	}{
		{"as printed", lines, Unchanged, ""},
		{"with Word's own numbering", replaced(seven, heading(title)), Unchanged, ""},
		{"with a label of Word's", replaced(seven, intake.Line{Text: title, Label: "七、"}), Unchanged, ""},
		{"numbered otherwise", replaced(seven, heading("7. "+title)), Unchanged, ""},
		{"with spaces and a full stop", replaced(seven, heading("第七部分　"+title+"。")), Unchanged, ""},
		{"renamed", replaced(seven, heading("七、主要不足")), Unchanged, "七、主要不足"},
		{"renamed without a number", replaced(seven, heading("主要不足")), Unchanged, "主要不足"},
		{"twice", replaced(seven, heading(seven), heading(seven)), Twice, ""},
		{"a table of contents", append([]intake.Line{{Text: seven + "\t12"}}, lines...), Unchanged, ""},
		{"gone", replaced(seven), Missing, ""},
	} {
		s := compared(t, in, c.lines, Options{}).section(t, report.Problems)
		if s.State != c.state || s.Renamed != c.renamed {
			t.Errorf("%s: %s, renamed %q: %+v", c.name, s.State, s.Renamed, s.Lines)
		}
	}
}

func TestAFileThatIsNoReportOfTheYearIsOneSentence(t *testing.T) {
	in, lines := edited(t, text, one)
	for key, lines := range map[string][]intake.Line{
		"returned_no_headings": {{Text: "关于召开会议的通知"}, {Text: "各科室："}},
		"returned_other_year": append([]intake.Line{{Text: strings.Replace(report.Build(in).Title, "2026", "2022", 1)}},
			lines[5:]...),
	} {
		_, err := Compare(in, lines, nil, Options{})
		if e, ok := err.(*kpi.Error); !ok || e.Text.Key != key { //nolint:errorlint // refusals come unwrapped
			t.Errorf("%s: %v", key, err)
		}
	}
}

// What the program writes itself is shown where it was changed, and nothing of it gets into a text.
func TestGeneratedSentencesAreShownAndNotTaken(t *testing.T) {
	in, lines := edited(t, text, one, two)
	changed := 0
	for i, l := range lines {
		if strings.Contains(l.Text, "万元") && l.Table == 0 && strings.Contains(l.Text, "。") {
			lines[i].Text = strings.Replace(l.Text, "万元", "亿元", 1)
			changed++
		}
	}
	got := compared(t, in, lines, Options{})
	shown := 0
	for _, s := range got.Sections {
		want := strings.TrimSpace(strings.ReplaceAll(in.Readable(in.Texts[s.Key]), "\n\n", "\n"))
		if s.State == Generated {
			shown++
			if strings.Contains(s.Text, "亿元") || s.Text != want {
				t.Errorf("%s: %q, want %q", s.Key, s.Text, want)
			}
		}
	}
	if changed == 0 || shown == 0 {
		t.Errorf("%d sentences changed, %d sections show it", changed, shown)
	}
}

func TestADiffReadsAsAReaderWouldMarkIt(t *testing.T) {
	for _, c := range [][3]string{
		{"培训妇女1259人。", "培训妇女1260人。", "培训妇女-1259-+1260+人。"},
		{"覆盖面不广。", "覆盖面还不够广。", "覆盖面+还+不+够+广。"},
		{"完成十项", "建成六项", "-完成十-+建成六+项"},
		{"相同", "相同", "相同"},
		{"甲。丙。", "甲。乙。丙。", "甲。+乙。+丙。"},
		{"甲。乙。", "甲。", "甲。-乙。-"},
		{"", "新", "+新+"},
		{"GDP grew", "GDP fell", "GDP -grew-+fell+"},
	} {
		was, is := words(c[0]), words(c[1])
		var got strings.Builder
		for _, s := range spans(was, is, compare(was, is)) {
			got.WriteString(map[Mark]string{Ins: "+", Del: "-"}[s.Mark] + s.Text + map[Mark]string{Ins: "+", Del: "-"}[s.Mark])
		}
		if got.String() != c[2] {
			t.Errorf("%s → %s: %s, want %s", c[0], c[1], got.String(), c[2])
		}
	}
}

// A file of hundreds of pages, and one in which nothing is as it was, are compared in bounded time.
func TestALongFileIsCompared(t *testing.T) {
	var own []string
	for i := range 150 {
		own = append(own, strings.Repeat("段", 1+i%40)+"培训⟦done·value⟧，慰问⟦late·value⟧，"+strings.Repeat("多", i%60)+"。")
	}
	var long []string
	for i := range 6000 {
		long = append(long, strings.Repeat("新", 1+i%30)+"走访12000人，"+strings.Repeat("写", i%200)+"。")
	}
	in, lines := edited(t, strings.Join(own, "\n"), long...)
	s := compared(t, in, lines, Options{}).section(t, report.Problems)
	if s.State != Changed || strings.Count(s.Text, "\n") < 5000 {
		t.Errorf("%s, %d lines", s.State, strings.Count(s.Text, "\n"))
	}
}

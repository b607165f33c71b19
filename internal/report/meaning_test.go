package report

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
	"dabiao/internal/report/token"
)

// named is an indicator of an office with hostile names; its code is its own.
type named struct {
	code, name, english string
	area                kpi.AreaID
}

// hostile is an office whose indicators and areas are called as nobody should call them: like the words of
// tokens, with their brackets, points and colons, twice, as beginnings of each other, as another's code.
func hostile(t testing.TB, tag lang.Tag, areas []kpi.Area, indicators []named) Input {
	t.Helper()
	at := kpi.AsOf{Period: kpi.Period{Year: 2026, Month: 12}, Day: 31}
	var figures []progress.Figure
	kinds := []kpi.Kind{kpi.Flow, kpi.Running, kpi.Money}
	for i, n := range indicators {
		in := progress.Input{AsOf: at, Rules: kpi.DefaultRules, Indicator: kpi.Indicator{ID: kpi.IndicatorID(i + 1),
			Code: n.code, Area: n.area, Name: n.name, NameEn: n.english,
			Kind: kinds[i%len(kinds)], Measure: "人", Direction: kpi.Up, Starts: 1}}
		if in.Indicator.Kind == kpi.Money {
			in.Indicator.Measure = "万元"
		}
		if i%2 == 0 {
			in.Target = &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(int64(500 + i))}
		}
		// every figure has a value of its own
		u := kpi.Update{ID: 1, Dated: "2026-03-01", Quantity: kpi.Exactly(kpi.Whole(int64(1000 + i))), Act: kpi.ActLog,
			State: kpi.StateApproved}
		in.Series, in.Entries = progress.Tally(in.Indicator.Kind, kpi.ReviewOff, []kpi.Update{u},
			nil), map[kpi.UpdateID]kpi.Update{1: u}
		figures = append(figures, progress.Measure(in))
	}
	return Input{Office: Office{Name: "⟦完成数⟧县", NameEn: "⟦value⟧ county"}, Language: lang.For(tag),
		Board: progress.Board{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, AsOf: at,
			Areas: progress.Arrange(areas, figures),
			Budget: progress.Execute([]kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Income: kpi.Whole(9),
				Spent: kpi.Whole(8)}}, at, kpi.DefaultRules)}}
}

// hostileAreas and hostileNames are the worst office.
var hostileAreas = []kpi.Area{
	{ID: 1, Code: "rights", Name: "维权关爱", NameEn: "target"}, {ID: 2, Code: "all", Name: "全部", NameEn: "all"}, {ID: 3,
		Code: "each", Name: "每项：全部", NameEn: "each: all"},
	{ID: 4, Code: "same-1", Name: "同名板块", NameEn: "twin"}, {ID: 5, Code: "same-2", Name: "同名板块", NameEn: "twin"}, {ID: 6,
		Code: "value", Name: "a|b⟧", NameEn: "rights"}, {ID: 7, Code: "end", Name: "完", NameEn: "end"},
}

var hostileNames = []named{
	{"screened", "完成两癌检查的数量", "Completed number", 1}, {"value", "完成数", "value", 1}, {"target", "目标", "target", 1}, {"name",
		"名称", "name", 2}, {"each", "每项", "each", 2},
	{"end", "完", "end", 3}, {"if", "如果", "if", 3}, {"else", "否则", "else", 3}, {"rate", "完成率", "done", 4}, {"year", "年度",
		"office", 4}, {"office", "单位", "year", 5}, {"indicators", "指标", "indicators", 5},
	{"brackets", "甲⟦目标⟧乙", "a⟦target⟧", 6}, {"typed", "甲[[目标]]乙", "[[value]]", 6}, {"black", "【【目标】】", "【【value】】",
		6}, {"dot", "甲·目标", "a·target", 6}, {"first", "甲", "a", 6}, {"bar", "甲|完成数", "a|value", 6},
	{"wide", "入户：走访数", "visits：made", 7}, {"narrow", "入户:走访数", "visits:made", 7}, {"each-name", "每项：维权关爱", "each: rights",
		7}, {"if-name", "若：达标", "if: reached", 7}, {"end-name", "完：数", "end: x", 7},
	{"short", "培训", "training", 1}, {"longer", "培训妇女", "training women", 1}, {"longest", "培训妇女人数",
		"training women headcount", 1}, {"twin-1", "同名", "twin", 4}, {"twin-2", "同名", "twin", 5},
	{"codes-1", "screened", "women", 1}, {"women", "妇女", "value-1", 2}, {"value-1", "#women", "#value-1", 2}, {"marked",
		"##year", "##office", 2}, {"spaced", " 空格 ", " spaced ", 3}, {"dots", "·", "··", 3}, {"reached", "达标", "reached", 1},
	{"without", "未设目标", "without target", 2}, {"yuan", "万元", "yuan", 2}, {"done", "已完成", "all", 4},
}

// oneMeaning holds a text to its one meaning: as it is previewed, as it is kept and printed, as it is read again and
// kept again. One that is refused is refused whole.
func oneMeaning(t *testing.T, in Input, text string) (kept string, ok bool) {
	t.Helper()
	kept, err := in.Kept(text)
	if err != nil {
		return "", false
	}
	before, after := said(in.Preview(text)), said(in.Printed(kept))
	if before != after {
		t.Errorf("%s previews as %q and prints as %q, kept as %s", text, before, after, kept)
	}
	if refs(in.Preview(text)) != refs(in.Printed(kept)) {
		t.Errorf("%s previews the figures %s and prints %s", text, refs(in.Preview(text)), refs(in.Printed(kept)))
	}
	shown := in.Readable(kept)
	again, err := in.Kept(shown)
	if err != nil || again != kept {
		t.Errorf("%s is kept as %s, shown as %s, kept again as %s: %v", text, kept, shown, again, err)
	}
	if said(in.Preview(shown)) != after {
		t.Errorf("%s is shown as %s and previews as %q then", text, shown, said(in.Preview(shown)))
	}
	if twice, err := in.Kept(kept); err == nil && twice != kept {
		t.Errorf("%s is kept as %s, and that as %s", text, kept, twice)
	}
	return kept, true
}

// refs are the figures blocks rest on.
func refs(blocks []paper.Block) string {
	var out []string
	for _, b := range blocks {
		for _, r := range b.Paragraph.Runs {
			if r.Ref != nil {
				out = append(out, r.Ref.Indicator+"·"+string(r.Ref.Aspect))
			}
		}
	}
	return strings.Join(out, " ")
}

// offices are one without traps and the worst, in both languages.
func offices(t testing.TB) map[string]Input {
	return map[string]Input{"zh": facts(t, lang.Chinese), "en": facts(t, lang.English),
		"hostile zh": hostile(t, lang.Chinese, hostileAreas, hostileNames), "hostile en": hostile(t, lang.English,
			hostileAreas, hostileNames)}
}

// The guide's own example, in an office where a name holds the characters of its words.
func TestTheGuidesListIsKeptAsAList(t *testing.T) {
	for _, text := range []string{"⟦每项：维权关爱⟧⟦名称⟧⟦完成数⟧；⟦完⟧", "⟦each: rights⟧⟦name⟧⟦value⟧；⟦end⟧",
		"⟦每项：维权关爱⟧⟦名称⟧⟦完成值⟧；⟦完⟧"} {
		in := hostile(t, lang.Chinese, []kpi.Area{{ID: 1, Code: "rights", Name: "维权关爱"}}, []named{
			{"screened", "完成两癌检查的数量", "", 1}, {"names", "名单称谓核对", "", 1}, {"goal", "目的地标识", "", 1}})
		kept, ok := oneMeaning(t, in, text)
		if want := "⟦each: rights⟧⟦name⟧⟦value⟧；⟦end⟧"; !ok || kept != want {
			t.Errorf("kept %s", kept)
		}
		if got, want := said(in.Printed(kept)), "完成两癌检查的数量1000人；名单称谓核对1001人；目的地标识1002万元；\n"; got != want {
			t.Errorf("printed %s", got)
		}
	}
}

// Every token that the picker offers says what it was offered for, in every office, outside and inside a
// repetition, as a figure and as a condition.
func TestEveryOfferedTokenHasOneMeaning(t *testing.T) {
	for name, in := range offices(t) {
		b := NewDraft(in)
		inside := "⟦每项：" + b.areaSpelling(areaMeaning{&in.Board.Areas[0]}) + "⟧"
		for _, s := range b.subjects() {
			var tokens, kept, says []string
			for _, aspect := range append(slices.Clone(s.Aspects), "") {
				if aspect != "" || len(s.Aspects) == 0 {
					m := meaning{s, aspect}
					tokens, kept, says = append(tokens, token.Open+b.spelling(m, tokenPlace{})+token.Close), append(kept,
						token.Open+m.kept()+token.Close), append(says, paper.Text(b.say(m)))
				}
			}
			text, want := strings.Join(tokens, "；"), strings.Join(kept, "；")
			// a sentence begins with a capital letter
			wanted := strings.TrimSpace(strings.Join(says, "；")) + "\n"
			if got := said(in.Preview(text)); !strings.EqualFold(got, wanted) {
				t.Errorf("%s: %s prints %q, want %q", name, text, got, wanted)
			}
			if s.figure != nil {
				for _, aspect := range conditions {
					text += "⟦若：" + b.spelling(meaning{s, aspect}, tokenPlace{asks: true}) + "⟧是⟦否则⟧否⟦完⟧"
					want += "⟦if: " + s.Code + token.Dot + string(aspect) + "⟧是⟦else⟧否⟦end⟧"
				}
			}
			if got, _ := oneMeaning(t, in, text+inside+text+"⟦完⟧"); got !=
				want+"⟦each: "+in.Board.Areas[0].Area.Code+"⟧"+want+"⟦end⟧" {
				t.Errorf("%s: %s is kept as %s, want %s", name, text, got, want)
			}
		}
	}
}

// A word for an aspect inside a repetition is the aspect of the indicator at hand, for every area and both
// languages' words, whatever the indicators are called.
func TestAFieldWordSpeaksOfTheIndicatorAtHand(t *testing.T) {
	for name, in := range offices(t) {
		b := NewDraft(in)
		for i := range in.Board.Areas {
			over := areaMeaning{&in.Board.Areas[i]}
			if over.Area.ID == 0 {
				continue
			}
			for word, aspect := range aspectWords {
				text := "⟦每项：" + b.areaSpelling(over) + "⟧⟦" + word + "⟧；⟦完⟧"
				kept, ok := oneMeaning(t, in, text)
				if ok != slices.Contains(everyAspect, aspect) || ok && kept != "⟦each: "+over.kept()+"⟧⟦"+string(aspect)+"⟧；⟦end⟧" {
					t.Errorf("%s: %s is kept as %q", name, text, kept)
				}
				for _, r := range strings.Fields(refs(in.Printed(kept))) {
					if code, _, _ := strings.Cut(r, "·"); !slices.ContainsFunc(over.Figures,
						func(f progress.Figure) bool { return f.Indicator.Code == code }) {
						t.Errorf("%s: %s prints a figure of %s", name, text, code)
					}
				}
				if i > 0 {
					continue // said once for each office
				}
				asked := "⟦每项：*⟧⟦若：" + word + "⟧⟦名称⟧⟦完⟧⟦完⟧"
				if kept, ok := oneMeaning(t, in, asked); ok != slices.Contains(conditions, aspect) || ok &&
					kept != "⟦each: all⟧⟦if: "+string(aspect)+"⟧⟦name⟧⟦end⟧⟦end⟧" {
					t.Errorf("%s: %s is kept as %q", name, asked, kept)
				}
				if kept, ok := oneMeaning(t, in, "⟦"+word+"⟧"); ok {
					t.Errorf("%s: ⟦%s⟧ alone is kept as %s", name, word, kept)
				}
			}
		}
	}
}

var (
	inText   = regexp.MustCompile(`⟦[^⟧]*⟧`)
	passages = regexp.MustCompile(`⟦(?:每项|each|若|if)[:：].*?⟦(?:完|end)⟧`)
)

// What the guide and the editor's hints write has one meaning or none, as it stands and with an office's own
// names in the place of the guide's.
func TestEveryTokenOfTheGuideHasOneMeaning(t *testing.T) {
	var texts []string
	for _, file := range []string{"../../docs/guide.zh.md", "../../docs/guide.en.md"} {
		guide, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		one := strings.ReplaceAll(string(guide), "\n", " ")
		texts = append(texts, inText.FindAllString(one, -1)...)
		texts = append(texts, passages.FindAllString(one, -1)...)
	}
	for _, tag := range lang.Tags {
		for _, key := range []string{"report_text.passages_hint", "report_text.text_hint", "template.sample.each",
			"template.sample.sentence"} {
			hint := lang.For(tag).T(key, "维权关爱", "screened")
			texts = append(texts, passages.FindAllString(hint, -1)...)
			texts = append(texts, inText.FindAllString(hint, -1)...)
		}
	}
	if len(texts) < 40 {
		t.Fatalf("only %d tokens: %q", len(texts), texts)
	}
	taken := 0
	for name, in := range offices(t) {
		b := NewDraft(in)
		subject := in.Subjects()[1]
		area := b.areaSpelling(areaMeaning{&in.Board.Areas[0]})
		called := strings.TrimSuffix(b.spelling(meaning{subject, SayValue}, tokenPlace{}),
			token.Dot+b.p.T("token.aspect.value"))
		own := strings.NewReplacer("维权关爱", area, "板块", area, "area", area, "指标·", called+"·", "indicator·", called+"·",
			"⟦name·value⟧", "⟦"+called+"·value⟧")
		for _, text := range texts {
			for _, text := range []string{text, own.Replace(text)} {
				if _, ok := oneMeaning(t, in, text); ok {
					taken++
				}
			}
		}
		for _, text := range []string{"⟦每项：维权关爱⟧⟦名称⟧⟦完成数⟧；⟦完⟧", "⟦each: area⟧⟦name⟧ ⟦value⟧; ⟦end⟧", "⟦若：指标·达标⟧好⟦否则⟧差⟦完⟧",
			"⟦if: indicator·reached⟧a⟦else⟧b⟦end⟧"} {
			if _, ok := oneMeaning(t, in, own.Replace(text)); !ok {
				t.Errorf("%s: the guide's %s is refused", name, own.Replace(text))
			}
		}
	}
	if taken < 60 {
		t.Errorf("only %d were taken", taken)
	}
}

// What could be several is refused with their names; what is sure is taken.
func TestWhatCouldBeSeveralIsRefusedByName(t *testing.T) {
	zh, en := hostile(t, lang.Chinese, hostileAreas, hostileNames), hostile(t, lang.English, hostileAreas, hostileNames)
	for text, says := range map[string]string{
		"⟦同名⟧":           "“同名（#twin-1）”还是“同名（#twin-2）”",
		"⟦同名·目标⟧":        "“同名（#twin-1）”还是“同名（#twin-2）”",
		"⟦甲·目标⟧":         "“甲·目标”还是“甲”",
		"⟦screened·完成数⟧": "“完成两癌检查的数量”还是“screened”",
		"⟦年度⟧":           "“年度（#year）”还是“年度（##year）”",
		"⟦完成数⟧":          "写成“⟦完成数·完成数⟧”",
		"⟦target⟧":       "写成“⟦目标·完成数⟧”",
		"⟦每项⟧":           "写成“⟦每项·完成数⟧”",
		"⟦每项：同名板块⟧⟦名称⟧⟦完⟧":     "同名板块（#same-1）、同名板块（#same-2）",
		"⟦每项：全部⟧⟦名称⟧⟦完⟧":       "全部指标、全部（#all）",
		"⟦每项：⟧⟦名称⟧⟦完⟧":         "没有名为“”",
		"⟦每项：#rights⟧⟦培训妇⟧⟦完⟧": "培训妇女",
		"⟦入户：走访⟧":              "“入户：走访数”",
		"⟦指标·颜色⟧":              "",
	} {
		_, err := zh.Kept(text)
		refusal, ok := err.(*kpi.Error) //nolint:errorlint // it is given as it is
		if !ok || len(refusal.Fields) == 0 || !strings.Contains(lang.For(lang.Chinese).Text(refusal.Fields[0].Text), says) {
			t.Errorf("%s: %v", text, err)
			if ok && len(refusal.Fields) > 0 {
				t.Log(lang.For(lang.Chinese).Text(refusal.Fields[0].Text))
			}
		}
	}
	for text, want := range map[string]string{
		"⟦完成数·完成数⟧": "⟦value·value⟧", "⟦目标·目标⟧": "⟦target·target⟧", "⟦培训⟧": "⟦short·value⟧", "⟦培训妇女⟧": "⟦longer·value⟧",
		"⟦#screened⟧": "⟦screened·value⟧", "⟦#screened·目标⟧": "⟦screened·target⟧",
		"⟦入户：走访数⟧": "⟦wide·value⟧", "⟦入户:走访数⟧": "⟦narrow·value⟧", "⟦入户：走访数·目标⟧": "⟦wide·target⟧", "⟦每项·目标⟧": "⟦each·target⟧",
		"⟦完·完成数⟧": "⟦end·value⟧", "⟦完：数⟧": "⟦end-name·value⟧",
		"⟦若：完成数·达标⟧x⟦完⟧": "⟦if: value·reached⟧x⟦end⟧", "⟦每项：维权关爱⟧⟦完成数·完成数⟧⟦完⟧": "⟦each: rights⟧⟦value·value⟧⟦end⟧",
		"⟦每项：*⟧⟦目标⟧⟦完⟧": "⟦each: all⟧⟦target⟧⟦end⟧", "⟦每项：#all⟧⟦目标⟧⟦完⟧": "⟦each: #all⟧⟦target⟧⟦end⟧",
		"⟦如果：目标·达标⟧x⟦完⟧": "⟦if: target·reached⟧x⟦end⟧", "⟦甲｜完成数·目标⟧": "⟦bar·target⟧", "⟦空格⟧": "⟦spaced·value⟧",
		"⟦达标·完成率⟧": "⟦reached·rate⟧", "⟦指标·总数⟧": "⟦indicators·all⟧", "⟦指标·完成数⟧": "⟦indicators·value⟧",
	} {
		if kept, ok := oneMeaning(t, zh, text); !ok || kept != want {
			_, err := zh.Kept(text)
			t.Errorf("%s is kept as %s, want %s: %v", text, kept, want, err)
		}
	}
	for text, want := range map[string]string{"⟦target·target⟧": "⟦target·target⟧", "⟦Training Women⟧": "⟦longer·value⟧",
		"⟦each: #rights⟧⟦name⟧⟦end⟧": "⟦each: rights⟧⟦name⟧⟦end⟧", "⟦visits：made·rate⟧": "⟦wide·rate⟧"} {
		if kept, ok := oneMeaning(t, en, text); !ok || kept != want {
			t.Errorf("%s is kept as %s, want %s", text, kept, want)
		}
	}
}

// What is kept means what it meant, whatever others are called later, and when its own indicator is gone.
func TestAKeptTextGoesByCodesAlone(t *testing.T) {
	in := hostile(t, lang.Chinese, hostileAreas[:1], []named{{"visits", "走访", "", 1}, {"other", "培训", "", 1}})
	kept, err := in.Kept("⟦走访⟧，⟦每项：rights⟧⟦完成数⟧⟦完⟧")
	if err != nil {
		t.Fatal(err)
	}
	before := said(in.Printed(kept))
	later := hostile(t, lang.Chinese, []kpi.Area{{ID: 1, Code: "rights", Name: "新名"}},
		[]named{{"visits", "改名", "", 1}, {"other", "visits", "visits", 1}})
	if got := said(later.Printed(kept)); got != before {
		t.Errorf("printed %q and later %q", before, got)
	}
	gone := hostile(t, lang.Chinese, hostileAreas[:1], []named{{"other", "visits", "visits", 1}})
	gone.Gone = []kpi.Indicator{{Code: "visits", Name: "走访"}}
	if got := said(gone.Printed("完成⟦visits·value⟧。")); got != "完成⟦visits·value⟧。\n" {
		t.Errorf("an archived indicator prints %q", got)
	}
	in = facts(t, lang.Chinese)
	if got := said(in.Printed("⟦两癌免费检查完成人数·完成数⟧")); !strings.Contains(got, "⟦") {
		t.Errorf("a name was read from what is kept: %q", got)
	}
}

func FuzzOneMeaning(f *testing.F) {
	for _, s := range []string{"⟦完成数⟧", "⟦每项：维权关爱⟧⟦名称⟧⟦完成数⟧；⟦完⟧", "⟦若：甲·目标·达标⟧a⟦否则⟧b⟦完⟧", "⟦每项：#all⟧⟦##year⟧⟦完⟧",
		"⟦入户:走访数|完成率⟧", "[[甲]][[目标]]【【乙】】"} {
		f.Add(s)
	}
	in := hostile(f, lang.Chinese, hostileAreas, hostileNames)
	f.Fuzz(func(t *testing.T, text string) { oneMeaning(t, in, text) })
}

package report

import (
	"errors"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/reporttest"
)

// spoken is a text as the published year prints it.
func spoken(t *testing.T, in Input, text string) string {
	t.Helper()
	var out []string
	for _, b := range in.Preview(text) {
		out = append(out, b.Paragraph.Text())
	}
	return strings.Join(out, "\n")
}

func TestTokensPrintFigures(t *testing.T) {
	zh, en := facts(t, lang.Chinese), facts(t, lang.English)
	for text, want := range map[string]string{
		"免费检查⟦两癌检查·完成数⟧，目标⟦two-cancer-screened·target⟧。":                                    "免费检查10780人，目标10361人。",
		"⟦two-cancer-screened·完成率⟧，⟦two-cancer-screened·结果⟧":                                "104.04%，超额完成",
		"比目标多⟦two-cancer-screened·差额⟧":                                                      "比目标多419人",
		"[[women-trained·概数]]，⟦consultations·概数⟧，⟦training-courses·概数⟧":                     "1200余人，200余人次，20期",
		"⟦发放两癌救助金·万元⟧，⟦发放两癌救助金·元⟧，⟦subsidy-sales·万元⟧":                                       "31万元，310000元，不少于150万元",
		"⟦mediation-success-rate⟧（⟦mediation-success-rate·分子⟧/⟦mediation-success-rate·分母⟧）": "94.17%（210/223）",
		"⟦培训妇女人数·数字⟧名妇女，⟦培训妇女人数·名称⟧":                                                        "1259名妇女，培训妇女人数",
		"⟦women-trained·完成率⟧；⟦women-trained·同比⟧":                                            "未设目标；无上年同期数据",
		"⟦基本支出·支出数⟧，⟦基本支出·预算执行率⟧，⟦项目支出·预算执行率⟧":                                              "153.98万元，100.00%，—",
		"共⟦指标·总数⟧项，⟦指标·未设目标⟧项未设目标，⟦年度⟧⟦单位⟧":                                                 "共66项，65项未设目标，2022年某市妇女联合会",
		"⟦每项：ideology⟧⟦名称⟧⟦完成数⟧；⟦完⟧止":                                                       "召开三八表彰大会1次；表彰妇女工作先进个人25名；表彰先进单位27个；接受妇女咨询200余人次；赶集普法发放宣传单3000余份；为农村留守儿童送书籍学习用品100余名；六一庆祝活动举办村数2个；止",
		"⟦若：two-cancer-screened·超额⟧超了⟦否则⟧没超⟦完⟧；⟦若：women-trained·有目标⟧有⟦否则⟧无⟦完⟧":              "超了；无",
		"⟦每项：全部⟧⟦若：有目标⟧⟦名称⟧⟦完⟧⟦完⟧":                                                          "两癌免费检查完成人数",
		"⟦没有的⟧": "⟦没有的⟧",
		"⟦没有收尾": "⟦没有收尾",
		"一\n\n 二⟦每项：development⟧\n⟦完⟧三": "一\n二\n三",
	} {
		if got := spoken(t, zh, text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	if got := spoken(t, en, "Screened ⟦two-cancer-screened⟧ of ⟦two-cancer-screened·target⟧, ⟦consultations⟧."); got != "Screened 10,780 people of 10,361 people, at least 200 visits." {
		t.Error(got)
	}
}

func TestEveryTokenNamesItsFigure(t *testing.T) {
	in := facts(t, lang.Chinese)
	for _, s := range in.Subjects() {
		for _, aspect := range s.Aspects {
			token := in.Token(s, aspect)
			kept, err := in.Kept(token)
			if err != nil {
				t.Errorf("%s: %v", token, err)
				continue
			}
			if again := in.Readable(kept); again != token {
				t.Errorf("%s is kept as %s and read as %s", token, kept, again)
			}
			if aspect == SayName || s.Code == countsCode {
				continue
			}
			if runs := in.Preview(token); len(runs) != 1 || runs[0].Paragraph.Runs[0].Ref == nil ||
				runs[0].Paragraph.Text() != in.Says(s, aspect) {
				t.Errorf("%s prints %+v", token, runs)
			}
		}
	}
}

func TestTextsAreKeptByCodeAndReadByName(t *testing.T) {
	in := facts(t, lang.Chinese)
	typed := "完成[[两癌检查]]，⟦每项：维权关爱⟧⟦名称⟧⟦若：有目标⟧⟦目标⟧⟦否则⟧无⟦完⟧⟦完⟧"
	typed = strings.Replace(typed, "维权关爱", "权益维护", 1)
	kept, err := in.Kept(typed)
	if want := "完成⟦two-cancer-screened·value⟧，⟦each: rights⟧⟦name⟧⟦if: has_target⟧⟦target⟧⟦else⟧无⟦end⟧⟦end⟧"; err != nil ||
		kept != want {
		t.Errorf("kept %s, %v", kept, err)
	}
	if got, want := in.Readable(kept), "完成⟦两癌免费检查完成人数·完成数⟧，⟦每项：权益维护⟧⟦名称⟧⟦若：有目标⟧⟦目标⟧⟦否则⟧无⟦完⟧⟦完⟧"; got != want {
		t.Errorf("read %s", got)
	}
	in.Language = lang.For(lang.English)
	if got := in.Readable("⟦two-cancer-screened·value⟧"); got != "⟦Two-cancer screening completed·value⟧" {
		t.Error(got)
	}
}

func TestTokensThatMeanNothingAreRefusedTogether(t *testing.T) {
	in := facts(t, lang.Chinese)
	for text, keys := range map[string]string{
		"⟦两癌⟧": "token_unknown_2",
		"⟦没有这个⟧ ⟦women-trained·颜色⟧": "token_unknown token_form_unknown",
		"⟦邵阳庭院⟧":                    "token_unknown_2",
		"⟦women-trained":            "token_not_closed",
		"⟦women-\ntrained⟧":         "token_not_closed",
		"⟦完⟧":                       "token_end_alone",
		"⟦每项：rights⟧⟦名称⟧":           "token_no_end",
		"⟦每项：rights⟧⟦每项：family⟧⟦完⟧⟦完⟧": "token_nested token_no_end",
		"⟦每项：没有⟧⟦完⟧":                   "token_area_unknown",
		"⟦名称⟧":                         "token_form_alone",
		"⟦单位·目标⟧":                      "token_form_unknown",
		"⟦两癌⟦women-trained⟧⟧":          "token_not_closed",
		"⟦⟧和⟦ 　⟧":                      "token_empty token_empty",
		"[[]]":                         "token_empty",
		"完成数⟧后":                        "token_not_opened",
		"⟦women-trained⟧后完成数⟧":         "token_not_opened",
		"⟦每项：rights⟧⟦⟧⟦完⟧":             "token_empty",
		"[[women-trained":              "token_not_closed",
	} {
		_, err := in.Kept(text)
		var e *kpi.Error
		if !errors.As(err, &e) {
			t.Errorf("%s was taken", text)
			continue
		}
		var got []string
		for _, f := range e.Fields {
			got = append(got, f.Text.Key)
			if !lang.For(lang.Chinese).Has(f.Text.Key) {
				t.Errorf("%s is not in the catalogue", f.Text.Key)
			}
		}
		if strings.Join(got, " ") != keys {
			t.Errorf("%s: %v, want %s", text, got, keys)
		}
	}
}

// Brackets that close nothing of ours are the writer's own.
func TestOtherBracketsStayAsTheyAreWritten(t *testing.T) {
	in := facts(t, lang.Chinese)
	for _, text := range []string{"【见【附件】】", "a[b[1]] c", "】】", "]]\n[x]"} {
		if kept, err := in.Kept(text); err != nil || kept != text {
			t.Errorf("%q is kept as %q: %v", text, kept, err)
		}
	}
	if kept, err := in.Kept("【【women-trained】】【注】"); err != nil || kept != "⟦women-trained·value⟧【注】" {
		t.Errorf("kept %q: %v", kept, err)
	}
}

// An indicator that left the year is not taken for another whose name holds its own.
func TestATokenOfAnArchivedIndicatorIsNoOther(t *testing.T) {
	in := facts(t, lang.Chinese)
	if kept, err := in.Kept("⟦培训妇女⟧"); err != nil || kept != "⟦women-trained·value⟧" {
		t.Fatalf("kept %q: %v", kept, err)
	}
	in.Gone = []kpi.Indicator{{Code: "old", Name: "培训妇女"}}
	for _, text := range []string{"⟦培训妇女⟧", "⟦old·目标⟧", "⟦若：old⟧x⟦完⟧"} {
		_, err := in.Kept(text)
		var e *kpi.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Text.Key != "token_gone" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A condition without a word of its own is kept as the condition it is.
func TestAConditionIsKeptAsOne(t *testing.T) {
	in := facts(t, lang.Chinese)
	kept, err := in.Kept("⟦若：women-trained⟧好⟦完⟧")
	if want := "⟦if: women-trained·reached⟧好⟦end⟧"; err != nil || kept != want {
		t.Errorf("kept %q, want %q: %v", kept, want, err)
	}
	if again, err := in.Kept(in.Readable(kept)); err != nil || again != kept {
		t.Errorf("read as %q, kept as %q: %v", in.Readable(kept), again, err)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"⟦a·b⟧", "⟦每项：rights⟧⟦名称⟧⟦完⟧", "⟦若：women-trained·达标⟧a⟦否则⟧b⟦完⟧", "⟦⟧⟦完⟧⟦否则⟧", "[[两癌检查|完成率]]",
		"⟦每项：all⟧⟦若：达标⟧⟦每项：all⟧"} {
		f.Add(s)
	}
	in := facts(f, lang.Chinese)
	f.Fuzz(func(t *testing.T, text string) {
		in.Preview(text)
		kept, err := in.Kept(text)
		if err != nil {
			return
		}
		again, err := in.Kept(in.Readable(kept))
		if err != nil || again != kept {
			t.Fatalf("%q is kept as %q, read as %q, kept as %q: %v", text, kept, in.Readable(kept), again, err)
		}
	})
}

// Under ＞ and ＜ the target itself is not enough: what is not reached is never 0 away from it.
func TestTheDifferenceOfWhatIsNotReachedIsNeverZero(t *testing.T) {
	for _, c := range []struct {
		sign     kpi.Sign
		kind     kpi.Kind
		measure  kpi.Measure
		decimals int
		value    string
		want     string
	}{
		{kpi.MoreSign, kpi.Flow, "人", 0, "100", "1人"}, {kpi.MoreSign, kpi.Flow, "人", 0, "99", "2人"}, {kpi.MoreSign, kpi.Flow,
			"人", 0, "0", "101人"},
		{kpi.MoreSign, kpi.Flow, "人", 0, "101", "1人"}, {kpi.MoreSign, kpi.Flow, "人", 0, "150", "50人"},
		{kpi.MoreSign, kpi.Money, "万元", 2, "100", "0.01万元"}, {kpi.MoreSign, kpi.Money, "万元", 2, "99.99", "0.02万元"},
		{kpi.MoreSign, kpi.Standard, "%", 2, "100", "0.01个百分点"}, {kpi.MoreSign, kpi.Running, "户", 0, "100", "1户"},
		{kpi.AtLeastSign, kpi.Flow, "人", 0, "99", "1人"}, {kpi.AtLeastSign, kpi.Flow, "人", 0, "100", "0人"}, {kpi.AtLeastSign,
			kpi.Flow, "人", 0, "101", "1人"},
		{kpi.EqualSign, kpi.Flow, "人", 0, "99", "1人"}, {kpi.EqualSign, kpi.Flow, "人", 0, "100", "0人"}, {kpi.EqualSign,
			kpi.Flow, "人", 0, "101", "1人"},
		{kpi.AtMostSign, kpi.Money, "万元", 2, "100", "0万元"}, {kpi.AtMostSign, kpi.Money, "万元", 2, "100.01",
			"0.01万元"}, {kpi.AtMostSign, kpi.Money, "万元", 2, "90", "10万元"},
		{kpi.LessSign, kpi.Money, "万元", 2, "100", "0.01万元"}, {kpi.LessSign, kpi.Money, "万元", 2, "101",
			"1万元"}, {kpi.LessSign, kpi.Money, "万元", 2, "99", "1万元"},
		{kpi.LessSign, kpi.Flow, "起", 0, "100", "1起"}, {kpi.LessSign, kpi.Standard, "%", 0, "100", "1.00个百分点"},
	} {
		f := reporttest.Figure(t, c.kind, c.measure, c.decimals, c.value, kpi.Target{Sign: c.sign, Amount: kpi.Whole(100)})
		in := facts(t, lang.Chinese)
		in.Board.Areas[0].Figures = append(in.Board.Areas[0].Figures, f)
		if got := spoken(t, in, "⟦x·差额⟧"); got != c.want {
			t.Errorf("%s of %s 100 %s: %s, want %s", c.value, c.sign, c.measure, got, c.want)
		}
	}
}

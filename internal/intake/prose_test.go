package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func TestMentionsFindsNumbersInProse(t *testing.T) {
	measures := []kpi.Measure{"人", "户", "听", "封", "起", "%", "元"}
	names := []string{"百场宣讲", "妇女维权200条"}
	for text, want := range map[string]string{
		"全年培训妇女1259人。":                                     "1259人=1259 人",
		"完成１０，７８０人，占104.04％":                               "１０，７８０人=10780 人|104.04％=104.04 %",
		"完成10,780人":                                        "10,780人=10780 人",
		"发放救助金31万，慰问5余万元":                                  "31万=310000 !no_measure|5余万元=50000 元 !order",
		"陪同询问12人/次，奶粉138厅":                                 "12人/次=12 人次 !slashed|138厅=138 听 !sounds",
		"征集清廉家书近200封，约300户":                                "近200封=200 封|约300户=300 户",
		"举办二十期培训，救助三十一人，两个方面、三项措施":                         "二十期=20 期|三十一人=31 人",
		"2022年12月31日，截至11月底，第3次，〔2022〕12号":                 "",
		"“三八”期间开展“百场宣讲”3场":                                 "3场=3 场",
		"学习妇女维权200条，拨打12338热线、热线12338":                     "",
		"1. 加强学习\n2. 抓好落实\n（3）其他；附件2":                      "",
		"⟦women-trained·value⟧，共36名":                       "36名=36 名",
		"成功率百分之九十四":                                        "百分之九十四=94 %",
		"近3年来，2021—2025年，10周年":                             "",
		"调解成功率为94.17%，GB/T 9704—2012，A4纸":                  "94.17%=94.17 %",
		"基本支出1986.32万元，2012.12万元。":                         "1986.32万元=19863200 元|2012.12万元=20121200 元",
		"截至2022.12.31，2022.3起办12期，2022-03-05印发。":           "12期=12 期",
		"Trained 1259 people in 2022 by 31 December 2022.": "1259=1259 ",
		"十四五规划、一户一策、百万群众":                                  "",
		"11万余元": "11万余元=110000 元",
		"对全区10 678名妇女摸底，走访1 259 300户":               "10 678名=10678 名|1 259 300户=1259300 户",
		"接待1\u00a0259人次，１　３００人次":                    "1\u00a0259人次=1259 人次|１　３００人次=1300 人次",
		"接待1\u2009259.5万人次":                         "1\u2009259.5万人次=12595000 人次",
		"第1组 5人，共10 67人，2025 678名，10 6780户":         "5人=5 人|10=10 |67人=67 人|2025=2025 |678名=678 名|10=10 |6780户=6780 户",
		"\u200b培训12\u200b59人\u200e，\u206636\u2069名": "12\u200b59人=1259 人|36\u2069名=36 名",
		"支出12。5万元，完成率95。2％，得分95。3月完成":               "12。5万元=125000 元|95。2％=95.2 %|95=95 ",
		"造林2公顷，清运1.5千元，投资3亿元，拆迁5平方公里":               "2公顷=2 公顷|1.5千元=1500 元|3亿元=300000000 元|5平方公里=5 平方公里",
		"": "",
	} {
		var got []string
		for _, m := range Mentions(text, measures, names) {
			s := m.Written + "=" + m.Amount.String() + " " + string(m.Measure)
			if m.Odd != Plain {
				s = strings.TrimSpace(s) + " !" + string(m.Odd)
			}
			got = append(got, s)
			if text[m.From:m.To] != m.Written {
				t.Errorf("%q: %q stands elsewhere", text, m.Written)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q:\n got %s\nwant %s", text, s, want)
		}
	}
}

func TestNamesAreFoundBySound(t *testing.T) {
	for name, want := range map[string]string{"两癌免费检查": "liangaimianfeijiancha lamfjc", "A类 3": "alei3 al3"} {
		full, initials := Spell(name)
		if full+" "+initials != want {
			t.Errorf("%s sounds %s %s, want %s", name, full, initials, want)
		}
	}
	if !SoundAlike("厅", "听") || SoundAlike("听", "听") || SoundAlike("人", "户") {
		t.Error("厅 sounds like 听, and nothing else does here")
	}
}

func FuzzMentions(f *testing.F) {
	for _, s := range []string{"近200封、12人/次", "１０万５", "\xff31万", "一二三四五六七八九十百千万亿人", "⟦a·b⟧", "5余万元138厅"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, m := range Mentions(s, []kpi.Measure{"听"}, []string{"200条"}) {
			if m.From < last || m.To <= m.From || m.To > len(s) || s[m.From:m.To] != m.Written {
				t.Fatalf("%q: %+v", s, m)
			}
			last = m.To
		}
	})
}

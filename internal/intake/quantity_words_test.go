package intake

import (
	"errors"
	"testing"

	"dabiao/internal/kpi"
)

// writtenInWords are figures with words that say how exact they are, in Chinese numerals, with odd measures, and what
// is none.
var writtenInWords = []writtenFigure{
	// at least
	{in: "200余人次", measure: "人次", amount: "200", precision: kpi.AtLeast},
	{in: "200余", measure: "人次", amount: "200", precision: kpi.AtLeast},
	{in: "200多人次", measure: "人次", amount: "200", precision: kpi.AtLeast},
	{in: "200 余 人次", measure: "人次", amount: "200", precision: kpi.AtLeast},
	{in: "3000余份", measure: "份", amount: "3000", precision: kpi.AtLeast},
	{in: "３０００余份", measure: "份", amount: "3000", precision: kpi.AtLeast},
	{in: "80,000余份", measure: "份", amount: "80000", precision: kpi.AtLeast},
	{in: "5万余元", measure: "元", amount: "50000", precision: kpi.AtLeast},
	{in: "5余万元", measure: "元", amount: "50000", precision: kpi.AtLeast},
	{in: "5余万元", measure: "万元", amount: "5", precision: kpi.AtLeast},
	{in: "11万余元", measure: "元", amount: "110000", precision: kpi.AtLeast},
	{in: "10余万", measure: "元", amount: "100000", precision: kpi.AtLeast},
	{in: "150多万", measure: "元", amount: "1500000", precision: kpi.AtLeast},
	{in: "150多万元", measure: "元", amount: "1500000", precision: kpi.AtLeast},
	{in: "150万多", measure: "元", amount: "1500000", precision: kpi.AtLeast},
	{in: "31万元余", measure: "元", amount: "310000", precision: kpi.AtLeast},
	{in: "1.2万余人次", measure: "人次", amount: "12000", precision: kpi.AtLeast},
	{in: "3百余万元", measure: "元", amount: "3000000", precision: kpi.AtLeast},
	{in: "300以上", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "300人以上", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "300以上人次", measure: "人次", amount: "300", precision: kpi.AtLeast},
	{in: "300及以上", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "300+", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "300人+", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "不少于300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "不少于 300 人", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "不低于600元", measure: "元", amount: "600", precision: kpi.AtLeast},
	{in: "至少300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "超过300人", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "超300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "逾300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "≥300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "＞300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "百余人", measure: "人", amount: "100", precision: kpi.AtLeast},
	{in: "上百人", measure: "人", amount: "100", precision: kpi.AtLeast},
	{in: "万余份", measure: "份", amount: "10000", precision: kpi.AtLeast},
	{in: "百余万元", measure: "元", amount: "1000000", precision: kpi.AtLeast},
	{in: "十余场", measure: "场", amount: "10", precision: kpi.AtLeast},
	{in: "三十多万", measure: "元", amount: "300000", precision: kpi.AtLeast},
	{in: "两千余户", measure: "户", amount: "2000", precision: kpi.AtLeast},
	{in: "at least 300", measure: "人", amount: "300", precision: kpi.AtLeast},
	{in: "over 300", measure: "人", amount: "300", precision: kpi.AtLeast},

	// just under
	{in: "近200", measure: "封", amount: "200", precision: kpi.Below},
	{in: "近200封", measure: "封", amount: "200", precision: kpi.Below},
	{in: "近 200 封", measure: "封", amount: "200", precision: kpi.Below},
	{in: "将近200", measure: "封", amount: "200", precision: kpi.Below},
	{in: "接近2万人", measure: "人", amount: "20000", precision: kpi.Below},
	{in: "近百人", measure: "人", amount: "100", precision: kpi.Below},
	{in: "近千万元", measure: "元", amount: "10000000", precision: kpi.Below},
	{in: "近百万元", measure: "万元", amount: "100", precision: kpi.Below},
	{in: "近200左右", measure: "封", amount: "200", precision: kpi.Below},
	{in: "Nearly 200", measure: "封", amount: "200", precision: kpi.Below},

	// about
	{in: "约300", measure: "人", amount: "300", precision: kpi.About},
	{in: "约300人", measure: "人", amount: "300", precision: kpi.About},
	{in: "大约300", measure: "人", amount: "300", precision: kpi.About},
	{in: "300左右", measure: "人", amount: "300", precision: kpi.About},
	{in: "300人左右", measure: "人", amount: "300", precision: kpi.About},
	{in: "300上下", measure: "人", amount: "300", precision: kpi.About},
	{in: "约300余人", measure: "人", amount: "300", precision: kpi.About},
	{in: "约1.5万", measure: "人", amount: "15000", precision: kpi.About},
	{in: "～300", measure: "人", amount: "300", precision: kpi.About},
	{in: "≈300", measure: "人", amount: "300", precision: kpi.About},
	{in: "十来个", measure: "个", amount: "10", precision: kpi.About},
	{in: "about 300", measure: "人", amount: "300", precision: kpi.About},

	// Chinese numerals
	{in: "零", measure: "人", amount: "0"},
	{in: "〇", measure: "人", amount: "0"},
	{in: "四个", measure: "个", amount: "4"},
	{in: "两次", measure: "次", amount: "2"},
	{in: "十", measure: "人", amount: "10"},
	{in: "十五人", measure: "人", amount: "15"},
	{in: "二十", measure: "人", amount: "20"},
	{in: "廿五", measure: "人", amount: "25"},
	{in: "一百", measure: "人", amount: "100"},
	{in: "一百零五", measure: "人", amount: "105"},
	{in: "一百一十五", measure: "人", amount: "115"},
	{in: "一百十五", measure: "人", amount: "115"},
	{in: "两百二十三起", measure: "起", amount: "223"},
	{in: "一千零五十", measure: "人", amount: "1050"},
	{in: "一千零五", measure: "人", amount: "1005"},
	{in: "一千二百五十九人", measure: "人", amount: "1259"},
	{in: "一万零七百八十", measure: "人", amount: "10780"},
	{in: "一万零五", measure: "人", amount: "10005"},
	{in: "十二万", measure: "元", amount: "120000"},
	{in: "一百二十万零三十", measure: "元", amount: "1200030"},
	{in: "三千万", measure: "元", amount: "30000000"},
	{in: "一亿零五百万", measure: "元", amount: "105000000"},
	{in: "二〇二", measure: "人", amount: "202"},
	{in: "一〇七八〇", measure: "人", amount: "10780"},
	{in: "三点五万", measure: "元", amount: "35000"},
	{in: "一点零七八万人", measure: "人", amount: "10780"},
	{in: "伍仟元整", measure: "元", amount: "5000"},
	{in: "叁拾壹萬圆整", measure: "元", amount: "310000"},

	// measures
	{in: "12人/次", measure: "人次", amount: "12"},
	{in: "12人／次", measure: "人次", amount: "12"},
	{in: "12 人 次", measure: "人次", amount: "12"},
	{in: "26场次", measure: "场次", amount: "26"},
	{in: "94.17%", measure: "%", amount: "94.17"},
	{in: "94.17％", measure: "%", amount: "94.17"},
	{in: "94.17", measure: "%", amount: "94.17"},
	{in: "百分之九十五", measure: "%", amount: "95"},
	{in: "百分之95.5", measure: "%", amount: "95.5"},
	{in: "100百分比", measure: "%", amount: "100"},
	{in: "≥95百分比", measure: "%", amount: "95", precision: kpi.AtLeast},
	{in: "3个百分点", measure: "百分点", amount: "3"},
	{in: "百分之百", measure: "%", amount: "100"},
	{in: "50％以上", measure: "%", amount: "50", precision: kpi.AtLeast},
	{in: "10万+", measure: "人次", amount: "100000", precision: kpi.AtLeast},
	{in: "10w+", measure: "人次", amount: "100000", precision: kpi.AtLeast},
	{in: "12人次", measure: "人", refusal: "measure_mismatch"},
	{in: "12人", measure: "人次", refusal: "measure_mismatch"},
	{in: "12人/次", measure: "人", refusal: "measure_mismatch"},
	{in: "12人", measure: "次", refusal: "measure_mismatch"},
	{in: "12人次", measure: "次", refusal: "measure_mismatch"},
	{in: "138厅", measure: "听", refusal: "measure_mismatch"},
	{in: "3户", measure: "个", refusal: "measure_mismatch"},
	{in: "95%", measure: "人", refusal: "measure_mismatch"},
	{in: "95‰", measure: "%", refusal: "measure_mismatch"},
	{in: "百分之九十五", measure: "人", refusal: "measure_mismatch"},
	{in: "5000元", measure: "人", refusal: "measure_mismatch"},
	{in: "3人", measure: "万人次", refusal: "measure_mismatch"},
	{in: "百分之95人", measure: "人", refusal: "number_unreadable"},
	{in: "¥5人", measure: "人", refusal: "number_unreadable"},
	{in: "5千", measure: "万元", refusal: "number_unreadable"},
	{in: "1.2k", measure: "万元", refusal: "number_unreadable"},
	{in: "12K", measure: "万元", refusal: "number_unreadable"},
	{in: "1.2 thousand", measure: "万元", refusal: "number_unreadable"},
	{in: "3 thousand", measure: "亿元", refusal: "number_unreadable"},
	{in: "5k", measure: "千元", amount: "5"},
	{in: "5k", measure: "万人", refusal: "number_unreadable"},
	{in: "5k元", measure: "万元", amount: "0.5"},
	{in: "5千元", measure: "万元", amount: "0.5"},
	{in: "¥5k", measure: "万元", amount: "0.5"},
	{in: "1.2k", measure: "元", amount: "1200"},
	{in: "1.2 million", measure: "万元", amount: "120"},

	// no value
	{in: "", measure: "人", refusal: "number_missing"},
	{in: "   ", measure: "人", refusal: "number_missing"},
	{in: "-", measure: "人", refusal: "number_missing"},
	{in: "—", measure: "人", refusal: "number_missing"},
	{in: "——", measure: "人", refusal: "number_missing"},
	{in: "－", measure: "人", refusal: "number_missing"},
	{in: "/", measure: "人", refusal: "number_missing"},
	{in: "无", measure: "人", refusal: "number_missing"},

	// no number, or more than one reading
	{in: "全覆盖", measure: "%", refusal: "number_unreadable"},
	{in: "abc", measure: "人", refusal: "number_unreadable"},
	{in: "NaN", measure: "人", refusal: "number_unreadable"},
	{in: "Inf", measure: "人", refusal: "number_unreadable"},
	{in: "-Inf", measure: "人", refusal: "number_unreadable"},
	{in: "∞", measure: "人", refusal: "number_unreadable"},
	{in: "1e308", measure: "人", refusal: "number_unreadable"},
	{in: "1E+05", measure: "人", refusal: "number_unreadable"},
	{in: "0x1p4", measure: "人", refusal: "number_unreadable"},
	{in: "1_000", measure: "人", refusal: "number_unreadable"},
	{in: "1,07,80", measure: "人", refusal: "number_unreadable"},
	{in: "1,0780", measure: "人", refusal: "number_unreadable"},
	{in: "10,78", measure: "人", refusal: "number_unreadable"},
	{in: "0,780", measure: "人", refusal: "number_unreadable"},
	{in: ",780", measure: "人", refusal: "number_unreadable"},
	{in: "10,780,", measure: "人", refusal: "number_unreadable"},
	{in: "1.2.3", measure: "人", refusal: "number_unreadable"},
	{in: "5.", measure: "人", refusal: "number_unreadable"},
	{in: "--5", measure: "人", refusal: "number_unreadable"},
	{in: "5-", measure: "人", refusal: "number_unreadable"},
	{in: "(5)", measure: "人", refusal: "number_unreadable"},
	{in: "1/2", measure: "人", refusal: "number_unreadable"},
	{in: "10²", measure: "人", refusal: "number_unreadable"},
	{in: "½", measure: "人", refusal: "number_unreadable"},
	{in: "①", measure: "人", refusal: "number_unreadable"},
	{in: "10\n780", measure: "人", refusal: "number_unreadable"},
	{in: "\xff10", measure: "人", refusal: "number_unreadable"},
	{in: "百人", measure: "人", refusal: "number_unreadable"},
	{in: "百场宣讲", measure: "场", refusal: "number_unreadable"},
	{in: "千万补贴", measure: "元", refusal: "number_unreadable"},
	{in: "数百人", measure: "人", refusal: "number_unreadable"},
	{in: "几十个", measure: "个", refusal: "number_unreadable"},
	{in: "三四个", measure: "个", refusal: "number_unreadable"},
	{in: "七八十", measure: "个", refusal: "number_unreadable"},
	{in: "一百五", measure: "人", refusal: "number_unreadable"},
	{in: "两万三", measure: "人", refusal: "number_unreadable"},
	{in: "1万5", measure: "人", refusal: "number_unreadable"},
	{in: "百百", measure: "人", refusal: "number_unreadable"},
	{in: "十百", measure: "人", refusal: "number_unreadable"},
	{in: "3万万", measure: "元", refusal: "number_unreadable"},
	{in: "三万余万", measure: "元", refusal: "number_unreadable"},
	{in: "2022年培训200人", measure: "人", refusal: "number_unreadable"},
	{in: "200人（含男性10人）", measure: "人", refusal: "number_unreadable"},
	{in: "200人;300人", measure: "人", refusal: "number_unreadable"},
	{in: "20 0人", measure: "人", refusal: "number_unreadable"},
	{in: "第3场", measure: "场", refusal: "number_unreadable"},
	{in: "人", measure: "人", refusal: "number_unreadable"},
	{in: "-200余", measure: "人", refusal: "number_unreadable"},
	{in: "200~300", measure: "人", refusal: "number_range"},
	{in: "200-300人", measure: "人", refusal: "number_range"},
	{in: "200人至300人", measure: "人", refusal: "number_unreadable"},
	{in: "3到5", measure: "人", refusal: "number_range"},
	{in: "不超过300", measure: "人", refusal: "number_ceiling"},
	{in: "≤300", measure: "人", refusal: "number_ceiling"},
	{in: "不到300", measure: "人", refusal: "number_ceiling"},
	{in: "300以下", measure: "人", refusal: "number_ceiling"},
	{in: "300人以内", measure: "人", refusal: "number_ceiling"},
	{in: "近200余人", measure: "人", refusal: "number_contradictory"},
	{in: "1000000000000000", measure: "人", refusal: "number_too_large"},
	{in: "100000000001", measure: "元", refusal: "number_too_large"},
	{in: "1万亿", measure: "元", refusal: "number_too_large"},
	{in: "1.0000001", measure: "元", refusal: "number_too_precise"},
	{in: "0.001元", measure: "万元", refusal: "number_too_precise"},
	{in: "1.00000001万", measure: "元", amount: "10000.0001"},
}

// Digits are kept half-width, because they are printed beside others; all else is kept as written.
func TestQuantityKeepsTheWording(t *testing.T) {
	for written, want := range map[string]string{
		" ２００余人次\u3000": "200余人次", "３０００余": "3000余", "１．２万余人次": "1.2万余人次", "三十余": "三十余",
	} {
		q, err := Quantity(written, "人次")
		if err != nil || q.Wording != want {
			t.Errorf("%q is kept as %q, %v", written, q.Wording, err)
		}
	}
}

func TestAMismatchNamesBothMeasures(t *testing.T) {
	_, err := Quantity("12人/次", "人")
	var e *kpi.Error
	if !errors.As(err, &e) || len(e.Text.Args) != 2 || e.Text.Args[0] != "人次" || e.Text.Args[1] != "人" {
		t.Errorf("got %v", err)
	}
}

func TestNumberTakesExactFiguresOnly(t *testing.T) {
	for in, want := range map[string]string{
		"1280": "1280", "1,280": "1280", "１２８０": "1280", "1.078万": "10780", "四十": "40", "-3": "-3", "12.5": "12.5",
	} {
		if a, err := Number(in); err != nil || a.String() != want {
			t.Errorf("%q: %s, %v, want %s", in, a, err, want)
		}
	}
	for in, want := range map[string]string{
		"200余": "number_not_exact", "近200": "number_not_exact", "≤3": "number_not_exact", "": "number_missing",
		"—": "number_missing", "95%": "number_unreadable", "12人": "number_unreadable", "NaN": "number_unreadable",
		"1e9": "number_unreadable", "99999999999999": "number_too_large", "0.0000001": "number_too_precise",
	} {
		if _, err := Number(in); keyOf(t, err) != want {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}

package intake

import (
	"errors"
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

// writtenFigure is a figure as people write it. precision "" means exact; refusal names the key.
type writtenFigure struct {
	in        string
	measure   kpi.Measure
	amount    string
	precision kpi.Precision
	refusal   string
}

var written = slices.Concat(writtenPlain, writtenInWords)

// writtenPlain are figures in digits, with scales and measures.
var writtenPlain = []writtenFigure{
	// plain digits
	{in: "0", measure: "人", amount: "0"},
	{in: "10780", measure: "人", amount: "10780"},
	{in: "10780人", measure: "人", amount: "10780"},
	{in: "10,780", measure: "人", amount: "10780"},
	{in: "10，780", measure: "人", amount: "10780"},
	{in: "1,234,567", measure: "份", amount: "1234567"},
	{in: "１０７８０", measure: "人", amount: "10780"},
	{in: "１０，７８０人", measure: "人", amount: "10780"},
	{in: "１．５", measure: "万元", amount: "1.5"},
	{in: "  223 起 ", measure: "起", amount: "223"},
	{in: "\t12\n", measure: "人", amount: "12"},
	{in: "\u3000１２\u3000", measure: "人", amount: "12"},
	{in: "007", measure: "人", amount: "7"},
	{in: "0.5", measure: "万元", amount: "0.5"},
	{in: ".5", measure: "万元", amount: "0.5"},
	{in: "153.98", measure: "万元", amount: "153.98"},
	{in: "1,078.50", measure: "万元", amount: "1078.5"},
	{in: "10.780", measure: "万元", amount: "10.78"},
	{in: "+5", measure: "人", amount: "5"},
	{in: "-5", measure: "人", amount: "-5"},
	{in: "－5", measure: "人", amount: "-5"},
	{in: "−5人", measure: "人", amount: "-5"},
	{in: "负5", measure: "人", amount: "-5"},
	{in: "100000000000", measure: "元", amount: "100000000000"},

	// spaces, marks of no width and points as they are typed
	{in: "10 780", measure: "人", amount: "10780"},
	{in: "1 234 567 份", measure: "份", amount: "1234567"},
	{in: "10\u00a0678", measure: "人", amount: "10678"},
	{in: "10\u2009678人", measure: "人", amount: "10678"},
	{in: "10\u202f678", measure: "人", amount: "10678"},
	{in: "10\u3000678", measure: "人", amount: "10678"},
	{in: "10\u2007678.5", measure: "万元", amount: "10678.5"},
	{in: "１０　６７８", measure: "人", amount: "10678"},
	{in: "10 678万", measure: "元", amount: "106780000"},
	{in: "10 67", measure: "人", refusal: "number_unreadable"},
	{in: "10 6780", measure: "人", refusal: "number_unreadable"},
	{in: "1000 678", measure: "人", refusal: "number_unreadable"},
	{in: "0 678", measure: "人", refusal: "number_unreadable"},
	{in: "1,234 567", measure: "人", refusal: "number_unreadable"},
	{in: "1 234,567", measure: "人", refusal: "number_unreadable"},
	{in: "10  678", measure: "人", refusal: "number_unreadable"},
	{in: "10\t678", measure: "人", refusal: "number_unreadable"},
	{in: "1 2 3", measure: "人", refusal: "number_unreadable"},
	{in: "10\u200b780", measure: "人", amount: "10780"},
	{in: "\u200b12", measure: "人", amount: "12"},
	{in: "12\u200b", measure: "人", amount: "12"},
	{in: "\ufeff12人\u200e", measure: "人", amount: "12"},
	{in: "\u202a13\u202c", measure: "人", amount: "13"},
	{in: "\u206613\u2069", measure: "人", amount: "13"},
	{in: "15\u00ad", measure: "人", amount: "15"},
	{in: "1\u2060,259", measure: "人", amount: "1259"},
	{in: "12\ufe0f", measure: "人", amount: "12"},
	{in: "12_x000D_", measure: "人", amount: "12"},
	{in: "12_x000d__x000a_", measure: "人", amount: "12"},
	{in: "_x0031__x0032_", measure: "人", amount: "12"},
	{in: "12_x200B_", measure: "人", amount: "12"},
	{in: "12_xD800_", measure: "人", refusal: "number_unreadable"},
	{in: "12。5", measure: "万元", amount: "12.5"},
	{in: "１２。５万", measure: "元", amount: "125000"},
	{in: "12．5", measure: "万元", amount: "12.5"},
	{in: "12｡5", measure: "万元", amount: "12.5"},
	{in: "1，259。5元", measure: "元", amount: "1259.5"},
	{in: "1，259", measure: "人", amount: "1259"},
	{in: "1。2。3", measure: "人", refusal: "number_unreadable"},
	{in: "1.2。3", measure: "人", refusal: "number_unreadable"},
	{in: "12。", measure: "人", refusal: "number_unreadable"},
	{in: "1、259", measure: "人", refusal: "number_unreadable"},
	{in: "1'259", measure: "人", refusal: "number_unreadable"},
	{in: "١٢", measure: "人", refusal: "number_unreadable"},
	{in: "𝟏𝟐", measure: "人", refusal: "number_unreadable"},
	{in: "⑫", measure: "人", refusal: "number_unreadable"},
	{in: "¹²", measure: "人", refusal: "number_unreadable"},
	{in: "12₀", measure: "人", refusal: "number_unreadable"},
	{in: "Ⅻ", measure: "人", refusal: "number_unreadable"},
	{in: "１Ｏ", measure: "人", refusal: "measure_mismatch"},

	// scales and money in English
	{in: "1.2 million", measure: "people", amount: "1200000"},
	{in: "1.2 million people", measure: "people", amount: "1200000"},
	{in: "1.2 million people", measure: "人", amount: "1200000"},
	{in: "12k", measure: "人", amount: "12000"},
	{in: "12K people", measure: "people", amount: "12000"},
	{in: "12 thousand", measure: "人", amount: "12000"},
	{in: "3M", measure: "visits", amount: "3000000"},
	{in: "1.5 billion", measure: "USD", amount: "1500000000"},
	{in: "$10.4M", measure: "USD", amount: "10400000"},
	{in: "$10.4m", measure: "$", amount: "10400000"},
	{in: "$10.4M", measure: "million dollars", amount: "10.4"},
	{in: "US$10.4 million", measure: "dollars", amount: "10400000"},
	{in: "10.4 million USD", measure: "$", amount: "10400000"},
	{in: "USD 1,200.50", measure: "$", amount: "1200.5"},
	{in: "-$5", measure: "$", amount: "-5"},
	{in: "$1 200 000", measure: "$", amount: "1200000"},
	{in: "nearly $2m", measure: "$", amount: "2000000", precision: kpi.Below},
	{in: "$ over 2bn", measure: "$", amount: "2000000000", precision: kpi.AtLeast},
	{in: "RMB 1.2 million", measure: "万元", amount: "120"},
	{in: "1.2 million yuan", measure: "万元", amount: "120"},
	{in: "12k", measure: "千元", amount: "12"},
	{in: "12k yuan", measure: "元", amount: "12000"},
	{in: "£5k", measure: "£", amount: "5000"},
	{in: "$10.4M", measure: "元", refusal: "measure_mismatch"},
	{in: "$5 people", measure: "people", refusal: "number_unreadable"},
	{in: "10m", measure: "people", refusal: "measure_mismatch"},
	{in: "10m", measure: "m", amount: "10"},
	{in: "10m", measure: "公里", amount: "0.01"},
	{in: "12kg", measure: "公斤", amount: "12"},
	{in: "1.2 Millions of people", measure: "people", refusal: "measure_mismatch"},
	{in: "1.2 millions", measure: "people", amount: "1200000"},
	{in: "two million", measure: "people", refusal: "number_unreadable"},
	{in: "1.2 million thousand", measure: "people", refusal: "number_unreadable"},
	{in: "N/A", measure: "people", refusal: "number_missing"},
	{in: "n/a", measure: "people", refusal: "number_missing"},
	{in: "nil", measure: "people", refusal: "number_missing"},
	{in: "None", measure: "people", refusal: "number_missing"},
	{in: "#N/A", measure: "people", refusal: "number_missing"},
	{in: "--", measure: "people", refusal: "number_missing"},

	// measures that are so many of another
	{in: "8950人", measure: "人", amount: "8950"},
	{in: "3千克", measure: "公斤", amount: "3"},
	{in: "3千克", measure: "克", amount: "3000"},
	{in: "100斤", measure: "公斤", amount: "50"},
	{in: "1.5吨", measure: "公斤", amount: "1500"},
	{in: "2公顷", measure: "亩", amount: "30"},
	{in: "30亩", measure: "公顷", amount: "2"},
	{in: "1.5万亩", measure: "公顷", amount: "1000"},
	{in: "1亩", measure: "公顷", refusal: "number_inexact_conversion"},
	{in: "31万", measure: "百万元", amount: "0.31"},
	{in: "31万", measure: "千元", amount: "310"},
	{in: "5千", measure: "千元", refusal: "number_unreadable"},
	{in: "3万", measure: "公顷", amount: "30000"},
	{in: "711.91亿元", measure: "万元", amount: "7119100"},
	{in: "5角", measure: "元", amount: "0.5"},
	{in: "31万元人民币", measure: "元", amount: "310000"},
	{in: "5公里", measure: "千米", amount: "5"},
	{in: "2小时", measure: "分钟", amount: "120"},
	{in: "12m²", measure: "平方米", amount: "12"},
	{in: "5美元", measure: "元", refusal: "measure_mismatch"},
	{in: "20000000亿元", measure: "万元", refusal: "number_too_large"},
	{in: "0.001元", measure: "亿元", refusal: "number_too_precise"},

	// scales
	{in: "31万", measure: "元", amount: "310000"},
	{in: "31万元", measure: "元", amount: "310000"},
	{in: "31 万 元", measure: "元", amount: "310000"},
	{in: "1.078万", measure: "人", amount: "10780"},
	{in: "1.078万人", measure: "人", amount: "10780"},
	{in: "１．０７８万", measure: "人", amount: "10780"},
	{in: "3千", measure: "份", amount: "3000"},
	{in: "3百", measure: "份", amount: "300"},
	{in: "3百万", measure: "元", amount: "3000000"},
	{in: "2千万元", measure: "元", amount: "20000000"},
	{in: "1.2亿", measure: "元", amount: "120000000"},
	{in: "1亿2000万", measure: "元", amount: "120000000"},
	{in: "1万5千", measure: "人", amount: "15000"},
	{in: "1万2千3百人", measure: "人", amount: "12300"},
	{in: "1.5w", measure: "人", amount: "15000"},
	{in: "1.5W人", measure: "人", amount: "15000"},
	{in: "0.0001万", measure: "人", amount: "1"},
	{in: "5千米", measure: "千米", amount: "5"},
	{in: "3百分点", measure: "百分点", amount: "3"},
	{in: "5千米", measure: "米", amount: "5000"},

	// money and its two measures
	{in: "5000元", measure: "元", amount: "5000"},
	{in: "5000.00元", measure: "元", amount: "5000"},
	{in: "5000元整", measure: "元", amount: "5000"},
	{in: "￥5000", measure: "元", amount: "5000"},
	{in: "¥5,000.50元", measure: "元", amount: "5000.5"},
	{in: "人民币5000元", measure: "元", amount: "5000"},
	{in: "0.5万元", measure: "元", amount: "5000"},
	{in: "5000元", measure: "万元", amount: "0.5"},
	{in: "31万", measure: "万元", amount: "31"},
	{in: "31万元", measure: "万元", amount: "31"},
	{in: "310000元", measure: "万元", amount: "31"},
	{in: "¥310000", measure: "万元", amount: "31"},
	{in: "31", measure: "万元", amount: "31"},
	{in: "三十一万元", measure: "万元", amount: "31"},
	{in: "1.5亿元", measure: "万元", amount: "15000"},
	{in: "0.01元", measure: "万元", amount: "0.000001"},
	{in: "3万人次", measure: "万人次", amount: "3"},
	{in: "30000人次", measure: "万人次", amount: "3"},
}

func TestQuantityReadsWhatPeopleWrite(t *testing.T) {
	if len(written) < 150 {
		t.Errorf("only %d forms", len(written))
	}
	for _, c := range written {
		q, err := Quantity(c.in, c.measure)
		if c.refusal != "" {
			if key := keyOf(t, err); key != c.refusal {
				t.Errorf("%q as %s: refused with %q (%s %s), want %q", c.in, c.measure, key, q.Amount, q.Precision, c.refusal)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q as %s: %v", c.in, c.measure, err)
			continue
		}
		want := c.precision
		if want == "" {
			want = kpi.Exact
		}
		if q.Amount.String() != c.amount || q.Precision != want {
			t.Errorf("%q as %s: %s %s, want %s %s", c.in, c.measure, q.Amount, q.Precision, c.amount, want)
		}
	}
}

// keyOf is the refusal's key; any other error fails the test.
func keyOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *kpi.Error
	if !errors.As(err, &e) || e.Code != kpi.Invalid {
		t.Fatalf("not a refusal: %v", err)
	}
	return e.Text.Key
}

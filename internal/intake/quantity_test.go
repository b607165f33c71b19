package intake

import (
	"errors"
	"testing"

	"dabiao/internal/kpi"
)

// written are figures as people write them. precision "" means exact; refusal names the key.
var written = []struct {
	in        string
	measure   kpi.Measure
	amount    string
	precision kpi.Precision
	refusal   string
}{
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

func TestQuantityKeepsTheWording(t *testing.T) {
	q, err := Quantity(" ２００余人次\u3000", "人次")
	if err != nil || q.Wording != "２００余人次" {
		t.Errorf("wording %q, %v", q.Wording, err)
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

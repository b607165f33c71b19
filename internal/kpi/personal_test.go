package kpi

import (
	"strings"
	"testing"
)

func TestATextThatSaysWhoSomebodyIsIsNoticed(t *testing.T) {
	for text, want := range map[string]PersonalKind{
		"李某，11010519491231002X":             PersonalID,
		"身份证110105 19491231 002x":           PersonalID,
		"证件：１１０１０５１９４９１２３１００２Ｘ":             PersonalID,
		"440524188001010014，1880年生":         "", // nobody was born then
		"110105194912310021":                "", // the check digit is wrong
		"110105194913310026":                "", // there is no thirteenth month
		"NI number QQ 12 34 56 C":           "", // QQ is never given
		"NI number AB123456C":               PersonalID,
		"SSN 078-05-1120 on file":           PersonalID,
		"卡号6222 0212 3456 7890 121":         "",
		"卡号4111 1111 1111 1111":             PersonalBank,
		"电话13812345678":                     PersonalPhone,
		"电话 138-1234-5678":                  PersonalPhone,
		"电话：１３８ １２３４ ５６７８":                  PersonalPhone,
		"+86 138 1234 5678":                 PersonalPhone,
		"投入13812345678元":                    "",
		"合计13812345678.50":                  "",
		"0739-5321234":                      "", // an office's
		"12800000000":                       "", // no mobile begins so
		"write to mary.brown@example.co.uk": PersonalMail,
		"见@妇联公众号":                           "",
		"姓名：王小红，已帮扶":                        PersonalName,
		"当事人李红与丈夫达成调解":                      PersonalName,
		"申请人：陈某某":                           "",
		"当事人张某、李某":                          "",
		"患者高血压随访30人":                        "",
		"走访慰问困难妇女30人":                       "",
		"联系人和单位已更新":                         "",
		"完成两癌免费检查10780人，任务数10361人":          "",
		"2026-03-08 三八活动，发放资料2000份":         "",
		"文号：武妇字〔2026〕12号":                   "",
		"会议编号202603080001":                  "",
		"":                                  "",
	} {
		found, is := PersonalIn(text)
		if found.Kind != want || is != (want != "") {
			t.Errorf("%q: %q, want %q", text, found.Kind, want)
		}
		if is && (found.Shown == "" || strings.Contains(text, found.Shown) || len(found.Shown) > 12) {
			t.Errorf("%q is told as %q", text, found.Shown)
		}
	}
}

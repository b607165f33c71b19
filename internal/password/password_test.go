package password_test

import (
	"errors"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/password"
)

var modern = kpi.SignInRules{Policy: kpi.PasswordsModern}

// What people choose first, by the reason it is refused for; "" for what is fine.
func TestPasswordsThatAreGuessedFirstAreRefused(t *testing.T) {
	own := []string{"zhangsan", "张三丰", "Zhang San", "wugang", "武冈市妇女联合会"}
	for reason, passwords := range map[string][]string{
		"password_digits": {"12345678", "19900101", "1990-01-01", "13812345678", "430581199001011234", "5201314520",
			"１２３４５６７８", "8888 8888"},
		"password_repeats": {"aaaaaaaa", "86868686a", "妇联妇联妇联妇联", "abababab", "aaaabbbb", "000000aa"},
		"password_own": {"zhangsan", "Zhangsan123", "张三丰12345", "张三丰20260615", "zhang san", "wugang22",
			"武冈市妇女联合会", "123zhangsan", "ＺＨＡＮＧＳＡＮ１"},
		"password_common": {"password", "Password1!", "P@ssw0rd", "p4ssword", "iloveyou1", "admin888", "qwertyuiop",
			"1qaz2wsx", "qwe123!@#", "abcd1234", "Ab123456", "Aa123456.", "a123456789", "woaini1314", "fulian2026",
			"hunan2026", "zhongguo1949", "letmein!", "dragon1990", "sunshine2", "qazwsxedc", "zyxwvuts", "!@#$%^&*", "trustno1"},
		"": {"correct horse", "another good one", "妇联工作八月报表", "cloud-jasmine-grove-5504", "今天又下雨了带伞",
			"x9$kfo2!pq", "my dragon likes tea", "purple tables run", "zhangsan likes pears", "unlikely4words"},
	} {
		for _, p := range passwords {
			var refusal *kpi.Error
			err := password.Check(modern, p, own...)
			switch {
			case reason == "" && err != nil:
				t.Errorf("%q: %v", p, err)
			case reason != "" && (!errors.As(err, &refusal) || refusal.Text.Key != reason):
				t.Errorf("%q: %v, want %s", p, err, reason)
			}
		}
	}
}

// Names that are too short to tell anything, or missing, refuse nothing.
func TestShortNamesRefuseNothing(t *testing.T) {
	for _, own := range [][]string{nil, {""}, {"li"}, {"王"}, {" "}} {
		if err := password.Check(modern, "blue window li 王", own...); err != nil {
			t.Errorf("%q: %v", own, err)
		}
	}
}

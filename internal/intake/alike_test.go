package intake_test

import (
	"testing"

	"dabiao/internal/intake"
)

func TestNamesThatLookTheSame(t *testing.T) {
	for _, pair := range [][2]string{{"аdmin", "admin"}, {"admin\u200B", "admin"},
		{"ad\u00ADmin", "admin"}, {"аdmіn", "admin"},
		{"admin\u2060", "admin"}, {"adrnin", "admin"}, {"ａdmіn", "admin"}, {"zhang1", "zhangl"}, {"ΑDMIN", "admin"},
		{"admin\uFE0F", "admin"}, {"东村\u200D", "东村"}, {"ロ岸", "口岸"}, {"北一村", "北ー村"}, {"𝐚dmin", "аdmin"}} {
		if !intake.Alike(pair[0], pair[1]) || !intake.SameLooks(pair[1], pair[0]) {
			t.Errorf("%+q and %+q are not taken for each other", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"admin", "admin2"}, {"东村", "西村"}, {"东村", "东村"}, {"Admin", "admin"},
		{"ａｄｍｉｎ", "admin"},
		{"培训（人次）", "培训(人次)"}, {"1组", "2组"}, {"张三", "张山"}, {"土", "士"}, {"未", "末"}, {"日", "曰"}, {"己", "已"}} {
		if intake.Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q are taken for each other", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"Admin", "admin"}, {"ａｄｍｉｎ", "ADMIN"}} { // as sign-in names they are one too
		if !intake.SameLooks(pair[0], pair[1]) {
			t.Errorf("%q and %q look different", pair[0], pair[1])
		}
	}
}

func TestANewSignInNameIsWhatIsSeen(t *testing.T) {
	for written, want := range map[string]string{"ａｄｍｉｎ": "admin", "　李四 ": "李四", "li.si": "li.si", "Zoë": "Zoë"} {
		if got, err := intake.AccountName(written, 64); err != nil || got != want {
			t.Errorf("%q: %q, %v", written, got, err)
		}
	}
	for _, written := range []string{"admin\u200B", "a\u00ADb", "\u3164", "ad\u2060min",
		"a\u202Eb", "a\U000E0041", "a\uFE0Fb", "a\x00"} {
		if got, err := intake.AccountName(written, 64); err == nil {
			t.Errorf("%+q is taken as %q", written, got)
		}
	}
}

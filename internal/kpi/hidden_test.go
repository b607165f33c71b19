package kpi

import "testing"

func TestHiddenCharactersAreShown(t *testing.T) {
	for s, want := range map[string]string{
		"":                    "",
		"报告\u202Exslx.exe":    "报告[U+202E]xslx.exe",
		"\u2066a\u2069":       "[U+2066]a[U+2069]",
		"\u061Ca\u200E\u200F": "[U+061C]a[U+200E][U+200F]",
		"— “某乡”…　１ صفر e\u0301 👍": "— “某乡”…　１ صفر e\u0301 👍",
		"a\u200Bb": "a\u200Bb", // is not seen, and turns nothing around
	} {
		if got := ShowHidden(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if HasHidden([]byte(s)) != (s != want) {
			t.Errorf("%q: HasHidden is %v", s, HasHidden([]byte(s)))
		}
	}
}

func TestWhatASpreadsheetWouldCompute(t *testing.T) {
	for _, s := range []string{"=1+1", "+A1", "-A1", "@SUM(A1)",
		"\t=1", "\r=1", "\n=1", "\tx", "＝1+1", "＋A1", "－A1", "＠SUM(A1)",
		"\u200B=1", "\uFEFF＝1",
		"\u2060@x", "\u00AD=1", " =1", "　=1", "\u200B \u200B=1", "\u202E=1",
		"--1", "+-1", "-1+cmd|' /C calc'!A0",
		"-", "=", "+1+1", "-1;2", "\x00=1"} {
		if !LooksLikeFormula(s) || Neutral(s) != "'"+s {
			t.Errorf("%q is taken for a text", s)
		}
	}
	for _, s := range []string{"", "0", "-5", "+5", "-1,259.50", "+3%", "-0.5%", "1=1",
		"某乡=1", "a\t=1", "—", "−5", "’=1", "\u200B某乡",
		" 某乡", "10780"} {
		if LooksLikeFormula(s) || Neutral(s) != s {
			t.Errorf("%q is taken for a formula", s)
		}
	}
}

package intake

import "testing"

func TestTextIsKeptWholeOrRefused(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"  培训  两期 \n":      "培训  两期",
		"e\u0301te\u0301":  "été",
		"一\r\n二\n三\t四":     "一\n二\n三\t四",
		"👩‍👧 <script>&\"'": "👩‍👧 <script>&\"'",
		"\u3000２００余\u3000": "２００余",
		"=1+1":             "=1+1",
		"百场宣讲、千万补贴、200条（含扩展）": "百场宣讲、千万补贴、200条（含扩展）",
	} {
		if s, err := Text(in, 100); err != nil || s != want {
			t.Errorf("%q: %q, %v", in, s, err)
		}
	}
	for _, in := range []string{
		"a\x00b", "a\x1bb", "a\x7fb", "a\u0085b", "a\rb", "a\u202eb", "a\u2066b", "a\u200fb", "a\u061cb", "a\u2028b",
		"a\ufeffb", "a\ufffeb", "a\xffb",
	} {
		if s, err := Text(in, 100); keyOf(t, err) != "text_malformed" {
			t.Errorf("%q: %q, %v", in, s, err)
		}
	}
	if _, err := Text("四个汉字", 4); err != nil {
		t.Error(err)
	}
	if _, err := Text("五个汉字啊", 4); keyOf(t, err) != "text_too_long" {
		t.Error(err)
	}
}

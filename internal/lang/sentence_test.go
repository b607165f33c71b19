package lang

import (
	"testing"

	"dabiao/internal/kpi"
)

// say makes an English printer of one sentence and fills it.
func say(t *testing.T, sentence string, args ...any) string {
	t.Helper()
	const key = "test.sentence"
	catalogues[English][key] = sentence
	defer delete(catalogues[English], key)
	return For(English).T(key, args...)
}

func TestAPlaceIsFilledOnceAndCountsItsWord(t *testing.T) {
	for _, c := range []struct {
		sentence string
		args     []any
		want     string
	}{
		{"{0} {0|entry|entries}", []any{1}, "1 entry"},
		{"{0} {0|entry|entries}", []any{0}, "0 entries"},
		{"{0} {0|entry|entries}", []any{2}, "2 entries"},
		{"{0} {0|entry|entries}", []any{"1"}, "1 entry"},
		{"{0} {0|entry|entries}", []any{"11"}, "11 entries"},
		{"{0} {0|point|points}", []any{kpi.Whole(1)}, "1 point"},
		{"{0} {0|error|errors}, {1} {1|note|notes}", []any{1, 3}, "1 error, 3 notes"},
		{"{0|It waits|They wait}", []any{1}, "It waits"},
		{"{0|The unit|The {0} units} of {1}", []any{1, "A"}, "The unit of A"},
		{"{0|The unit|The {0} units} of {1}", []any{8, "A"}, "The 8 units of A"},
		{"{0|One of {1}|{0} of {1}}", []any{2, "{0}"}, "2 of {0}"},
		{"“{0}” in {1}", []any{"{1}", 2026}, "“{1}” in 2026"},
		{"{0} of {2}", []any{"a", "b"}, "a of {2}"},
		{"{0:1}", []any{kpi.Whole(1), kpi.Measure("人")}, "1 person"},
		{"{0:1}", []any{kpi.Whole(0), kpi.Measure("人")}, "0 people"},
		{"{0:1}", []any{kpi.Whole(1_300), kpi.Measure("人次")}, "1,300 visits"},
		{"{0:1} of {2:1}", []any{kpi.Whole(1), kpi.Measure("万元"), kpi.Whole(200)}, "¥10,000 of ¥2 million"},
		{"{0:1}", []any{"1", "copies"}, "1 copies"},
		{"{0:万元} of {1:万元}", []any{"166", "1,195"}, "¥1.66 million of ¥11.95 million"},
		{"{0:month}", []any{11}, "Nov"},
		{"{0:month}", []any{13}, "13"},
		{"{0:date}", []any{"2026-06-20"}, "20 June 2026"},
		{"{0:date}", []any{"someday"}, "someday"},
		{"{0:3}", []any{"1", "copies"}, "{0:3}"},
		{"{0", []any{"a"}, "{0"},
		{"{x} {0}", []any{"a"}, "{x} a"},
	} {
		if got := say(t, c.sentence, c.args...); got != c.want {
			t.Errorf("%q: %q, want %q", c.sentence, got, c.want)
		}
	}
}

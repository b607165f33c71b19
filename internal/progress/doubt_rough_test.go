package progress

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// What a question says of 200余 and of a total with one in it is said to be a bound, as the page says it; and that it
// was answered is known from its numbers as ever.
func TestAQuestionSaysWhichNumbersAreBounds(t *testing.T) {
	rough := on("2026-06-20", 200)
	rough.Quantity = kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余"}
	for _, c := range []struct {
		around around
		entry  kpi.Update
		want   string
	}{
		{around{below: kpi.Whole(300), target: -1}, on("2026-06-20", 200),
			"下级单位已报 300 人，在此再填 200 人 将合计 500 人。200 人 是本单位自身的部分、不是总数，是否确认？"},
		{around{below: kpi.Whole(300), target: -1}, rough,
			"下级单位已报 300 人，在此再填 不少于200 人 将合计 不少于500 人。不少于200 人 是本单位自身的部分、不是总数，是否确认？"},
		{around{target: 100}, rough, "不少于200 人 相当于unit全年目标 100 人 的 200%，是否确认？"},
	} {
		question, _, ask := c.around.around().Doubt(c.entry)
		got := lang.For(lang.Chinese).Text(question)
		if !ask || len(got) < len(c.want) || got != c.want && got[:len(c.want)] != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
		if !noWorse(question, question) {
			t.Errorf("%s: its own answer does not settle it", got)
		}
	}
}

// A row that repeats an earlier one of the same table repeats no entry that has a number yet.
func TestARepeatedRowOfATableNamesNoEntry(t *testing.T) {
	row := on("2026-11-26", 200)
	row.ID = FirstPlanned + 1
	for id, want := range map[kpi.UpdateID]string{
		7:                "2026年11月26日 已有数值、说明均相同的填报 200 人（第 7 号），可能重复。是否仍要新增？",
		FirstPlanned + 1: "本表前面已有同一天、数值和说明均相同的一行：2026年11月26日，200 人，可能重复。是否仍要新增？",
	} {
		row.ID = id
		next := on("2026-11-26", 200)
		next.ID = 0
		question, _, _ := around{own: []kpi.Update{row}, target: -1}.around().Doubt(next)
		if got := lang.For(lang.Chinese).Text(question); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

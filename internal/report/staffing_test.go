package report

import (
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

// The staff section writes itself from the basic data until somebody writes it, and figures speak of
// staff in any text.
func TestTheStaffSectionUsesTheStaffing(t *testing.T) {
	text := func(in Input) string { return said(Build(in).Sections[0].Blocks) }
	in := sample(t, lang.Chinese)
	if got := text(in); !strings.Contains(got, "编制6名，实有在职人员5人，行政4人，事业1人，离退休3人。") {
		t.Errorf("by itself: %s", got)
	}
	if got := text(sample(t, lang.English)); !strings.Contains(got,
		"6 authorized positions, 5 current staff, 4 administrative, 1 public institution, 3 retired.") {
		t.Errorf("by itself: %s", got)
	}
	if got := in.Unwritten(Staffing); !strings.Contains(got, "编制6名") || in.Unwritten(Problems) != "本部分未填写。" ||
		in.Unwritten(Other) != "无。" {
		t.Errorf("without words: %s, %s", got, in.Unwritten(Problems))
	}
	kept, err := in.Kept("在职⟦在职人员·实有人数⟧，编制⟦staff:total·posts⟧；退休⟦离退休人员⟧，其编制⟦离退休人员·编制人数⟧。")
	if err != nil || !strings.Contains(kept, "⟦staff:total·people⟧") || !strings.Contains(kept, "⟦staff:retired·people⟧") {
		t.Errorf("kept as %q (%v)", kept, err)
	}
	in.Texts[Staffing] = kept
	if got := text(in); !strings.Contains(got, "在职5人，编制6名；退休3人，其编制未填报。") {
		t.Errorf("by figures: %s", got)
	}
	none := facts(t, lang.Chinese)
	none.Texts = nil
	if got := text(none); strings.Contains(got, "名，") || !strings.Contains(got, "本部分未填写。") {
		t.Errorf("nothing stated: %s", got)
	}
}

// What of the basic data changed after signing is listed row by row.
func TestChangedBasicDataStandsBesideTheSignedReport(t *testing.T) {
	frozen, now := sample(t, lang.Chinese), sample(t, lang.Chinese)
	staff := reporttest.Staff()
	*staff[1].People = 2
	basic := progress.Basic(staff, reporttest.Costs(), nil, now.Board.Budget)
	now.Basic = &basic
	var got []string
	for _, c := range Changes(frozen, now) {
		got = append(got, now.Language.Text(c.What)+"："+c.Frozen+" → "+c.Now)
	}
	if want := "基础数据：在职合计：6 | 5 | 83.33% → 6 | 6 | 100.00%\n基础数据：事业：2 | 1 | 50.00% → 2 | 2 | 100.00%"; strings.Join(got,
		"\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

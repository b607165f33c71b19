package intake

import (
	"slices"
	"strings"
	"testing"
)

// A figure as it was reported and as it was verified stand side by side: which counts is asked where they differ.
func TestReportedAndVerifiedAreAskedAbout(t *testing.T) {
	for heads, ask := range map[string]bool{
		"上报数|审核数": true, "上报数|核定数": true, "申报数|审定数": true, "自评数|核查数": true, "乡镇上报|县级审核": true, "填报数|复核数": true,
		"报送数|核实数": true, "完成数|审核数": true, "完成数|确认数": true, "上报|审核": true, "上报完成数|审核完成数": true, "累计上报数|累计审核数": true,
		"自查数|验收数": true, "上报人数|审核人数": true, "reported|verified": true, "Actual|Verified actual": true,
		"Submitted figures|Approved figures": true, "Self-reported|Audited": true,
		"完成数|审核人": false, "完成数|审核日期": false, "完成数|审核意见": false, "完成数|核减数": false, "Actual|Approved by": false,
	} {
		for _, same := range []bool{false, true} {
			last := "48"
			if same {
				last = "50"
			}
			r, err := ReadTable(grid(t, "2026年10月", "指标|单位|"+heads, "trained|荆竹镇|50|"+last), knownCounty, Choices{})
			twin := slices.ContainsFunc(r.Questions, func(q Question) bool { return q.Kind() == "twin" })
			if err != nil || twin != (ask && !same) || len(r.Figures) != 1 || r.Figures[0].Quantity.Amount.String() != "50" {
				t.Errorf("%s, same %t: %v\n  %s", heads, same, err, strings.Join(asked(r), "\n  "))
			}
		}
	}
	r, err := ReadTable(grid(t, "2026年10月", "单位|trained||users|", "|上报|审核|上报|审核", "荆竹镇|50|48|3|3"), knownCounty,
		Choices{Answers: map[string]string{"twin:B": "C"}})
	if err != nil {
		t.Fatal(err)
	}
	wantAsked(t, "two rows of headings", r, "C4 trained jingzhu 2026-10-31 48", "D4 users jingzhu 2026-10-31 3",
		"left B3 import_column_second", "left E3 import_column_second", "? twin:B B3")
}

// A column of words is none of figures, whatever stands above it.
func TestAVerdictIsNoFigure(t *testing.T) {
	r, err := ReadTable(grid(t, "2026年10月", "指标|单位|完成数|审核", "trained|荆竹镇|50|通过", "users|荆竹镇|3|已审"), knownCounty, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantAsked(t, "verdict", r, "C3 trained jingzhu 2026-10-31 50", "C4 users jingzhu 2026-10-31 3")
}

func wantAsked(t *testing.T, name string, r Reading, want ...string) {
	t.Helper()
	if got := asked(r); !slices.Equal(got, want) {
		t.Errorf("%s: got\n  %s\nwant\n  %s", name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		for _, c := range r.Columns {
			t.Logf("%s %q: %s indicator %s", c.Name(), c.Heading, c.Role, c.Indicator)
		}
	}
}

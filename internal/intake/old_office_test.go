package intake

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A part of a sum is not the sum: a false amount would become a line of the budget. Spending alone has no
// execution rate.
func TestOnlyTheWholeSpendingIsABudgetLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"基本支出年初预算168.4万元，实际支出168.4万元，其中人员经费142.1万元。“三公”经费支出2.35万元，其中公务接待费0.85万元。", "1684000 spent 1684000 of 1684000"},
		{"全年基本支出168.4万元。人员支出142.1万元，公用支出26.3万元。", "unfunded 基本支出168.4万元"},
		{"上年支出150万元，本年支出168.4万元。", "unfunded 基本支出168.4万元"},
		{"年初结转5万元，支出168.4万元。", "unfunded 基本支出168.4万元"},
		{"年初预算180万元，支出168.4万元。", "1800000 spent 1684000 of 1800000"},
		{"支出168.4万元，结余11.6万元。", "- spent 1684000 of 1800000"},
		{"“三公”经费支出2.35万元。", ""},
		{"公用经费预算26.3万元、支出25.1万元。", ""},
		{"公用经费预算26.3万元，支出25.1万元。", ""},
		{"项目支出预算144.2万元，支出136.78万元。", "- spent 1367800 of 1442000"},
		{"2025年度基本支出：168.4万元。", "unfunded 基本支出168.4万元"},
	} {
		r, _ := ReadOldReport([]Line{{Text: "（一）基本支出情况"}, {Text: c.text}}, 2025) //nolint:errcheck // no claims
		got := ""
		for _, l := range r.Budget {
			got = "-"
			if l.Initial != nil {
				got = fmt.Sprint(int64(*l.Initial / kpi.One))
			}
			got += fmt.Sprint(" spent ", int64(l.Spent/kpi.One), " of ", int64(l.Budget()/kpi.One))
		}
		if len(r.Unfunded) > 0 {
			got += "unfunded " + strings.Join(r.Unfunded, " ")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// Posts and people without their kinds cannot become rows, and that is said.
func TestStaffCountedWithoutKindsIsTold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"核定编制12名，实有在职人员10人，退休6人。", "编制12名 实有在职人员10人"},
		{"机关行政编制5名，实有行政人员5人。", ""},
		{"编制12名，其中行政编制5名、事业编制7名；在职10人。", "在职10人"},
		{"内设3个股室。", ""},
	} {
		r, _ := ReadOldReport([]Line{{Text: "一、部门基本情况"}, {Text: c.text}}, 2025) //nolint:errcheck // no claims
		if got := strings.Join(r.Sums, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// A target in a clause of its own behind the figure is that figure's, if nothing done follows it.
func TestATargetInAClauseOfItsOwn(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"完成家庭无障碍改造68户，目标70户。", "68户 of 70户"},
		{"培训残疾人520人次（目标任务500人次）。", "520人次 of 500人次"},
		{"举办培训班14期，培训残疾人520人次，目标任务500人次。", "14期 of  520人次 of 500人次"},
		{"走访困难家庭300户，改造目标70户，实际完成68户。", "300户 of  68户 of 70户"},
		{"满意度96.5%，目标值95%。", "96.5% of 95%"},
		{"有效投诉3件，控制在5件以内。", "3件 of ≤5件"},
		{"有效投诉3件，严格控制在5件之内；举办比赛4场。", "3件 of ≤5件 4场 of "},
		{"举办比赛4场，有效投诉控制在5件以内。", "4场 of "},
	} {
		r, err := ReadOldReport([]Line{{Text: c.text}}, 2025)
		var got []string
		for _, claim := range r.Claims {
			got = append(got, claim.Written+" of "+claim.Target)
		}
		if s := strings.Join(got, " "); err != nil || s != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.text, s, c.want, err)
		}
	}
}

package app_test

import (
	"os"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// oldReport is a report of 2022 in words of our own, with the year's published facts.
func (b *bureau) oldReport() app.AdoptionBody {
	b.Helper()
	text, err := os.ReadFile("../intake/testdata/report/tuned.txt")
	b.must(err)
	body, err := app.ReadAdoption(b.Context(), "报告.txt", text, 2022)
	b.must(err)
	return body
}

func (b *bureau) adopted(body app.AdoptionBody) (kpi.AdoptionID, app.Adopting) {
	b.Helper()
	id, err := b.app.StartAdoption(ctx, b.staff, 2022, "报告.docx", body)
	b.must(err)
	made, err := b.app.MakeAdoption(ctx, b.staff, 2022, id, body)
	b.must(err)
	for _, row := range made.Result.Rows {
		for _, m := range row.Mistakes {
			b.Errorf("%s: %s: %s", row.Name, m.Name, m.Text)
		}
	}
	return id, made
}

// An old report becomes a year in one step, and is undone in one, as long as nothing was built on it.
func TestAnOldReportBecomesAYearAndIsUndone(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2022})
		b.must(err)
		body := b.oldReport()
		id, made := b.adopted(body)
		if r := made.Result; made.State != kpi.AdoptionMade || r.Created != 66 || r.Entries != 65 || r.Targets != 1 {
			b.Fatalf("%s: %d indicators, %d entries, %d targets", made.State, r.Created, r.Entries, r.Targets)
		}
		b.wantVerified()
		board, err := b.app.Board(ctx, b.staff, app.Query{Year: 2022})
		b.must(err)
		if len(board.Areas) != 4 || board.Summary.Indicators != 66 {
			b.Errorf("%d areas, %d indicators", len(board.Areas), board.Summary.Indicators)
		}
		writing, err := b.app.Writing(ctx, b.staff, app.Query{Year: 2022}, "performance/"+
			"area-2", "zh-CN")
		b.must(err)
		for _, token := range []string{"任务数⟦两癌免费检查·", "⟧，实际完成⟦两癌免费检查·", "培训妇女⟦培训妇女·"} {
			if !strings.Contains(writing.Text, token) {
				b.Errorf("no %s in %s", token, writing.Text)
			}
		}
		staffing, err := b.app.Staffing(ctx, b.staff, app.Query{Year: 2022})
		b.must(err)
		budget, err := b.app.Budget(ctx, b.staff, app.Query{Year: 2022})
		b.must(err)
		if len(staffing.Staff) != 3 || len(budget.Lines) != 1 || budget.Lines[0].Spent != kpi.Whole(1_539_800) {
			b.Errorf("staff %v, budget %v", staffing.Staff, budget.Lines)
		}
		_, err = b.app.MakeAdoption(ctx, b.staff, 2022, id, body)
		wantRefusal(b.T, err, kpi.Conflict)

		b.must(b.app.UndoAdoption(ctx, b.staff, 2022, id, "重新导入", ""))
		b.wantVerified()
		plan, err := b.app.Plan(ctx, b.staff, 2022)
		b.must(err)
		areas, err := b.app.Areas(ctx)
		b.must(err)
		staffing, err = b.app.Staffing(ctx, b.staff, app.Query{Year: 2022})
		b.must(err)
		left := 0
		for _, a := range plan.Areas {
			left += len(a.Rows)
		}
		if left != 0 || len(areas) != 0 || len(staffing.Staff) != 0 {
			b.Errorf("left: %d indicators, %v, %v", left, areas, staffing.Staff)
		}

		again, err := b.app.MakeAdoption(ctx, b.staff, 2022, id, body)
		b.must(err)
		if r := again.Result; again.State != kpi.AdoptionMade || r.Entries != 65 || r.Created != 66 {
			b.Errorf("made again: %s, %d entries, %d bad", again.State, r.Entries, r.Bad)
		}
		b.wantVerified()
		board, err = b.app.Board(ctx, b.staff, app.Query{Year: 2022})
		b.must(err)
		if len(board.Areas) != 4 || board.Summary.Indicators != 66 {
			b.Errorf("again: %d areas, %d indicators", len(board.Areas), board.Summary.Indicators)
		}

		b.must(b.app.UndoAdoption(ctx, b.staff, 2022, id, "再来一次", ""))
		_, err = b.app.MakeAdoption(ctx, b.staff, 2022, id, body)
		b.must(err)
		b.wantVerified()

		_, err = b.app.CheckReport(ctx, b.staff, 2022, "看过")
		b.must(err)
		_, err = b.app.SignReport(ctx, kpi.Operator, 2022, app.NewSigning{Reason: "测试"})
		b.must(err)
		wantRefusal(b.T, b.app.UndoAdoption(ctx, b.staff, 2022, id, "重新导入", ""), kpi.Conflict, "adoption_built_signing")
	})
}

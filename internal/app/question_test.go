package app_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestAQuestionIsAboutTheFigureOfItsDay(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-06-10", 5)
		n := app.NewQuestion{Query: app.Query{Year: 2026, Unit: "east"}, Indicator: "screened", Text: " why? ", Key: "k"}
		_, err := b.app.AskQuestion(ctx, b.staff, n)
		wantRefusal(b.T, err, kpi.Forbidden)
		leader := b.account("chair", kpi.Leader, "")
		asked, err := b.app.AskQuestion(ctx, leader, n)
		b.must(err)
		again, err := b.app.AskQuestion(ctx, leader, n)
		b.must(err)
		if again.ID != asked.ID || again.Indicator.Code != "screened" {
			b.Errorf("asked twice: %d and %d", asked.ID, again.ID)
		}
		b.log("screened", "east", "2026-06-11", 100)
		open, answered, err := b.app.Questions(ctx, b.east)
		b.must(err)
		if len(open) != 1 || len(answered) != 0 || open[0].Quantity.Amount != kpi.Whole(5) || open[0].AsOf != "2026-06-15" ||
			open[0].Text != "why?" {
			b.Errorf("%+v %+v", open, answered)
		}
		wantRefusal(b.T, b.app.AnswerQuestion(ctx, b.east, asked.ID, "  "), kpi.Invalid)
		b.must(b.app.AnswerQuestion(ctx, b.east, asked.ID, "because"))
		wantRefusal(b.T, b.app.AnswerQuestion(ctx, b.east, asked.ID, "no"), kpi.Conflict)
		frame, err := b.app.Frame(ctx, leader, 0, kpi.Unit{})
		b.must(err)
		_, answered, err = b.app.Questions(ctx, leader)
		b.must(err)
		if frame.Questions != 0 || len(answered) != 1 || answered[0].Answer != "because" {
			b.Errorf("%d wait; %+v", frame.Questions, answered)
		}
		b.wantVerified()
	})
}

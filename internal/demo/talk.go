package demo

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// talk adds what people do with the figures: notices, questions and answers, a wall display, a public
// year.
func (l *loader) talk(year kpi.Year) error {
	if _, err := l.app.RecordNotices(l.ctx); err != nil {
		return fmt.Errorf("notices: %w", err)
	}
	rows, err := table("sample/questions.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := l.ask(year, r); err != nil {
			return fmt.Errorf("question about %s: %w", r["indicator"], err)
		}
	}
	if _, _, err := l.app.AddDisplay(l.ctx, l.actors[kpi.Admin], app.NewDisplay{Name: "三楼会议室"}); err != nil {
		return fmt.Errorf("wall: %w", err)
	}
	return l.app.OpenToPublic(l.ctx, l.actors[kpi.Admin], kpi.PublicYear{Year: publishedYear})
}

func (l *loader) ask(year kpi.Year, r row) error {
	q, err := l.app.AskQuestion(l.ctx, l.actors[kpi.Role(r["asked_by"])],
		app.NewQuestion{Query: app.Query{Year: year, Unit: r["unit"]}, Indicator: r["indicator"], Text: r["text"]})
	if err != nil || r["answer"] == "" {
		return err
	}
	return l.app.AnswerQuestion(l.ctx, l.actors[kpi.Role(r["answered_by"])], q.ID, r["answer"])
}

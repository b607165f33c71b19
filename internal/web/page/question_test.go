package page

import (
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func sampleQuestions() []kpi.Question {
	target, rate := kpi.Whole(1200), kpi.Percent(37_25)
	q := kpi.Question{ID: 2, Year: 2026, Indicator: sampleSpecs[0].indicator(1), Unit: sampleUnits[0], AsOf: "2026-07-09",
		Text: "为什么比六月少？\n请写明原因。", Frozen: kpi.Frozen{Light: kpi.FarBehind, Quantity: kpi.Exactly(kpi.Whole(447)),
			HasAmount: true, Target: &target, Rate: &rate},
		AskedBy: "刘主任", AskedAt: 1780000000000}
	answered := q
	answered.ID, answered.Answer, answered.AnsweredBy, answered.AnsweredAt = 1, "两个乡镇的数下月补报。", "王经办", 1780000500000
	return []kpi.Question{q, answered}
}

// questionPages are the pages about questions, in all their states.
func questionPages(tag lang.Tag) map[string]any {
	pc := sampleContext(tag)
	pc.Questions = 1
	all := sampleQuestions()
	missing := &kpi.Error{Code: kpi.Invalid, Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "text", Text: kpi.T("text_missing")}}}
	return map[string]any{
		"question_list":          NewQuestions(pc, all[:1], all[1:]),
		"question_show":          NewQuestion(pc, app.QuestionView{Question: all[0], MayAnswer: true}, AskInput{}),
		"question_show:answered": NewQuestion(pc, app.QuestionView{Question: all[1]}, AskInput{}),
		"question_show:refused": NewQuestion(pc, app.QuestionView{Question: all[0], MayAnswer: true},
			AskInput{Typed: " ", Refusal: missing}),
		"question_show:ask": NewAsk(pc, sampleView(), AskInput{Key: "key-9"}),
	}
}

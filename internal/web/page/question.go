package page

import (
	"fmt"
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/notice"
)

// questionView is a question with the figure it was asked about.
type questionView struct {
	Href      string // of the question
	Indicator layoutLink
	Unit      string
	Light     lightView
	Figure    string // as it was then
	AsOf      string
	Text      string
	Asked     string // by whom, when
	Answer    string
	Answered  string // by whom, when; "" if it is open
}

func newQuestionView(pc Context, q kpi.Question) questionView {
	p := pc.Printer
	v := questionView{Href: QuestionPath(q.ID), Unit: p.Name(q.Unit.Name, q.Unit.NameEn), Light: newLightView(p, q.Light),
		Indicator: layoutLink{Href: pc.figurePath(q.Year, q.Indicator.Code, q.Unit),
			Text: p.Name(q.Indicator.Name, q.Indicator.NameEn)},
		AsOf: p.T("question.as_of", p.Date(q.AsOf)), Text: q.Text,
		Asked: p.T("question.asked", q.AskedBy, p.Time(q.AskedAt, pc.zone()))}
	v.Figure = strings.TrimLeft(notice.Figures(p, q.Indicator, q.Frozen), "，, ")
	if !q.Open() {
		v.Answer, v.Answered = q.Answer, p.T("question.answered", q.AnsweredBy, p.Time(q.AnsweredAt, pc.zone()))
	}
	return v
}

// figurePath returns the address of an indicator at a unit, as of today.
func (pc Context) figurePath(y kpi.Year, code string, u kpi.Unit) string {
	path := IndicatorPath(y, code)
	if u.Parent != 0 {
		path += "?unit=" + u.Code
	}
	return path
}

// questionsPage lists the questions that the person may read.
type questionsPage struct {
	Layout
	Open, Answered []questionView
}

func NewQuestions(pc Context, open, answered []kpi.Question) questionsPage {
	page := questionsPage{Layout: NewLayout(pc, pc.Printer.T("question.title"), "", "")}
	for _, q := range open {
		page.Open = append(page.Open, newQuestionView(pc, q))
	}
	for _, q := range answered {
		page.Answered = append(page.Answered, newQuestionView(pc, q))
	}
	return page
}

// questionPage shows a question, or the form for a new one. Field names: text, key.
type questionPage struct {
	Layout
	Crumbs   []layoutLink
	Question questionView
	Form     *Form // nil for those who cannot write anything here
}

func NewQuestion(pc Context, q app.QuestionView, in AskInput) questionPage {
	p := pc.Printer
	page := questionPage{Layout: NewLayout(pc, p.T("question.one", p.Name(q.Indicator.Name, q.Indicator.NameEn)), "", ""),
		Question: newQuestionView(pc, q.Question), Crumbs: []layoutLink{{Href: "/questions", Text: p.T("question.title")}}}
	page.Crumbs = append(page.Crumbs, page.Question.Indicator)
	if q.MayAnswer {
		page.Form = questionForm(pc, "question.answer", QuestionPath(q.ID)+"#write", in)
	}
	return page
}

// AskInput is the input of the form for a question or an answer.
type AskInput struct {
	Key, Typed string
	Refusal    *kpi.Error
}

func NewAsk(pc Context, view app.IndicatorView, in AskInput) questionPage {
	p, f := pc.Printer, view.Figure
	name := p.Name(f.Indicator.Name, f.Indicator.NameEn)
	href := pc.at(IndicatorPath(view.Year.Year, f.Indicator.Code), view.Unit, f.AsOf.Period)
	page := questionPage{Layout: NewLayout(pc, p.T("question.one", name), partBoard,
		IndicatorPath(view.Year.Year, f.Indicator.Code)),
		Crumbs: []layoutLink{{Href: href, Text: name}}}
	page.Live = ""
	figure := pc.indicatorFigure(f)
	page.Question = questionView{Indicator: layoutLink{Href: href, Text: name},
		Unit: p.Name(view.Unit.Name, view.Unit.NameEn), Light: figure.Light,
		AsOf: p.T("question.as_of", p.Date(f.AsOf.Date())), Figure: figure.Value.Text}
	if figure.Target.Why == "" {
		page.Question.Figure += " / " + figure.Target.Text
	}
	page.Question.Figure = page.Question.Figure + lang.Beside(figure.Measure)
	page.Form = questionForm(pc, "question.text", pc.at(askPath(view.Year.Year, f.Indicator.Code), view.Unit,
		f.AsOf.Period)+"#write", in)
	return page
}

func questionForm(pc Context, key, action string, in AskInput) *Form {
	p := pc.Printer
	f := pc.form("write", action, p.T(key+"_title"), p.T(key+"_submit")).wide()
	if in.Refusal != nil {
		f.keeping("f-", url.Values{"text": {in.Typed}})
	}
	if in.Key != "" {
		f.hide("key", in.Key)
	}
	f.add(f.field("text", key, "").note())
	f.refuse(in.Refusal)
	return f
}

// AddQuestions adds the questions about the figure to the page.
func (page *indicatorPage) AddQuestions(pc Context, view app.IndicatorView, questions []kpi.Question) {
	for _, q := range questions {
		page.Questions = append(page.Questions, newQuestionView(pc, q))
	}
	if view.MayAsk {
		page.Ask = pc.at(askPath(view.Year.Year, view.Figure.Indicator.Code), view.Unit, view.Figure.AsOf.Period)
	}
}

func askPath(y kpi.Year, code string) string { return IndicatorPath(y, code) + "/question" }

func QuestionPath(id kpi.QuestionID) string { return fmt.Sprintf("/questions/%d", id) }

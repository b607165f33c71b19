package report

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// Form names one of the year's papers, as in the API: the whole report, or one of its tables.
type Form string

// The forms. WholeReport stands for the report with all its annexes.
const (
	WholeReport    Form = ""
	SelfEvaluation Form = "self-evaluation" // 部门整体支出绩效自评表
	BasicData      Form = "basic-data"      // 基础数据表
	ProjectScores  Form = "project"         // 项目支出绩效自评表
	Monitoring     Form = "monitoring"      // 绩效运行监控表
	Bulletin       Form = "bulletin"        // 进度表
	Sources        Form = "sources"         // 数据来源表: where every figure comes from
)

// Forms lists the tables in the order they are offered.
var Forms = []Form{SelfEvaluation, BasicData, ProjectScores, Monitoring, Bulletin, Sources}

// Known reports whether f is the whole report or one of the tables.
func (f Form) Known() bool { return f == WholeReport || slices.Contains(Forms, f) }

// blocks builds a table of the forms.
func (f Form) blocks(b *Draft) []paper.Block {
	switch f {
	case SelfEvaluation:
		return b.selfEvaluation()
	case BasicData:
		return b.basicData()
	case ProjectScores:
		return b.projectScores()
	case Monitoring:
		return b.monitoring()
	case Bulletin:
		return b.bulletin()
	case Sources:
		return b.sources()
	}
	return nil
}

// wide are the forms that are printed across the page.
func (f Form) wide() bool { return f == Monitoring || f == Sources }

// annex makes a form; number is its place behind the text, 0 for a paper of its own.
func (b *Draft) annex(f Form, number int) paper.Annex {
	a := paper.Annex{Form: string(f), Title: b.p.T("report.form." + string(f)), Subtitle: b.covers(f),
		Wide: f.wide(), Blocks: f.blocks(b)}
	if number > 0 {
		a.Mark = b.p.T("report.annex", number)
	}
	for i, block := range a.Blocks {
		if block.Table != nil && block.Table.Caption == "" {
			a.Blocks[i].Table.Caption = a.Title
		}
	}
	return a
}

// covers says what time a form speaks of.
func (b *Draft) covers(f Form) string {
	switch {
	case f == Bulletin || f == Sources:
		return b.p.AsOf(b.Board.AsOf)
	case f == Monitoring:
		return b.p.T("report.form.months", int(b.Board.Year.Year), b.Board.AsOf.Month)
	}
	return b.p.T("report.form.year", int(b.Board.Year.Year))
}

// BuildForm makes one paper: the whole report, or a form by itself. Refusal: NotFound form_unknown.
func BuildForm(in Input, f Form) (paper.Document, error) {
	if !f.Known() {
		return paper.Document{}, kpi.Missing("form_unknown", string(f))
	}
	if f == WholeReport {
		return Build(in), nil
	}
	b := NewDraft(in)
	d := b.document()
	a := b.annex(f, 0)
	d.Title, d.Annexes = a.Title, []paper.Annex{a}
	b.number(&d)
	return d, nil
}

// TitleKey is the catalogue's key of the form's name.
func (f Form) TitleKey() string {
	if f == WholeReport {
		return "report.form.whole"
	}
	return "report.form." + string(f)
}

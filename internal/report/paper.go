package report

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// Paper names one of the year's papers, as the API does: the whole report, or one of its tables.
type Paper string

// The papers. WholeReport stands for the report with all its annexes.
const (
	WholeReport    Paper = ""
	SelfEvaluation Paper = "self-evaluation" // 部门整体支出绩效自评表
	BasicData      Paper = "basic-data"      // 基础数据表
	ProjectScores  Paper = "project"         // 项目支出绩效自评表
	Monitoring     Paper = "monitoring"      // 绩效运行监控表
	Bulletin       Paper = "bulletin"        // 进度表
	Sources        Paper = "sources"         // 数据来源表: where every figure comes from
	SourceLog      Paper = "source-log"      // 数据来源明细表: the same, entry by entry
)

// Papers lists the tables in the order they are offered.
var Papers = []Paper{SelfEvaluation, BasicData, ProjectScores, Monitoring, Bulletin, Sources, SourceLog}

// Known reports whether f is the whole report or one of the tables.
func (p Paper) Known() bool { return p == WholeReport || slices.Contains(Papers, p) }

func (p Paper) blocks(b *Draft) []paper.Block {
	switch p {
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
	case SourceLog:
		return b.sourceLog()
	}
	return nil
}

// wide papers are printed in landscape.
func (p Paper) wide() bool { return p == Monitoring || p == SourceLog }

// annex builds a table; number is its place behind the text, 0 when it is printed on its own.
func (b *Draft) annex(p Paper, number int) paper.Annex {
	a := paper.Annex{Key: string(p), Title: b.p.T("report.paper." + string(p)), Subtitle: b.covers(p),
		Wide: p.wide(), Blocks: p.blocks(b)}
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

// covers states the time that a table covers.
func (b *Draft) covers(p Paper) string {
	switch {
	case p == Bulletin || p == Sources || p == SourceLog:
		return b.p.AsOf(b.Board.AsOf)
	case p == Monitoring:
		return b.p.T("report.paper.months", int(b.Board.Year.Year), b.Board.AsOf.Month)
	}
	return b.p.T("report.paper.year", int(b.Board.Year.Year))
}

// BuildPaper makes one paper: the whole report, or a table by itself. Refusal: NotFound form_unknown.
func BuildPaper(in Input, p Paper) (paper.Document, error) {
	if !p.Known() {
		return paper.Document{}, kpi.Missing("form_unknown", string(p))
	}
	if p == WholeReport {
		return Build(in), nil
	}
	b := NewDraft(in)
	d := b.document()
	a := b.annex(p, 0)
	d.Title, d.Annexes = a.Title, []paper.Annex{a}
	if b.Dated != "" {
		d.Dated = b.p.Date(b.Dated)
	}
	b.number(&d)
	return d, nil
}

// TitleKey is the catalogue key of the paper's name.
func (p Paper) TitleKey() string {
	if p == WholeReport {
		return "report.paper.whole"
	}
	return "report.paper." + string(p)
}

package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// Office is who the report is about.
type Office struct {
	Name   string // in full, as on the cover
	NameEn string
}

// Input is all that the year-end documents are made from.
type Input struct {
	Office   Office
	Board    progress.Board
	Texts    map[SectionKey]string               // the office's own words; a line is a paragraph
	Outlooks map[kpi.IndicatorID]kpi.Outlook     // of the month of the board
	Expected map[kpi.IndicatorID]kpi.Expectation // what the unit itself said in that month the year will come to
	Trails   map[kpi.IndicatorID]Trail           // what the figures rest on; nil: not asked for
	Incomes  []kpi.SourceIncome
	Others   []kpi.OtherMoney
	Projects []progress.ProjectScore `json:",omitempty"` // none in what was frozen before there were any
	Basic    *progress.BasicData     `json:",omitempty"` // nil: nobody stated any
	Gone     []kpi.Indicator         `json:"-"`          // that the year does not have, or no longer: a token must not take another for one
	Outline  Outline                 // the year's; without entries, the shipped one
	Dated    kpi.Date                // the cover's date; "" leaves it open
	Language lang.Printer
}

// Draft is a year's papers while they are written: the input, and what turns it into words.
type Draft struct {
	Input
	p     lang.Printer
	known []Subject // of tokens, once asked for
}

// Build makes the whole report by its outline: all sections, those without content saying so, and
// the tables behind them as annexes.
func Build(in Input) paper.Document {
	b := NewDraft(in)
	d := b.document()
	d.Mark, d.Title = b.p.T("report.annex", 1), b.p.T("report.title", int(d.Year))
	for i, e := range b.YearOutline().Entries {
		d.Sections = append(d.Sections, paper.Section{
			Key:     string(e.Key),
			Heading: numbered(b.p, 1, i+1, b.title(e)),
			Blocks:  b.entry(e),
		})
	}
	for i, f := range b.annexes() {
		d.Annexes = append(d.Annexes, b.annex(f, i+1))
	}
	b.number(&d)
	return d
}

// document is a paper without content.
func (b *Draft) document() paper.Document {
	d := paper.Document{
		Language: b.p.Tag(),
		Year:     b.Board.Year.Year,
		Author:   b.office(),
		Office:   b.p.T("report.office", b.office()),
		Date:     b.Dated,
		Sample:   b.Board.Year.Sample,
	}
	if b.Dated != "" {
		d.Dated = b.p.Date(b.Dated)
	}
	if d.Sample {
		d.Notice = b.p.T("report.sample")
	}
	return d
}

// NewDraft begins the papers of a year; without a language they are Chinese.
func NewDraft(in Input) *Draft {
	if in.Language.Tag() == "" {
		in.Language = lang.For(lang.Chinese)
	}
	return &Draft{Input: in, p: in.Language}
}

func (b *Draft) office() string { return b.p.Name(b.Office.Name, b.Office.NameEn) }

// YearEnd reports whether the figures cover the whole year.
func (b *Draft) YearEnd() bool { return b.Board.AsOf.Month == 12 && b.Board.AsOf.Whole() }

// parts are an entry's own words, where there are any, and its parts under their headings.
func (b *Draft) parts(e Entry) []paper.Block {
	out := b.text(e.Key)
	for i, part := range e.Parts {
		out = append(out, paper.NewHeading(2, numbered(b.p, 2, i+1, b.title(part))))
		out = append(out, b.entry(part)...)
	}
	return out
}

// entry is what stands under a heading: what prints by itself, the office's own words, the parts.
func (b *Draft) entry(e Entry) []paper.Block {
	switch e.Writes {
	case WritesGeneral:
		return b.general(e)
	case WritesBasic:
		return append(b.nature(e, kpi.BasicSpend), b.partsAlone(e)...)
	case WritesProject:
		return append(b.nature(e, kpi.ProjectSpend), b.partsAlone(e)...)
	case WritesGovernmentFunds, WritesStateCapital, WritesSocialInsurance:
		return append(b.fund(e, kpi.Fund(e.Writes)), b.partsAlone(e)...)
	case WritesPerformance:
		return append(b.performance(e), b.partsAlone(e)...)
	}
	if len(e.Parts) > 0 {
		return b.parts(e)
	}
	if e.Key == Staffing && len(b.text(e.Key)) == 0 && b.BasicFigures().StaffStated() {
		return []paper.Block{paper.NewParagraph(b.staffSentence()...)}
	}
	return b.prose(e)
}

// partsAlone are an entry's parts without its own words, which stand before them already.
func (b *Draft) partsAlone(e Entry) []paper.Block {
	e.Key = ""
	return b.parts(e)
}

// prose are the office's own words, or 无。
func (b *Draft) prose(e Entry) []paper.Block {
	if out := b.text(e.Key); len(out) > 0 {
		return out
	}
	return []paper.Block{paper.NewParagraph(phrase(b.p, "report.none")...)}
}

// text are the office's own words about a place, a line a paragraph, with the figures they hold.
func (b *Draft) text(key SectionKey) []paper.Block {
	var out []paper.Block
	for _, line := range b.Lines(b.Texts[key], Stored) {
		out = append(out, paper.NewParagraph(line...))
	}
	return out
}

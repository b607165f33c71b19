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
	Texts    map[SectionKey]string               // the office's own words, a paragraph per line
	Outlooks map[kpi.IndicatorID]kpi.Outlook     // of the month of the board
	Expected map[kpi.IndicatorID]kpi.Expectation // the unit's own forecast for the year, made in that month
	Trails   map[kpi.IndicatorID]Trail           // what the figures are computed from; nil: not loaded
	Incomes  []kpi.SourceIncome
	Others   []kpi.OtherMoney
	Projects []progress.ProjectScore `json:",omitempty"` // none in reports signed before projects existed
	Basic    *progress.BasicData     `json:",omitempty"` // nil: not stated
	Rows     kpi.FormValues          `json:",omitzero"`  // of the forms, as stated
	// not in the year, or no longer: a token with such a name must not match another indicator
	Gone    []kpi.Indicator `json:"-"`
	Outline Outline         // the year's own; without entries, the shipped one is used
	Cover   Cover           `json:",omitzero"` // none in reports signed before there were any
	Dated   kpi.Date        // the cover's date; "" leaves it open

	// AuditCode stands for the audit log as it was when the report was signed; "" in drafts.
	AuditCode string `json:",omitempty"`
	// AuditPage is the address of the page that such codes are checked on; "" if the server knew none.
	AuditPage string `json:",omitempty"`
	Language  lang.Printer
}

// Draft builds a year's papers in one language.
type Draft struct {
	Input
	p     lang.Printer
	known []Subject // what tokens can refer to; computed once
}

// Build makes the whole report by its outline, with all sections, even those without content, and the
// tables behind them as annexes.
func Build(in Input) paper.Document {
	b := NewDraft(in)
	d := b.document()
	b.cover(&d)
	for i, e := range b.YearOutline().Entries {
		d.Sections = append(d.Sections, paper.Section{
			Key:     string(e.Key),
			Heading: numbered(b.p, 1, i+1, b.title(e)),
			Blocks:  b.entry(e),
		})
	}
	for i, f := range b.annexes() {
		d.Annexes = append(d.Annexes, b.annex(f, b.annexNumber(i+1)))
	}
	d.Attached = b.attached(d.Annexes)
	b.number(&d)
	return d
}

// document returns a document without content.
func (b *Draft) document() paper.Document {
	d := paper.Document{
		Language: b.p.Tag(),
		Year:     b.Board.Year.Year,
		Author:   b.office(),
		Office:   b.p.T("report.office", b.office()),
		Date:     b.Dated,
		Sample:   b.Board.Year.Sample,
	}
	if d.Sample {
		d.Notice = b.p.T("report.sample")
	}
	return d
}

// NewDraft returns a Draft. Without a language it is Chinese.
func NewDraft(in Input) *Draft {
	if in.Language.Tag() == "" {
		in.Language = lang.For(lang.Chinese)
	}
	b := &Draft{Input: in, p: in.Language.InWan()}
	if !b.Rules().Grouped {
		b.p = b.p.Ungrouped()
	}
	return b
}

func (b *Draft) office() string { return b.p.Name(b.Office.Name, b.Office.NameEn) }

// YearEnd reports whether the figures cover the whole year.
func (b *Draft) YearEnd() bool { return b.Board.AsOf.Month == 12 && b.Board.AsOf.Whole() }

// parts returns an entry's own words, if any, and its parts under their headings.
func (b *Draft) parts(e Entry) []paper.Block {
	out := b.text(e.Key)
	for i, part := range e.Parts {
		out = append(out, placed(part.Key, paper.NewHeading(2, numbered(b.p, 2, i+1, b.title(part)))))
		out = append(out, b.entry(part)...)
	}
	return out
}

// entry returns what stands under a heading: what is generated, the office's own words, and the parts.
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

// partsAlone returns an entry's parts without its own words, which are printed already.
func (b *Draft) partsAlone(e Entry) []paper.Block {
	e.Key = ""
	return b.parts(e)
}

// prose returns the office's own words, or what stands there without any.
func (b *Draft) prose(e Entry) []paper.Block {
	if out := b.text(e.Key); len(out) > 0 {
		return out
	}
	return []paper.Block{paper.NewParagraph(b.unwritten(e.Key)...)}
}

// unwritten is what prints where the office has written nothing. Only of other matters silence says that there are
// none; elsewhere 无 would say on the office's behalf that it has no staff, no duties, no problems.
func (b *Draft) unwritten(key SectionKey) []paper.Run {
	if key == Other {
		return phrase(b.p, "report.none")
	}
	return phrase(b.p, "report.unwritten")
}

// text returns the office's own words for a section, a paragraph per line, with their figures filled in.
func (b *Draft) text(key SectionKey) []paper.Block {
	var out []paper.Block
	for _, line := range b.Lines(b.Texts[key], Stored) {
		block := paper.NewParagraph(line...)
		block.Paragraph.Own = true
		out = append(out, block)
	}
	return out
}

// placed is a heading of the place whose words stand below it.
func placed(key SectionKey, heading paper.Block) paper.Block {
	heading.Heading.Place = string(key)
	return heading
}

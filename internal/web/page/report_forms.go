package page

import (
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// formsPage shows what a year's forms ask, as a form: a block after the other, each with its columns and rows.
// Field names: base, name, self_lists, by_level; of a block n: bN_order, bN_kind, bN_title, bN_title_en; of its column
// m: cN_M_key, _name, _name_en, _measure, _record, _of, _by; of its row m: rN_M_key, _order, _name, _name_en, _level,
// _sum, _named, _from.
type formsPage struct {
	Layout
	Tabs     []layoutLink
	Action   string
	Base     string // identifies the version of the forms being edited
	Meta     string
	MaySet   bool
	Mistakes []string
	Begin    []layoutLink // shipped forms to go back to
	Name     string
	Lists    bool
	ByLevel  bool
	Blocks   []formsBlock
	Preview  []formsPaper // the papers as laid out; none unless asked for
}

// formsBlock is a block; N numbers its fields.
type formsBlock struct {
	N                            int
	Heading, Order, Title, EName string
	Kinds                        []formOption
	Columns                      []formsColumn
	Rows                         []formsRow
}

// formsColumn is a column of a block; M numbers its fields.
type formsColumn struct {
	M                         int
	Key, Name, EName, Measure string
	Record, Of, By            []formOption
}

// formsRow is a row of a block; M numbers its fields.
type formsRow struct {
	M                       int
	Key, Order, Name, EName string
	Levels, From            []formOption
	Sum, Named              bool
}

// formsPaper is a paper as it would print.
type formsPaper struct {
	Name string
	Text paper.Fragment
}

// FormsRecords are the columns that records fill: the key says which amounts.
var FormsRecords = []string{"last", "budget", "spent"}

// FormsInput is the input of the page besides the view.
type FormsInput struct {
	Forms   *kpi.Forms // as typed, or shipped ones to begin with; nil: the year's
	Preview bool
	Refusal *kpi.Error
}

// NewForms shows the year's forms, or those of in, and what they would print.
func NewForms(pc Context, v app.StatedView, in FormsInput) formsPage {
	p, year := pc.Printer, pc.Year.Year
	draft := report.NewDraft(v.Input)
	own := draft.Rules().YearForms()
	forms := own
	if in.Forms != nil {
		forms = *in.Forms
	}
	page := formsPage{Layout: NewLayout(pc, p.T("forms.title"), partReport, FormsPath(year)), Tabs: pc.reportTabs("edit"),
		Action: FormsPath(year), Base: app.FormsMark(own), Meta: p.T("forms.meta", own.Name),
		MaySet: v.MaySet && pc.Actor.MayAdminister() == nil, Name: forms.Name, Lists: forms.Lists, ByLevel: forms.ByLevel}
	for _, key := range []string{"mof", "hunan"} {
		page.Begin = append(page.Begin, layoutLink{Href: FormsPath(year) + "?from=" + key, Text: kpi.ShippedForms[key].Name})
	}
	if in.Refusal != nil {
		page.Mistakes = mistakesOf(pc, in.Refusal)
	}
	spare := []kpi.FormBlock{{}}
	if !page.MaySet {
		spare = nil
	}
	for _, b := range slices.Concat(forms.Basic, spare) {
		page.Blocks = append(page.Blocks, pc.formsBlock(len(page.Blocks), b, page.MaySet))
	}
	if in.Preview {
		page.Preview = pc.formsPreview(v.Input, forms)
	}
	return page
}

func (pc Context) formsBlock(n int, b kpi.FormBlock, maySet bool) formsBlock {
	p := pc.Printer
	out := formsBlock{N: n, Heading: p.T("forms.block", n+1), Order: strconv.Itoa((n + 1) * 10), Title: b.Title,
		EName: b.TitleEn}
	if b.Kind == "" {
		out.Heading = p.T("forms.block_new")
		out.Kinds = append(out.Kinds, formOption{Text: p.T("forms.kind."), Selected: true})
	} else {
		out.Kinds = append(out.Kinds, formOption{Text: p.T("forms.kind.remove")})
	}
	for _, k := range kpi.BlockKinds {
		out.Kinds = append(out.Kinds, formOption{string(k), p.T("forms.kind." + string(k)), k == b.Kind})
	}
	if b.Kind != kpi.BlockRows && b.Kind != kpi.BlockText && b.Kind != "" {
		return out
	}
	columns, rows := b.Columns, b.Rows
	if maySet {
		rows = slices.Concat(rows, make([]kpi.FormRow, spareRows))
		if b.Kind != kpi.BlockText {
			columns = append(slices.Clone(columns), make([]kpi.FormColumn, min(2, kpi.MaxFormColumns-len(columns)))...)
		}
	}
	for m, c := range columns {
		out.Columns = append(out.Columns, pc.formsColumn(m, c, columns))
	}
	for m, r := range rows {
		out.Rows = append(out.Rows, pc.formsRow(m, r))
	}
	return out
}

func (pc Context) formsColumn(m int, c kpi.FormColumn, all []kpi.FormColumn) formsColumn {
	p := pc.Printer
	out := formsColumn{M: m, Key: c.Key, Name: c.Name, EName: c.NameEn, Measure: string(c.Measure),
		Record: []formOption{{Text: p.T("forms.record.")}}}
	for _, key := range FormsRecords {
		out.Record = append(out.Record, formOption{key, p.T("forms.record." + key), key == c.Key})
	}
	of := func(place int) []formOption {
		list := []formOption{{Text: p.T("forms.rate_none")}}
		for i := range all {
			name := strings.TrimSpace(strconv.Itoa(i+1) + " " + all[i].Name)
			list = append(list, formOption{strconv.Itoa(i), name, len(c.Of) > place && all[i].Key == c.Of[place]})
		}
		return list
	}
	out.Of, out.By = of(0), of(1)
	return out
}

func (pc Context) formsRow(m int, r kpi.FormRow) formsRow {
	p := pc.Printer
	out := formsRow{M: m, Key: r.Key, Order: strconv.Itoa((m + 1) * 10), Name: r.Name, EName: r.NameEn, Sum: r.Sum,
		Named: r.Named}
	for level := range kpi.MaxFormLevel + 1 {
		out.Levels = append(out.Levels, formOption{strconv.Itoa(level), strconv.Itoa(level), level == r.Level})
	}
	for _, s := range kpi.RowSources() {
		text := ""
		if kind, ok := strings.CutPrefix(string(s), string(kpi.OfficialPrefix)); ok {
			text = p.T("forms.from.official", p.T("official."+kind))
		} else {
			text = p.T("forms.from." + string(s))
		}
		out.From = append(out.From, formOption{string(s), text, s == r.From})
	}
	return out
}

// formsPreview is what the forms would print of the year as it stands.
func (pc Context) formsPreview(in report.Input, forms kpi.Forms) (out []formsPaper) {
	rules := report.NewDraft(in).Rules()
	rules.Forms = forms
	in.Board.Rules = rules
	for _, which := range []report.Paper{report.BasicData, report.SelfEvaluation, report.Monitoring} {
		d, err := report.BuildPaper(in, which)
		if err != nil || len(d.Annexes) == 0 {
			continue // a paper of the program's own is known
		}
		out = append(out, formsPaper{Name: pc.Printer.T(which.TitleKey()), Text: paper.Fragment{Blocks: d.Annexes[0].Blocks}})
	}
	return out
}

func FormsPath(y kpi.Year) string { return reportPath(y) + "/layout" }

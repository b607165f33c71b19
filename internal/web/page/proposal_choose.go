package page

import (
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// proposalChoose is where a table of indicators is pasted or chosen. Field names: text, file; where its
// columns are asked for: text, column.N, from.
type proposalChoose struct {
	Layout
	mistakes
	Crumbs  []layoutLink
	Hint    string
	Action  string
	Text    *Field
	File    *Field
	Columns []string // what is known by its heading
	Others  []layoutLink
	Bare    *bareTable // a table without headings that are known; nil: none
}

// bareTable is a table whose columns a person is asked about: its first rows, and a choice over each column.
type bareTable struct {
	Text    string // the whole table, as the form sends it back
	Choices []*Field
	Rows    [][]string
	From    *Field
}

// bareRows are how many rows of a table are shown, fromRows how many may be passed over.
const bareRows, fromRows = 6, 4

// ChooseInput is what the page is made from.
type ChooseInput struct {
	Text    string // pasted
	Refusal *kpi.Error
	Bare    [][]string              // the table that was found, if its columns are not known
	Layout  *intake.IndicatorLayout // what somebody said of them; nil: guess
}

func NewProposalChoose(pc Context, in ChooseInput) proposalChoose {
	p, y := pc.Printer, pc.Year.Year
	page := proposalChoose{Layout: NewLayout(pc, p.T("proposal.title"), partPlan, ""),
		Hint: p.T("proposal.hint", intake.MaxIndicators), Crumbs: pc.planCrumbs(), Action: ProposalPath(y),
		Text: &Field{ID: "f-text", Name: "text", Label: p.T("proposal.paste"), Hint: p.T("proposal.paste_hint"),
			Value: in.Text, Kind: "area", Rows: 10},
		File: &Field{ID: "f-file", Name: "file", Label: p.T("proposal.file"), Hint: p.T("proposal.file_hint")},
		Others: []layoutLink{{Href: ProposalPath(y) + "?rows=10", Text: p.T("proposal.other_blank")},
			{Href: AdoptPath(y), Text: p.T("proposal.other_document")}}}
	for _, column := range []string{"name", "area", "measure", "value", "weight", "owner", "more"} {
		page.Columns = append(page.Columns, p.T("proposal.column."+column))
	}
	if page.Bare = newBareTable(p, in); page.Bare == nil {
		page.tell(p, in.Refusal, "f-text", page.Text, page.File)
	} else if in.Layout != nil {
		page.tell(p, in.Refusal, "f-column-0")
	}
	return page
}

// newBareTable shows a table to be explained; nil where there is none, or it is too wide to be one.
func newBareTable(p lang.Printer, in ChooseInput) *bareTable {
	if len(in.Bare) == 0 || len(in.Bare[0]) > 2*len(intake.IndicatorColumns) {
		return nil
	}
	layout := intake.GuessLayout(in.Bare)
	if in.Layout != nil {
		layout = *in.Layout
	}
	t := &bareTable{Rows: in.Bare[:min(len(in.Bare), bareRows)]}
	lines := make([]string, len(in.Bare))
	for i, row := range in.Bare {
		cells := slices.Clone(row)
		for j, cell := range cells {
			if strings.HasPrefix(cell, `"`) { // else it would be read as a quoted one
				cells[j] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
		}
		lines[i] = strings.Join(cells, "\t")
	}
	t.Text = strings.Join(lines, "\n")
	for i := range in.Bare[0] {
		n := strconv.Itoa(i)
		f := &Field{ID: "f-column-" + n, Name: "column." + n, Label: p.T("proposal.column_of", i+1),
			Options: []formOption{{"", p.T("proposal.column_none"), false}}}
		for _, column := range intake.IndicatorColumns {
			key := "proposal." + string(column)
			if column == intake.IndicatorWeight {
				key = "proposal.weight_short"
			}
			chosen := i < len(layout.Columns) && layout.Columns[i] == column
			f.Options = append(f.Options, formOption{string(column), p.T(key), chosen})
		}
		t.Choices = append(t.Choices, f)
	}
	t.From = &Field{ID: "f-from", Name: "from", Label: p.T("proposal.from"), Kind: "select"}
	for i := range min(len(in.Bare), fromRows) {
		t.From.Options = append(t.From.Options, formOption{strconv.Itoa(i), p.T("proposal.from_row", i+1), i == layout.From})
	}
	return t
}

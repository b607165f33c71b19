package page

import (
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// proposalCell is a field within the table.
type proposalCell struct {
	*Field
	Guessed bool
}

func proposalName(field string, n int) string { return field + "." + strconv.Itoa(n) }

func proposalID(field string, n int) string { return "p-" + field + "-" + strconv.Itoa(n) }

// proposalCells makes the fields of one row.
type proposalCells struct {
	p      lang.Printer
	n      int
	row    app.ProposalRow
	adopts bool // owner and weight stand folded, to leave room for what was achieved
}

// heads are the headings of the columns by their fields, where they are not proposal.FIELD.
var proposalHeads = map[string]string{"weight": "proposal.weight_short"}

func (c proposalCells) head(field string) string {
	if key, ok := proposalHeads[field]; ok {
		return c.p.T(key)
	}
	return c.p.T("proposal." + field)
}

func (c proposalCells) input(field, value string) proposalCell {
	f := &Field{ID: proposalID(field, c.n), Name: proposalName(field, c.n), Value: value,
		Label: c.p.T("proposal.of_row", c.head(field), c.row.Row)}
	for _, m := range c.row.Mistakes {
		if m.Name == field {
			f.Error = c.p.Text(m.Text)
		}
	}
	return proposalCell{Field: f, Guessed: slices.Contains(c.row.Guessed, field)}
}

func (c proposalCells) level() bool { return c.row.Kind == string(kpi.Level) }

// value returns the target as it stands in its field: a judgement in words.
func (c proposalCells) value() string {
	if level := kpi.LevelValue(c.row.Value); c.level() && level.Known() {
		return c.p.T("level." + c.row.Value)
	}
	return c.row.Value
}

// posted returns what the form sends for a field that nobody touches.
func (c proposalCells) posted(field string) string {
	switch field {
	case "value":
		return c.value()
	case "measure":
		return c.row.Measure
	case "kind":
		return c.row.Kind
	case "sign":
		return c.row.Sign
	case "category":
		return c.row.Category
	case "part_of":
		return c.row.PartOf
	case "numerator":
		return c.row.Numerator
	}
	return ""
}

func (c proposalCells) sign() proposalCell {
	cell := c.input("sign", c.row.Sign)
	if cell.Value == "" {
		cell.Value = string(kpi.AtLeastSign)
	}
	signs := kpi.Signs[:len(kpi.Signs)-1]
	names := []string{"≥", "＞", "＝", "≤", "＜"}
	if c.level() {
		signs, names = []kpi.Sign{kpi.LevelSign}, []string{"—"}
	}
	cell.choice(texts(signs), names)
	return cell
}

func (c proposalCells) kind() proposalCell {
	kinds := kpi.Kinds
	if c.row.Kind == "" {
		kinds = append([]kpi.Kind{""}, kinds...)
	}
	cell := c.input("kind", c.row.Kind)
	cell.choice(texts(kinds), named(c.p, "proposal.kind.", kinds))
	return cell
}

func (c proposalCells) do() proposalCell {
	cell := c.input("do", string(c.row.Do))
	steps, names := []app.ProposalStep{app.ProposalCreate, app.ProposalLeave}, []string{"create", "leave"}
	if c.row.Exists != nil {
		steps, names = []app.ProposalStep{app.ProposalTarget, app.ProposalLeave}, []string{"target", "keep"}
		if !c.row.InYear {
			names[0] = "join"
		}
	}
	if c.row.Do == "" {
		cell.Value = string(app.ProposalCreate)
	}
	for i, name := range names {
		names[i] = c.p.T("proposal.do." + name)
	}
	cell.choice(texts(steps), names)
	return cell
}

// exists says that there is one already and its target, and its kind and measure.
func (c proposalCells) exists() (says, fixed string) {
	ind := *c.row.Exists
	says = c.p.T("proposal.exists")
	switch {
	case !c.row.InYear:
		says = c.p.T("proposal.exists_other")
	case c.row.Held != nil:
		says = c.p.T("proposal.exists_holds", measured(c.p, ind, targetText(c.p, ind, *c.row.Held)))
	}
	return says, strings.TrimSuffix(c.p.T("proposal.kind."+string(ind.Kind))+" · "+c.p.Measure(ind.Measure), " · ")
}

// more returns the fields that stand folded; open when one of them is wrong or a ratio lacks its parts.
func (c proposalCells) more() (out []*Field, open bool) {
	row := c.row
	categories := append([]kpi.Category{""}, kpi.Categories...)
	for _, f := range []struct {
		field, value string
		always       bool
	}{{"name_en", row.NameEn, true}, {"definition", row.Definition, true}, {"category", row.Category, true},
		{"numerator", row.Numerator, true}, {"denominator", row.Denominator, true}, {"source", row.Source, false},
		{"partners", row.Partners, false}, {"note", row.Note, false}, {"code", row.Code, false},
		{"part_of", row.PartOf, c.adopts}, {"owner", row.Owner, c.adopts}, {"weight", row.Weight, c.adopts}} {
		if !c.adopts && (f.field == "owner" || f.field == "weight") { // a column of the table
			continue
		}
		cell := c.input(f.field, f.value)
		if !f.always && f.value == "" && cell.Error == "" {
			continue
		}
		cell.Label = c.head(f.field)
		if f.field == "category" {
			cell.choice(texts(categories), append([]string{c.p.T("plan.none")}, named(c.p, "category.", kpi.Categories)...))
		}
		open = open || cell.Error != ""
		out = append(out, cell.Field)
	}
	return out, open || row.Kind == string(kpi.Ratio) && (row.Numerator == "" || row.Denominator == "")
}

// guessed names what was concluded.
func (c proposalCells) guessed() string {
	var names []string
	for _, field := range c.row.Guessed {
		if field != "category" || c.row.Exists == nil {
			names = append(names, c.head(field))
		}
	}
	if len(names) == 0 {
		return ""
	}
	guess := c.p.T("proposal.guess", strings.Join(names, c.p.T("summary.and")))
	if slices.Contains(c.row.Guessed, "sign") && c.row.Sign == string(kpi.AtMostSign) && c.row.Value == "0" {
		guess += c.p.T("proposal.guess_zero")
	}
	return guess
}

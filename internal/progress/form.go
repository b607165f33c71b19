package progress

import (
	"strings"

	"dabiao/internal/kpi"
)

// FormSums holds what the rows of a year's forms come to: stated by the office, or from its records.
type FormSums struct {
	Values kpi.FormValues
	Basic  BasicData
	Budget Budget
}

// Amount returns what a row comes to in a column. A row of parts that make up all of it is their sum where it is not
// stated itself, and absent while one of them is.
func (s FormSums) Amount(b kpi.FormBlock, row int, column kpi.FormColumn) Opt[kpi.Amount] {
	r := b.Rows[row]
	if name, ok := strings.CutPrefix(string(r.From), string(kpi.OfficialPrefix)); ok {
		return s.official(OfficialRow(name), column.Key)
	}
	if a := s.project(r, column.Key); a.Ok() {
		return a
	}
	if a, ok := s.Values.Amount(r.Key, column.Key); ok {
		return Some(a)
	}
	if r.Sum {
		return s.Parts(b, row, column)
	}
	return None[kpi.Amount](ReasonNoValue)
}

// Parts is the sum of a row's parts, absent while one is not stated. Rows that the office names and has not are no
// part.
func (s FormSums) Parts(b kpi.FormBlock, row int, column kpi.FormColumn) Opt[kpi.Amount] {
	var sum kpi.Amount
	found := false
	for i := row + 1; i < len(b.Rows) && b.Rows[i].Level > b.Rows[row].Level; i++ {
		if b.Rows[i].Level != b.Rows[row].Level+1 || !s.Prints(b, i) {
			continue
		}
		a := s.Amount(b, i, column)
		if !a.Ok() {
			return a
		}
		sum, found = sum+a.Value, true
	}
	if !found {
		return None[kpi.Amount](ReasonNoValue)
	}
	return Some(sum)
}

// Prints reports whether a row is printed: one that the office names only when it has a name or an amount, or is the
// first of its kind.
func (s FormSums) Prints(b kpi.FormBlock, row int) bool {
	r := b.Rows[row]
	if !r.Named || row == 0 || !b.Rows[row-1].Named || s.Values.Texts[r.Key] != "" {
		return true
	}
	for _, c := range b.Columns {
		if _, ok := s.Values.Amount(r.Key, c.Key); ok {
			return true
		}
	}
	return false
}

// Rate returns what a column of rates comes to: the first column divided by the second.
func (s FormSums) Rate(b kpi.FormBlock, row int, column kpi.FormColumn) Opt[kpi.Percent] {
	var of [2]kpi.Amount
	for i, key := range column.Of {
		for _, c := range b.Columns {
			if c.Key != key {
				continue
			}
			a := s.Amount(b, row, c)
			if !a.Ok() {
				return None[kpi.Percent](ReasonNoValue)
			}
			of[i] = a.Value
		}
	}
	if of[1] == 0 {
		return None[kpi.Percent](ReasonNoDivisor)
	}
	return Some(kpi.Rate(of[0], of[1]))
}

func (s FormSums) official(row OfficialRow, column string) Opt[kpi.Amount] {
	for _, f := range s.Basic.Official {
		if f.Row != row {
			continue
		}
		switch column {
		case "last":
			return f.Last
		case "budget":
			return f.Full
		case "spent":
			return f.Spent
		}
	}
	return None[kpi.Amount](ReasonNoValue)
}

// project is the project spending of all funds, for the columns that the budget knows.
func (s FormSums) project(r kpi.FormRow, column string) Opt[kpi.Amount] {
	var sum kpi.Amount
	found := false
	for _, l := range s.Budget.Lines {
		if r.From != kpi.FromProject || l.Nature != kpi.ProjectSpend {
			continue
		}
		switch column {
		case "budget":
			sum, found = sum+l.Budget(), true
		case "spent":
			sum, found = sum+l.Spent, true
		}
	}
	if !found {
		return None[kpi.Amount](ReasonNoValue)
	}
	return Some(sum)
}

// Findings says where parts do not fit the row that they are parts of.
func (s FormSums) Findings(forms kpi.Forms) []kpi.Text {
	var out []kpi.Text
	for _, b := range forms.Basic {
		for i, r := range b.Rows {
			for _, c := range b.Columns {
				if len(c.Of) > 0 {
					continue
				}
				whole, parts := s.Amount(b, i, c), s.Parts(b, i, c)
				if !whole.Ok() || !parts.Ok() {
					continue
				}
				name, column := kpi.Name{Name: r.Name, NameEn: r.NameEn}, kpi.Name{Name: c.Name, NameEn: c.NameEn}
				switch {
				case r.Sum && whole.Value != parts.Value:
					out = append(out, kpi.T("form.sum", name, column, c.Shown(whole.Value), c.Shown(parts.Value)))
				case parts.Value > whole.Value:
					out = append(out, kpi.T("form.part", name, column, c.Shown(whole.Value), c.Shown(parts.Value)))
				}
			}
		}
	}
	return out
}

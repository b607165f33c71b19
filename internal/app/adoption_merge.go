package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// Twins are the rows that say the same as an earlier one, with its number: rows of the same name, and rows with the
// same figure where one's name contains the other's.
func (b AdoptionBody) Twins() map[int]int {
	out := map[int]int{}
	for n, row := range b.Rows {
		if row.Name == "" {
			continue
		}
		for _, earlier := range b.Rows[:n] {
			if _, twin := out[earlier.Row]; !twin && earlier.Name != "" && twins(earlier, row) {
				out[row.Row] = earlier.Row
				break
			}
		}
	}
	return out
}

func twins(a, b ProposedIndicator) bool {
	plain := func(r ProposedIndicator) string { return intake.PlainName(numbered.ReplaceAllString(r.Name, "")) }
	x, y := plain(a), plain(b)
	if x == y {
		return true
	}
	return a.Figure != "" && figureOf(a) == figureOf(b) && kpi.Measure(a.Measure).Canonical() ==
		kpi.Measure(b.Measure).Canonical() && (strings.Contains(x, y) || strings.Contains(y, x))
}

// numbered is what tells a name apart from another that was read before it: 发放资料 2.
var numbered = regexp.MustCompile(` \d$`)

func figureOf(row ProposedIndicator) string {
	q, err := intake.Quantity(row.Figure, kpi.Measure(row.Measure).Canonical())
	if err != nil {
		return row.Figure
	}
	return string(q.Precision) + q.Amount.String()
}

// Merged is the body with a row merged into its twin, or every twin for row 0: what the earlier row leaves blank it
// takes from the later, what refers to the later by name refers to the earlier. In texts the figure of the later
// becomes the earlier's where both are the same; where they differ, what was written stays as it was written.
func (b AdoptionBody) Merged(row int) AdoptionBody {
	twins := b.Twins()
	b.Rows, b.Texts = slices.Clone(b.Rows), slices.Clone(b.Texts)
	for _, later := range slices.Backward(slices.Clone(b.Rows)) {
		if into, ok := twins[later.Row]; ok && (row == 0 || row == later.Row) {
			b.merge(into, later)
		}
	}
	return b
}

func (b *AdoptionBody) merge(into int, later ProposedIndicator) {
	at := slices.IndexFunc(b.Rows, func(r ProposedIndicator) bool { return r.Row == into })
	if at < 0 {
		return
	}
	row := &b.Rows[at]
	same := figureOf(*row) == figureOf(later)
	if row.Figure == "" {
		row.Figure, row.Date, same = later.Figure, later.Date, true
	}
	for _, pair := range [][2]*string{{&row.Code, &later.Code}, {&row.Area, &later.Area}, {&row.NameEn, &later.NameEn},
		{&row.Measure, &later.Measure}, {&row.Kind, &later.Kind}, {&row.Weight, &later.Weight}, {&row.Owner, &later.Owner},
		{&row.Partners, &later.Partners}, {&row.Definition, &later.Definition}, {&row.Source, &later.Source},
		{&row.Category, &later.Category}, {&row.Numerator, &later.Numerator}, {&row.Denominator, &later.Denominator},
		{&row.Note, &later.Note}, {&row.PartOf, &later.PartOf}, {&row.Date, &later.Date}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	if row.Value == "" {
		row.Value, row.Sign = later.Value, later.Sign
	}
	if row.PartOf == later.Name || row.PartOf == row.Name {
		row.PartOf = ""
	}
	if row.Do == ProposalLeave && later.Do != ProposalLeave {
		row.Do = later.Do
	}
	name := row.Name
	b.Rows = slices.DeleteFunc(b.Rows, func(r ProposedIndicator) bool { return r.Row == later.Row })
	for i := range b.Rows {
		for _, of := range []*string{&b.Rows[i].PartOf, &b.Rows[i].Numerator, &b.Rows[i].Denominator} {
			if *of == later.Name && b.Rows[i].Name != name {
				*of = name
			}
		}
	}
	b.remark(later.Row, into, same)
}

// remark lets the marks of a row in texts mean another, or makes them the words that stood there.
func (b *AdoptionBody) remark(from, to int, same bool) {
	mark := regexp.MustCompile(`⟦#` + strconv.Itoa(from) + `((?:·[^⟧]*)?)⟧`)
	for i := range b.Texts {
		t := &b.Texts[i]
		written := map[string]string{}
		for of, said := range t.Written {
			written[of] = said
		}
		t.Body = mark.ReplaceAllStringFunc(t.Body, func(m string) string {
			aspect := mark.FindStringSubmatch(m)[1]
			said := t.Written[strconv.Itoa(from)+aspect]
			if !same || aspect != "" && aspect != "·number" {
				return said
			}
			now := strconv.Itoa(to) + aspect
			if _, ok := written[now]; !ok {
				written[now] = said
			}
			return "⟦#" + now + "⟧"
		})
		t.Written = written
	}
}

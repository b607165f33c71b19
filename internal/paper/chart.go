package paper

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Chart is a bar per name, made of parts that are counts, or, where the parts are rates, a bar per name
// and part: the first dark with its number, the others pale behind it.
type Chart struct {
	Title string      `json:"title"`
	Names []string    `json:"names"`
	Parts []ChartPart `json:"parts"`
}

// ChartPart is one part of all bars, in the order of the chart's names: counts, or rates of which nil is
// none.
type ChartPart struct {
	Name   string         `json:"name"`
	Counts []int          `json:"counts,omitempty"`
	Rates  []*kpi.Percent `json:"rates,omitempty"`
}

// rated reports whether the chart shows rates.
func (c Chart) rated() bool { return len(c.Parts) > 0 && c.Parts[0].Counts == nil }

// Table is the chart's numbers, a row per bar.
func (c Chart) Table() Table {
	t := Table{Caption: c.Title, Head: 1, Widths: []int{30}}
	head := []Cell{Label("")}
	for _, p := range c.Parts {
		head = append(head, Label(p.Name))
		t.Widths = append(t.Widths, 20)
	}
	t.Add(head...)
	for i, name := range c.Names {
		row := []Cell{Label(name).AtLeft()}
		for _, p := range c.Parts {
			cell := Words(p.text(i))
			switch {
			case p.Counts != nil:
				cell = cell.Counted(kpi.Whole(int64(p.Counts[i])), 0)
			case p.Rates[i] != nil:
				cell = cell.Rated(*p.Rates[i])
			}
			row = append(row, cell)
		}
		t.Add(row...)
	}
	return t
}

// text is a part's number of one name, — for none.
func (p ChartPart) text(i int) string {
	switch {
	case p.Counts != nil:
		return strconv.Itoa(p.Counts[i])
	case p.Rates[i] == nil:
		return "—"
	}
	return p.Rates[i].String() + "%"
}

// number is text without its sign; ok is false for none.
func (p ChartPart) number(i int) (s string, ok bool) {
	if p.Counts == nil && p.Rates[i] == nil {
		return "", false
	}
	return strings.TrimSuffix(p.text(i), "%"), true
}

// says is the chart in words, for those who do not see it.
func (c Chart) says() string {
	var lines []string
	for i, name := range c.Names {
		var parts []string
		for _, p := range c.Parts {
			parts = append(parts, p.Name+" "+p.text(i))
		}
		lines = append(lines, name+"："+strings.Join(parts, "，"))
	}
	return c.Title + "。" + strings.Join(lines, "；") + "。"
}

// charts returns all charts of a document in order.
func (d Document) charts() []Chart {
	var out []Chart
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if b.Chart != nil {
				out = append(out, *b.Chart)
			}
		}
	}
	return out
}

package paper

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Chart is a bar chart with a bar per name. If its parts are counts, each bar is made of them. If they
// are rates, each name has a bar per part: the first dark, with its number, the others pale behind it.
type Chart struct {
	Title string      `json:"title"`
	Names []string    `json:"names"`
	Parts []ChartPart `json:"parts"`
}

// ChartPart is a part of all bars, in the order of the chart's names: counts, or rates, which are nil
// if absent.
type ChartPart struct {
	Name   string         `json:"name"`
	Counts []int          `json:"counts,omitempty"`
	Rates  []*kpi.Percent `json:"rates,omitempty"`
}

// rated reports whether the chart shows rates.
func (c Chart) rated() bool { return len(c.Parts) > 0 && c.Parts[0].Counts == nil }

// Table returns the chart's numbers, with a row per bar.
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

// text returns a part's number for a name, or — if it is absent.
func (p ChartPart) text(i int) string {
	switch {
	case p.Counts != nil:
		return strconv.Itoa(p.Counts[i])
	case p.Rates[i] == nil:
		return "—"
	}
	return p.Rates[i].String() + "%"
}

// number is like text without the percent sign; ok is false if the number is absent.
func (p ChartPart) number(i int) (s string, ok bool) {
	if p.Counts == nil && p.Rates[i] == nil {
		return "", false
	}
	return strings.TrimSuffix(p.text(i), "%"), true
}

// says describes the chart in words, for people who cannot see it.
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

package paper

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Chart is a bar per name, made of parts that are counts.
type Chart struct {
	Title string      `json:"title"`
	Names []string    `json:"names"`
	Parts []ChartPart `json:"parts"`
}

// ChartPart is the same part of every bar.
type ChartPart struct {
	Name   string `json:"name"`
	Counts []int  `json:"counts"` // one for each of the chart's names
}

// Table returns the chart's numbers, a row for each bar.
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
			row = append(row, Words(strconv.Itoa(p.Counts[i])).Counted(kpi.Whole(int64(p.Counts[i])), 0))
		}
		t.Add(row...)
	}
	return t
}

// says returns the chart in words, as alternative text.
func (c Chart) says() string {
	var lines []string
	for i, name := range c.Names {
		var parts []string
		for _, p := range c.Parts {
			parts = append(parts, p.Name+" "+strconv.Itoa(p.Counts[i]))
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

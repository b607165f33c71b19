package paper

import (
	"encoding/json"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Chart is a bar chart with a bar per name. If its parts are counts, each bar is made of them. If they are rates, each
// name has a bar of one of them, a frame around it up to what is marked, and its note beside it.
type Chart struct {
	Title  string      `json:"title"`
	Names  []string    `json:"names"`
	Parts  []ChartPart `json:"parts"`
	Noted  string      `json:"noted,omitempty"`  // what the notes say; "" without
	Notes  []string    `json:"notes,omitempty"`  // of each name; two spaces part what may stand below each other
	Tabled bool        `json:"tabled,omitempty"` // a table beside it has its numbers
}

// ChartPart is a part of all bars, in the order of the chart's names: counts, or rates, which are nil
// if absent. A part of rates is drawn as bars, hatched if Hatched is set, or as frames if Mark is.
type ChartPart struct {
	Name    string
	Counts  []int
	Rates   []*kpi.Percent
	Hatched bool
	Mark    bool
}

// chartPartJSON is a part as JSON: rates are decimal strings of percent, as in the API.
type chartPartJSON struct {
	Name   string    `json:"name"`
	Counts []int     `json:"counts,omitempty"`
	Rates  []*string `json:"rates,omitempty"`
	Hatch  bool      `json:"hatched,omitempty"`
	Mark   bool      `json:"mark,omitempty"`
}

// MarshalJSON encodes rates as decimal strings of percent, as the API does.
func (p ChartPart) MarshalJSON() ([]byte, error) {
	part := chartPartJSON{Name: p.Name, Counts: p.Counts, Hatch: p.Hatched, Mark: p.Mark}
	for _, r := range p.Rates {
		var text *string
		if r != nil {
			s := r.String()
			text = &s
		}
		part.Rates = append(part.Rates, text)
	}
	return json.Marshal(part)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *ChartPart) UnmarshalJSON(data []byte) error {
	var part chartPartJSON
	if err := json.Unmarshal(data, &part); err != nil {
		return err
	}
	*p = ChartPart{Name: part.Name, Counts: part.Counts, Hatched: part.Hatch, Mark: part.Mark}
	for _, text := range part.Rates {
		if text == nil {
			p.Rates = append(p.Rates, nil)
			continue
		}
		amount, err := kpi.ParseAmount(*text)
		if err != nil {
			return err
		}
		rate := kpi.Percent(amount / (kpi.One / 100))
		p.Rates = append(p.Rates, &rate)
	}
	return nil
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
	if c.Noted != "" {
		head, t.Widths = append(head, Label(c.Noted)), append(t.Widths, 40)
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
		if c.Noted != "" {
			row = append(row, Words(c.Notes[i]).AtLeft())
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
	return lang.Printer{}.Percent(*p.Rates[i])
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
	var sentences []string
	for i, name := range c.Names {
		var parts []string
		for _, p := range c.Parts {
			if p.Counts != nil || p.Rates[i] != nil || c.Noted == "" {
				parts = append(parts, p.Name+" "+p.text(i))
			}
		}
		if c.Noted != "" {
			parts = append(parts, c.Noted+" "+c.Notes[i])
		}
		sentences = append(sentences, name+"："+strings.Join(parts, "，"))
	}
	return c.Title + "。" + strings.Join(sentences, "；") + "。"
}

// from returns the chart of the names from one place to another.
func (c Chart) from(start, end int) Chart {
	out := Chart{Title: c.Title, Names: c.Names[start:end], Noted: c.Noted, Tabled: c.Tabled}
	for _, p := range c.Parts {
		if p.Counts != nil {
			p.Counts = p.Counts[start:end]
		} else {
			p.Rates = p.Rates[start:end]
		}
		out.Parts = append(out.Parts, p)
	}
	if c.Noted != "" {
		out.Notes = c.Notes[start:end]
	}
	return out
}

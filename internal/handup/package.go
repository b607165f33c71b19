package handup

import "dabiao/internal/kpi"

// PackageFormat names the form of a package's content.
const PackageFormat = "dabiao-package-1"

// Package is what an office hands up: of each indicator of the dictionary that it mapped, each month's figure, and the
// entries that figure is made of.
type Package struct {
	Format  string   `json:"format"`
	Office  Office   `json:"office"` // whose figures they are
	To      To       `json:"to"`
	Year    kpi.Year `json:"year"`
	First   int      `json:"first_month"`
	Last    int      `json:"last_month"`
	AsOf    kpi.Date `json:"as_of"`   // the day it was made
	Version int      `json:"version"` // counted within the year
	Sample  bool     `json:"sample,omitempty"`
	Signing *Signing `json:"signing,omitempty"`
	Figures []Figure `json:"figures"`
	Absent  []Absent `json:"not_handed_up,omitempty"` // indicators of the dictionary that the office has not mapped
}

// To says where a package goes.
type To struct {
	Office     Office `json:"office"`
	Unit       Unit   `json:"unit"` // what the office is above
	Dictionary string `json:"dictionary"`
}

// Signing is the last signed version of the year's report, if it is signed.
type Signing struct {
	Number int    `json:"version"`
	By     string `json:"by"`
	On     string `json:"on"`
	AsOf   string `json:"as_of"`
	SHA256 string `json:"sha256"`
}

// Absent is an indicator of the dictionary that is not handed up.
type Absent struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

// Figure is one indicator of the dictionary, as the office counts it.
type Figure struct {
	Indicator         // as in the dictionary
	Own       Own     `json:"own"`
	Months    []Month `json:"months"` // those with a figure, in order
	Entries   []Entry `json:"entries"`
}

// Own is the indicator of the office's own.
type Own struct {
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	NameEn  string        `json:"name_en,omitempty"`
	Measure kpi.Measure   `json:"measure"`
	Units   kpi.UnitsRule `json:"units_rule,omitempty"`
}

// Month is a month of a figure: of what adds up, what came to it, exact amounts in one line and each approximate one
// as it was written; of readings, the reading that stands at its end.
type Month struct {
	Month int    `json:"month"`
	Lines []Line `json:"lines"`
}

// Line is an amount in the dictionary's measure.
type Line struct {
	Dated     kpi.Date       `json:"date"`
	Amount    Number         `json:"amount"`
	Precision kpi.Precision  `json:"precision,omitempty"` // exact if ""
	Wording   string         `json:"wording,omitempty"`
	Level     kpi.LevelValue `json:"level,omitempty"`
}

// Entry is an entry of the office's log, in the measure of its own indicator.
type Entry struct {
	ID        kpi.UpdateID   `json:"id"`
	Indicator string         `json:"indicator"` // code: of a sum, the one it was logged for
	Measure   kpi.Measure    `json:"measure"`
	Unit      string         `json:"unit"`
	UnitName  string         `json:"unit_name"`
	Dated     kpi.Date       `json:"date"`
	Amount    Number         `json:"amount"`
	Precision kpi.Precision  `json:"precision,omitempty"`
	Wording   string         `json:"wording,omitempty"`
	Level     kpi.LevelValue `json:"level,omitempty"`
	Evidence  int            `json:"evidence,omitempty"` // files, without sensitive ones
}

// Quantity returns the line's amount as kpi has it.
func (l Line) Quantity() kpi.Quantity { return quantityOf(l.Amount, l.Precision, l.Wording) }

func quantityOf(n Number, p kpi.Precision, wording string) kpi.Quantity {
	if p == "" {
		p = kpi.Exact
	}
	return kpi.Quantity{Amount: kpi.Amount(n), Precision: p, Wording: wording}
}

// NewLine returns a quantity as a line.
func NewLine(day kpi.Date, q kpi.Quantity, level kpi.LevelValue) Line {
	return Line{Dated: day, Amount: Number(q.Amount), Precision: written(q.Precision), Wording: q.Wording, Level: level}
}

// written leaves out what goes without saying.
func written(p kpi.Precision) kpi.Precision {
	if p == kpi.Exact {
		return ""
	}
	return p
}

// Covers reports whether the package says something of a month.
func (p Package) Covers(month int) bool { return p.First <= month && month <= p.Last }

// Figure returns the figure of a dictionary's code; ok is false if it is not handed up.
func (p Package) Figure(code string) (Figure, bool) {
	for _, f := range p.Figures {
		if f.Code == code {
			return f, true
		}
	}
	return Figure{}, false
}

// Lines returns the lines of a month; none if it has no figure.
func (f Figure) Lines(month int) []Line {
	for _, m := range f.Months {
		if m.Month == month {
			return m.Lines
		}
	}
	return nil
}

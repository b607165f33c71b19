package returned

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// Result is what came back.
type Result struct {
	Sections []Section // in the report's order
	Loose    []intake.Comment
	Found    int // of the sections, how many headings are in the file
}

// State says how a section came back.
type State string

// The states. Only a changed section can be taken over.
const (
	Unchanged State = "unchanged"
	Changed   State = "changed"
	Generated State = "generated" // only what the program writes itself was changed
	Missing   State = "missing"   // its heading is not in the file
	Twice     State = "twice"     // its heading is in the file several times
)

// Section is a place of the report as it came back.
type Section struct {
	Key      report.SectionKey
	Heading  string // as the program prints it
	Renamed  string // as it reads now, where that differs
	State    State
	Lines    []Line
	Text     string // the new text, with tokens as people write them
	Figures  []Figure
	Written  bool // a repeated or conditional passage was changed, so it is written out
	Comments []intake.Comment
}

// Line is a paragraph of a section, with what was changed in it.
type Line struct {
	Kind  Kind
	Spans []Span
}

// Kind says what became of a paragraph.
type Kind string

// The kinds. A line that the program writes itself is never taken over.
const (
	LineSame      Kind = "same"
	LineChanged   Kind = "changed"
	LineAdded     Kind = "added"
	LineRemoved   Kind = "removed"
	LineMoved     Kind = "moved"
	LineGenerated Kind = "generated"
)

// Figure is a printed figure that was changed by hand.
type Figure struct {
	Indicator string // its code; "" for what is none
	Was, Is   string
}

// Options are the reader's choices.
type Options struct {
	Ledger bool // figures that differ go on following their records
}

// Compare holds a file against what the program prints. Refusals: Invalid returned_no_headings,
// returned_other_year.
func Compare(in report.Input, lines []intake.Line, comments []intake.Comment, o Options) (Result, error) {
	d := report.Build(in)
	if year := otherYear(d.Title, in.Board.Year.Year, lines); year != 0 {
		return Result{}, kpi.Refuse(kpi.Invalid, "returned_other_year", int(year), int(in.Board.Year.Year))
	}
	found, end := locate(in.Printout(), d, lines)
	out := Result{}
	m := merger{ledger: o.Ledger}
	var parts []*part
	for _, p := range found {
		s := m.read(p, lines)
		parts = append(parts, s)
		if p.at >= 0 {
			out.Found++
		}
	}
	if out.Found*4 < len(found) || out.Found == 0 {
		return Result{}, kpi.Refuse(kpi.Invalid, "returned_no_headings")
	}
	for _, s := range parts {
		out.Sections = append(out.Sections, m.write(s))
	}
	for _, c := range comments {
		at := -1
		for i, p := range found {
			if p.at >= 0 && c.Line >= p.at && c.Line < p.end && c.Line < end {
				at = i
			}
		}
		if at < 0 {
			out.Loose = append(out.Loose, c)
		} else {
			out.Sections[at].Comments = append(out.Sections[at].Comments, c)
		}
	}
	return out, nil
}

var yearNumber = regexp.MustCompile(`\d{4}`)

// otherYear is the year of a file that is the report of another; 0 if it is not. A long title is broken into lines, so
// spaces do not count.
func otherYear(title string, year kpi.Year, lines []intake.Line) kpi.Year {
	before, after, ok := strings.Cut(unspaced(title), strconv.Itoa(int(year)))
	if !ok {
		return 0
	}
	other := kpi.Year(0)
	for _, l := range lines[:min(len(lines), 60)] {
		rest, ok := strings.CutPrefix(unspaced(l.Text), before)
		if !ok || len(rest) < 4 || !yearNumber.MatchString(rest[:4]) || rest[4:] != after {
			continue
		}
		n, err := strconv.Atoi(rest[:4])
		if err != nil || kpi.Year(n) == year {
			return 0
		}
		other = kpi.Year(n)
	}
	return other
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

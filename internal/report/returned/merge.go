package returned

import (
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/report"
)

// merger writes the new texts of a report.
type merger struct {
	ledger bool
	lost   []*lostToken // figures that are no longer where they stood
}

// part is a section being compared.
type part struct {
	place
	was  []oldLine
	is   []string
	rows []row
}

// oldLine is a paragraph as it was printed.
type oldLine struct {
	text   string
	own    bool
	source report.SourcedLine
}

// row is a step of the new text: a pair, with how it was compared.
type row struct {
	pair
	moved bool
	diff  *lineDiff // of the office's own words that changed
}

// read compares a section and collects the figures it lost.
func (m *merger) read(p place, lines []intake.Line) *part {
	s := &part{place: p}
	generated := func(texts []string) {
		for _, text := range texts {
			s.was = append(s.was, oldLine{text: strings.TrimSpace(text)})
		}
	}
	generated(p.Generated[:p.OwnAt])
	for _, l := range p.Own {
		if l.Pieces != nil {
			s.was = append(s.was, oldLine{l.Text(), true, l})
		}
	}
	generated(p.Generated[p.OwnAt:])
	if p.at < 0 || p.twice {
		return s
	}
	for _, l := range lines[p.at+1 : p.end] {
		for text := range strings.SplitSeq(l.Label+l.Text, "\n") {
			if text = strings.TrimSpace(text); l.Table == 0 && text != "" && text != p.None {
				s.is = append(s.is, text)
			}
		}
	}
	was := make([]string, len(s.was))
	for i, l := range s.was {
		was[i] = l.text
	}
	for _, pr := range align(was, s.is) {
		s.rows = append(s.rows, row{pair: pr})
	}
	s.findMoved()
	for i := range s.rows {
		r := &s.rows[i]
		if r.was < 0 || !s.was[r.was].own {
			continue
		}
		is := ""
		if r.is >= 0 {
			is = s.is[r.is]
		}
		if is != s.was[r.was].text {
			r.diff = newLineDiff(s.was[r.was].source, is)
			m.lost = append(m.lost, r.diff.lost()...)
		}
	}
	return s
}

// findMoved pairs what went out with the same text where it came in.
func (s *part) findMoved() {
	for i := range s.rows {
		if out := &s.rows[i]; out.was >= 0 && out.is < 0 {
			for j := range s.rows {
				if in := &s.rows[j]; in.was < 0 && in.is >= 0 && s.is[in.is] == s.was[out.was].text {
					in.was, in.moved, out.was = out.was, true, -1
					break
				}
			}
		}
	}
	kept := s.rows[:0]
	for _, r := range s.rows {
		if r.was >= 0 || r.is >= 0 {
			kept = append(kept, r)
		}
	}
	s.rows = kept
}

// write makes the section of what was read.
func (m *merger) write(s *part) Section {
	out := Section{Key: s.Key, Heading: s.Heading, Renamed: s.renamed, State: Unchanged}
	switch {
	case s.twice:
		out.State = Twice
		return out
	case s.at < 0:
		out.State = Missing
		return out
	}
	w := sectionWriter{merger: m, part: s, out: &out}
	if len(s.Own) > 0 && s.Own[0].Pieces == nil {
		w.add(s.Own[0].Silent)
	}
	for i := range s.rows {
		w.row(i)
	}
	out.Text = strings.Join(w.text, "\n")
	return out
}

// sectionWriter writes one section.
type sectionWriter struct {
	*merger
	part *part
	out  *Section
	text []string
}

func (w *sectionWriter) add(source string) {
	if source != "" {
		w.text = append(w.text, source)
	}
}

func (w *sectionWriter) show(kind Kind, spans ...Span) {
	w.out.Lines = append(w.out.Lines, Line{kind, spans})
	switch {
	case kind == LineSame:
	case kind == LineGenerated && w.out.State == Unchanged:
		w.out.State = Generated
	case kind != LineGenerated:
		w.out.State = Changed
	}
}

// row writes a paragraph into the new text and shows what became of it.
func (w *sectionWriter) row(i int) {
	r := w.part.rows[i]
	if r.was < 0 {
		w.add(w.restored(w.part.is[r.is]))
		w.show(LineAdded, Span{Ins, w.part.is[r.is]})
		return
	}
	old := w.part.was[r.was]
	if !old.own {
		switch {
		case r.is >= 0 && w.part.is[r.is] == old.text:
			w.show(LineSame, Span{Same, old.text})
		case r.is >= 0:
			was, is := words(old.text), words(w.part.is[r.is])
			w.show(LineGenerated, spans(was, is, compare(was, is))...)
		default:
			w.show(LineGenerated, Span{Del, old.text})
		}
		return
	}
	switch {
	case r.is < 0:
		w.show(LineRemoved, Span{Del, old.text})
	case r.diff != nil:
		w.add(r.diff.write(w.merger, w.out))
		w.show(LineChanged, spans(r.diff.was, r.diff.is, r.diff.steps)...)
	default:
		w.same(i, old)
	}
	w.add(strings.TrimPrefix(old.source.Silent, "\n"))
}

// same writes an unchanged paragraph as its source. A passage of several lines stays one if all of them are
// unchanged and in their place; else each line is written out.
func (w *sectionWriter) same(i int, old oldLine) {
	kind := LineSame
	if w.part.rows[i].moved {
		kind = LineMoved
	}
	first := i
	for first > 0 && w.part.follows(first) {
		first--
	}
	if old.source.Passage == "" && !old.source.Follows {
		w.add(sourceOf(old.source))
	} else if w.part.whole(first) {
		w.add(w.part.was[w.part.rows[i].was].source.Passage)
	} else {
		w.add(sourceOf(old.source))
		w.out.Written = true
	}
	w.show(kind, Span{Same, old.text})
}

// follows reports whether a row is a further line of a passage that begins above.
func (s *part) follows(i int) bool {
	r := s.rows[i]
	return r.was >= 0 && s.was[r.was].source.Follows
}

// whole reports whether a passage that begins at a row is all there, unchanged and in order.
func (s *part) whole(first int) bool {
	r := s.rows[first]
	if r.was < 0 || s.was[r.was].source.Passage == "" || r.diff != nil || r.is < 0 {
		return false
	}
	for n := 1; r.was+n < len(s.was) && s.was[r.was+n].source.Follows; n++ {
		if first+n >= len(s.rows) {
			return false
		}
		next := s.rows[first+n]
		if next.was != r.was+n || next.diff != nil || next.is < 0 {
			return false
		}
	}
	return true
}

// sourceOf writes a line as people write it.
func sourceOf(l report.SourcedLine) string {
	var b strings.Builder
	for _, p := range l.Pieces {
		b.WriteString(p.Source)
	}
	return b.String()
}

package returned

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/report"
)

// lineDiff is a paragraph whose words changed.
type lineDiff struct {
	was, is []string
	steps   []op
	atoms   []atom
	of      []int // the atom of each old word
}

// atom is the smallest stretch that has a source of its own.
type atom struct {
	report.SourcedPiece
	passage  int // the piece of the line it belongs to, if that is a passage; else -1
	from, to int // its words
	kept     bool
	is       [2]int // where its words are now, if it was kept or changed
	changed  string // what stands in its place
}

func newLineDiff(l report.SourcedLine, is string) *lineDiff {
	d := &lineDiff{is: words(is)}
	for i, p := range l.Pieces {
		parts, passage := []report.SourcedPiece{p}, -1
		if p.Parts != nil {
			parts, passage = p.Parts, i
		}
		for _, part := range parts {
			from := len(d.was)
			for _, word := range words(part.Printed) {
				d.was, d.of = append(d.was, word), append(d.of, len(d.atoms))
			}
			d.atoms = append(d.atoms, atom{SourcedPiece: part, passage: passage, from: from, to: len(d.was)})
		}
	}
	d.steps = compare(d.was, d.is)
	d.settle(l)
	return d
}

// settle decides which atoms are still there: those whose words are all kept with nothing between.
func (d *lineDiff) settle(l report.SourcedLine) {
	now := make([]int, len(d.was))
	for i := range now {
		now[i] = -1
	}
	for _, o := range d.steps {
		if o.was >= 0 {
			now[o.was] = o.is
		}
	}
	runs := func(from, to int) bool {
		for i := from; i < to; i++ {
			if now[i] < 0 || now[i] != now[from]+i-from {
				return false
			}
		}
		return to > from
	}
	for i := range d.atoms {
		if a := &d.atoms[i]; a.isToken() {
			if !runs(a.from, a.to) {
				d.change(a, now)
				continue
			}
			a.is = [2]int{now[a.from], now[a.from] + a.to - a.from}
			if more := d.measured(a, now); more > 0 {
				a.is[1] += more
				a.changed = strings.Join(d.is[a.is[0]:a.is[1]], "")
			}
			a.kept = a.changed == ""
		}
	}
	for i, p := range l.Pieces {
		if p.Parts == nil {
			continue
		}
		first := slices.IndexFunc(d.atoms, func(a atom) bool { return a.passage == i })
		if first < 0 {
			continue
		}
		last := first
		for last+1 < len(d.atoms) && d.atoms[last+1].passage == i {
			last++
		}
		if runs(d.atoms[first].from, d.atoms[last].to) { // the passage is one atom, as before
			whole := atom{SourcedPiece: p, passage: -1, from: d.atoms[first].from, to: d.atoms[last].to, kept: true}
			whole.is = [2]int{now[whole.from], now[whole.from] + whole.to - whole.from}
			d.atoms = slices.Replace(d.atoms, first, last+1, whole)
			d.number()
		}
	}
}

// measured is how many words were put behind a figure that make another measure of it: 10780人 → 10780人次.
func (d *lineDiff) measured(a *atom, now []int) int {
	next := a.is[1]
	came := next < len(d.is) && (a.to == len(d.was) || now[a.to] != next)
	if came && slices.Contains([]string{"次", "余", "多"}, d.is[next]) {
		return 1
	}
	return 0
}

// number says again which atom each word belongs to.
func (d *lineDiff) number() {
	for i, a := range d.atoms {
		for w := a.from; w < a.to; w++ {
			d.of[w] = i
		}
	}
}

// isToken reports whether an atom prints something else than its source.
func (a atom) isToken() bool { return a.Source != a.Printed && a.Printed != "" }

// change finds the number that stands where a figure stood, if there is exactly one.
func (d *lineDiff) change(a *atom, now []int) {
	left, right := 0, len(d.is)
	for i := a.from - 1; i >= 0; i-- {
		if now[i] >= 0 {
			left = now[i] + 1
			break
		}
	}
	for i := a.to; i < len(d.was); i++ {
		if now[i] >= 0 {
			right = now[i]
			break
		}
	}
	old := d.was[a.from:a.to]
	if left >= right || countNumbers(old) != 1 || countNumbers(d.is[left:right]) != 1 {
		return
	}
	at := left + slices.IndexFunc(d.is[left:right], isNumber)
	number := slices.IndexFunc(old, isNumber)
	from, to := at, at+1
	for n := number - 1; n >= 0 && from > left && d.is[from-1] == old[n]; n-- {
		from--
	}
	for to < right && slices.Contains(ofQuantity, d.is[to]) && !slices.Contains(old[number+1:], d.is[to]) {
		to++
	}
	for n := number + 1; n < len(old) && to < right && d.is[to] == old[n]; n++ {
		to++
	}
	if a.is = [2]int{from, to}; d.is[at] != old[number] || to-from != len(old) {
		a.changed = strings.Join(d.is[from:to], "")
	}
}

// ofQuantity are characters between a number and its measure.
var ofQuantity = []string{"百", "千", "万", "亿", "余", "多"}

func countNumbers(list []string) (n int) {
	for _, w := range list {
		if isNumber(w) {
			n++
		}
	}
	return n
}

// lost returns the tokens that are no longer where they stood.
func (d *lineDiff) lost() (out []*lostToken) {
	text := strings.Join(d.was, "")
	at := 0
	for _, a := range d.atoms {
		if a.isToken() && !a.kept && a.Parts == nil {
			out = append(out, &lostToken{printed: a.Printed, source: a.Source,
				before: lastRunes(text[:at], beside), after: firstRunes(text[at+len(a.Printed):], beside)})
		}
		at += len(a.Printed)
	}
	return out
}

// write returns the new text with the tokens that are still there, and names the figures that were changed.
func (d *lineDiff) write(m *merger, out *Section) string {
	var text, fresh strings.Builder
	taken := map[int]*atom{} // by the new word a token begins with
	covered := map[int]bool{}
	for i := range d.atoms {
		a := &d.atoms[i]
		if a.changed != "" {
			f := Figure{Was: a.Printed, Is: a.changed}
			if a.Figure != nil {
				f.Indicator = a.Figure.Indicator
			}
			out.Figures = append(out.Figures, f)
		}
		if a.kept && a.isToken() || m.ledger && a.changed != "" {
			taken[a.is[0]] = a
			for w := a.is[0]; w < a.is[1]; w++ {
				covered[w] = true
			}
		}
		out.Written = out.Written || a.passage >= 0
	}
	flush := func() {
		text.WriteString(m.restored(fresh.String()))
		fresh.Reset()
	}
	silent := 0 // atoms before this one that print nothing are written
	quiet := func(upTo int) {
		for ; silent < upTo; silent++ {
			if a := d.atoms[silent]; a.Printed == "" && a.passage < 0 {
				flush()
				text.WriteString(a.Source)
			}
		}
	}
	for _, o := range d.steps {
		if o.was >= 0 {
			quiet(d.of[o.was])
		}
		if o.is < 0 {
			continue
		}
		a := taken[o.is]
		switch {
		case a != nil:
			flush()
			text.WriteString(a.Source)
		case covered[o.is]:
		case o.same():
			flush()
			text.WriteString(d.is[o.is])
		default:
			fresh.WriteString(d.is[o.is])
		}
	}
	flush()
	quiet(len(d.atoms))
	return text.String()
}

// lostToken is a figure that is no longer where it stood. Where a passage that holds it was moved, it is
// known again by the words around it.
type lostToken struct {
	printed, source, before, after string
	used                           bool
}

// beside is how many letters before or behind a figure must have moved with it.
const beside = 2

// restored is a text that came in with the figures that moved there as tokens again.
func (m *merger) restored(text string) string {
	type hit struct {
		at    int
		token *lostToken
	}
	var hits []hit
	for _, l := range m.lost {
		if l.used {
			continue
		}
		at := l.in(text)
		clash := slices.ContainsFunc(hits, func(h hit) bool {
			return at < h.at+len(h.token.printed) && h.at < at+len(l.printed)
		})
		if at >= 0 && !clash {
			hits = append(hits, hit{at, l})
			l.used = true
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.at - b.at })
	var out strings.Builder
	from := 0
	for _, h := range hits {
		out.WriteString(text[from:h.at] + h.token.source)
		from = h.at + len(h.token.printed)
	}
	out.WriteString(text[from:])
	return out.String()
}

// in returns where a text has the figure beside words it stood beside; -1 if nowhere.
func (l *lostToken) in(text string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], l.printed)
		if at < 0 {
			return -1
		}
		at += from
		before, after := text[:at], text[at+len(l.printed):]
		moved := isLetters(l.before) && strings.HasSuffix(before, l.before) ||
			isLetters(l.after) && strings.HasPrefix(after, l.after)
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if moved && !ofNumber(last) && !(ofNumber(next) && isNumber(lastRunes(l.printed, 1))) {
			return at
		}
		from = at + len(l.printed)
	}
}

func isLetters(s string) bool {
	other := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return utf8.RuneCountInString(s) == beside && other < 0
}

func ofNumber(r rune) bool {
	return strings.ContainsRune("0123456789０１２３４５６７８９.．", r)
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

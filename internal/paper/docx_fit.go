package paper

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dabiao/internal/lang"
)

// A letterer estimates how wide text prints in a table. It is a little generous: what it says fits on a line does so
// in the typefaces that stand in for the standard's, too.
type letterer struct {
	size  int // of the letters, in twentieths of a point
	latin int // width of a digit or a small letter, in hundredths of the size
}

// digitWidth is how wide a digit is at most in any typeface, in hundredths of its size.
const digitWidth = 64

func lettererOf(t lang.Tag) letterer {
	if t == lang.English {
		return letterer{size: 180, latin: digitWidth}
	}
	return letterer{size: 210, latin: digitWidth}
}

func (l letterer) width(s string) int { return l.hundredths(s) * l.size / 100 }

// hundredths is the width of a text in hundredths of the letters' size.
func (l letterer) hundredths(s string) int {
	n := 0
	var before rune
	for _, r := range s {
		if r == hyphen {
			continue
		}
		if before != 0 && before != ' ' && r != ' ' && unicode.Is(unicode.Han, r) != unicode.Is(unicode.Han, before) &&
			!(wide(r) && wide(before)) {
			n += 25 // programs space letters and Chinese characters out
		}
		before = r
		switch {
		case wide(r):
			n += 100
		case strings.ContainsRune("%‰≥≤＞＜＝×÷mMwW@", r):
			n += max(l.latin, 95)
		case unicode.IsUpper(r):
			n += l.latin * 5 / 4
		case strings.ContainsRune(".,:;'|!ijlft ", r):
			n += l.latin * 2 / 3
		default:
			n += l.latin
		}
	}
	return n
}

// hyphened is the width of a line that may end with a hyphen.
func (l letterer) hyphened(line string) int { return l.width(ended(line)) }

// ended is a line as it ends: without spaces, with its hyphen.
func ended(line string) string {
	line = strings.TrimRight(line, " ")
	if strings.HasSuffix(line, string(hyphen)) {
		line += "-"
	}
	return line
}

// wide reports whether a character takes a whole square.
func wide(r rune) bool {
	return r >= 0x2e80 && r < 0xd7b0 || r >= 0xf900 && r < 0xfb00 || r >= 0xfe30 && r < 0xfe50 ||
		r >= 0xff00 && r < 0xff61 || strings.ContainsRune("—…“”‘’", r)
}

const (
	opening = "（《“‘「【〔"
	closing = "）》”’」】〕，。、；：！？%‰"
)

// maxMeasure is how many characters after a number are its measure: 场次, 万元.
const maxMeasure = 3

// units parts a line where it may be broken: never within a number, nor between it and its measure, its sign or its
// brackets. Spaces end the unit before them.
func units(line string) []string {
	var out []string
	last := func() string {
		if len(out) == 0 {
			return ""
		}
		return out[len(out)-1]
	}
	runes := []rune(line)
	for i, r := range runes {
		before, _ := utf8.DecodeLastRuneInString(last())
		switch {
		case last() == "":
			out = append(out, string(r))
		case r == ' ' || strings.ContainsRune(closing, r) || strings.ContainsRune(opening, before):
			out[len(out)-1] += string(r)
		case before == hyphen, letter(r) && hyphenedWord.MatchString(last()):
			out = append(out, string(r))
		case before != ' ' && !wide(r) && !wide(before):
			out[len(out)-1] += string(r)
		case !wide(r) || strings.ContainsRune(opening, r):
			out = append(out, string(r))
		case isMeasure(runes, i, last()):
			out[len(out)-1] += string(r)
		default:
			out = append(out, string(r))
		}
	}
	return out
}

// hyphenedWord matches the first part of a word that is written with a hyphen: Government-managed.
var hyphenedWord = regexp.MustCompile(`[A-Za-z]{3}-$`)

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// isMeasure reports whether the character at i belongs to the measure right behind the number of a unit.
func isMeasure(line []rune, i int, unit string) bool {
	from := i // where the measure begins
	for from > 0 && unicode.Is(unicode.Han, line[from-1]) {
		from--
	}
	to := i
	for to < len(line) && unicode.Is(unicode.Han, line[to]) {
		to++
	}
	behind := from > 0 && (unicode.IsDigit(line[from-1]) || line[from-1] == ' ') &&
		strings.ContainsFunc(unit, unicode.IsDigit)
	return behind && unicode.Is(unicode.Han, line[i]) && to-from <= maxMeasure
}

// lines breaks text as a cell of that width prints it.
func (l letterer) lines(text string, width int) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		now := ""
		for _, u := range units(line) {
			if now != "" && l.hyphened(now+u) > width {
				out, now = append(out, now), ""
			}
			now += u
		}
		out = append(out, now)
	}
	return out
}

// turn breaks a line where the layout wants it: a paragraph ends. A line break is the author's.
const turn = "\v"

// whole returns a text with a turn wherever a program would otherwise break a number, its measure or the brackets
// behind it apart: programs know of no measures, and break between 10361 and 人, and in 2-1-4.
func (l letterer) whole(text string, width int) string {
	lines := l.lines(text, width)
	var b strings.Builder
	at := 0
	for i, line := range lines {
		b.WriteString(line)
		at += len(line)
		if i == len(lines)-1 {
			break
		}
		if text[at] == '\n' {
			b.WriteByte('\n')
			at++
			continue
		}
		next := units(lines[i+1])[0]
		end, _ := utf8.DecodeLastRuneInString(line)
		first, _ := utf8.DecodeRuneInString(next)
		numbered := !wide(first) && strings.ContainsFunc(next, unicode.IsDigit) &&
			(strings.ContainsFunc(next, wide) || strings.ContainsAny(next, "-/"))
		if numbered || strings.ContainsRune(opening, first) && !wide(end) {
			b.WriteString(turn)
		}
	}
	return b.String()
}

// cellMargins are the spaces beside the text of a cell, and a hair for rounding.
const cellMargins = 2*40 + 10

// fitted returns the widths of the columns of each table among blocks. Tables with the same parts right below each
// other stay aligned.
func (l letterer) fitted(blocks []Block, whole int) [][]int {
	out := make([][]int, len(blocks))
	for i, b := range blocks {
		if b.Table == nil || out[i] != nil {
			continue
		}
		var alike []Table
		for _, other := range blocks[i:] {
			if other.Table == nil || other.Table.NewPage && len(alike) > 0 || !slices.Equal(other.Table.Widths, b.Table.Widths) {
				break
			}
			alike = append(alike, *other.Table)
		}
		widths := l.fit(alike, whole)
		for j := range alike {
			out[i+j] = widths
		}
	}
	return out
}

// fit returns the widths of the columns that tables share: as their parts say, but none narrower than the longest piece
// of text in it that must not be broken, as long as the others have room to give, and then as few lines as can be.
// Where there is no room for all whole words, long ones are hyphenated, and then columns may give more; numbers stay
// whole.
func (l letterer) fit(tables []Table, whole int) []int {
	widths := scaled(tables[0].Widths, whole)
	least := l.leastWidths(tables, widths, keptShare, func(s string) string { return s })
	for _, kept := range []int{keptShare, keptLeast} {
		if sum(least) > whole {
			least = l.leastWidths(tables, widths, kept, func(s string) string { return l.soft(s, 0) })
		}
	}
	floor := l.leastWidths(tables, widths, keptRoom, func(s string) string { return l.soft(s, 0) })
	return l.roomier(tables, widen(widths, least), floor, whole)
}

// leastWidths returns how wide columns must be for text as it may be parted; each keeps a share of its width.
func (l letterer) leastWidths(tables []Table, widths []int, kept int, parted func(string) string) []int {
	least := make([]int, len(widths))
	var placed []Placed
	for _, t := range tables {
		placed = append(placed, t.Place()...)
	}
	slices.SortStableFunc(placed, func(a, b Placed) int { return a.Columns - b.Columns })
	for _, c := range placed {
		need := l.least(parted(c.Text()))
		under := least[c.Column : c.Column+c.Columns]
		lack, shares := need-sum(under), widths[c.Column:c.Column+c.Columns]
		if lack <= 0 {
			continue
		}
		for i, more := range scaled(shares, lack) {
			under[i] += more
		}
	}
	for i, w := range widths {
		least[i] = max(least[i], w*kept/100)
	}
	return least
}

// keptShare is how much of its width a column keeps at least, in percent; keptRoom is where others need it, which
// leaves room to write by hand, keptLeast where there is no room else.
const (
	keptShare = 65
	keptRoom  = 50
	keptLeast = 40
)

// least returns the width of a cell in which nothing is broken that must not be, nor Chinese set in a single column of
// characters.
func (l letterer) least(text string) int {
	n := 0
	if strings.IndexFunc(text, wide) == 0 && utf8.RuneCountInString(text) > 1 {
		n = 2 * l.width("一")
	}
	for line := range strings.SplitSeq(text, "\n") {
		for _, u := range units(line) {
			n = max(n, l.hyphened(u))
		}
	}
	return n + cellMargins
}

// widen gives each column its least width, taken from those that have more, in proportion.
func widen(widths, least []int) []int {
	lack, spare := 0, 0
	for i, w := range widths {
		lack += max(least[i]-w, 0)
		spare += max(w-least[i], 0)
	}
	if lack == 0 || spare == 0 {
		return widths
	}
	given := min(lack, spare)
	out, taken, added := slices.Clone(widths), 0, 0
	tookOf, gaveOf := 0, 0
	for i, w := range widths {
		if more := w - least[i]; more > 0 {
			tookOf += more
			take := tookOf*given/spare - taken
			out[i], taken = w-take, taken+take
		} else if more < 0 {
			gaveOf -= more
			give := gaveOf*given/lack - added
			out[i], added = w+give, added+give
		}
	}
	return out
}

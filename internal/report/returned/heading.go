package returned

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"dabiao/internal/intake"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// numeral is how headings are numbered, whoever numbered them: 一、 （一） (1) 1. 1、 第一部分
var numeral = regexp.MustCompile(`^\s*(?:第[一二三四五六七八九十\d]{1,3}[部章节]分?|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]` +
	`|[一二三四五六七八九十\d]{1,3}\s*[、.．])[、.．\s]*`)

// folded is a heading as it is compared: without numeral, spaces and width.
func folded(heading string) string {
	heading = numeral.ReplaceAllString(heading, "")
	heading = strings.TrimRight(strings.Join(strings.Fields(heading), ""), "。.：:")
	return strings.ToLower(width.Fold.String(heading))
}

// place is where a place of the report stands in the file.
type place struct {
	report.PrintedPlace
	at      int    // its heading's line; -1 if it is not there
	end     int    // the line after its last
	twice   bool   // there are several such headings
	renamed string // its heading now, where that is another
}

// maxHeading is how long a line may be that is taken for a heading, in characters.
const maxHeading = 50

// locate finds the report's places in a file, and where the text ends and the annexes begin.
func locate(printed []report.PrintedPlace, d paper.Document, lines []intake.Line) (found []place, end int) {
	end = len(lines)
	byTitle := map[string][]int{}
	for i, l := range lines {
		if title := folded(l.Text); l.Table == 0 && title != "" && utf8.RuneCountInString(l.Text) <= 2*maxHeading {
			byTitle[title] = append(byTitle[title], i)
		}
	}
	for _, p := range printed {
		found = append(found, place{PrintedPlace: p, at: -1})
	}
	for level := 1; level <= 2; level++ { // chapters first: their parts stand below them
		for i := range found {
			if p := &found[i]; p.Level == level {
				from, to := around(found, i, len(lines))
				p.choose(byTitle[folded(p.Title())], lines, from, to)
			}
		}
	}
	last := -1
	for _, p := range found {
		last = max(last, p.at)
	}
	for _, a := range d.Annexes {
		for _, i := range slices.Concat(byTitle[folded(a.Title)], byTitle[folded(a.Mark)]) {
			if i > last {
				end = min(end, i)
			}
		}
	}
	end = aboveAttached(d.Attached, lines, last, end)
	for i := range found {
		if found[i].at < 0 {
			found[i].rename(found, i, lines, end)
		}
	}
	bound(found, end)
	return found, end
}

// aboveAttached is where the list of annexes below the text begins: with its first word, 附件：, on the last line that
// has it, because the office's own words may begin so too.
func aboveAttached(attached []string, lines []intake.Line, last, end int) int {
	if len(attached) == 0 {
		return end
	}
	word, _, ok := strings.Cut(width.Fold.String(attached[0]), ":")
	if !ok {
		return end
	}
	for i := end - 1; i > last; i-- {
		if strings.HasPrefix(width.Fold.String(strings.TrimSpace(lines[i].Text)), word+":") && lines[i].Table == 0 {
			return i
		}
	}
	return end
}

// around returns the lines a part may stand in: below its chapter. A chapter may stand anywhere.
func around(found []place, i, lines int) (from, to int) {
	if found[i].Level == 1 {
		return 0, lines
	}
	to = lines
	for j := i; j >= 0; j-- {
		if found[j].Level == 1 {
			if from = found[j].at + 1; from == 0 {
				return 0, lines
			}
			break
		}
	}
	for _, p := range found {
		if p.Level == 1 && p.at > from {
			to = min(to, p.at)
		}
	}
	return from, to
}

// choose takes the line that is the place's heading: one that is numbered or styled like a heading before
// one that is not.
func (p *place) choose(candidates []int, lines []intake.Line, from, to int) {
	var all, marked []int
	for _, i := range candidates {
		if i < from || i >= to {
			continue
		}
		all = append(all, i)
		if lines[i].Level > 0 || lines[i].Label != "" || numeral.MatchString(lines[i].Text) {
			marked = append(marked, i)
		}
	}
	if len(marked) > 0 {
		all = marked
	}
	if len(all) > 0 {
		p.at, p.twice = all[0], len(all) > 1
	}
}

// rename looks for a heading of the same number, or of the same level, where the place should stand.
func (p *place) rename(found []place, i int, lines []intake.Line, end int) {
	from, to := 0, end
	for j, o := range found {
		switch {
		case o.at < 0:
		case j < i:
			from = max(from, o.at+1)
		default:
			to = min(to, o.at)
		}
	}
	number := strings.TrimSpace(width.Fold.String(numeral.FindString(p.Heading)))
	var styled []int
	for at := from; at < to; at++ {
		l := lines[at]
		if l.Table > 0 || l.Text == "" || utf8.RuneCountInString(l.Text) > maxHeading {
			continue
		}
		own := strings.TrimSpace(width.Fold.String(numeral.FindString(l.Label + l.Text)))
		if own != "" && own == number && !strings.ContainsAny(l.Text, "。；") {
			p.at, p.renamed = at, l.Text
			return
		}
		if own == "" && l.Level == p.Level {
			styled = append(styled, at)
		}
	}
	if len(styled) == 1 {
		p.at, p.renamed = styled[0], lines[styled[0]].Text
	}
}

// bound says where each place ends: at the next one of the file.
func bound(found []place, end int) {
	for i := range found {
		found[i].end = end
		for _, o := range found {
			if o.at > found[i].at {
				found[i].end = min(found[i].end, o.at)
			}
		}
	}
}

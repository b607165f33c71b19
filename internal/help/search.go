package help

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Hit is a section that holds every word looked for, and the first place of one of them.
type Hit struct {
	Section
	Before, Match, After string // what stands around it; Match is "" if the words are in the title alone
}

// MaxQuery is how many characters of a question are looked for.
const MaxQuery = 100

// around is how many characters of text are shown on each side of a match.
const around = 60

// Search returns the sections that hold all words of a question, whatever their case: those whose title has one first,
// then by how often they are there. None for an empty question.
func (g Guide) Search(question string) (hits []Hit) {
	if r := []rune(question); len(r) > MaxQuery {
		question = string(r[:MaxQuery])
	}
	words := strings.Fields(strings.ToLower(question))
	if len(words) == 0 {
		return nil
	}
	weight := map[string]int{}
	for _, s := range g.Sections {
		title, text := strings.ToLower(s.Title), strings.ToLower(s.text)
		n, first, all := 0, -1, true
		for _, w := range words {
			inTitle, at := strings.Contains(title, w), strings.Index(text, w)
			if all = all && (inTitle || at >= 0); inTitle {
				n += 1000
			}
			n += strings.Count(text, w)
			if at >= 0 && first < 0 {
				first = at
			}
		}
		if !all {
			continue
		}
		weight[s.ID] = n
		hits = append(hits, s.hit(text, words, first))
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return weight[b.ID] - weight[a.ID] })
	return hits
}

// hit cuts the place of a match out of the section's text. lower is that text in small letters.
func (s Section) hit(lower string, words []string, first int) Hit {
	h := Hit{Section: s}
	if first < 0 || len(lower) != len(s.text) { // a letter whose small form is longer: the place is not known
		return h
	}
	end := first
	for _, w := range words {
		if strings.HasPrefix(lower[first:], w) {
			end = max(end, first+len(w))
		}
	}
	h.Before, h.Match, h.After = last(s.text[:first]), s.text[first:end], start(s.text[end:])
	return h
}

// last returns the end of a text up to the beginning of its line.
func last(s string) string {
	s = s[strings.LastIndex(s, "\n")+1:]
	if n := utf8.RuneCountInString(s); n > around {
		return "…" + string([]rune(s)[n-around:])
	}
	return s
}

// start returns the beginning of a text up to the end of its line.
func start(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > around {
		return string(r[:around]) + "…"
	}
	return s
}

package paper

import (
	"regexp"
	"strings"
)

// hyphen is where a long word may be parted; programs print a hyphen there if they part it.
const hyphen = '\u00ad'

// leastPart is how many letters of a word stand before and behind a hyphen at least, longWord how many a word has that
// is parted.
const (
	leastPart = 3
	longWord  = 8
)

var (
	longWords   = regexp.MustCompile(`[A-Za-z]{8,}`)
	suffixed    = regexp.MustCompile(`(?:tion|sion|ness|ment|ments|ing|able|ible|ative|ance|ence|ship|less|ture|tures|tions|ings)$`)
	twoSounds   = regexp.MustCompile(`[aeiouy][^aeiouy]+[aeiouy]`)
	oneBegins   = regexp.MustCompile(`^(?:[bcdfgkpt][lr]|[cpstw]h|s[cklmnptw]|qu)$`)
	foreignCaps = regexp.MustCompile(`[A-Z].*[A-Z]`) // abbreviations are not parted
)

// soft returns a text with hyphens in the long words of English that are wider than a cell; numbers are never parted.
func (l letterer) soft(text string, width int) string {
	return longWords.ReplaceAllStringFunc(text, func(word string) string {
		if l.width(word) <= width || foreignCaps.MatchString(word[1:]) {
			return word
		}
		return strings.Join(syllables(word), string(hyphen))
	})
}

// syllables parts an English word where it may be hyphenated: before its ending, and between consonants that begin no
// syllable together.
func syllables(word string) []string {
	if len(word) < longWord {
		return []string{word}
	}
	lower := strings.ToLower(word)
	cuts := map[int]bool{}
	stem := len(word)
	if at := suffixed.FindStringIndex(lower); at != nil {
		stem = at[0]
		cuts[stem] = true
	}
	for from := 0; from < stem; {
		at := twoSounds.FindStringIndex(lower[from:stem])
		if at == nil {
			break
		}
		first, last := from+at[0]+1, from+at[1]-1 // the consonants between two vowels
		if n := last - first; n >= 2 {
			cut := first + 1
			if n > 2 && !oneBegins.MatchString(lower[cut:min(cut+2, last)]) {
				cut = last - 1
				if oneBegins.MatchString(lower[last-2 : last]) {
					cut = last - 2
				}
			} else if n == 2 && oneBegins.MatchString(lower[first:last]) {
				cut = 0
			}
			cuts[cut] = true
		}
		from = last
	}
	var out []string
	from := 0
	for at := leastPart; at <= len(word)-leastPart; at++ {
		if cuts[at] && at-from >= leastPart {
			out, from = append(out, word[from:at]), at
		}
	}
	return append(out, word[from:])
}

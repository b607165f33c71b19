package returned

import (
	"regexp"
	"unicode/utf8"
)

// wordForm is a number with its digits, a word in Latin letters, or a single character of anything else.
var wordForm = regexp.MustCompile(`[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％‰]?|[A-Za-z]+|(?s:.)`)

// words splits a text into what a reader compares. A number is one word: 110780 does not contain 10780.
func words(text string) []string { return wordForm.FindAllString(text, -1) }

func isNumber(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

// op is a step from the old words to the new ones. An index of -1 stands for none: a word that came in has
// no old one, one that went out no new one.
type op struct{ was, is int }

func (o op) same() bool { return o.was >= 0 && o.is >= 0 }

// maxCells bounds the table of a comparison; longer texts that differ throughout are replaced whole.
const maxCells = 4_000_000

// compare returns the steps from one list of words to another, with as many as possible kept.
func compare(was, is []string) []op {
	var out []op
	from := 0
	for from < len(was) && from < len(is) && was[from] == is[from] {
		out = append(out, op{from, from})
		from++
	}
	wasEnd, isEnd := len(was), len(is)
	for wasEnd > from && isEnd > from && was[wasEnd-1] == is[isEnd-1] {
		wasEnd, isEnd = wasEnd-1, isEnd-1
	}
	out = append(out, middle(was[from:wasEnd], is[from:isEnd], from)...)
	for i := range len(was) - wasEnd {
		out = append(out, op{wasEnd + i, isEnd + i})
	}
	return out
}

// middle compares what has no common beginning or end; from is where both begin.
func middle(was, is []string, from int) (out []op) {
	n, m := len(was), len(is)
	if n*m > maxCells {
		n, m = 0, 0
	}
	kept := make([]int32, (n+1)*(m+1)) // of was[i:] and is[j:]
	at := func(i, j int) int { return i*(m+1) + j }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if was[i] == is[j] {
				kept[at(i, j)] = kept[at(i+1, j+1)] + 1
			} else {
				kept[at(i, j)] = max(kept[at(i+1, j)], kept[at(i, j+1)])
			}
		}
	}
	i, j := 0, 0
	for i < n && j < m {
		switch {
		case was[i] == is[j]:
			out = append(out, op{from + i, from + j})
			i, j = i+1, j+1
		case kept[at(i+1, j)] >= kept[at(i, j+1)]:
			out = append(out, op{from + i, -1})
			i++
		default:
			out = append(out, op{-1, from + j})
			j++
		}
	}
	for ; i < len(was); i++ {
		out = append(out, op{from + i, -1})
	}
	for ; j < len(is); j++ {
		out = append(out, op{-1, from + j})
	}
	return out
}

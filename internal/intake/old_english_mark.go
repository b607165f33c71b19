package intake

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

var (
	englishDigits = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
	englishScaled = regexp.MustCompile(`(?i)^\s?(?:million|m|k|bn)\b`)
)

// englishMark is where a text of claims is to have a mark in place of words.
type englishMark struct {
	from, to int
	mark     string
}

// markOf is the mark for a claim just taken, whose number stands at a place of a sentence. Of an exact number only the
// digits are given over: what is counted stays as it is written. A rough one prints its word and what it counts.
func markOf(text string, at []int, c Claim, n int) englishMark {
	number := "⟦#" + strconv.Itoa(n) + "·number⟧"
	digits := englishDigits.FindStringIndex(text[at[0]:at[1]])
	m := englishMark{at[0] + digits[0], at[0] + digits[1], number}
	if scaled := englishScaled.FindString(text[m.to:at[1]]); scaled != "" {
		m.to += len(scaled)
	}
	if c.Precision == kpi.Exact {
		return m
	}
	m.from, m.to, m.mark = at[0], at[1], "⟦#"+strconv.Itoa(n)+"⟧"
	if rest := text[at[1]:]; strings.HasPrefix(rest, " "+string(c.Measure)) {
		m.to += len(" " + string(c.Measure))
	}
	return m
}

// BareNumber is what ⟦#3·number⟧ stands for in a figure as it was written: 1.24 million of £1.24 million.
func BareNumber(written string) string {
	at := englishDigits.FindStringIndex(written)
	if at == nil {
		return written
	}
	return written[at[0]:at[1]] + englishScaled.FindString(written[at[1]:])
}

// markedText puts the marks into a text, in the order they stand in.
func markedText(text string, marks []englishMark) string {
	var out strings.Builder
	from := 0
	for _, m := range marks {
		out.WriteString(text[from:m.from] + m.mark)
		from = m.to
	}
	return out.String() + text[from:]
}

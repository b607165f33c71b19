package check

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"dabiao/internal/kpi"
)

// identified gives findings their IDs and their marks.
func (c *checker) identified(findings []Finding) []Finding {
	for i := range findings {
		f := &findings[i]
		f.ID = c.hash(*f)
		if m, ok := c.Marks[f.ID]; ok {
			f.Mark = &m
		}
	}
	return findings
}

// hash identifies a finding by all that it rests on: the rule, the place, the sentence and the figure. It is the same
// in every language as long as the text is.
func (c *checker) hash(f Finding) string {
	parts := []any{f.Code, f.Text.Key, f.Section, f.Indicator, f.Quote, f.Sentence}
	if at := c.figure(f.Indicator); at != nil {
		parts = append(parts, at.Achievement, at.Target)
	} else {
		parts = append(parts, stated(f.Text))
	}
	raw, err := json.Marshal(parts)
	if err != nil { // numbers and texts always can be written
		raw = []byte(fmt.Sprint(parts))
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// stated returns what a text says apart from its words: names and numbers.
func stated(t kpi.Text) (out []string) {
	for _, arg := range t.Args {
		if inner, ok := arg.(kpi.Text); ok {
			out = append(append(out, inner.Key), stated(inner)...)
			continue
		}
		out = append(out, fmt.Sprint(arg))
	}
	return out
}

// in sets the sentence of findings that have none yet.
func in(s string, findings []Finding) []Finding {
	for i := range findings {
		if findings[i].Sentence == "" {
			findings[i].Sentence = s
		}
	}
	return findings
}

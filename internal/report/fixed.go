package report

import (
	"dabiao/internal/kpi"
	"dabiao/internal/report/token"
)

// Notation is how the tokens of a text are written.
type Notation int

// The ways: as people type them, by name; and as texts are stored, by code.
const (
	Typed Notation = iota
	Stored
)

func (b *Draft) reader(as Notation) reader {
	if as == Stored {
		return b.stored()
	}
	return b.typed()
}

// FixedToken is a token of one indicator inside a repetition, where it says the same each time.
type FixedToken struct {
	Indicator string // code
	Name      kpi.Name
	Written   string // with its brackets, as people read it
}

// Tokens says what is wrong with a text's tokens, in their order: which mean nothing, and which are fixed.
func (b *Draft) Tokens(text string, as Notation) (mistakes []kpi.Text, fixed []FixedToken) {
	pieces, mistakes := b.reader(as).read(text)
	return mistakes, b.fixed(pieces, false)
}

func (b *Draft) fixed(pieces []resolved, inLoop bool) []FixedToken {
	var out []FixedToken
	for _, x := range pieces {
		if m := x.means; inLoop && m != nil && m.figure != nil && m.Code != itself {
			written := token.Open + b.spelling(*m, tokenPlace{inLoop, x.When != ""}) + token.Close
			out = append(out, FixedToken{m.Code, m.Name, written})
		}
		out = append(out, b.fixed(x.body, inLoop || x.Loop)...)
		out = append(out, b.fixed(x.other, inLoop || x.Loop)...)
	}
	return out
}

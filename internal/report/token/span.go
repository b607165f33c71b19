package token

import "strings"

// Span is the range of a token in a paragraph, or of a passage from its first token to its last.
type Span struct{ From, To int }

// Spans returns the tokens and passages of a paragraph in order. It includes closing brackets that
// were never opened, with the text before them, so that they are reported.
func Spans(text string) []Span {
	var out []Span
	depth := 0
	for at := 0; ; {
		from, width, to := next(text, at)
		before := text[at:max(from, at)]
		if from < 0 {
			before = text[at:]
		}
		if i := strings.Index(before, Close); i >= 0 && depth == 0 {
			out = append(out, Span{at, at + i + len(Close)})
		}
		if from < 0 {
			break
		}
		inside := text[from+width : max(to-width, from+width)]
		switch word, _ := Control(inside); {
		case word == "each" || word == "if":
			if depth++; depth == 1 {
				out = append(out, Span{from, to})
			}
		case depth == 0:
			out = append(out, Span{from, to})
		case word == "end":
			depth--
		}
		if depth > 0 || len(out) > 0 && out[len(out)-1].To < to {
			out[len(out)-1].To = to
		}
		at = to
	}
	return out
}

// next returns the range of the first token from at on, and the width of its brackets in bytes. A
// token that is not closed ends with the text. Without a token, from is -1.
func next(text string, at int) (from, width, to int) {
	from = -1
	for _, pair := range [][2]string{{Open, Close}, {"[[", "]]"}, {"【【", "】】"}} {
		i := strings.Index(text[at:], pair[0])
		if i < 0 || from >= 0 && at+i >= from {
			continue
		}
		from, width, to = at+i, len(pair[0]), len(text)
		if end := strings.Index(text[from:], pair[1]); end >= 0 {
			to = from + end + len(pair[1])
		}
	}
	return from, width, to
}

// RowMarks returns the repetitions that a paragraph begins and does not end, and the ends without a
// beginning. area is that of the last repetition.
func RowMarks(whole string) (marks []Span, area string) {
	type opened struct {
		Span
		word, argument string
	}
	var open []opened
	for at := 0; ; {
		from, width, to := next(whole, at)
		if from < 0 {
			break
		}
		switch word, argument := Control(whole[from+width : max(to-width, from+width)]); {
		case word == "each" || word == "if":
			open = append(open, opened{Span{from, to}, word, argument})
		case word == "end" && len(open) > 0:
			open = open[:len(open)-1]
		case word == "end":
			marks = append(marks, Span{from, to})
		}
		at = to
	}
	for _, o := range open {
		if o.word == "each" {
			marks, area = append(marks, o.Span), o.argument
		}
	}
	return marks, area
}

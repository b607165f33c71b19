package report

import (
	"regexp"
	"strconv"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// place is a placeholder: {0}, or {0|entry|entries} for the word that goes with the number of an argument.
var place = regexp.MustCompile(`\{(\d)(?:\|([^|{}]*)\|([^|{}]*))?\}`)

// phrase fills a sentence of the catalogue with runs, so that numbers keep their references inside
// a sentence. An argument is a Run, a list of runs or a string.
func phrase(p lang.Printer, key string, args ...any) []paper.Run {
	sentence := p.T(key)
	var out []paper.Run
	from := 0
	for _, at := range place.FindAllStringSubmatchIndex(sentence, -1) {
		out = addText(out, sentence[from:at[0]])
		from = at[1]
		n, err := strconv.Atoi(sentence[at[2]:at[3]])
		switch {
		case err != nil || n >= len(args):
		case at[4] < 0:
			out = addArg(out, args[n])
		case paper.Text(addArg(nil, args[n])) == "1":
			out = addText(out, sentence[at[4]:at[5]])
		default:
			out = addText(out, sentence[at[6]:at[7]])
		}
	}
	return addText(out, sentence[from:])
}

func addArg(out []paper.Run, arg any) []paper.Run {
	switch a := arg.(type) {
	case paper.Run:
		return join(out, a)
	case []paper.Run:
		return join(out, a...)
	case string:
		return addText(out, a)
	}
	return out
}

func addText(out []paper.Run, s string) []paper.Run { return join(out, paper.Run{Text: s}) }

// join appends runs, melting neighbours without a reference into one.
func join(out []paper.Run, more ...paper.Run) []paper.Run {
	for _, r := range more {
		last := len(out) - 1
		switch {
		case r.Text == "":
		case r.Ref == nil && last >= 0 && out[last].Ref == nil:
			out[last].Text += r.Text
		default:
			out = append(out, r)
		}
	}
	return out
}

package lang

import (
	"fmt"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Printer formats texts, numbers and dates in one language.
type Printer struct {
	tag       Tag
	ungrouped bool
	wan       bool
}

// For returns the printer for a language.
func For(t Tag) Printer { return Printer{tag: t} }

// Ungrouped returns the printer for official papers and programs: no separators within the numbers of Chinese,
// in text as in tables, 10780人.
func (p Printer) Ungrouped() Printer {
	p.ungrouped = true
	return p
}

// InWan is the printer for papers that write money in one way: Chinese amounts of 元 from 10,000 up are written
// in 万元, to the last digit, as budgets are: 31万元, 12.1931万元. An approximate amount stays as it was written.
func (p Printer) InWan() Printer {
	p.wan = true
	return p
}

// InOwnMeasure undoes [Printer.InWan].
func (p Printer) InOwnMeasure() Printer {
	p.wan = false
	return p
}

// Tag returns the printer's language.
func (p Printer) Tag() Tag { return p.tag }

// Chinese reports whether the printer writes Chinese.
func (p Printer) Chinese() bool { return p.tag != English }

// T returns the sentence for key with its placeholders filled: {0} is the first argument, {0|entry|entries}
// the word for one of it or for any other number, which may have places of its own, and {0:1} the first in the
// measure that the second is: 1 person, 5,491 people, ¥1.904 million ({0:万元}: in the
// measure that stands there); {0:month} names a month by its number,
// {0:date} writes out a day. An unknown key is returned as it is, so that a missing sentence is visible (a test
// finds those first). A kpi.Text argument is translated, a kpi.Measure named. What an argument says is never
// read as a placeholder.
func (p Printer) T(key string, args ...any) string {
	sentence, ok := catalogues[p.tag][key]
	if !ok {
		return key
	}
	return p.expand(sentence, args)
}

func (p Printer) expand(sentence string, args []any) string {
	var b strings.Builder
	for {
		before, from, found := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		place, after, closed := cutPlace(from)
		text, filled := p.fill(place, args)
		if !closed || !filled {
			b.WriteByte('{')
			sentence = from
			continue
		}
		b.WriteString(text)
		sentence = after
	}
}

// fill returns what a placeholder stands for; ok is false for what is no placeholder or lacks its argument.
func (p Printer) fill(place string, args []any) (text string, ok bool) {
	number, words, plural := strings.Cut(place, "|")
	number, measure, counted := strings.Cut(number, ":")
	i, ok := argumentAt(number, args)
	if !ok {
		return "", false
	}
	text = p.arg(args[i])
	switch {
	case counted && plural:
		return "", false
	case measure == "month":
		month, err := strconv.Atoi(text)
		return p.month(month, text), err == nil
	case measure == "date":
		return p.dated(text), true
	}
	if counted {
		j, ok := argumentAt(measure, args)
		if !ok && strings.Trim(measure, "0123456789") == "" {
			return "", false
		}
		if !ok {
			return p.Measured(kpi.Measure(measure), text), true
		}
		if m, is := args[j].(kpi.Measure); is {
			return p.Measured(m, text), true
		}
		return text + " " + p.arg(args[j]), true
	}
	if !plural {
		return text, true
	}
	one, many, ok := strings.Cut(words, "|")
	if text == "1" {
		return p.expand(one, args), ok
	}
	return p.expand(many, args), ok
}

func (p Printer) month(m int, text string) string {
	if m < 1 || m > 12 {
		return text
	}
	return p.Month(m)
}

// dated writes a day out; what is none stays as it is.
func (p Printer) dated(text string) string {
	d, err := kpi.ParseDate(text)
	if err != nil {
		return text
	}
	return p.Date(d)
}

// argumentAt is the argument that a number in a sentence means.
func argumentAt(number string, args []any) (i int, ok bool) {
	i, err := strconv.Atoi(number)
	return i, err == nil && i >= 0 && i < len(args)
}

// cutPlace cuts s at the brace that closes a placeholder; the words of one may have places of their own.
func cutPlace(s string) (place, after string, closed bool) {
	open := 1
	for i, r := range s {
		switch r {
		case '{':
			open++
		case '}':
			open--
		}
		if open == 0 {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// Has reports whether the catalogue contains key.
func (p Printer) Has(key string) bool {
	_, ok := catalogues[p.tag][key]
	return ok
}

func (p Printer) arg(a any) string {
	switch a := a.(type) {
	case string:
		return a
	case int:
		return strconv.Itoa(a)
	case kpi.Text:
		return p.Text(a)
	case kpi.Name:
		return p.Name(a.Name, a.NameEn)
	case kpi.Measure:
		return p.Measure(a)
	case kpi.Amount:
		return p.Number(a, kpi.AmountDecimals)
	}
	return fmt.Sprint(a)
}

// Text returns the sentence of t.
func (p Printer) Text(t kpi.Text) string { return p.T(t.Key, t.Args...) }

// Called returns a name that was typed as the printer's language has it, if it is the one known by two names.
func (p Printer) Called(typed string, known kpi.Name) string {
	if typed == known.Name {
		return p.arg(known)
	}
	return typed
}

// Name returns the name to show: the English one in English, if there is one.
func (p Printer) Name(name, nameEn string) string {
	if !p.Chinese() && nameEn != "" {
		return nameEn
	}
	return name
}

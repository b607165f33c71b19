package lang

import (
	"fmt"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// Printer formats texts, numbers and dates in one language.
type Printer struct{ tag Tag }

// For returns the printer for a language.
func For(t Tag) Printer { return Printer{tag: t} }

// Tag returns the printer's language.
func (p Printer) Tag() Tag { return p.tag }

// Chinese reports whether the printer writes Chinese.
func (p Printer) Chinese() bool { return p.tag != English }

// T returns the sentence for key with its placeholders filled. An unknown key is returned as it is, so
// that a missing sentence is visible (a test finds those first). A kpi.Text argument is translated, a
// kpi.Measure named.
func (p Printer) T(key string, args ...any) string {
	sentence, ok := catalogues[p.tag][key]
	if !ok {
		return key
	}
	for i, arg := range args {
		sentence = strings.ReplaceAll(sentence, "{"+strconv.Itoa(i)+"}", p.arg(arg))
	}
	return sentence
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

// Name returns the name to show: the English one in English, if there is one.
func (p Printer) Name(name, nameEn string) string {
	if !p.Chinese() && nameEn != "" {
		return nameEn
	}
	return name
}

package input

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// The most of a form's blocks, and of a block's rows and columns, that are read.
const maxRead = 100

// ordered is something with the number typed for its place.
type ordered[T any] struct {
	order int
	is    T
}

// sorted returns what stands in place, in the order typed.
func sorted[T any](all []ordered[T]) (out []T) {
	slices.SortStableFunc(all, func(a, b ordered[T]) int { return a.order - b.order })
	for _, x := range all {
		out = append(out, x.is)
	}
	return out
}

// ReadForms reads the page of a year's forms. A block of no kind, a column or a row without a name is left out. What is
// new gets a key by its name, so that the same name has its numbers back.
func ReadForms(values url.Values, records []string) kpi.Forms {
	forms := kpi.Forms{Name: strings.TrimSpace(values.Get("name")), Lists: values.Get("self_lists") != "",
		ByLevel: values.Get("by_level") != ""}
	used := map[string]bool{}
	for name := range values {
		if strings.HasPrefix(name, "r") && strings.HasSuffix(name, "_key") {
			used[values.Get(name)] = true
		}
	}
	var blocks []ordered[kpi.FormBlock]
	for n := range maxRead {
		field := func(name string) string { return strings.TrimSpace(values.Get(fmt.Sprintf("b%d_%s", n, name))) }
		b := kpi.FormBlock{Kind: kpi.BlockKind(field("kind"))}
		if b.Kind == "" {
			continue
		}
		if b.Kind == kpi.BlockRows || b.Kind == kpi.BlockText {
			b.Title, b.TitleEn = field("title"), field("title_en")
			b.Rows = readFormRows(values, n, b.Title, used)
		}
		if b.Kind == kpi.BlockRows {
			b.Columns = readFormColumns(values, n, records)
		}
		blocks = append(blocks, ordered[kpi.FormBlock]{placeOf(field("order"), n), b})
	}
	forms.Basic = sorted(blocks)
	return forms
}

func placeOf(typed string, n int) int {
	order, err := strconv.Atoi(typed)
	if err != nil {
		return (n + 1) * 10
	}
	return order
}

func readFormRows(values url.Values, block int, title string, used map[string]bool) []kpi.FormRow {
	var rows []ordered[kpi.FormRow]
	for m := range maxRead {
		field := func(name string) string {
			return strings.TrimSpace(values.Get(fmt.Sprintf("r%d_%d_%s", block, m, name)))
		}
		r := kpi.FormRow{Key: field("key"), Name: field("name"), NameEn: field("name_en"), Sum: field("sum") != "",
			Named: field("named") != "", From: kpi.RowSource(field("from"))}
		if r.Name == "" {
			continue
		}
		if level, err := strconv.Atoi(field("level")); err == nil {
			r.Level = level
		}
		if r.Key == "" {
			r.Key = newKey("r", title+"\n"+r.Name, used)
		}
		rows = append(rows, ordered[kpi.FormRow]{placeOf(field("order"), m), r})
	}
	return sorted(rows)
}

// readFormColumns reads a block's columns. A rate names the columns that it divides by their places on the page.
func readFormColumns(values url.Values, block int, records []string) []kpi.FormColumn {
	var out []kpi.FormColumn
	keys, rates := map[string]string{}, map[int][2]string{}
	used := map[string]bool{}
	for m := range kpi.MaxFormColumns + 1 {
		used[values.Get(fmt.Sprintf("c%d_%d_key", block, m))] = true
	}
	for m := range kpi.MaxFormColumns + 1 {
		field := func(name string) string {
			return strings.TrimSpace(values.Get(fmt.Sprintf("c%d_%d_%s", block, m, name)))
		}
		c := kpi.FormColumn{Key: field("key"), Name: field("name"), NameEn: field("name_en"),
			Measure: kpi.Measure(field("measure"))}
		if c.Name == "" {
			continue
		}
		record := field("record")
		switch {
		case slices.Contains(records, record):
			c.Key = record
		case c.Key == "" || slices.Contains(records, c.Key):
			c.Key = newKey("c", c.Name+"\n"+string(c.Measure), used)
		}
		keys[strconv.Itoa(m)] = c.Key
		if of, by := field("of"), field("by"); of != "" || by != "" {
			rates[len(out)], c.Measure = [2]string{of, by}, ""
		}
		out = append(out, c)
	}
	for i, places := range rates {
		out[i].Of = []string{keys[places[0]], keys[places[1]]}
	}
	return out
}

// newKey makes a key that is always the same for a name, and that nothing else has.
func newKey(prefix, name string, used map[string]bool) string {
	for n := 0; ; n++ {
		h := fnv.New32a()
		fmt.Fprintf(h, "%s\n%d", name, n)
		if key := fmt.Sprintf("%s%08x", prefix, h.Sum32()); !used[key] {
			used[key] = true
			return key
		}
	}
}

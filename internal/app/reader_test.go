package app_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// tableReaders are the ways in which tables come in, each with a heading and a line that fits it; import is held apart.
var tableReaders = map[string]struct {
	head, line string
	read       func(context.Context, string, []byte) (rows int, left []kpi.Text, err error)
}{
	"units": {"代码,名称,上级", "v1,一村,east", func(ctx context.Context, file string, content []byte) (int, []kpi.Text, error) {
		rows, err := app.ReadUnits(ctx, file, content)
		var m kpi.Mistakes
		for _, r := range rows {
			for _, why := range r.Mistakes {
				m.Add("file", why.Key, append([]any{r.Row}, why.Args...)...)
			}
		}
		if err == nil {
			err = m.Err()
		}
		return len(rows), nil, err
	}},
	"indicators": {"指标,计量单位,目标", "两癌免费检查人数,人,1200",
		func(ctx context.Context, file string, content []byte) (int, []kpi.Text, error) {
			table, err := app.ReadProposal(ctx, file, content, 2026)
			return len(table.Rows), table.Left, err
		}},
	"an old table": {"指标,计量单位,目标", "两癌免费检查人数,人,1200",
		func(ctx context.Context, file string, content []byte) (int, []kpi.Text, error) {
			body, err := app.ReadAdoption(ctx, file, content, 2026)
			return len(body.Rows), body.Left, err
		}},
}

// Whoever hands in a table whose lines do not fit its columns is told which, and nothing of it is read.
func TestALineThatDoesNotFitIsRefusedByItsNumber(t *testing.T) {
	for name, r := range tableReaders {
		for file, comma := range map[string]string{"a.csv": ",", "a.tsv": "\t"} {
			with := func(lines ...string) []byte {
				return []byte(strings.ReplaceAll(strings.Join(append([]string{r.head}, lines...), "\n"), ",", comma) + "\n")
			}
			if rows, left, err := r.read(t.Context(), file, with(r.line)); err != nil || rows != 1 || len(left) > 0 {
				t.Fatalf("%s %s: %d rows, left %v, %v", name, file, rows, left, err)
			}
			for what, content := range map[string][]byte{
				"a number with a comma":   with(r.line, strings.Replace(r.line, "1", "1,2", 1)+",9"),
				"an open quote":           with(r.line, `"`+r.line, r.line),
				"a quote over a line":     with(r.line, `"`+r.line, r.line+`"`),
				"only the headings":       with(),
				"empty lines below them":  with("", ""),
				"a cell beside the table": with(r.line, r.line+",,x"),
			} {
				rows, left, err := r.read(t.Context(), file, content)
				var e *kpi.Error
				if !errors.As(err, &e) {
					t.Errorf("%s %s, %s: %d rows, left %v, %v", name, file, what, rows, left, err)
					continue
				}
				said := ""
				for _, f := range e.Fields {
					said += " " + f.Text.String()
				}
				if said += " " + e.Text.String(); !strings.Contains(what, "headings") && !strings.Contains(what, "empty") &&
					!strings.Contains(said, "3") && !strings.Contains(said, "2") {
					t.Errorf("%s %s, %s: which line is not said: %s", name, file, what, said)
				}
			}
		}
	}
}

// What of a workbook is not read is said, or the workbook is refused: columns, hidden rows, sheets.
func TestNothingOfAWorkbookIsSkippedInSilence(t *testing.T) {
	row := func(n string, cells ...string) string {
		out := `<row r="` + n + `">`
		for i, c := range cells {
			out += `<c r="` + string(rune('A'+i)) + n + `" t="inlineStr"><is><t>` + c + `</t></is></c>`
		}
		return out + `</row>`
	}
	hidden := func(row string) string { return strings.Replace(row, `<row `, `<row hidden="1" `, 1) }
	number := `<row r="1"><c r="A1"><v>5</v></c></row>`
	for name, r := range tableReaders {
		head, line := strings.Split(r.head, ","), strings.Split(r.line, ",")
		other := append([]string{"另一项"}, line[1:]...)
		first := row("1", head...) + row("2", line...)
		third := func(with string) string {
			return row("1", head...) + strings.Replace(row("2", line...), `t="inlineStr"><is><t>`+line[2]+`</t></is>`, with, 1)
		}
		one := func(rows string) []bookSheet { return []bookSheet{{name: "s", rows: rows}} }
		for what, c := range map[string]struct {
			sheets []bookSheet
			rows   int    // that are read, of those that are not refused
			key    string // of what is said
		}{
			"below an empty row": {one(first + row("9", other...)), 2, ""},
			"a hidden row":       {one(first + hidden(row("3", other...))), 2, "hidden"},
			"a column without a heading": {one(row("1", head...) + row("2", append(slices.Clone(line), "话")...)),
				1, "column"},
			"a second sheet": {append(one(first), bookSheet{name: "二", rows: number}), 1, "sheet"},
			"a hidden sheet": {append(one(first), bookSheet{name: "藏", state: "hidden", rows: number}),
				1, "sheet"},
			"an error value":                    {one(third(`t="e"><v>#N/A</v>`)), 1, "broken"},
			"a formula that was never computed": {one(third(`><f>1+1</f>`)), 1, "broken"},
		} {
			rows, left, err := r.read(t.Context(), "a.xlsx", book(t, nil, c.sheets...))
			said := ""
			for _, l := range left {
				said += " " + l.String()
			}
			var e *kpi.Error
			if errors.As(err, &e) {
				for _, f := range e.Fields {
					said += " " + f.Text.String()
				}
			}
			switch {
			case err != nil && e == nil:
				t.Errorf("%s, %s: %v", name, what, err)
			case err == nil && rows != c.rows:
				t.Errorf("%s, %s: %d rows", name, what, rows)
			case name == "units" && strings.Contains(what, "hidden"): // its page shows all that is read
			case c.key != "" && !strings.Contains(said, c.key):
				t.Errorf("%s, %s: it says only %q", name, what, said)
			}
		}
	}
}

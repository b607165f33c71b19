package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// errRefusedRows reports an import some of whose rows were refused: exit code 1, each reported already.
var errRefusedRows = errors.New("rows were refused; correct them, or import the others with --partial")

// errOpenQuestions reports a table with open questions: exit code 1, each reported already.
var errOpenQuestions = errors.New("answer the questions with --answer ID=VALUE (the part before the colon answers all of a kind)")

// runImport imports a table into the log as the page does; a server may be running on the records.
func runImport(ctx context.Context, io streams, args []string) error {
	var r records
	var n app.NewImport
	var year int
	var user string
	f := newFlags(io, "import")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.BoolVar(&n.DryRun, "dry-run", false, "only say what would come of it")
	f.BoolVar(&n.Partial, "partial", false, "import the good rows although others are refused")
	f.BoolVar(&n.Again, "again", false, "import a file that was imported before once more")
	n.Choices.Answers = map[string]string{}
	f.Func("answer", "answer a question of the table: ID=VALUE; repeat it, or separate several by commas",
		func(s string) error {
			return addAnswers(n.Choices.Answers, s)
		})
	f.IntVar(&n.Choices.Sheet, "sheet", 0, "which sheet of a workbook is read, from 1; 0: the first with a table")
	f.StringVar(&user, "user", "", "account that imports; empty: the operator at the console")
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return err
	}
	names = append(names, f.Args()...)
	switch {
	case len(names) != 1:
		return fmt.Errorf("%w: `dabiao import` takes one file", errUse)
	case year == 0:
		return fmt.Errorf("%w: name the year with --year", errUse)
	}
	n.Year = kpi.Year(year)
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	actor, err := importer(ctx, a, user)
	if err != nil {
		return err
	}
	file, err := os.Open(names[0])
	if err != nil {
		return err
	}
	defer file.Close()
	if n.File, err = a.StageImport(filepath.Base(names[0]), file); err != nil {
		return err
	}
	defer n.File.Discard()
	n.Reason = lang.For(terminalLanguage()).T("import.correction_reason", n.File.Name)
	result, err := a.Import(ctx, actor, n)
	if err != nil {
		return err
	}
	return tellImport(io, a.Zone(), n, result)
}

// importer returns the account with a name, or the operator.
func importer(ctx context.Context, a *app.App, name string) (kpi.Actor, error) {
	if name == "" {
		return kpi.Operator, nil
	}
	accounts, err := a.Accounts(ctx, kpi.Operator)
	if err != nil {
		return kpi.Actor{}, err
	}
	for _, account := range accounts {
		if account.Name == name && !account.Disabled {
			return account.Actor(), nil
		}
	}
	return kpi.Actor{}, kpi.Missing("account_not_found", name)
}

// addAnswers parses ID=VALUE, several separated by commas.
func addAnswers(to map[string]string, s string) error {
	for one := range strings.SplitSeq(s, ",") {
		id, value, ok := strings.Cut(strings.TrimSpace(one), "=")
		if !ok || id == "" || value == "" {
			return errors.New("write it as ID=VALUE")
		}
		to[id] = value
	}
	return nil
}

// at begins a sentence about a cell; ref is "" for the whole table.
func at(ref string) string {
	if ref == "" {
		return ""
	}
	return ref + ": "
}

// tellReading prints how the table was understood and what would be logged, as the page shows it, with
// times in the office's zone.
func tellReading(io streams, p lang.Printer, zone *time.Location, r app.ImportResult) {
	say := func(key, value string) {
		if value != "" {
			fmt.Fprintf(io.out, "%s: %s\n", p.T(key), value)
		}
	}
	if len(r.Sheets) > 1 {
		say("import.sheet", r.Sheets[r.Sheet-1])
	}
	if r.Period != nil {
		say("import.role.date", r.Period.String())
	}
	say("import.role.unit", r.Unit)
	say("import.dated", string(r.Dated))
	for _, c := range r.Columns {
		measure := ""
		if c.Measure() != "" {
			measure = " (" + c.Measure() + ")"
		}
		fmt.Fprintf(io.out, "%s %s: %s%s\n", c.Name(), c.Heading, p.T("import.role."+string(c.Role)), measure)
	}
	if e := r.Earlier; e != nil {
		fmt.Fprintln(io.out, p.T("import.earlier", p.Time(e.At, zone), e.Author, e.Entries))
	}
	good := r.GoodRows()
	for _, f := range r.Plan {
		if good[f.Row] {
			tellFigure(io, p, f)
		}
	}
}

// tellFigure prints one figure and what will be done with it.
func tellFigure(io streams, p lang.Printer, f app.ImportFigure) {
	value, logged := p.Value(f.Indicator, f.Quantity), p.Value(f.Indicator, f.Logged)
	if f.Level != "" {
		value = p.T("level." + string(f.Level))
		logged = value
	}
	if f.Written != "" {
		value += ", " + p.T("import.written", f.Written)
	}
	switch {
	case f.Waits:
		logged = p.T("import.waits")
	case f.Same:
		logged = p.T("import.same")
	case f.Corrects():
		logged = p.T("import.corrects", logged)
	}
	if f.SoFar != nil {
		logged += ", " + p.T("import.so_far", p.Amount(f.Indicator, *f.SoFar))
	}
	fmt.Fprintf(io.out, "%s: %s, %s, %s: %s -> %s\n", intake.Mistake{Row: f.Row, Column: f.Column}.Ref(),
		f.Indicator.Code, f.Unit, f.Dated, value, logged)
}

// tellQuestions prints every question with its options, open ones to stderr.
func tellQuestions(io streams, p lang.Printer, questions []intake.Question) {
	for _, q := range questions {
		to := io.out
		if q.Open() {
			to = io.err
		}
		fmt.Fprintf(to, "%s%s\n", at(q.Ref()), p.Text(q.Text))
		for _, o := range q.Options {
			mark := " "
			if o.Value == q.Answer {
				mark = "*"
			}
			fmt.Fprintf(to, "  %s --answer %s=%s  %s\n", mark, q.ID, o.Value, p.Text(o.Text))
		}
	}
}

// tellImport prints one line per bad row, the table's questions and finally what was logged.
func tellImport(io streams, zone *time.Location, n app.NewImport, result app.ImportResult) error {
	p := lang.For(terminalLanguage())
	if n.DryRun {
		tellReading(io, p, zone, result)
	}
	for _, m := range result.Rejected {
		fmt.Fprintf(io.err, "%s: %s\n", m.Ref(), p.Text(m.Text))
	}
	for _, m := range append(result.Asks, result.Left...) {
		fmt.Fprintf(io.out, "%s%s\n", at(m.Ref()), p.Text(m.Text))
	}
	if result.Blank > 0 {
		fmt.Fprintln(io.out, p.T("import.blank", result.Blank))
	}
	for _, t := range result.Totals {
		if !t.Agrees() {
			fmt.Fprintf(io.out, "%s: %s\n", t.Ref(), p.T("import.total_differs", t.Stated, t.Computed))
		}
	}
	tellQuestions(io, p, result.Questions)
	state := "imported"
	if !result.Stored {
		state = "not imported"
	}
	if n.DryRun {
		state = "would import"
	}
	if _, err := fmt.Fprintf(io.out, "%s: %d of %d rows, %d entries\n", state, result.Accepted, result.Rows,
		result.Entries); err != nil {
		return err
	}
	if len(result.Rejected) > 0 && !(n.Partial && result.Stored) {
		return errRefusedRows
	}
	if len(result.OpenQuestions()) > 0 {
		return errOpenQuestions
	}
	return nil
}

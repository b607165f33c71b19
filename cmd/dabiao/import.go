package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// errRefusedRows is an import of which rows were refused: exit 1, each told already.
var errRefusedRows = errors.New("rows were refused; mend them, or import the others with --partial")

// runImport takes a table into the log as the page does, also beside a running server.
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
	result, err := a.Import(ctx, actor, n)
	if err != nil {
		return err
	}
	return tellImport(io, n, result)
}

// importer is the account of a name, or the operator.
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

// tellImport prints one line per bad row and, in the end, what was logged.
func tellImport(io streams, n app.NewImport, result app.ImportResult) error {
	p := lang.For(terminalLanguage())
	for _, m := range result.Rejected {
		fmt.Fprintf(io.err, "%s: %s\n", m.Ref(), p.Text(m.Text))
	}
	for _, m := range result.Asks {
		fmt.Fprintf(io.out, "%s: %s\n", m.Ref(), p.Text(m.Text))
	}
	for _, t := range result.Totals {
		if !t.Agrees() {
			fmt.Fprintf(io.out, "%s: %s\n", t.Ref(), p.T("import.total_differs", t.Stated, t.Computed))
		}
	}
	state := "imported"
	if !result.Stored {
		state = "not imported"
	}
	if n.DryRun {
		state = "would import"
	}
	if _, err := fmt.Fprintf(io.out, "%s: %d of %d rows, %d entries\n", state, result.Accepted, result.Rows, result.Entries); err != nil {
		return err
	}
	if len(result.Rejected) > 0 && !(n.Partial && result.Stored) {
		return errRefusedRows
	}
	return nil
}

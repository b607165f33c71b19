package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/api"
)

// errBadProposal reports that nothing was created because rows are wrong: exit code 1, each is in the answer.
var errBadProposal = errors.New("rows are wrong, so nothing was created; the draft waits on the page “adopt” of the year")

// maxAdopted is how large a file may be that is read whole.
const maxAdopted = 32 << 20

// runAdopt takes an old report or table over into a year as the page does, and prints what becomes of it as JSON.
func runAdopt(ctx context.Context, streams streams, args []string) error {
	var r records
	var year int
	var dry, merge bool
	var user string
	f := newFlags(streams, "adopt")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.BoolVar(&dry, "dry-run", false, "only say what would come of it")
	f.BoolVar(&merge, "merge", false, "merge rows that say the same")
	f.StringVar(&user, "user", "", "account that takes it over; empty: the operator at the console")
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return err
	}
	names = append(names, f.Args()...)
	switch {
	case len(names) != 1:
		return fmt.Errorf("%w: `dabiao adopt` takes one file", errUse)
	case year == 0:
		return fmt.Errorf("%w: name the year with --year", errUse)
	}
	file, err := os.Open(names[0])
	if err != nil {
		return err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxAdopted))
	if err != nil {
		return err
	}
	name := filepath.Base(names[0])
	body, err := app.ReadAdoption(ctx, name, content, kpi.Year(year))
	if err != nil {
		return err
	}
	if merge {
		body = body.Merged(0)
	}
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	actor, err := importer(ctx, a, user)
	if err != nil {
		return err
	}
	adopt := func() (app.Adopting, error) { return a.CheckAdoption(ctx, actor, kpi.Year(year), body) }
	if !dry {
		adopt = func() (app.Adopting, error) {
			return a.Adopt(ctx, actor, kpi.Year(year), app.NewAdoption{Source: name, Body: body})
		}
	}
	adopting, err := adopt()
	if err != nil {
		return err
	}
	out := json.NewEncoder(streams.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(api.Adoption(lang.For(terminalLanguage()), adopting)); err != nil {
		return err
	}
	if !adopting.Result.Fine() {
		return errBadProposal
	}
	return nil
}

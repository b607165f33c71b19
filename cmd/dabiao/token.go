package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// runToken adds, lists and ends API tokens; a server may be running on the records.
func runToken(ctx context.Context, io streams, args []string) error {
	if len(args) == 0 || !slices.Contains([]string{"add", "list", "end"}, args[0]) {
		return fmt.Errorf("%w: say `dabiao token add --user NAME`, list or end", errUse)
	}
	var r records
	var n app.NewToken
	f := newFlags(io, "token "+args[0])
	r.flags(f)
	f.StringVar(&n.Account, "user", "", "account the token speaks for")
	if args[0] == "add" {
		f.StringVar(&n.Name, "name", "", "what the token is for")
		f.StringVar((*string)(&n.Scope), "scope", string(kpi.TokenAll), "what it may do: read, log (read and log entries) or all")
		f.StringVar((*string)(&n.EndsOn), "until", "", "its last day, YYYY-MM-DD; without, a year from today, which is the latest")
		f.StringVar(&n.Unit, "unit", "", "code of the unit it is limited to")
	}
	ids, rest := leading(args[1:])
	if err := f.parse(rest); err != nil {
		return err
	}
	ids = append(ids, f.Args()...)
	switch {
	case n.Account == "":
		return fmt.Errorf("%w: name the account with --user", errUse)
	case args[0] == "end" && len(ids) != 1:
		return fmt.Errorf("%w: `dabiao token end` takes the ID of one token, as `dabiao token list` prints it", errUse)
	case args[0] != "end" && len(ids) > 0:
		return fmt.Errorf("%w: %q is not expected here; `dabiao token %s --help` lists the flags", errUse, ids[0], args[0])
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	switch args[0] {
	case "list":
		return listTokens(ctx, io.out, a, n.Account)
	case "end":
		return a.EndToken(ctx, kpi.Operator, n.Account, ids[0])
	}
	_, secret, err := a.AddToken(ctx, kpi.Operator, n)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.out, secret)
	return err
}

func listTokens(ctx context.Context, out io.Writer, a *app.App, account string) error {
	tokens, err := a.Tokens(ctx, kpi.Operator, account)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		until, used := "until "+string(t.EndsOn), "never used"
		switch {
		case t.EndsOn == "":
			until = "no expiry"
		case t.Over(a.Today()):
			until = "ended " + string(t.EndsOn)
		}
		if t.UsedAt != 0 {
			used = fmt.Sprintf("used %s from %s", a.DayOf(t.UsedAt), t.UsedFrom)
		}
		fmt.Fprintf(out, "%s  %-4s  %-16s  %s  %s\n", t.ID(), t.Scope, until, used, t.Name)
	}
	return nil
}

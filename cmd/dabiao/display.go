package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// runDisplay adds, lists and ends the links that show a board on a wall.
func runDisplay(ctx context.Context, io streams, args []string) error {
	if len(args) == 0 || !slices.Contains([]string{"add", "list", "end"}, args[0]) {
		return fmt.Errorf("%w: say `dabiao display add NAME`, list or end ID", errUse)
	}
	var r records
	var n app.NewDisplay
	f := newFlags(io, "display "+args[0])
	r.flags(f)
	var name string
	var err error
	switch args[0] {
	case "list":
		err = f.parseAlone(args[1:])
	case "add":
		f.StringVar(&n.Unit, "unit", "", "code of the unit whose board it shows; the root when left out")
		n.Name, err = f.parseName(args[1:], "name")
	default:
		name, err = f.parseName(args[1:], "number, as `dabiao display list` shows it")
	}
	if err != nil {
		return err
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	switch args[0] {
	case "list":
		return listDisplays(ctx, io.out, a)
	case "end":
		id, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return fmt.Errorf("%w: %q is no number of a display", errUse, name)
		}
		return a.EndDisplay(ctx, kpi.Operator, kpi.DisplayID(id))
	}
	_, secret, err := a.AddDisplay(ctx, kpi.Operator, n)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.out, "/wall/"+secret)
	return err
}

func listDisplays(ctx context.Context, out io.Writer, a *app.App) error {
	displays, err := a.Displays(ctx, kpi.Operator)
	if err != nil {
		return err
	}
	for _, d := range displays {
		state := "open"
		if d.EndedAt != 0 {
			state = "ended"
		}
		fmt.Fprintf(out, "%-4d %-6s %-12s %s\n", d.ID, state, d.Unit.Code, d.Name)
	}
	return nil
}

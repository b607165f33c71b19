package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/notice"
)

// errNotTaken reports packages that were not taken in: exit code 1, each told already.
var errNotTaken = errors.New("not every package was taken in; what is asked is answered on the page “From below”")

// runHandup gives out a dictionary, maps indicators to one, makes packages and takes them in; a server may be running
// on the records.
func runHandup(ctx context.Context, io streams, args []string) error {
	subs := map[string]func(context.Context, streams, []string) error{"dictionary": handupDictionary, "map": handupMap,
		"make": handupMake, "send": handupSend,
		"take": handupTake}
	if len(args) == 0 || subs[args[0]] == nil {
		return fmt.Errorf("%w: say `dabiao handup dictionary --year Y --out FILE`, map, make, send or take", errUse)
	}
	return subs[args[0]](ctx, io, args[1:])
}

func handupDictionary(ctx context.Context, io streams, args []string) error {
	var r records
	var year int
	var out string
	f := newFlags(io, "handup dictionary")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.StringVar(&out, "out", "", "file to write, for the offices below")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if year == 0 || out == "" {
		return fmt.Errorf("%w: name the year with --year and the file with --out", errUse)
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	d, err := a.HandupDictionary(ctx, kpi.Operator, kpi.Year(year))
	if err != nil {
		return err
	}
	raw, err := d.Encode()
	if err != nil {
		return err
	}
	return writeFile(out, func(file *os.File) error { _, err := file.Write(raw); return err })
}

// handupMap takes a dictionary in and keeps, besides what is mapped, what is named alike. It says what is not
// handed up.
func handupMap(ctx context.Context, io streams, args []string) error {
	var r records
	var unit string
	own := map[string]string{}
	f := newFlags(io, "handup map")
	r.flags(f)
	f.StringVar(&unit, "unit", "", "code of the unit that this office is above; empty: the one of its name")
	f.Func("own", "CODE=OWN: hand up the office's indicator OWN as CODE of the dictionary; CODE= not at all; repeat it",
		func(s string) error {
			code, is, found := strings.Cut(s, "=")
			if own[code] = is; !found {
				return errors.New("say CODE=OWN")
			}
			return nil
		})
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return err
	}
	if names = append(names, f.Args()...); len(names) != 1 {
		return fmt.Errorf("%w: `dabiao handup map` takes one file, the dictionary of the office above", errUse)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		return err
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	d, err := a.TakeDictionary(ctx, kpi.Operator, raw)
	if err != nil {
		return err
	}
	v, err := a.Handup(ctx, kpi.Operator, d.Year)
	if err != nil {
		return err
	}
	n := v.Suggestion()
	for code, is := range own {
		n.Own[code] = is
	}
	if unit != "" {
		n.Unit = unit
	}
	if err := a.SetMapping(ctx, kpi.Operator, d.Year, n); err != nil {
		return err
	}
	if v, err = a.Handup(ctx, kpi.Operator, d.Year); err != nil {
		return err
	}
	tellMapping(io, v)
	return nil
}

// tellMapping says what is not handed up, and what is handed up under another name: it may be another indicator.
func tellMapping(io streams, v app.HandupView) {
	p := lang.For(terminalLanguage())
	for _, row := range v.Rows {
		name := p.Name(row.Name, row.NameEn)
		switch {
		case row.Computed():
		case row.Own.ID == 0 && row.Problem != nil:
			fmt.Fprintln(io.out, p.T("handup.not_mapped", row.Code, name)+": "+p.Text(row.Problem.Text))
		case row.Own.ID == 0:
			fmt.Fprintln(io.out, p.T("handup.not_mapped", row.Code, name))
		case row.Own.Name != row.Name:
			fmt.Fprintln(io.out, p.T("handup.named_otherwise", row.Code, name, row.Own.Names(), row.Own.Code))
		}
	}
}

func handupMake(ctx context.Context, io streams, args []string) error {
	var r records
	var n app.NewPackage
	var year, month int
	var out string
	f := newFlags(io, "handup make")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.IntVar(&n.First, "first", 1, "first month")
	f.IntVar(&n.Last, "last", 0, "last month; 0: the last that has begun")
	f.IntVar(&month, "month", 0, "this month alone")
	f.IntVar(&n.After, "after", 0, "the version above, where a backup was restored here; 0: as counted here")
	f.StringVar(&out, "out", "", "file to write, for the office above")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if year == 0 || out == "" {
		return fmt.Errorf("%w: name the year with --year and the file with --out", errUse)
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if n.Year = kpi.Year(year); month != 0 {
		n.First, n.Last = month, month
	}
	if n.Last == 0 {
		v, err := a.Handup(ctx, kpi.Operator, n.Year)
		if err != nil {
			return err
		}
		n.Last = v.Last
	}
	made, err := a.MakePackage(ctx, kpi.Operator, n)
	if err != nil {
		return err
	}
	_, file, err := a.MadePackage(ctx, kpi.Operator, n.Year, made.Number)
	if err != nil {
		return err
	}
	if err := writeFile(out, func(to *os.File) error { _, err := to.Write(file); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.out, lang.For(terminalLanguage()).T("handup.made", made.Number, made.First, made.Last,
		made.SHA256))
	return err
}

// handupSend sends the last package of a year to the office above, and says whether it is taken in there.
func handupSend(ctx context.Context, io streams, args []string) error {
	var r records
	var year int
	var to kpi.Upward
	var tokenIn bool
	f := newFlags(io, "handup send")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.StringVar(&to.Address, "above", "", "address of the office above; it is kept, with the token, for the next time")
	f.BoolVar(&tokenIn, "token-stdin", false, "read the token that the office above made for this one from standard input")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if year == 0 {
		return fmt.Errorf("%w: name the year with --year", errUse)
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if tokenIn {
		if to.Token, err = bufio.NewReader(io.in).ReadString('\n'); err != nil && to.Token == "" {
			return fmt.Errorf("read the token from standard input: %w", err)
		}
	}
	if to.Address != "" {
		if err := a.SetUpward(ctx, kpi.Operator, to); err != nil {
			return err
		}
	}
	number, err := lastMade(ctx, a, kpi.Year(year))
	if err != nil {
		return err
	}
	if err := a.SendPackage(ctx, kpi.Operator, kpi.Year(year), number); err != nil {
		return err
	}
	if err := notice.PushDue(ctx, a, nil, slog.New(slog.NewTextHandler(io.err, nil))); err != nil {
		return err
	}
	sent, _, err := a.MadePackage(ctx, kpi.Operator, kpi.Year(year), number)
	if err != nil {
		return err
	}
	p := lang.For(terminalLanguage())
	if sent.State != kpi.SendingSent {
		return fmt.Errorf("%s: %s", p.T("handup.state."+string(sent.State)), sent.Said)
	}
	_, err = fmt.Fprintln(io.out, p.T("handup.version", number)+": "+p.T("handup.state.sent"))
	return err
}

// lastMade returns the number of the year's last package.
func lastMade(ctx context.Context, a *app.App, y kpi.Year) (int, error) {
	v, err := a.Handup(ctx, kpi.Operator, y)
	if err == nil && len(v.Packages) == 0 {
		err = kpi.Missing("package_not_found")
	}
	if err != nil {
		return 0, err
	}
	return v.Packages[len(v.Packages)-1].Number, nil
}

// handupTake takes packages in, each all or not at all, and says what came of each.
func handupTake(ctx context.Context, io streams, args []string) error {
	var r records
	var dry bool
	var answers app.PackageAnswers
	f := newFlags(io, "handup take")
	r.flags(f)
	f.BoolVar(&dry, "dry-run", false, "keep the packages and say what would come of them; nothing counts by that")
	f.BoolVar(&answers.Key, "trust-key", false, "a first or changed signing key is right: it was compared with the office")
	f.BoolVar(&answers.Name, "same-indicator", false, "indicators that have another name here are the same all the same")
	f.StringVar(&answers.Typed, "typed", "", "what was typed in for the same months: replace it, or add both")
	f.BoolVar(&answers.Below, "with-below", false, "what units below have counts beside it")
	f.BoolVar(&answers.Corrected, "corrected", false, "figures that were corrected here become the package's again")
	f.BoolVar(&answers.Signed, "signed", false, "the report is signed, and its figures change all the same")
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return err
	}
	names = append(names, f.Args()...)
	switch {
	case len(names) == 0:
		return fmt.Errorf("%w: `dabiao handup take` takes one or more packages", errUse)
	case !slices.Contains([]string{"", "replace", "add"}, answers.Typed):
		return fmt.Errorf("%w: --typed %q: replace or add", errUse, answers.Typed)
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	failed := false
	for _, name := range names {
		err := takeFile(ctx, io, a, name, dry, answers)
		var refusal *kpi.Error
		if failed = failed || err != nil; errors.As(err, &refusal) {
			tellRefusal(io, name, refusal)
		} else if err != nil {
			return err
		}
	}
	if failed {
		return errNotTaken
	}
	return nil
}

func tellRefusal(io streams, name string, refusal *kpi.Error) {
	p := lang.For(terminalLanguage())
	if len(refusal.Fields) == 0 {
		fmt.Fprintf(io.err, "%s: %s\n", name, p.Text(refusal.Text))
	}
	for _, f := range refusal.Fields {
		fmt.Fprintf(io.err, "%s: %s\n", name, p.Text(f.Text))
	}
}

func takeFile(ctx context.Context, io streams, a *app.App, name string, dry bool, answers app.PackageAnswers) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	brought, err := a.BringPackage(ctx, kpi.Operator, raw)
	if err != nil {
		return err
	}
	p := lang.For(terminalLanguage())
	if dry {
		plan, err := a.PackagePlan(ctx, kpi.Operator, brought.ID)
		if err != nil {
			return err
		}
		fmt.Fprintln(io.out, p.T("handup.would", name, p.Name(plan.Unit.Name, plan.Unit.NameEn), plan.Content.Version,
			len(plan.Changes)))
		for _, text := range plan.Refused {
			fmt.Fprintln(io.out, "  "+p.Text(text))
		}
		for _, q := range plan.Questions {
			fmt.Fprintln(io.out, "  "+p.Text(q.Text))
		}
		return nil
	}
	got, err := a.TakePackage(ctx, kpi.Operator, brought.ID, answers)
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, p.T("handup.took", name, p.Name(got.Unit.Name, got.Unit.NameEn), got.Package.Number, got.Logged,
		got.Corrected, got.Withdrawn))
	return nil
}

package main

import (
	"context"
	"fmt"
	"slices"

	"dabiao/internal/store"
)

func runVerify(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "verify")
	r.flags(f)
	code := f.String("head", "", "code of the audit log from a backup, a metric or a signed report: the log must begin with it")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if err := r.mustExist(); err != nil {
		return err
	}
	var heads []store.Head
	if *code != "" {
		head, err := store.ParseHead(*code)
		if err != nil {
			return fmt.Errorf("%w: --head: %w", errUse, err)
		}
		heads = append(heads, head)
	}
	return verify(ctx, io, r, heads...)
}

// verify prints every difference and finally their number.
func verify(ctx context.Context, io streams, r records, heads ...store.Head) error {
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := a.VerifyAll(ctx, heads...)
	if err != nil {
		return err
	}
	for _, line := range slices.Concat(v.Differences, v.Notes) {
		fmt.Fprintln(io.out, line)
	}
	if len(v.Differences) > 0 {
		return fmt.Errorf("verified, %d differences", len(v.Differences))
	}
	_, err = fmt.Fprintln(io.out, "verified, 0 differences")
	return err
}

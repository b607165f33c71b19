package main

import (
	"context"
	"fmt"
	"slices"
)

func runVerify(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "verify")
	r.flags(f)
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if err := r.mustExist(); err != nil {
		return err
	}
	return verify(ctx, io, r)
}

// verify prints every difference and finally their number.
func verify(ctx context.Context, io streams, r records) error {
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := a.VerifyAll(ctx)
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

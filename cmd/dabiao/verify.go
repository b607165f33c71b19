package main

import (
	"context"
	"fmt"
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
	differences, err := a.Verify(ctx)
	if err != nil {
		return err
	}
	for _, d := range differences {
		fmt.Fprintln(io.out, d)
	}
	if len(differences) > 0 {
		return fmt.Errorf("verified, %d differences", len(differences))
	}
	_, err = fmt.Fprintln(io.out, "verified, 0 differences")
	return err
}

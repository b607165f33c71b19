package main

import (
	"context"
	"fmt"
	"os"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/seal"
)

func runSeal(ctx context.Context, io streams, args []string) error {
	var r records
	var q app.SealQuery
	var year int
	var out string
	f := newFlags(io, "seal")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.IntVar(&q.Number, "signed", 0, "number of the signed version; 0: the latest")
	f.BoolVar(&q.Sensitive, "sensitive", false, "with sensitive evidence")
	f.StringVar(&q.Language, "lang", string(lang.Chinese), "zh-CN or en")
	f.StringVar(&out, "out", "", "file to write")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	tag, known := lang.ParseTag(q.Language)
	switch {
	case year == 0 || out == "":
		return fmt.Errorf("%w: name the year with --year and the file with --out", errUse)
	case q.Number < 0:
		return fmt.Errorf("%w: --signed %d: versions are numbered from 1", errUse, q.Number)
	case !known:
		return fmt.Errorf("%w: --lang %q: zh-CN or en", errUse, q.Language)
	}
	q.Year, q.Language = kpi.Year(year), string(tag)
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	p, err := a.Seal(ctx, kpi.Operator, q)
	if err != nil {
		return err
	}
	if err := a.SealGiven(ctx, kpi.Operator, p); err != nil {
		return err
	}
	return writeFile(out, func(file *os.File) error { return seal.Write(file, p) })
}

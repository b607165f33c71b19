package main

import (
	"context"
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/check"
)

func runCheck(ctx context.Context, io streams, args []string) error {
	var r records
	var year int
	var asOf, language string
	f := newFlags(io, "check")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.StringVar(&asOf, "as-of", "", "month up to which figures count, YYYY-MM; empty: all")
	f.StringVar(&language, "lang", string(lang.Chinese), "zh-CN or en")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	tag, ok := lang.ParseTag(language)
	switch {
	case year == 0:
		return fmt.Errorf("%w: name the year with --year", errUse)
	case !ok:
		return fmt.Errorf("%w: --lang %q: zh-CN or en", errUse, language)
	}
	q, err := query(year, asOf)
	if err != nil {
		return err
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	in, err := a.Check(ctx, kpi.Operator, q, string(tag))
	if err != nil {
		return err
	}
	in.Language = lang.For(tag)
	return printFindings(io, in)
}

// printFindings prints one finding per line: severity, code, sentence, place. It returns an error if
// any finding is one.
func printFindings(io streams, in check.Input) error {
	findings := check.Report(in)
	for _, f := range findings {
		where := ""
		if f.Quote != "" && f.Section != "" {
			where = "\t" + in.SectionName(f.Section)
		}
		p := in.Language
		if f.Mark != nil { // somebody looked at it
			continue
		}
		if _, err := fmt.Fprintf(io.out, "%s\t%s\t%s%s\n", p.T("check.severity."+string(f.Severity)), f.Code,
			p.Text(f.Text), where); err != nil {
			return err
		}
	}
	if n := check.Errors(findings); n > 0 {
		return fmt.Errorf("checked, %d findings, of them %d errors", len(findings), n)
	}
	return nil
}

// query returns the query for a year of the whole office, up to a month if one is given.
func query(year int, asOf string) (app.Query, error) {
	q := app.Query{Year: kpi.Year(year)}
	if asOf == "" {
		return q, nil
	}
	p, err := kpi.ParsePeriod(asOf)
	q.AsOf = &p
	return q, err
}

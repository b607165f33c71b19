package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/web/api"
)

func runReport(ctx context.Context, io streams, args []string) error {
	var r records
	var year int
	var format, form, asOf, out, language string
	f := newFlags(io, "report")
	r.flags(f)
	f.IntVar(&year, "year", 0, "the year")
	f.StringVar(&format, "format", "docx", strings.Join(report.Formats, ", "))
	f.StringVar(&form, "form", "", "one table alone: "+paperNames()+"; empty: the whole report")
	f.StringVar(&asOf, "as-of", "", "month up to which figures count, YYYY-MM; empty: all")
	f.StringVar(&out, "out", "", "file to write")
	f.StringVar(&language, "lang", string(lang.Chinese), "zh-CN or en")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	write, refused := report.WriterOf(format, report.Paper(form))
	tag, okLang := lang.ParseTag(language)
	switch {
	case year == 0 || out == "":
		return fmt.Errorf("%w: name the year with --year and the file with --out", errUse)
	case !slices.Contains(report.Formats, format):
		return fmt.Errorf("%w: --format %q: %s", errUse, format, strings.Join(report.Formats, ", "))
	case !report.Paper(form).Known():
		return fmt.Errorf("%w: --form %q: %s", errUse, form, paperNames())
	case refused != nil:
		return fmt.Errorf("%w: --format %s holds tables only: name one with --form", errUse, format)
	case !okLang:
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
	in, err := a.Report(ctx, kpi.Operator, q, string(tag))
	if err != nil {
		return err
	}
	in.Language = lang.For(tag)
	return writeFile(out, func(file *os.File) error { return write.To(file, in, report.Paper(form)) })
}

func paperNames() string {
	var names []string
	for _, f := range report.Papers {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// writeFile leaves either the complete file or none.
func writeFile(name string, write func(*os.File) error) error {
	partial := name + ".partial"
	file, err := os.Create(partial)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	err = write(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		os.Remove(partial) //nolint:errcheck // the first error is the one to tell
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(partial, name)
}

func runOpenAPI(_ context.Context, io streams, _ []string) error {
	_, err := io.out.Write(api.OpenAPI)
	return err
}

package store

import (
	"context"

	"dabiao/internal/kpi"
)

// ReportTexts returns the office's own prose in a year's report in one language, by section.
func (r *Reader) ReportTexts(ctx context.Context, y kpi.Year, language string) (map[string]string, error) {
	type text struct{ section, body string }
	rows, err := all(ctx, r, func(s scanner) (t text, err error) {
		err = s.Scan(&t.section, &t.body)
		return t, err
	}, `SELECT section, body FROM report_texts WHERE year = $1 AND language = $2`, y, language)
	out := map[string]string{}
	for _, t := range rows {
		out[t.section] = t.body
	}
	return out, err
}

// SetReportText stores the prose of one section, replacing an earlier one.
func (w *Writer) SetReportText(ctx context.Context, y kpi.Year, section, language, body string) error {
	return w.exec(ctx, `INSERT INTO report_texts (year, section, language, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year, section, language) DO UPDATE SET body = excluded.body`, y, section, language, body)
}

// ReportSections lists the sections whose keys begin with prefix and that have prose in any language in
// a year's report.
func (r *Reader) ReportSections(ctx context.Context, y kpi.Year, prefix string) ([]string, error) {
	return all(ctx, r, scanString, `SELECT DISTINCT section FROM report_texts
		WHERE year = $1 AND section LIKE $2 AND body <> '' ORDER BY section`, y, prefix+"%")
}

const textVersionQuery = `SELECT id, year, section, language, body, author, at FROM report_versions`

func scanTextVersion(s scanner) (v kpi.TextVersion, err error) {
	err = s.Scan(&v.ID, &v.Year, &v.Section, &v.Language, &v.Body, &v.Author, &v.At)
	return v, err
}

// TextVersions lists up to limit versions of a text, newest first.
func (r *Reader) TextVersions(ctx context.Context, p kpi.TextPlace, limit int) ([]kpi.TextVersion, error) {
	return all(ctx, r, scanTextVersion, textVersionQuery+` WHERE year = $1 AND section = $2 AND language = $3
		ORDER BY id DESC LIMIT $4`, p.Year, p.Section, p.Language, limit)
}

// TextVersion returns one version of any text, or NotFound.
func (r *Reader) TextVersion(ctx context.Context, id kpi.TextVersionID) (kpi.TextVersion, error) {
	return one(ctx, r, kpi.Missing("text_version_not_found", int64(id)), scanTextVersion,
		textVersionQuery+` WHERE id = $1`, id)
}

// InsertTextVersion adds a version, makes it the report's text and returns its ID.
func (w *Writer) InsertTextVersion(ctx context.Context, v kpi.TextVersion) (kpi.TextVersionID, error) {
	if err := w.SetReportText(ctx, v.Year, v.Section, v.Language, v.Body); err != nil {
		return 0, err
	}
	return insert[kpi.TextVersionID](ctx, w, `INSERT INTO report_versions (year, section, language, body, author, at)
		VALUES ($1, $2, $3, $4, $5, $6)`, v.Year, v.Section, v.Language, v.Body, v.Author, v.At)
}

// TextDraft returns the draft an account was writing; ok is false if there is none.
func (r *Reader) TextDraft(ctx context.Context, p kpi.TextPlace,
	account kpi.AccountID) (d kpi.TextDraft, ok bool, err error) {
	found, err := all(ctx, r, func(s scanner) (d kpi.TextDraft, err error) {
		err = s.Scan(&d.Body, &d.Base, &d.At)
		return d, err
	}, `SELECT body, base, at FROM report_drafts WHERE year = $1 AND section = $2 AND language = $3 AND account_id = $4`,
		p.Year, p.Section, p.Language, account)
	if err != nil || len(found) == 0 {
		return d, false, err
	}
	d = found[0]
	d.TextPlace, d.Account = p, account
	return d, true, nil
}

// SetTextDraft stores an account's draft, replacing an earlier one.
func (w *Writer) SetTextDraft(ctx context.Context, d kpi.TextDraft) error {
	return w.exec(ctx, `INSERT INTO report_drafts (year, section, language, account_id, body, base, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (year, section, language, account_id) DO UPDATE
		SET body = excluded.body, base = excluded.base, at = excluded.at`,
		d.Year, d.Section, d.Language, d.Account, d.Body, d.Base, d.At)
}

// DropTextDraft deletes an account's draft.
func (w *Writer) DropTextDraft(ctx context.Context, p kpi.TextPlace, account kpi.AccountID) error {
	return w.exec(ctx, `DELETE FROM report_drafts WHERE year = $1 AND section = $2 AND language = $3 AND account_id = $4`,
		p.Year, p.Section, p.Language, account)
}

// Outline returns a year's stored outline; ok is false if the shipped one applies.
func (r *Reader) Outline(ctx context.Context, y kpi.Year) (body string, ok bool, err error) {
	return r.one(ctx, `SELECT body FROM outlines WHERE year = $1`, y)
}

// OutlineYears lists the years with an outline of their own.
func (r *Reader) OutlineYears(ctx context.Context) ([]kpi.Year, error) {
	return all(ctx, r, func(s scanner) (y kpi.Year, err error) {
		err = s.Scan(&y)
		return y, err
	}, `SELECT year FROM outlines ORDER BY year`)
}

// SetOutline stores a year's outline, replacing an earlier one.
func (w *Writer) SetOutline(ctx context.Context, y kpi.Year, body, by string, at kpi.UnixMilli) error {
	return w.exec(ctx, `INSERT INTO outlines (year, body, set_by, set_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO UPDATE SET body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`,
		y, body, by, at)
}

// ReportCheck returns the latest check of a year's report; ok is false if there is none.
func (r *Reader) ReportCheck(ctx context.Context, y kpi.Year) (c kpi.ReportCheck, ok bool, err error) {
	found, err := all(ctx, r, func(s scanner) (c kpi.ReportCheck, err error) {
		err = s.Scan(&c.ID, &c.Year, &c.SHA256, &c.Errors, &c.Warnings, &c.Note, &c.Author, &c.At)
		return c, err
	}, `SELECT id, year, sha256, errors, warnings, note, author, at FROM report_checks
		WHERE year = $1 ORDER BY id DESC LIMIT 1`, y)
	if err != nil || len(found) == 0 {
		return c, false, err
	}
	return found[0], true, nil
}

// InsertReportCheck adds a check.
func (w *Writer) InsertReportCheck(ctx context.Context, c kpi.ReportCheck) error {
	return w.exec(ctx, `INSERT INTO report_checks (year, sha256, errors, warnings, note, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.Year, c.SHA256, c.Errors, c.Warnings, c.Note, c.Author, c.At)
}

// ReportSignings lists a year's signed versions in order, without their bodies.
func (r *Reader) ReportSignings(ctx context.Context, y kpi.Year) ([]kpi.ReportSigning, error) {
	return all(ctx, r, scanReportSigning, `SELECT id, year, number, sha256, as_of, '', errors, reason, author, at
		FROM report_signings WHERE year = $1 ORDER BY number`, y)
}

// ReportSigning returns a signed version with its body, or NotFound.
func (r *Reader) ReportSigning(ctx context.Context, y kpi.Year, number int) (kpi.ReportSigning, error) {
	return one(ctx, r, kpi.Missing("signing_not_found", int(y), number), scanReportSigning,
		`SELECT id, year, number, sha256, as_of, body, errors, reason, author, at
		FROM report_signings WHERE year = $1 AND number = $2`, y, number)
}

func scanReportSigning(s scanner) (x kpi.ReportSigning, err error) {
	var asOf string
	if err = s.Scan(&x.ID, &x.Year, &x.Number, &x.SHA256, &asOf, &x.Body, &x.Errors, &x.Reason,
		&x.Author, &x.At); err != nil {
		return x, err
	}
	x.AsOf, err = kpi.ParsePeriod(asOf)
	return x, err
}

// InsertReportSigning adds a signed version.
func (w *Writer) InsertReportSigning(ctx context.Context, x kpi.ReportSigning) error {
	return w.exec(ctx, `INSERT INTO report_signings (year, number, sha256, as_of, body, errors, reason, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		x.Year, x.Number, x.SHA256, x.AsOf.String(), x.Body, x.Errors, x.Reason, x.Author, x.At)
}

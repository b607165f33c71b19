package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// ReportState is how far a year's report is.
type ReportState string

// The states. A signed report that differs from the records is still signed; the differences are
// listed beside it.
const (
	ReportDraft   ReportState = "draft"
	ReportChecked ReportState = "checked"
	ReportSigned  ReportState = "signed"
	ReportChanged ReportState = "changed" // after the last signing
)

// SigningView is what the page shows of a year's sign-off.
type SigningView struct {
	Input    report.CheckInput // as it stands now, in the language asked for
	Findings []report.Finding
	State    ReportState
	Check    *kpi.ReportCheck    // the latest; nil before the first
	Fresh    bool                // nothing changed since that check
	Signings []kpi.ReportSigning // the first first, without bodies
	Changes  []report.Change     // since the last signing
	MayCheck bool
	MaySign  bool
}

// Signing is how far a year's report is. Refusals: NotFound, Forbidden.
func (a *App) Signing(ctx context.Context, actor kpi.Actor, y kpi.Year, language string) (SigningView, error) {
	if err := actor.MayReport(); err != nil {
		return SigningView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v SigningView, err error) {
		now, digest, err := a.snapshot(ctx, r, actor, y)
		if err != nil {
			return v, err
		}
		if v.Input, err = a.checkSnapshot(ctx, r, now, language); err != nil {
			return v, err
		}
		v.Findings, v.State = report.Check(v.Input), ReportDraft
		if check, ok, err := r.ReportCheck(ctx, y); err != nil {
			return v, err
		} else if ok {
			v.Check, v.Fresh = &check, check.SHA256 == digest
		}
		if v.Fresh {
			v.State = ReportChecked
		}
		if v.Signings, err = r.ReportSignings(ctx, y); err != nil {
			return v, err
		}
		v.MayCheck, v.MaySign = actor.MayCheckReport() == nil, actor.MaySign() == nil
		return v, a.sinceSigning(ctx, r, &v, language)
	})
}

// sinceSigning holds the report against its last signed version.
func (a *App) sinceSigning(ctx context.Context, r *store.Reader, v *SigningView, language string) error {
	if len(v.Signings) == 0 {
		return nil
	}
	_, frozen, err := signed(ctx, r, v.Input.Board.Year.Year, len(v.Signings))
	if err != nil {
		return err
	}
	v.Changes = report.Changes(frozen.In(language), v.Input.Input)
	switch {
	case len(v.Changes) == 0:
		v.State = ReportSigned
	case !v.Fresh:
		v.State = ReportChanged
	}
	return nil
}

// snapshot is a year's report as it stands, with the digest it is checked and signed by.
func (a *App) snapshot(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year) (s report.Snapshot, digest string, err error) {
	at, err := a.rootScope(ctx, r, actor, Query{Year: y})
	if err != nil {
		return s, "", err
	}
	if s.Input, err = a.report(ctx, r, at, report.Languages[0]); err != nil {
		return s, "", err
	}
	if err := at.reportRecords(ctx, r, &s.Input); err != nil {
		return s, "", err
	}
	s.Texts = map[string]map[report.SectionKey]string{}
	for _, language := range report.Languages {
		if s.Texts[language], err = reportTexts(ctx, r, y, language); err != nil {
			return s, "", err
		}
	}
	digest, err = s.Digest()
	return s, digest, err
}

// checkSnapshot is what the check looks at of a report as it stands.
func (a *App) checkSnapshot(ctx context.Context, r *store.Reader, s report.Snapshot, language string) (in report.CheckInput, err error) {
	in.Input = s.In(language)
	at := scope{year: s.Input.Board.Year, unit: s.Input.Board.Unit, asOf: s.Input.Board.AsOf}
	if in.Wordings, err = wordings(ctx, r, at); err != nil {
		return in, err
	}
	in.Before, err = reportTexts(ctx, r, at.year.Year-1, language)
	return in, err
}

// CheckReport notes that somebody looked through a year's report as it stands, with what the check
// found in it. Refusals: Forbidden, NotFound, Invalid note.
func (a *App) CheckReport(ctx context.Context, actor kpi.Actor, y kpi.Year, note string) error {
	if err := actor.MayCheckReport(); err != nil {
		return err
	}
	var m kpi.Mistakes
	readTexts(&m, passage("note", &note))
	if err := m.Err(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		s, digest, err := a.snapshot(ctx, &w.Reader, actor, y)
		if err != nil {
			return err
		}
		errors, warnings, err := a.counted(ctx, &w.Reader, s)
		if err != nil {
			return err
		}
		c := kpi.ReportCheck{Year: y, SHA256: digest, Errors: errors, Warnings: warnings, Note: note, Author: actor.Name, At: a.stamp()}
		if err := w.InsertReportCheck(ctx, c); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.check", yearSubject(y), c)
	})
}

// counted is how many errors and warnings the check finds.
func (a *App) counted(ctx context.Context, r *store.Reader, s report.Snapshot) (errors, warnings int, err error) {
	in, err := a.checkSnapshot(ctx, r, s, report.Languages[0])
	if err != nil {
		return 0, 0, err
	}
	for _, f := range report.Check(in) {
		switch f.Severity {
		case report.SeverityError:
			errors++
		case report.SeverityWarning:
			warnings++
		}
	}
	return errors, warnings, nil
}

// SignReport freezes a year's report as it was checked, as its next version. Earlier versions stay.
// Refusals: Forbidden; NotFound; Conflict report_not_checked; Invalid reason, which is compulsory over errors.
func (a *App) SignReport(ctx context.Context, actor kpi.Actor, y kpi.Year, reason string) (kpi.ReportSigning, error) {
	if err := actor.MaySign(); err != nil {
		return kpi.ReportSigning{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, passage("reason", &reason))
	if err := m.Err(); err != nil {
		return kpi.ReportSigning{}, err
	}
	return write(ctx, a, func(w *store.Writer) (x kpi.ReportSigning, err error) {
		s, digest, err := a.snapshot(ctx, &w.Reader, actor, y)
		if err != nil {
			return x, err
		}
		check, ok, err := w.ReportCheck(ctx, y)
		if err != nil {
			return x, err
		}
		if !ok || check.SHA256 != digest {
			return x, kpi.Clash("report_not_checked")
		}
		if check.Errors > 0 && reason == "" {
			m.Add("reason", "sign_reason_missing", check.Errors)
			return x, m.Err()
		}
		earlier, err := w.ReportSignings(ctx, y)
		if err != nil {
			return x, err
		}
		x = kpi.ReportSigning{Year: y, Number: len(earlier) + 1, AsOf: s.Input.Board.AsOf.Period, Errors: check.Errors, Reason: reason,
			Author: actor.Name, At: a.stamp()}
		if x.Body, err = s.Encode(); err != nil {
			return x, err
		}
		x.SHA256 = report.Sum(x.Body)
		if err := w.InsertReportSigning(ctx, x); err != nil {
			return x, err
		}
		kept := x
		kept.Body = "" // the audit log names it by its hash
		return x, a.audit(ctx, w, actor, "report.sign", yearSubject(y), kept)
	})
}

// Signed is a signed version of a year's report, with what is no longer so: against the records as
// they stand, or against another version where one is named. Refusals: Forbidden, NotFound.
func (a *App) Signed(ctx context.Context, actor kpi.Actor, y kpi.Year, number, against int, language string) (SignedView, error) {
	if err := actor.MayReport(); err != nil {
		return SignedView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v SignedView, err error) {
		var frozen report.Snapshot
		if v.Signing, frozen, err = signed(ctx, r, y, number); err != nil {
			return v, err
		}
		v.Input = frozen.In(language)
		if v.Signings, err = r.ReportSignings(ctx, y); err != nil {
			return v, err
		}
		other := report.Snapshot{}
		if against != 0 {
			_, other, err = signed(ctx, r, y, against)
		} else {
			other, _, err = a.snapshot(ctx, r, actor, y)
		}
		if err == nil {
			v.Changes = report.Changes(v.Input, other.In(language))
		}
		return v, err
	})
}

// SignedView is a signed version.
type SignedView struct {
	Signing  kpi.ReportSigning
	Input    report.Input // as it was signed
	Changes  []report.Change
	Signings []kpi.ReportSigning // of the year
}

// signed reads a signed version and refuses to show one that is not what was signed.
func signed(ctx context.Context, r *store.Reader, y kpi.Year, number int) (x kpi.ReportSigning, s report.Snapshot, err error) {
	if x, err = r.ReportSigning(ctx, y, number); err != nil {
		return x, s, err
	}
	if report.Sum(x.Body) != x.SHA256 {
		return x, s, kpi.Clash("signing_damaged", number)
	}
	s, err = report.DecodeSnapshot(x.Body)
	return x, s, err
}

// verifySignings compares what was signed with its hash.
func verifySignings(ctx context.Context, r *store.Reader, years []kpi.YearInfo) ([]string, error) {
	var out []string
	for _, y := range years {
		list, err := r.ReportSignings(ctx, y.Year)
		if err != nil {
			return out, err
		}
		for _, x := range list {
			_, _, err := signed(ctx, r, y.Year, x.Number)
			if isRefusal(err, kpi.Conflict) {
				out = append(out, yearSubject(y.Year)+": a signed report is not what was signed")
			} else if err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

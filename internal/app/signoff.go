package app

import (
	"context"
	"errors"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/store"
)

// ReportState is how far a year's report has come.
type ReportState string

// The states. A signed report that differs from the records is still signed; the differences are listed
// beside it.
const (
	ReportDraft   ReportState = "draft"
	ReportChecked ReportState = "checked"
	ReportSigned  ReportState = "signed"
	ReportChanged ReportState = "changed" // after the last signing
)

// SigningView is a year's sign-off as the page shows it.
type SigningView struct {
	Input    check.Input // as it is now, in the language asked for
	Findings []check.Finding
	State    ReportState
	Check    *kpi.ReportCheck    // the latest; nil if there is none
	Fresh    bool                // nothing has changed since that check
	Signings []kpi.ReportSigning // in order, without bodies
	Changes  []report.Change     // since the last signing
	Damaged  *kpi.Error          // the last signed version is not what was signed; there are no Changes then
	MayCheck bool
	MaySign  bool
}

// Signing returns how far a year's report has come. Refusals: NotFound, Forbidden.
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
		v.Findings, v.State = check.Report(v.Input), ReportDraft
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

// sinceSigning compares the report with its last signed version.
func (a *App) sinceSigning(ctx context.Context, r *store.Reader, v *SigningView, language string) error {
	if len(v.Signings) == 0 {
		return nil
	}
	_, frozen, err := signed(ctx, r, v.Input.Board.Year.Year, v.Signings[len(v.Signings)-1].Number)
	if isRefusal(err, kpi.Conflict) && errors.As(err, &v.Damaged) {
		return nil
	}
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

// snapshot returns a year's report as it is now, and the digest by which it is checked and signed.
func (a *App) snapshot(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year) (s report.Snapshot,
	digest string, err error) {
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

// checkSnapshot returns what the check examines in a report as it is now.
func (a *App) checkSnapshot(ctx context.Context, r *store.Reader, s report.Snapshot,
	language string) (in check.Input, err error) {
	in.Input = s.In(language)
	at := scope{year: s.Input.Board.Year, unit: s.Input.Board.Unit, asOf: s.Input.Board.AsOf}
	if in.Wordings, err = wordings(ctx, r, at); err != nil {
		return in, err
	}
	in.Before, err = reportTexts(ctx, r, at.year.Year-1, language)
	return in, err
}

// CheckReport records that somebody checked a year's report as it is now, with the findings. The same
// note by the same person on an unchanged report is recorded once. Refusals: Forbidden, NotFound,
// Invalid note.
func (a *App) CheckReport(ctx context.Context, actor kpi.Actor, y kpi.Year, note string) (kpi.ReportCheck, error) {
	if err := actor.MayCheckReport(); err != nil {
		return kpi.ReportCheck{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, longText("note", &note))
	if err := m.Err(); err != nil {
		return kpi.ReportCheck{}, err
	}
	return write(ctx, a, func(w *store.Writer) (c kpi.ReportCheck, err error) {
		s, digest, err := a.snapshot(ctx, &w.Reader, actor, y)
		if err != nil {
			return c, err
		}
		latest, ok, err := w.ReportCheck(ctx, y)
		if err != nil {
			return latest, err
		}
		found, err := a.found(ctx, &w.Reader, s)
		if err != nil {
			return c, err
		}
		if ok && latest.SHA256 == digest && latest.Author == actor.Name && latest.Note == note &&
			latest.Errors == check.Errors(found) && latest.Warnings == check.Warnings(found) {
			return latest, nil
		}
		c = kpi.ReportCheck{Year: y, SHA256: digest, Errors: check.Errors(found), Warnings: check.Warnings(found),
			Note: note, Author: actor.Name, At: a.stamp()}
		if err := w.InsertReportCheck(ctx, c); err != nil {
			return c, err
		}
		return c, a.audit(ctx, w, actor, "report.check", yearSubject(y), c)
	})
}

// found returns the check's findings in a report as it is now.
func (a *App) found(ctx context.Context, r *store.Reader, s report.Snapshot) ([]check.Finding, error) {
	in, err := a.checkSnapshot(ctx, r, s, report.Languages[0])
	if err != nil {
		return nil, err
	}
	return check.Report(in), nil
}

// NewSigning is what the signer of a report states.
type NewSigning struct {
	Reason string // required if there are errors
	Key    string // idempotency key
	Office string // the address under which everybody opens this server, such as https://kpi.example.cn; "" if not known
}

// auditCheck is the path of the page that codes of the audit log are checked on.
const auditCheck = "/audit"

// SignReport freezes a year's report, as it was checked, as its next version. Earlier versions stay.
// Refusals: Forbidden; NotFound; Conflict report_not_checked; Invalid reason, which is required if
// there are errors. The last two list the errors that the check found.
func (a *App) SignReport(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewSigning) (kpi.ReportSigning, error) {
	if err := actor.MaySign(); err != nil {
		return kpi.ReportSigning{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, longText("reason", &n.Reason))
	if err := m.Err(); err != nil {
		return kpi.ReportSigning{}, err
	}
	number := func(x kpi.ReportSigning) int64 { return int64(x.Number) }
	return once(ctx, a, answerKey{actor.Name, n.Key, []any{"sign", y, n.Reason}},
		func(w *store.Writer) (kpi.ReportSigning, error) {
			return a.signReport(ctx, w, actor, y, n)
		}, number, func(w *store.Writer, number int64) (kpi.ReportSigning, error) {
			x, err := w.ReportSigning(ctx, y, int(number))
			x.Body = ""
			return x, err
		})
}

func (a *App) signReport(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year,
	n NewSigning) (x kpi.ReportSigning, err error) {
	s, digest, err := a.snapshot(ctx, &w.Reader, actor, y)
	if err != nil {
		return x, err
	}
	check, ok, err := w.ReportCheck(ctx, y)
	if err != nil {
		return x, err
	}
	if checked := ok && check.SHA256 == digest; !checked || check.Errors > 0 && n.Reason == "" {
		return x, a.notSigned(ctx, &w.Reader, s, checked)
	}
	earlier, err := w.ReportSignings(ctx, y)
	if err != nil {
		return x, err
	}
	x = kpi.ReportSigning{Year: y, Number: len(earlier) + 1, AsOf: s.Input.Board.AsOf.Period,
		Errors: check.Errors, Reason: n.Reason,
		Author: actor.Name, At: a.stamp()}
	head, err := w.AuditHead(ctx)
	if err != nil {
		return x, err
	}
	s.Input.AuditCode = head.String()
	if n.Office != "" {
		s.Input.AuditPage = n.Office + auditCheck
	}
	if x.Body, err = s.Encode(); err != nil {
		return x, err
	}
	x.SHA256 = report.Sum(x.Body)
	if err := w.InsertReportSigning(ctx, x); err != nil {
		return x, err
	}
	x.Body = "" // the audit log identifies it by its hash
	return x, a.audit(ctx, w, actor, "report.sign", yearSubject(y), x)
}

// maxToldErrors is how many errors a refusal to sign lists.
const maxToldErrors = 20

// notSigned returns the refusal of a report that nobody has checked in its present state, or that has
// errors and no reason to sign in spite of them; it lists the errors.
func (a *App) notSigned(ctx context.Context, r *store.Reader, s report.Snapshot, checked bool) error {
	found, err := a.found(ctx, r, s)
	if err != nil {
		return err
	}
	n := check.Errors(found)
	refusal := &kpi.Error{Code: kpi.Conflict, Text: kpi.T("report_not_checked"),
		Fields: []kpi.Field{{Name: "check", Text: kpi.T("report_not_checked")}}}
	if checked {
		refusal = &kpi.Error{Code: kpi.Invalid, Text: kpi.T("sign_reason_missing", n),
			Fields: []kpi.Field{{Name: "reason", Text: kpi.T("sign_reason_missing", n)}}}
	}
	for _, f := range found { // errors come first
		if f.Severity != check.SeverityError || len(refusal.Fields) > maxToldErrors {
			break
		}
		if f.Mark == nil {
			refusal.Fields = append(refusal.Fields, kpi.Field{Name: "report", Text: f.Text})
		}
	}
	return refusal
}

// Signed returns a signed version of a year's report and what has changed since: compared with the
// present records, or with another version if against names one. Refusals: Forbidden, NotFound.
func (a *App) Signed(ctx context.Context, actor kpi.Actor, y kpi.Year, number, against int,
	language string) (SignedView, error) {
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
	Input    report.Input // as signed
	Changes  []report.Change
	Signings []kpi.ReportSigning // all of the year
}

// signed reads a signed version and refuses one that is not what was signed.
func signed(ctx context.Context, r *store.Reader, y kpi.Year, number int) (x kpi.ReportSigning,
	s report.Snapshot, err error) {
	if x, err = r.ReportSigning(ctx, y, number); err != nil {
		return x, s, err
	}
	if report.Sum(x.Body) != x.SHA256 {
		return x, s, kpi.Clash("signing_damaged", number)
	}
	s, err = report.DecodeSnapshot(x.Body)
	return x, s, err
}

package demo

import (
	"bytes"
	"fmt"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// mishap is a mistake that somebody makes with an entry first (sample/corrections.csv).
type mishap struct{ act, wrong, reason string }

// attachment is a file that belongs to an entry (sample/evidence.csv).
type attachment struct {
	name      string
	sensitive bool
}

// log logs the entries day by day: the reporter for her own township, the office for the rest. The last
// ones are reviewed.
func (l *loader) log(all []entry, stories []story) error {
	measures := map[string]kpi.Measure{}
	for _, s := range stories {
		measures[s.indicator] = s.measure
	}
	mishaps, err := readMishaps()
	if err != nil {
		return err
	}
	files, err := readAttachments()
	if err != nil {
		return err
	}
	latest := map[string]kpi.Date{}
	for _, e := range all {
		latest[e.indicator+"/"+e.unit] = e.dated
	}
	hand := func(e entry) error {
		of := e.indicator + "/" + e.unit
		own := files[of+"/"+string(e.dated[5:])]
		if e.dated == latest[of] {
			own = append(own[:len(own):len(own)], files[of+"/latest"]...)
		}
		err := l.logEntry(e, measures[e.indicator], mishaps[fmt.Sprintf("%s/%d", of, e.dated.Period().Month)], own)
		if err != nil {
			return fmt.Errorf("%s, %s, %s: %w", e.indicator, e.unit, e.dated, err)
		}
		return nil
	}
	late, locks := l.lateEntry(all)
	for i, e := range all {
		if i == max(0, len(all)-reviewed) {
			if locks {
				if err := l.lockJanuary(func() error { return hand(all[late]) }); err != nil {
					return fmt.Errorf("lock January: %w", err)
				}
			}
			if _, err := l.app.SetReview(l.ctx, l.actors[kpi.Admin], kpi.SubmittedCount); err != nil {
				return err
			}
		}
		if locks && i == late {
			continue
		}
		if err := hand(e); err != nil {
			return err
		}
	}
	return l.review(all, measures)
}

func (l *loader) logEntry(e entry, measure kpi.Measure, wrong mishap, files []attachment) error {
	actor, origin := l.actors[kpi.Staff], kpi.FromForm
	switch e.unit {
	case reportingUnit:
		actor = l.actors[kpi.Reporter]
	case l.root():
	default:
		origin = kpi.FromImport // townships send spreadsheets
	}
	right := kpi.NewUpdate{Indicator: e.indicator, Unit: e.unit, Dated: e.dated, Level: e.level,
		Note: e.note, Origin: origin}
	var err error
	if e.level == "" {
		if right.Quantity, err = intake.Quantity(e.written, measure); err != nil {
			return err
		}
	}
	var update kpi.Update
	if wrong.act == string(kpi.ActCorrect) {
		update, err = l.corrected(actor, right, wrong)
	} else {
		update, err = l.app.LogUpdate(l.ctx, actor, right)
	}
	if err == nil && wrong.act == string(kpi.ActWithdraw) {
		err = l.withdrawn(actor, right, wrong)
	}
	for _, file := range files {
		if err == nil {
			_, err = l.app.AttachEvidence(l.ctx, actor, update.ID, app.NewEvidence{Name: file.name, Sensitive: file.sensitive,
				Content: bytes.NewReader(document(file.name))})
		}
	}
	return err
}

// corrected logs a wrong figure first and then corrects it.
func (l *loader) corrected(actor kpi.Actor, right kpi.NewUpdate, m mishap) (kpi.Update, error) {
	first := right
	var err error
	if first.Quantity, err = mistaken(right.Quantity, m.wrong); err != nil {
		return kpi.Update{}, err
	}
	u, err := l.app.LogUpdate(l.ctx, actor, first)
	if err != nil {
		return u, err
	}
	return l.app.CorrectUpdate(l.ctx, actor, u.ID, right, m.reason)
}

// withdrawn logs an entry that should not exist and withdraws it.
func (l *loader) withdrawn(actor kpi.Actor, right kpi.NewUpdate, m mishap) error {
	again := right
	var err error
	if again.Quantity, err = mistaken(right.Quantity, m.wrong); err != nil {
		return err
	}
	u, err := l.app.LogUpdate(l.ctx, actor, again)
	if err != nil {
		return err
	}
	_, err = l.app.WithdrawUpdate(l.ctx, actor, u.ID, m.reason, "", right.Origin)
	return err
}

// mistaken returns a wrong figure: "x10" ten times, "+6" six too many, "-3" three too few.
func mistaken(q kpi.Quantity, how string) (kpi.Quantity, error) {
	if times, ok := strings.CutPrefix(how, "x"); ok {
		n, err := intake.Number(times)
		a := q.Amount.Times(int64(n), int64(kpi.One))
		return kpi.Quantity{Amount: a, Precision: q.Precision, Wording: a.String()}, err
	}
	n, err := intake.Number(how)
	a := max(q.Amount+n, 0)
	return kpi.Quantity{Amount: a, Precision: q.Precision, Wording: a.String()}, err
}

func readMishaps() (map[string]mishap, error) {
	rows, err := table("sample/corrections.csv")
	out := map[string]mishap{}
	for _, r := range rows {
		out[r["indicator"]+"/"+r["unit"]+"/"+r["month"]] = mishap{r["act"], r["wrong"], r["reason"]}
	}
	return out, err
}

// readAttachments returns the files by indicator, unit and day; the day "latest" is the newest entry's.
func readAttachments() (map[string][]attachment, error) {
	rows, err := table("sample/evidence.csv")
	out := map[string][]attachment{}
	for _, r := range rows {
		of := r["indicator"] + "/" + r["unit"] + "/" + r["day"]
		out[of] = append(out[of], attachment{r["name"], r["sensitive"] == "yes"})
	}
	return out, err
}

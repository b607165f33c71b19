package app

import (
	"context"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// loggedIndicators are those that the whole office has entries of in the year, read only where a row would log one.
func loggedIndicators(ctx context.Context, r *store.Reader, p Proposal) (map[kpi.IndicatorID]bool, error) {
	out := map[kpi.IndicatorID]bool{}
	if !slices.ContainsFunc(p.Rows, func(row ProposedIndicator) bool { return row.Figure != "" }) {
		return out, nil
	}
	root, err := r.Root(ctx)
	if err != nil {
		return nil, err
	}
	updates, err := r.UnitUpdates(ctx, p.Year, root.ID)
	if err != nil {
		return nil, err
	}
	withdrawn := map[kpi.UpdateID]bool{}
	for _, u := range updates {
		if u.Act == kpi.ActWithdraw {
			withdrawn[u.Answers] = true
		}
	}
	for _, u := range updates {
		if u.Act == kpi.ActLog && !withdrawn[u.ID] {
			out[u.Indicator] = true
		}
	}
	return out, nil
}

// forgotten reports whether an indicator that was put away is no longer the one a row names: it counted something
// else.
func (c *proposalCheck) forgotten(ind kpi.Indicator, row ProposedIndicator) bool {
	m := kpi.Measure(row.Measure).Canonical()
	return ind.ArchivedAt != 0 && !c.inYear[ind.ID] &&
		(m != "" && m != ind.Measure || row.kind() != "" && row.kind() != ind.Kind)
}

// concludeParts drops what was guessed about other rows that are not taken: a rate whose parts are missing is read.
func (c *proposalCheck) concludeParts(row *ProposalRow) {
	guessed := func(field string) bool { return slices.Contains(row.Guessed, field) }
	if row.PartOf != "" && guessed("part_of") && !c.names(row.PartOf) {
		row.PartOf = ""
	}
	if guessed("numerator") && row.kind() == kpi.Ratio && !(c.names(row.Numerator) && c.names(row.Denominator)) {
		row.Kind, row.Numerator, row.Denominator = string(kpi.Running), "", ""
	}
}

// names reports whether a text names an indicator that there is or will be.
func (c *proposalCheck) names(text string) bool {
	return slices.ContainsFunc(c.all, func(ind kpi.Indicator) bool {
		return ind.ArchivedAt == 0 && (ind.Code == text || intake.PlainName(ind.Name) == intake.PlainName(text))
	}) || slices.ContainsFunc(c.rows, func(row ProposalRow) bool {
		return row.Do != ProposalLeave && intake.PlainName(row.Name) == intake.PlainName(text)
	})
}

func hasDigit(s string) bool {
	return strings.ContainsAny(s, "0123456789０１２３４５６７８９")
}

// checkFigure reads what a row says was achieved. There is no entry where the office has one already, or where
// a ratio is computed from its parts.
func (c *proposalCheck) checkFigure(i int) {
	row := &c.rows[i]
	if row.Figure == "" || row.ind.Kind == kpi.Ratio || row.ind.SumOf != "" || row.Exists != nil && c.logged[row.ind.ID] {
		return
	}
	n := kpi.NewUpdate{Indicator: row.ind.Code, Unit: c.root.Code, Origin: kpi.FromImport, Dated: c.dated(*row)}
	var m kpi.Mistakes
	if n.Dated == "" {
		_, err := kpi.ParseDate(row.Date)
		m.Check("date", err)
		if err == nil {
			m.Add("date", "date_other_year", row.Date, int(c.Year))
		}
	}
	if row.ind.Kind == kpi.Level {
		goal := intake.ReadGoal(row.Figure, "")
		if n.Level = goal.Level; n.Level == "" {
			n.Level = kpi.LevelMet
		}
		n.Quantity = kpi.Quantity{Amount: kpi.Whole(100), Precision: kpi.Exact, Wording: row.Figure}
	} else {
		q, err := intake.Quantity(row.Figure, row.ind.Measure)
		m.Check("figure", err)
		n.Quantity = q
	}
	if m.Err() == nil {
		c.blameFigure(&m, n.Check(row.ind, c.today))
	}
	if err := m.Err(); err != nil {
		c.blame(i, err)
		return
	}
	row.entry = &n
}

// blameFigure notes an entry's mistakes at the fields of the row.
func (c *proposalCheck) blameFigure(m *kpi.Mistakes, err error) {
	e, ok := refusalOf(err)
	if !ok {
		return
	}
	for _, f := range e.Fields {
		if f.Name != "date" {
			f.Name = "figure"
		}
		m.Add(f.Name, f.Text.Key, f.Text.Args...)
	}
}

// dated is the day of a row's figure: as it says, the year's end otherwise, and never after today. "": no day of
// the year.
func (c *proposalCheck) dated(row ProposalRow) kpi.Date {
	d := kpi.Period{Year: c.Year, Month: 12}.End()
	if row.Date != "" {
		read, err := intake.Date(row.Date)
		if err != nil || read.Year() != c.Year {
			return ""
		}
		d = read
	}
	if d > c.today && c.today.Year() == c.Year {
		return c.today
	}
	return d
}

// insertFigures logs what the rows say was achieved.
func (a *App) insertFigures(ctx context.Context, w *store.Writer, actor kpi.Actor, c *proposalCheck) error {
	for _, row := range c.rows {
		if row.entry == nil || row.Do == ProposalLeave {
			continue
		}
		n := *row.entry
		n.Indicator = row.ind.Code
		e, err := a.logUpdate(ctx, w, actor, n)
		if err != nil {
			return err
		}
		c.entryIDs = append(c.entryIDs, e.ID)
	}
	return nil
}

package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// builtOn collects what was built on an adoption since it was made, so that one sentence says all of it.
type builtOn struct {
	*store.Reader
	adoption kpi.Adoption
	made     AdoptionMade
	names    map[kpi.IndicatorID]kpi.Name
	found    []kpi.Field
}

// check refuses what can no longer be undone: 409 adoption_built, whose fields say each of what was built on it.
func (a *App) builtOn(ctx context.Context, r *store.Reader, adoption kpi.Adoption, made AdoptionMade) error {
	b := &builtOn{Reader: r, adoption: adoption, made: made, names: map[kpi.IndicatorID]kpi.Name{}}
	indicators, err := r.Indicators(ctx)
	if err != nil {
		return err
	}
	for _, ind := range indicators {
		b.names[ind.ID] = ind.Names()
	}
	b.related(indicators)
	for _, count := range []func(context.Context) error{b.signings, b.entries, b.targets, b.said, b.texts, b.money,
		b.units} {
		if err := count(ctx); err != nil {
			return err
		}
	}
	if len(b.found) == 0 {
		return nil
	}
	all := b.found[0].Text
	for _, f := range b.found[1:] {
		all = kpi.T("adoption_built_and", all, f.Text)
	}
	return &kpi.Error{Code: kpi.Conflict, Text: kpi.T("adoption_built", all), Fields: b.found}
}

// tell notes that n of something were built on the indicators named.
func (b *builtOn) tell(what string, key string, n int, args ...any) {
	if n > 0 {
		b.found = append(b.found, kpi.Field{Name: what, Text: kpi.T(key, append([]any{n}, args...)...)})
	}
}

// tellOf notes how much was built on which indicators: the first by name, the others as a count.
func (b *builtOn) tellOf(what, key string, built store.Built) {
	n, first, others := 0, kpi.IndicatorID(0), 0
	for _, id := range b.indicators() {
		if built[int64(id)] == 0 {
			continue
		}
		n += built[int64(id)]
		if others++; first == 0 {
			first = id
		}
	}
	b.tell(what, key, n, b.names[first], others)
}

// indicators are those the adoption made or took into the year.
func (b *builtOn) indicators() []kpi.IndicatorID {
	return slices.Concat(b.made.Indicators, b.made.Joined)
}

// related counts indicators that were added since and refer to those made, or stand in areas that were.
func (b *builtOn) related(indicators []kpi.Indicator) {
	parts, inAreas := store.Built{}, 0
	for _, ind := range indicators {
		if slices.Contains(b.made.Indicators, ind.ID) {
			continue
		}
		if slices.Contains(b.made.Areas, ind.Area) {
			inAreas++
		}
		for _, of := range slices.Concat([]kpi.IndicatorID{ind.PartOf, ind.Numerator, ind.Denominator}, ind.SumOf.IDs()) {
			if slices.Contains(b.made.Indicators, of) {
				parts[int64(of)]++
			}
		}
	}
	b.tellOf("indicators", "adoption_built_part", parts)
	b.tell("areas", "adoption_built_area", inAreas)
}

func (b *builtOn) signings(ctx context.Context) error {
	signings, err := b.ReportSignings(ctx, b.adoption.Year)
	b.tell("signings", "adoption_built_signing", len(signings))
	return err
}

// entries counts what was logged of the indicators since, and the evidence of entries that were adopted. Refusal:
// Conflict where a month of theirs is locked.
func (b *builtOn) entries(ctx context.Context) error {
	locks, err := cachedLocks(ctx, b.Reader, b.adoption.Year)
	if err != nil {
		return err
	}
	built := store.Built{}
	for _, id := range b.indicators() {
		var locked error
		err := b.EachUpdate(ctx, b.adoption.Year, id, nil, func(u kpi.Update) {
			if int64(u.ID) > b.made.Since["updates"] {
				built[int64(id)]++
			}
			if locked == nil && slices.Contains(b.made.Entries, u.ID) {
				locked = locks.CheckOpen(u.Dated)
			}
		})
		if err = firstError(err, locked); err != nil {
			return err
		}
	}
	b.tellOf("updates", "adoption_built_entry", built)
	files, err := b.EvidenceOf(ctx, b.made.Entries)
	b.tell("evidence", "adoption_built_evidence", len(files))
	return err
}

func (b *builtOn) targets(ctx context.Context) error {
	built := store.Built{}
	for _, id := range b.indicators() {
		targets, err := b.IndicatorTargets(ctx, b.adoption.Year, id)
		if err != nil {
			return err
		}
		for _, t := range targets {
			if int64(t.ID) > b.made.Since["targets"] {
				built[int64(id)]++
			}
		}
	}
	b.tellOf("targets", "adoption_built_target", built)
	return nil
}

// said counts explanations, questions, scores, outlooks, expectations and projects of the indicators.
func (b *builtOn) said(ctx context.Context) error {
	built, err := b.BuiltOnIndicators(ctx, b.adoption.Year, b.indicators(), b.made.Since, b.adoption.At)
	b.tellOf("explanations", "adoption_built_explanation", built["explanation"])
	b.tellOf("questions", "adoption_built_question", built["question"])
	b.tellOf("scores", "adoption_built_score", built["score"])
	b.tellOf("outlooks", "adoption_built_outlook", built["outlook"])
	b.tellOf("expectations", "adoption_built_expectation", built["expectation"])
	b.tellOf("projects", "adoption_built_project", built["project"])
	return err
}

// texts counts texts that were written on, drafts of them, notes beside them, and other texts that cite the indicators.
func (b *builtOn) texts(ctx context.Context) error {
	own, written, drafts := map[string]bool{}, 0, 0
	for _, t := range b.made.Texts {
		own[t.Section] = true
		latest, err := b.TextVersions(ctx, t.TextPlace, 1)
		if err != nil {
			return err
		}
		if len(latest) > 0 && latest[0].ID != t.ID {
			written++
		}
		n, err := b.DraftsOf(ctx, t.TextPlace)
		if err != nil {
			return err
		}
		drafts += n
	}
	b.tell("texts", "adoption_built_text", written)
	b.tell("drafts", "adoption_built_draft", drafts)
	notes, err := b.ReportNotes(ctx, b.adoption.Year)
	if err != nil {
		return err
	}
	remarks := 0
	for _, n := range notes {
		if own[n.Section] && int64(n.ID) > b.made.Since["report_notes"] {
			remarks++
		}
	}
	b.tell("notes", "adoption_built_note", remarks)
	return b.citing(ctx, own)
}

func (b *builtOn) citing(ctx context.Context, own map[string]bool) error {
	codes := map[string]bool{}
	for _, id := range b.made.Indicators {
		ind, err := b.IndicatorByID(ctx, id)
		if err != nil {
			return err
		}
		codes[ind.Code] = true
	}
	citing := 0
	for _, language := range []string{"zh-CN", "en"} {
		texts, err := b.ReportTexts(ctx, b.adoption.Year, language)
		if err != nil {
			return err
		}
		for section, body := range texts {
			if own[section] && language == b.made.Texts[0].Language {
				continue
			}
			for token := range strings.SplitSeq(body, "⟦") {
				if code, _, _ := strings.Cut(strings.TrimSpace(token), "·"); codes[strings.TrimSuffix(code, "⟧")] {
					citing++
					break
				}
			}
		}
	}
	b.tell("cited", "adoption_built_cited", citing)
	return nil
}

// money notes whether staff or budget say something else by now.
func (b *builtOn) money(ctx context.Context) error {
	staff, err := b.Staffing(ctx, b.adoption.Year)
	if err != nil {
		return err
	}
	lines, err := b.BudgetLines(ctx, b.adoption.Year)
	if err != nil {
		return err
	}
	b.tell("staff", "adoption_built_staff", changedOf(b.made.Staff, staff))
	b.tell("budget", "adoption_built_budget", changedOf(b.made.Budget, lines))
	return nil
}

// changedOf counts those that are no longer among what there is.
func changedOf[T any](made, there []T) (n int) {
	var now []string
	for _, v := range there {
		raw, _ := json.Marshal(v) //nolint:errcheck // plain data
		now = append(now, string(raw))
	}
	for _, v := range made {
		raw, _ := json.Marshal(v) //nolint:errcheck // plain data
		if !slices.Contains(now, string(raw)) {
			n++
		}
	}
	return n
}

// units counts what uses the units that were made, beside those made with them.
func (b *builtOn) units(ctx context.Context) error {
	built, err := b.BuiltOnUnits(ctx, b.made.Units)
	if err != nil {
		return err
	}
	used := 0
	var first kpi.Name
	for _, id := range b.made.Units {
		u, err := b.UnitByID(ctx, id)
		if err != nil {
			return err
		}
		if slices.Contains(b.made.Units, u.Parent) {
			built[int64(u.Parent)]--
		}
	}
	for _, id := range b.made.Units {
		if built[int64(id)] <= 0 {
			continue
		}
		if used++; used == 1 {
			u, err := b.UnitByID(ctx, id)
			if err != nil {
				return err
			}
			first = u.Names()
		}
	}
	b.tell("units", "adoption_built_unit", used, first)
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

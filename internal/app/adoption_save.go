package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// AdoptionMade is what was made of an old report, all that undoing needs.
type AdoptionMade struct {
	Areas      []kpi.AreaID
	Indicators []kpi.IndicatorID // made, or taken back into use
	Joined     []kpi.IndicatorID // there already, taken into the year
	Targets    []kpi.TargetID
	Entries    []kpi.UpdateID
	Texts      []kpi.TextVersion
	Before     []string // what stood there before each text
	Staff      []kpi.StaffCount
	Budget     []kpi.BudgetLine
	Units      []kpi.UnitID     `json:",omitempty"` // parents first
	Since      map[string]int64 // the largest number of each table's rows; what is newer was built on it
	Counted    AdoptionCounts   // what the answer said
}

// AdoptionCounts is how much was made.
type AdoptionCounts struct{ Created, Targets, Entries, Left int }

// KeepAdoption keeps a draft as it was changed. Where a row was renamed, those that name it follow. Refusals:
// Forbidden; NotFound; Conflict for a closed year or adoption_made.
func (a *App) KeepAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID,
	body AdoptionBody) error {
	if err := mayPropose(actor, Proposal{Rows: body.Rows}); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		_, err := a.keepAdoption(ctx, w, actor, y, id, body)
		return err
	})
}

func (a *App) keepAdoption(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID,
	body AdoptionBody) (Adopting, error) {
	if err := openYear(ctx, &w.Reader, y); err != nil {
		return Adopting{}, err
	}
	kept, err := readAdoption(ctx, &w.Reader, y, id)
	if err != nil {
		return kept, err
	}
	if kept.State == kpi.AdoptionMade {
		return kept, kpi.Clash("adoption_made")
	}
	body.follow(kept.Rows)
	kept.AdoptionBody = body
	raw, err := json.Marshal(body)
	if err != nil {
		return kept, fmt.Errorf("keep an adoption: %w", err)
	}
	kept.Body, kept.Author, kept.At, kept.State = string(raw), actor.Name, a.stamp(), kpi.AdoptionDraft
	return kept, w.SetAdoption(ctx, kept.Adoption)
}

// follow renames what rows say of others that were renamed.
func (b *AdoptionBody) follow(before []ProposedIndicator) {
	renamed := map[string]string{}
	for _, old := range before {
		for _, row := range b.Rows {
			if row.Row == old.Row && old.Name != "" && row.Name != old.Name {
				renamed[old.Name] = row.Name
			}
		}
	}
	for i := range b.Rows {
		for _, at := range []*string{&b.Rows[i].PartOf, &b.Rows[i].Numerator, &b.Rows[i].Denominator} {
			if now, ok := renamed[*at]; ok {
				*at = now
			}
		}
	}
}

// MakeAdoption keeps a draft as it was changed and makes all of it at once: areas, indicators, targets, the year's
// entries, texts, staff and budget, in one transaction. With any mistake nothing is made, and the draft is kept.
//
// Refusals: Forbidden; NotFound; Conflict for a closed year or adoption_made.
func (a *App) MakeAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID,
	body AdoptionBody) (Adopting, error) {
	if err := a.KeepAdoption(ctx, actor, y, id, body); err != nil {
		return Adopting{}, err
	}
	out, err := write(ctx, a, func(w *store.Writer) (Adopting, error) {
		return a.makeAdoption(ctx, w, actor, y, id)
	})
	if errors.Is(err, errRowsRefused) {
		out, err = a.Adoption(ctx, actor, y, id)
	}
	return out, err
}

func (a *App) makeAdoption(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year,
	id kpi.AdoptionID) (Adopting, error) {
	out, err := readAdoption(ctx, &w.Reader, y, id)
	if err != nil {
		return out, err
	}
	if out.State == kpi.AdoptionMade {
		return out, kpi.Clash("adoption_made")
	}
	c, result, err := a.proposed(ctx, w, actor, out.proposal(y))
	if err != nil {
		return out, err
	}
	out.Result = result
	made := c.made()
	if err := a.adoptMoney(ctx, w, y, out.AdoptionBody, &made); err != nil {
		return out, err
	}
	if out.Units, err = unitsOf(ctx, &w.Reader, out.AdoptionBody.Units); err != nil {
		return out, err
	}
	if err := a.adoptUnits(ctx, w, actor, out.AdoptionBody, &made); err != nil {
		return out, err
	}
	if err := a.adoptTexts(ctx, w, actor, c, out.AdoptionBody, &made); err != nil {
		return out, err
	}
	made.Counted = AdoptionCounts{result.Created, result.Targets, result.Entries, result.Left}
	if made.Since, err = w.Numbers(ctx); err != nil {
		return out, err
	}
	raw, err := json.Marshal(made)
	if err != nil {
		return out, fmt.Errorf("make an adoption: %w", err)
	}
	out.Made, out.State, out.Author, out.At = string(raw), kpi.AdoptionMade, actor.Name, a.stamp()
	if err := w.SetAdoption(ctx, out.Adoption); err != nil {
		return out, err
	}
	detail := map[string]any{"source": out.Source, "indicators": len(made.Indicators), "entries": len(made.Entries),
		"texts": len(made.Texts), "staff": made.Staff, "budget": made.Budget, "units": len(made.Units)}
	return out, a.audit(ctx, w, actor, "plan.adopt", yearSubject(y), detail)
}

// NewAdoption is what was read of a file or text, to be made at once.
type NewAdoption struct {
	Source string
	Body   AdoptionBody
	Key    string // idempotency key; "": none
}

// Adopt keeps what was read and makes all of it, as [App.StartAdoption] and [App.MakeAdoption] do one after the other.
// The same key and content once more make nothing, and tell how what was made then stands now.
//
// Refusals: theirs; Invalid key_malformed; Conflict key_reused.
func (a *App) Adopt(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewAdoption) (Adopting, error) {
	draft, err := a.newAdoption(actor, y, n.Source, n.Body)
	if err != nil {
		return Adopting{}, err
	}
	again := false
	id, err := once(ctx, a, answerKey{actor.Name, n.Key, []any{"adopt", y, n.Source, n.Body}},
		func(w *store.Writer) (kpi.AdoptionID, error) { return insertAdoption(ctx, w, draft) },
		func(id kpi.AdoptionID) int64 { return int64(id) },
		func(_ *store.Writer, id int64) (kpi.AdoptionID, error) { again = true; return kpi.AdoptionID(id), nil })
	if err != nil {
		return Adopting{}, err
	}
	if !again {
		return a.MakeAdoption(ctx, actor, y, id, n.Body)
	}
	kept, err := a.Adoption(ctx, actor, y, id)
	if err != nil || kept.State != kpi.AdoptionDraft || kept.Body != draft.Body {
		made := kept.MadeOf().Counted
		kept.Result.Created, kept.Result.Targets, kept.Result.Entries, kept.Result.Left = made.Created, made.Targets,
			made.Entries, made.Left
		return kept, err
	}
	return a.MakeAdoption(ctx, actor, y, id, n.Body)
}

// made tells what became of the rows.
func (c *proposalCheck) made() AdoptionMade {
	out := AdoptionMade{Targets: c.targetIDs, Entries: c.entryIDs}
	for _, id := range c.order {
		out.Areas = append(out.Areas, c.madeAreas[id])
	}
	for _, row := range c.rows {
		switch {
		case row.Do == ProposalCreate, row.Do == ProposalTarget && row.Exists.ArchivedAt != 0:
			out.Indicators = append(out.Indicators, row.ind.ID)
		case row.Do == ProposalTarget && !row.InYear:
			out.Joined = append(out.Joined, row.ind.ID)
		}
	}
	return out
}

// adoptMoney states staff and budget where the year has nothing stated yet.
func (a *App) adoptMoney(ctx context.Context, w *store.Writer, y kpi.Year, b AdoptionBody, made *AdoptionMade) error {
	if !b.NoStaff {
		there, err := w.Staffing(ctx, y)
		if err != nil {
			return err
		}
		stated := map[kpi.StaffKind]bool{}
		for _, c := range there {
			stated[c.Kind] = true
		}
		if err := (StaffingChange{Staff: b.Staff}).check(); err != nil {
			return err
		}
		for _, c := range b.Staff {
			if stated[c.Kind] {
				continue
			}
			if err := w.SetStaffing(ctx, y, c); err != nil {
				return err
			}
			made.Staff = append(made.Staff, c)
		}
	}
	if b.NoBudget {
		return nil
	}
	before, err := w.BudgetLines(ctx, y)
	if err != nil {
		return err
	}
	change := BudgetChange{Lines: b.Budget}
	if err := change.check(); err != nil {
		return err
	}
	stated := map[string]bool{}
	for _, l := range before {
		stated[string(l.Fund)+"/"+string(l.Nature)] = true
	}
	for _, l := range b.Budget {
		if stated[string(l.Fund)+"/"+string(l.Nature)] {
			continue
		}
		l.Year = y
		if err := a.setLine(ctx, w, kpi.Operator, change, before, l); err != nil {
			return err
		}
		made.Budget = append(made.Budget, l)
	}
	return nil
}

// textMarks are the marks of figures in a text.
var textMarks = regexp.MustCompile(`⟦#(\d+)(?:·(target|rate|number))?⟧`)

// adoptTexts writes the sections that have no words yet, with their figures as tokens.
func (a *App) adoptTexts(ctx context.Context, w *store.Writer, actor kpi.Actor, c *proposalCheck,
	body AdoptionBody, made *AdoptionMade) error {
	texts, language := body.Texts, body.language()
	if len(texts) == 0 {
		return nil
	}
	areas, err := w.Areas(ctx)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, area := range areas {
		codes[intake.PlainName(area.Name)] = area.Code
	}
	there, err := w.ReportTexts(ctx, c.Year, language)
	if err != nil {
		return err
	}
	s, err := a.rootScope(ctx, &w.Reader, kpi.Operator, Query{Year: c.Year})
	if err != nil {
		return err
	}
	in, err := a.report(ctx, &w.Reader, s, language)
	if err != nil {
		return err
	}
	bodies, order := map[report.SectionKey]string{}, []report.SectionKey{}
	for _, t := range texts {
		key := t.key(codes[intake.PlainName(t.Area)])
		if t.Section == string(intake.OldWork) && !in.Writes(key) {
			key = report.Performance // an area without figures has no place of its own
		}
		if t.Leave || there[string(key)] != "" || !in.Writes(key) {
			continue
		}
		if bodies[key] == "" {
			order = append(order, key)
		} else {
			bodies[key] += "\n"
		}
		bodies[key] += c.tokened(t)
	}
	for _, key := range order {
		text, err := reportText(bodies[key])
		if err != nil {
			return err
		}
		v := kpi.TextVersion{TextPlace: kpi.TextPlace{Year: c.Year, Section: string(key), Language: language},
			Author: actor.Name, At: a.stamp()}
		if v.Body, err = in.Kept(text); err != nil {
			return err
		}
		if v.ID, err = w.InsertTextVersion(ctx, v); err != nil {
			return err
		}
		made.Texts, made.Before = append(made.Texts, v), append(made.Before, there[string(key)])
	}
	return nil
}

// tokened is a text with the figures of what was taken as tokens, and those of what was not as they were written.
func (c *proposalCheck) tokened(t AdoptedText) string {
	return textMarks.ReplaceAllStringFunc(t.Body, func(mark string) string {
		m := textMarks.FindStringSubmatch(mark)
		n, err := strconv.Atoi(m[1])
		for _, row := range c.rows {
			ind := row.Indicator()
			if err != nil || row.Row != n || ind.Code == "" || !row.InYear && row.Do == ProposalLeave {
				continue
			}
			aspect := "value"
			if m[2] == "number" || m[2] != "" && (row.target != nil || row.Held != nil) {
				aspect = m[2]
			} else if m[2] != "" {
				break
			}
			return "⟦" + ind.Code + "·" + aspect + "⟧"
		}
		return t.Written[strings.Trim(mark, "⟦#⟧")]
	})
}

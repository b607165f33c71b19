package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// AdoptionBody is what was read of an old report or table, with what people changed since.
type AdoptionBody struct {
	Rows      []ProposedIndicator
	Texts     []AdoptedText    `json:",omitempty"`
	Staff     []kpi.StaffCount `json:",omitempty"`
	Budget    []kpi.BudgetLine `json:",omitempty"`
	Units     []intake.OldUnit `json:",omitempty"` // below the office, those above others first
	OfYear    kpi.Year         `json:",omitempty"` // that the text itself is of; 0: it does not say
	NoFigures bool             `json:",omitempty"` // what was achieved is not logged
	NoStaff   bool             `json:",omitempty"`
	NoBudget  bool             `json:",omitempty"`
	NoUnits   bool             `json:",omitempty"`
	Unread    []string         `json:",omitempty"` // headings of columns nothing was read from
	Left      []kpi.Text       `json:",omitempty"` // what was left out, and why
	Carried   bool             `json:",omitempty"`
	Language  string           `json:",omitempty"` // of the texts; "": Chinese
}

// AdoptedText is the text of a section. ⟦#3⟧ stands for the figure of row 3, ⟦#3·number⟧ for its number alone,
// ⟦#3·target⟧ and ⟦#3·rate⟧ for its target and completion rate; Written is what stood there, by what is between the
// brackets.
type AdoptedText struct {
	Section, Title, Area, Body string
	Written                    map[string]string `json:",omitempty"`
	Leave                      bool              `json:",omitempty"`
}

// Adopting is an old report that is taken over, as its page shows it.
type Adopting struct {
	kpi.Adoption
	AdoptionBody
	Result ProposalResult
	There  map[string]bool // sections that have words already, by section and area
	Units  AdoptedUnits
	Undo   error // why it cannot be undone; nil: it can
}

// StartAdoption keeps what was read as a draft. Refusals: Forbidden; NotFound; Conflict for a closed year; Invalid.
func (a *App) StartAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, source string,
	body AdoptionBody) (kpi.AdoptionID, error) {
	draft, err := a.newAdoption(actor, y, source, body)
	if err != nil {
		return 0, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.AdoptionID, error) { return insertAdoption(ctx, w, draft) })
}

func (a *App) newAdoption(actor kpi.Actor, y kpi.Year, source string, body AdoptionBody) (kpi.Adoption, error) {
	out := kpi.Adoption{Year: y, State: kpi.AdoptionDraft, Author: actor.Name, At: a.stamp()}
	if err := mayPropose(actor, Proposal{Rows: body.Rows}); err != nil {
		return out, err
	}
	var err error
	if out.Source, err = intake.FileName(source); err != nil {
		return out, err
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return out, fmt.Errorf("keep an adoption: %w", err)
	}
	out.Body = string(raw)
	return out, nil
}

func insertAdoption(ctx context.Context, w *store.Writer, draft kpi.Adoption) (kpi.AdoptionID, error) {
	if err := openYear(ctx, &w.Reader, draft.Year); err != nil {
		return 0, err
	}
	return w.InsertAdoption(ctx, draft)
}

// Adoptions lists the newest of a year. Refusal: Forbidden.
func (a *App) Adoptions(ctx context.Context, actor kpi.Actor, y kpi.Year) ([]kpi.Adoption, error) {
	if err := actor.MayPlan(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]kpi.Adoption, error) { return r.Adoptions(ctx, y, 20) })
}

// Adoption shows one with what would become of it. Refusals: Forbidden; NotFound.
func (a *App) Adoption(ctx context.Context, actor kpi.Actor, y kpi.Year, id kpi.AdoptionID) (Adopting, error) {
	if err := actor.MayPlan(); err != nil {
		return Adopting{}, err
	}
	return read(ctx, a, func(r *store.Reader) (Adopting, error) {
		out, err := readAdoption(ctx, r, y, id)
		if err != nil {
			return out, err
		}
		if out.State == kpi.AdoptionMade {
			out.Undo = a.mayUndo(ctx, r, out.Adoption)
			_, refused := refusalOf(out.Undo) //nolint:errcheck // only whether it is one
			if out.Undo != nil && !refused {
				return out, out.Undo
			}
		}
		err = a.hold(ctx, r, &out)
		return out, err
	})
}

// CheckAdoption says what would become of what was read, and keeps nothing. Refusals: Forbidden; NotFound.
func (a *App) CheckAdoption(ctx context.Context, actor kpi.Actor, y kpi.Year, body AdoptionBody) (Adopting, error) {
	if err := mayPropose(actor, Proposal{Rows: body.Rows}); err != nil {
		return Adopting{}, err
	}
	return read(ctx, a, func(r *store.Reader) (Adopting, error) {
		out := Adopting{Adoption: kpi.Adoption{Year: y, State: kpi.AdoptionDraft}, AdoptionBody: body}
		return out, a.hold(ctx, r, &out)
	})
}

func readAdoption(ctx context.Context, r *store.Reader, y kpi.Year, id kpi.AdoptionID) (out Adopting, err error) {
	if out.Adoption, err = r.Adoption(ctx, y, id); err != nil {
		return out, err
	}
	if err := json.Unmarshal([]byte(out.Body), &out.AdoptionBody); err != nil {
		return out, fmt.Errorf("adoption %d: %w", id, err)
	}
	return out, nil
}

// hold compares an adoption with what there is: rows, and the sections that have words.
func (a *App) hold(ctx context.Context, r *store.Reader, out *Adopting) (err error) {
	p := out.proposal(out.Year)
	p.today = a.Today()
	if out.Result, err = checkProposal(ctx, r, p); err != nil {
		return err
	}
	if out.Units, err = unitsOf(ctx, r, out.AdoptionBody.Units); err != nil {
		return err
	}
	out.There = map[string]bool{}
	texts, err := r.ReportTexts(ctx, out.Year, out.language())
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, area := range out.Result.Areas {
		codes[intake.PlainName(area.Name)] = area.Code
	}
	for _, t := range out.Texts {
		key := t.key(codes[intake.PlainName(t.Area)])
		out.There[t.Place()] = texts[string(key)] != ""
	}
	return nil
}

// language is the one of the report that the texts are for.
func (b AdoptionBody) language() string {
	if b.Language != "" {
		return b.Language
	}
	return "zh-CN"
}

// Place tells the texts of an adoption apart.
func (t AdoptedText) Place() string { return t.Section + "/" + t.Area }

// key is where a text goes in the report; code is that of its area.
func (t AdoptedText) key(code string) report.SectionKey {
	if t.Section == string(intake.OldWork) && t.Area != "" {
		return report.AreaText(code)
	}
	return report.SectionKey(t.Section)
}

// proposal is the rows as the plan takes them.
func (b AdoptionBody) proposal(y kpi.Year) Proposal {
	p := Proposal{Year: y, Rows: slices.Clone(b.Rows)}
	if b.NoFigures {
		for i := range p.Rows {
			p.Rows[i].Figure, p.Rows[i].Date = "", ""
		}
	}
	return p
}

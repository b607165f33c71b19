package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

type evidenceJSON struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"`
	Sensitive bool   `json:"sensitive"`

	Warning  kpi.FileWarning `json:"warning,omitempty"`
	ErasedAt string          `json:"erased_at,omitempty"`
}

func newEvidenceJSON(f kpi.Evidence) evidenceJSON {
	out := evidenceJSON{int64(f.ID), f.Name, f.MediaType, f.Size, f.SHA256, f.Sensitive, f.Warning, ""}
	if f.Erased() {
		out.ErasedAt = rfc3339(f.ErasedAt)
	}
	return out
}

// yearEvidenceJSON is a file of a year with its number and what it belongs to.
type yearEvidenceJSON struct {
	evidenceJSON
	Number    string `json:"number"`
	Update    int64  `json:"update"`
	Area      string `json:"area"`
	Indicator string `json:"indicator"`
	Unit      string `json:"unit"`
	Withdrawn bool   `json:"withdrawn"`
}

// keptEvidenceJSON is a file that was attached, with the other entries the same bytes are attached to.
type keptEvidenceJSON struct {
	evidenceJSON
	AlsoAt []int64 `json:"also_at"`
}

func (s API) postEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	kept, err := s.AddEvidence(c, v)
	if err != nil {
		return err
	}
	elsewhere, err := s.App.EvidenceElsewhere(c.UserContext(), v.Actor, kept)
	if err != nil {
		return err
	}
	out := make([]keptEvidenceJSON, len(kept))
	for i, e := range kept {
		out[i] = keptEvidenceJSON{newEvidenceJSON(e), []int64{}}
		for _, id := range elsewhere[e.ID] {
			out[i].AlsoAt = append(out[i].AlsoAt, int64(id))
		}
	}
	return s.JSON(c, fiber.StatusCreated, out)
}

// evidencePatch is PATCH /evidence/{id}. Taking the mark off needs a reason.
type evidencePatch struct {
	Sensitive *bool  `json:"sensitive"`
	Reason    string `json:"reason"`
}

func (s API) patchEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return err
	}
	var b evidencePatch
	if err := decode(c, &b); err != nil {
		return err
	}
	if b.Sensitive == nil {
		var m kpi.Mistakes
		m.Add("sensitive", "value_unreadable")
		return m.Err()
	}
	var e kpi.Evidence
	if *b.Sensitive {
		e, err = s.App.MarkEvidence(c.UserContext(), v.Actor, id)
	} else {
		e, err = s.App.UnmarkEvidence(c.UserContext(), v.Actor, id, b.Reason)
	}
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newEvidenceJSON(e))
}

// eraseRequest is POST /evidence/{id}/erase.
type eraseRequest struct {
	Reason string `json:"reason"`
}

// eraseYearRequest is POST /years/{year}/evidence/erase.
type eraseYearRequest struct {
	What   string `json:"what"` // sensitive or all
	Reason string `json:"reason"`
}

func (s API) postErase(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return err
	}
	var b eraseRequest
	if err := decode(c, &b); err != nil {
		return err
	}
	e, err := s.App.EraseEvidence(c.UserContext(), v.Actor, id, b.Reason)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newEvidenceJSON(e))
}

func (s API) postEraseYear(c *fiber.Ctx, v *middleware.Visit) error {
	var b eraseYearRequest
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	if b.What != "sensitive" && b.What != "all" {
		var m kpi.Mistakes
		m.Add("what", "value_unreadable")
		return m.Err()
	}
	n, err := s.App.EraseYear(c.UserContext(), v.Actor, year, b.What == "sensitive", b.Reason)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, map[string]int{"erased": n})
}

func (s API) getYearEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := middleware.EvidenceQuery(c)
	if err != nil {
		return err
	}
	list, err := s.App.YearEvidence(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	var out []yearEvidenceJSON
	for _, f := range list.Files {
		out = append(out, yearEvidenceJSON{newEvidenceJSON(f.Evidence), f.Number.String(), int64(f.Update), f.Area.Code,
			f.Indicator.Code, f.Unit.Code, f.Withdrawn})
	}
	return sendPage(s, c, out, func(e yearEvidenceJSON) string { return strconv.FormatInt(e.ID, 10) })
}

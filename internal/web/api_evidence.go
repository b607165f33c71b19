package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

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

func (s *Server) apiPostEvidence(c *fiber.Ctx, v *visit) error {
	kept, err := s.addEvidence(c, v)
	if err != nil {
		return err
	}
	elsewhere, err := s.App.EvidenceElsewhere(c.UserContext(), v.actor, kept)
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
	return s.json(c, fiber.StatusCreated, out)
}

// evidencePatch is PATCH /evidence/{id}.
type evidencePatch struct {
	Sensitive *bool `json:"sensitive"`
}

func (s *Server) apiPatchEvidence(c *fiber.Ctx, v *visit) error {
	id, err := evidenceParam(c)
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
	e, err := s.App.MarkEvidence(c.UserContext(), v.actor, id, *b.Sensitive)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, newEvidenceJSON(e))
}

func (s *Server) apiYearEvidence(c *fiber.Ctx, v *visit) error {
	q, err := evidenceQuery(c)
	if err != nil {
		return err
	}
	list, err := s.App.YearEvidence(c.UserContext(), v.actor, q)
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

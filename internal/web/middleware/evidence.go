package middleware

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// AddEvidence attaches the files of a form to the entry of the address. If one is refused, none is attached.
func (s *Server) AddEvidence(c *fiber.Ctx, v *Visit) ([]kpi.Evidence, error) {
	id, err := UpdateParam(c)
	if err != nil {
		return nil, err
	}
	if err := s.App.MayAttach(c.UserContext(), v.Actor, id); err != nil {
		return nil, err
	}
	f, err := s.Form(c, v)
	if err != nil {
		return nil, err
	}
	defer f.Discard()
	if len(f.Evidence) == 0 && f.Mistakes.Err() == nil {
		f.Mistakes.Add("evidence", "file_missing")
	}
	if err := f.Mistakes.Err(); err != nil {
		return nil, err
	}
	var out []kpi.Evidence
	for _, staged := range f.Evidence {
		e, err := s.App.KeepEvidence(c.UserContext(), v.Actor, id, staged)
		if err != nil && len(out) > 0 {
			return out, fmt.Errorf("after %d of the files: %s", len(out), err) //nolint:errorlint // no refusal: some are kept
		}
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

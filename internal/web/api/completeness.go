package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// completenessJSON says who has logged what was due. A month in which nothing was due has asked 0.
type completenessJSON struct {
	Year   int                    `json:"year"`
	Unit   string                 `json:"unit"`
	Today  kpi.Date               `json:"today"`
	DueDay int                    `json:"due_day"`
	Units  []unitCompletenessJSON `json:"units"`
}

type unitCompletenessJSON struct {
	Code       string                  `json:"code"`
	Name       string                  `json:"name"`
	Asked      int                     `json:"asked"`
	Logged     int                     `json:"logged"`
	Rate       *string                 `json:"rate"`
	RateReason string                  `json:"rate_reason,omitempty"`
	Months     []monthCompletenessJSON `json:"months"`
}

type monthCompletenessJSON struct {
	Month   string   `json:"month"`
	Due     kpi.Date `json:"due"`
	Asked   int      `json:"asked"`
	Logged  int      `json:"logged"`
	Late    bool     `json:"late"`
	Missing []string `json:"missing"`
}

func (s API) getCompleteness(c *fiber.Ctx, v *middleware.Visit) error {
	found, err := middleware.Asked(s.Server, c, v, s.App.Completeness)
	if err != nil {
		return err
	}
	out := completenessJSON{Year: int(found.Year.Year), Unit: found.Unit.Code, Today: found.Today, DueDay: found.DueDay,
		Units: []unitCompletenessJSON{}}
	for _, u := range found.Units {
		unit := unitCompletenessJSON{Code: u.Unit.Code, Name: v.Printer.Name(u.Unit.Name, u.Unit.NameEn)}
		unit.Asked, unit.Logged = u.Sum(0)
		unit.Rate, unit.RateReason = optional(u.Rate(0), percentText)
		for i, m := range u.Months {
			month := monthCompletenessJSON{Month: kpi.Period{Year: found.Year.Year, Month: i + 1}.String(), Due: m.Due,
				Asked: m.Asked, Logged: m.Logged, Late: m.Late(), Missing: []string{}}
			for _, ind := range m.Missing {
				month.Missing = append(month.Missing, ind.Code)
			}
			unit.Months = append(unit.Months, month)
		}
		out.Units = append(out.Units, unit)
	}
	return s.JSON(c, fiber.StatusOK, out)
}

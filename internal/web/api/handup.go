package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/handup"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// packageJSON is a package that came from an office below.
type packageJSON struct {
	ID        kpi.PackageID    `json:"id"`
	Unit      string           `json:"unit"`
	Year      kpi.Year         `json:"year"`
	Version   int              `json:"version"`
	First     int              `json:"first_month"`
	Last      int              `json:"last_month"`
	SHA256    string           `json:"sha256"`
	Key       string           `json:"key"` // as people read it out
	State     kpi.PackageState `json:"state"`
	Arrived   string           `json:"arrived_at"`
	DecidedAt string           `json:"decided_at,omitempty"`
}

func newPackageJSON(t kpi.TakenPackage, unit string) packageJSON {
	out := packageJSON{t.ID, unit, t.Year, t.Number, t.First, t.Last, t.SHA256, handup.Print(t.Key), t.State,
		rfc3339(t.At), ""}
	if t.DecidedAt != 0 {
		out.DecidedAt = rfc3339(t.DecidedAt)
	}
	return out
}

// pushedJSON says what came of a package that was pushed.
type pushedJSON struct {
	packageJSON
	Logged    int           `json:"logged"`
	Corrected int           `json:"corrected"`
	Withdrawn int           `json:"withdrawn"`
	Questions []problemText `json:"questions"`
}

// problemText is a sentence with its code.
type problemText struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// getDictionary returns what offices below map their indicators to, as its file has it.
func (s API) getDictionary(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	d, err := s.App.HandupDictionary(c.UserContext(), v.Actor, year)
	return s.orJSON(c, d, err)
}

// getPackages lists the packages of a year that came from below.
func (s API) getPackages(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.PackagesBelow(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	var out []packageJSON
	for _, u := range view.Units {
		for _, t := range u.Packages {
			out = append(out, newPackageJSON(t, u.Code))
		}
	}
	return sendPage(s, c, out, func(p packageJSON) string { return strconv.FormatInt(int64(p.ID), 10) })
}

// postPackage takes a package that an office below pushes: 200 if it is taken in, now or before, and 202 if somebody
// here has to answer something first.
func (s API) postPackage(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.FormWithFiles(c, v, handup.MaxFile)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := f.Mistakes.Err(); err != nil {
		return err
	}
	if len(f.Files) != 1 {
		return kpi.Refuse(kpi.Invalid, "file_missing")
	}
	got, err := s.App.PushPackage(c.UserContext(), v.Actor, f.Files[0].Content)
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if got.Package.State == kpi.PackageWaiting {
		status = fiber.StatusAccepted
	}
	return s.JSON(c, status, s.newPushedJSON(v, got))
}

func (s API) newPushedJSON(v *middleware.Visit, got app.PackageResult) pushedJSON {
	out := pushedJSON{packageJSON: newPackageJSON(got.Package, got.Unit.Code), Logged: got.Logged,
		Corrected: got.Corrected, Withdrawn: got.Withdrawn, Questions: []problemText{}}
	for _, q := range got.Questions {
		out.Questions = append(out.Questions, problemText{q.Text.Key, v.Printer.Text(q.Text)})
	}
	return out
}

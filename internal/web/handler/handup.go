package handler

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// maxDictionary limits the file of a dictionary, in bytes.
const maxDictionary = 4 << 20

func (s Pages) getHandup(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showHandup(c, v, fiber.StatusOK, page.HandupInput{})
}

// showHandup shows what the office hands up in a year, with the form that was refused.
func (s Pages) showHandup(c *fiber.Ctx, v *middleware.Visit, status int, in page.HandupInput) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Handup(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, kpi.Unit{}, kpi.AsOfToday(year, s.App.Today()))
	if err != nil {
		return err
	}
	sayDone(c, &pc, "handup")
	return s.Render(c, status, "handup", page.NewHandup(pc, view, in))
}

// postDictionary takes the dictionary of the office above in.
func (s Pages) postDictionary(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	if err := v.Actor.MayHandUp(); err != nil {
		return err
	}
	f, err := s.FormWithFiles(c, v, maxDictionary)
	if err != nil {
		return err
	}
	defer f.Discard()
	to := page.HandupPath(year)
	switch err = f.Mistakes.Err(); {
	case err != nil:
	case len(f.Files) == 0:
		err = kpi.Refuse(kpi.Invalid, "file_missing")
	default:
		d, taken := s.App.TakeDictionary(c.UserContext(), v.Actor, f.Files[0].Content)
		if err = taken; err == nil {
			to = page.HandupPath(d.Year)
		}
	}
	return middleware.Posted(c, err, doneAbove(to, "dictionary"), func(status int, refusal *kpi.Error) error {
		return s.showHandup(c, v, status, page.HandupInput{FileRefused: refusal})
	})
}

// postMapping keeps which indicator is handed up as which.
func (s Pages) postMapping(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	n := app.NewMapping{Unit: f.Get("unit"), Own: map[string]string{}}
	for name := range f {
		if code, is := strings.CutPrefix(name, "map_"); is {
			n.Own[code] = f.Get(name)
		}
	}
	err = s.App.SetMapping(c.UserContext(), v.Actor, year, n)
	return s.handupPosted(c, v, err, "mapped", func(refusal *kpi.Error) page.HandupInput {
		return page.HandupInput{Mapping: f, Refusal: refusal}
	})
}

// postPackage makes a package.
func (s Pages) postPackage(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	n := app.NewPackage{Year: year}
	n.First, _ = strconv.Atoi(f.Get("first")) //nolint:errcheck // 0 is no month
	n.Last, _ = strconv.Atoi(f.Get("last"))   //nolint:errcheck // 0 is no month
	if after := f.Get("after"); after != "" {
		if n.After, err = strconv.Atoi(after); err != nil {
			n.After = -1 // is refused, in a sentence
		}
	}
	_, err = s.App.MakePackage(c.UserContext(), v.Actor, n)
	return s.handupPosted(c, v, err, "made", func(refusal *kpi.Error) page.HandupInput {
		return page.HandupInput{Make: f, Refusal: refusal}
	})
}

// getMadePackage sends a package as a file, to be carried up.
func (s Pages) getMadePackage(c *fiber.Ctx, v *middleware.Visit) error {
	year, number, err := madeParams(c)
	if err != nil {
		return err
	}
	made, file, err := s.App.MadePackage(c.UserContext(), v.Actor, year, number)
	if err != nil {
		return err
	}
	told := map[string]any{"version": number, "sha256": made.SHA256}
	if err := s.fileGiven(c, v, year, "handup.package", told); err != nil {
		return err
	}
	return middleware.Attach(c, v.Printer.T("handup.file_name", int(year), number)+".zip", "application/zip",
		bytes.NewReader(file), len(file))
}

// postPackageSend puts a package on its way up.
func (s Pages) postPackageSend(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	year, number, err := madeParams(c)
	if err != nil {
		return err
	}
	err = s.App.SendPackage(c.UserContext(), v.Actor, year, number)
	return s.handupPosted(c, v, err, "sending", func(refusal *kpi.Error) page.HandupInput {
		return page.HandupInput{Failed: refusal}
	})
}

func madeParams(c *fiber.Ctx) (kpi.Year, int, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return 0, 0, err
	}
	number, err := c.ParamsInt("number")
	if err != nil || number < 1 {
		return 0, 0, kpi.Missing("package_not_found")
	}
	return year, number, nil
}

// postUpward says where packages are sent.
func (s Pages) postUpward(c *fiber.Ctx, v *middleware.Visit) error {
	f, _, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	err = s.App.SetUpward(c.UserContext(), v.Actor, kpi.Upward{Address: f.Get("address"), Token: f.Get("token")})
	return s.handupPosted(c, v, err, "upward", func(refusal *kpi.Error) page.HandupInput {
		return page.HandupInput{Upward: f, Refusal: refusal}
	})
}

// handupPosted leads back to the page, or shows it with what was refused.
func (s Pages) handupPosted(c *fiber.Ctx, v *middleware.Visit, err error, word string,
	in func(*kpi.Error) page.HandupInput) error {
	year, yearErr := middleware.YearParam(c)
	if yearErr != nil {
		return yearErr
	}
	return middleware.Posted(c, err, doneAbove(page.HandupPath(year), word), func(status int, refusal *kpi.Error) error {
		return s.showHandup(c, v, status, in(refusal))
	})
}

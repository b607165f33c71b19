package handler

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getOutline(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showOutline(c, v, fiber.StatusOK, nil, nil)
}

// showOutline shows a year's outline: as it was typed, or that of the year in ?from=, or the shipped one
// for ?from=shipped, or its own.
func (s Pages) showOutline(c *fiber.Ctx, v *middleware.Visit, status int, typed *report.Outline,
	refusal *kpi.Error) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	from, err := strconv.Atoi(c.Query("from"))
	if err != nil {
		from = 0
	}
	view, err := s.App.Outline(c.UserContext(), v.Actor, year, kpi.Year(from))
	if err != nil {
		return err
	}
	if c.Query("from") == "shipped" {
		view.Input.Outline = report.ShippedOutline
	}
	if typed != nil {
		view.Input.Outline = *typed
	}
	view.Input.Language = v.Printer
	pc, err := s.boardPage(c, v, view.Input.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "outline")
	return s.Render(c, status, "outline", page.NewOutline(pc, view, refusal))
}

// postOutline changes a year's outline: 303 to the page, or 422 or 409 as it was typed.
func (s Pages) postOutline(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	o := readOutline(f)
	err = s.App.SetOutline(c.UserContext(), v.Actor, year, o, f.Get("base"))
	return middleware.Posted(c, err, doneAt(page.OutlinePath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showOutline(c, v, status, &o, refusal)
	})
}

// maxOutlineRows bounds the rows of the form.
const maxOutlineRows = 100

// readOutline reads the form's rows, sorted by the numbers typed. A row without a title is dropped, one
// below a section becomes a part of the section before it.
func readOutline(values url.Values) report.Outline {
	o := report.Outline{Name: values.Get("name"), Place: values.Get("place")}
	type row struct {
		order int
		part  bool
		entry report.Entry
	}
	var rows []row
	for i := range maxOutlineRows {
		field := func(name string) string { return strings.TrimSpace(values.Get(name + strconv.Itoa(i))) }
		if field("title") == "" && field("title_en") == "" {
			continue
		}
		order, err := strconv.Atoi(field("order"))
		if err != nil {
			order = (i + 1) * 10
		}
		e := report.Entry{Key: report.SectionKey(field("key")), Title: field("title"), TitleEn: field("title_en"),
			Writes: report.Writes(field("writes"))}
		for area := range strings.FieldsFuncSeq(field("areas"),
			func(r rune) bool { return strings.ContainsRune(" ,，、;；", r) }) {
			e.Areas = append(e.Areas, area)
		}
		rows = append(rows, row{order, field("part") != "", e})
	}
	used := map[report.SectionKey]bool{}
	for _, r := range rows {
		used[r.entry.Key] = true
	}
	for i, n := 0, 1; i < len(rows); i++ { // a new section gets an unused key
		for rows[i].entry.Key == "" {
			if key := report.SectionKey("own-" + strconv.Itoa(n)); !used[key] {
				rows[i].entry.Key, used[key] = key, true
			}
			n++
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return a.order - b.order })
	for _, r := range rows {
		if last := len(o.Entries) - 1; r.part && last >= 0 {
			o.Entries[last].Parts = append(o.Entries[last].Parts, r.entry)
			continue
		}
		o.Entries = append(o.Entries, r.entry)
	}
	for _, which := range report.Papers {
		if values.Get("annex-"+string(which)) != "" {
			o.Annexes = append(o.Annexes, which)
		}
	}
	slices.SortStableFunc(o.Annexes, func(a, b report.Paper) int {
		return annexOrder(values, a) - annexOrder(values, b)
	})
	return o
}

func annexOrder(values url.Values, f report.Paper) int {
	n, err := strconv.Atoi(values.Get("annex-order-" + string(f)))
	if err != nil {
		return 99
	}
	return n
}

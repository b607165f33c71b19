package middleware

import (
	"net/url"
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/sso"
)

var (
	wholeNumber = regexp.MustCompile(`^\d{1,18}$`)
	monthNumber = regexp.MustCompile(`^(0?[1-9]|1[0-2])$`)
)

// typedPage is the page whose address is a form that people fill in: it shows it again with what is wrong.
const typedPage = "/years/:year/import/:sum"

// pageWords are what the pages' parameters can say, by name: one means the same on each page. What is not here names
// something (unit, indicator, line), is text (q, next, name), or is a page's own remark (done, open). A
// parameter that no page knows is let through: where addresses are passed on, programs add their own (WeChat
// from, isappinstalled).
var pageWords = map[string]func(string) bool{
	"as_of": isPeriod, "month": isMonth, "date": isDate,
	"before": isWhole, "skip": isWhole, "update": isWhole, "count": isWhole, "logged": isWhole, "corrected": isWhole,
	"version": isWhole, "against": isWhole, "import": isWhole, "seconds": isWhole, "with": isWhole,
	"lang":      func(s string) bool { _, ok := lang.ParseTag(s); return ok },
	"light":     func(s string) bool { return slices.Contains(kpi.Lights, kpi.Light(s)) },
	"state":     func(s string) bool { return slices.Contains(kpi.States, kpi.State(s)) },
	"sensitive": isYes, "original": isYes, "mine": isYes,
	"sort": func(s string) bool { return s == "rate" || isWhole(s) },
	"tick": func(s string) bool { return s == "all" },
}

func isPeriod(s string) bool { _, err := kpi.ParsePeriod(s); return err == nil }

// isMonth takes the month of the page's year too: 11.
func isMonth(s string) bool { return isPeriod(s) || monthNumber.MatchString(s) }

func isDate(s string) bool { _, err := kpi.ParseDate(s); return err == nil }

func isWhole(s string) bool { return wholeNumber.MatchString(s) }

func isYes(s string) bool { return s == "1" || s == "true" }

// checkPageQuery refuses a page whose address says something that means nothing: what would be shown were
// the answer to another question. Calls of the API are held to their description.
func checkPageQuery(c *fiber.Ctx) error {
	raw := c.Request().URI().QueryString()
	if len(raw) == 0 || IsAPI(c) || !reads(c) || c.Route().Path == typedPage ||
		c.Route().Path == sso.BackPath { // where state is the identity provider's word
		return nil
	}
	given, err := url.ParseQuery(string(raw))
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "query_unreadable")
	}
	for name, means := range pageWords {
		for _, value := range given[name] {
			if value != "" && !means(value) {
				return kpi.Refuse(kpi.Invalid, "address_word", name, value)
			}
		}
	}
	return nil
}

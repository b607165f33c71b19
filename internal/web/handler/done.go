package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/page"
)

// doneAt is where a saved form leads: to, with the word for what was done. The page there says it (sayDone).
func doneAt(to, word string) string { return page.WithQuery(to, "done", word) }

// sayDone says on a page what was done before it: the catalogue's sentence area.done.word, where the address holds
// the word (doneAt). Without one, and for a word the area does not know, nothing is said.
func sayDone(c *fiber.Ctx, pc *page.Context, area string, args ...any) {
	if key := area + ".done." + c.Query("done"); pc.Printer.Has(key) {
		pc.Notice = pc.Printer.T(key, args...)
	}
}

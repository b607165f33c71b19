package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/page"
)

// doneAt returns the address that a saved form redirects to, with the word for what was done, which sayDone
// turns into a sentence there.
func doneAt(to, word string) string { return page.WithQuery(to, "done", word) }

// doneAbove is doneAt for pages whose form is far below where sayDone's sentence stands: a browser keeps the fragment
// that the form was sent to (#create) unless the answer names another.
func doneAbove(to, word string) string { return doneAt(to, word) + "#main" }

// sayDone shows on a page what was just done: the catalogue's sentence area.done.word for the word in the
// address (see doneAt). Without a word, or with an unknown one, it shows nothing.
func sayDone(c *fiber.Ctx, pc *page.Context, area string, args ...any) {
	if key := area + ".done." + c.Query("done"); pc.Printer.Has(key) {
		pc.Notice = pc.Printer.T(key, args...)
	}
}

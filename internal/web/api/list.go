package api

import (
	"math"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
)

// ListJSON is one page of a list. The next page is requested with next_cursor.
type ListJSON[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// pageOf returns the part of a list that limit and cursor ask for, or all of it without them, as these
// lists are short. The cursor is the key of the last item of the page before, so that no item is skipped or
// repeated when others are added. Refusal: Invalid cursor_unknown, when that item is gone.
func pageOf[T any](c *fiber.Ctx, items []T, key func(T) string) (ListJSON[T], error) {
	out := ListJSON[T]{Items: items}
	var m kpi.Mistakes
	limit := wholeQuery(c, &m, "limit", math.MaxInt32, math.MaxInt32)
	if err := m.Err(); err != nil {
		return out, err
	}
	if after := c.Query("cursor"); after != "" {
		at := 0
		for at < len(items) && key(items[at]) != after {
			at++
		}
		if at == len(items) {
			m.Add("cursor", "cursor_unknown", after)
			return out, m.Err()
		}
		out.Items = items[at+1:]
	}
	if int64(len(out.Items)) > limit {
		out.Items = out.Items[:limit]
		out.NextCursor = key(out.Items[limit-1])
	}
	return out, nil
}

// sendPage sends the part of a list that limit and cursor ask for.
func sendPage[T any](s API, c *fiber.Ctx, items []T, key func(T) string) error {
	if items == nil {
		items = []T{}
	}
	page, err := pageOf(c, items, key)
	return s.orJSON(c, page, err)
}

// Package handler answers the addresses of pages and their forms: it reads what was sent, asks the use case, and shows
// a page. What a page says is made in package page; it knows no SQL, and the API does not know it.
package handler

import (
	"dabiao/internal/web/download"
	"dabiao/internal/web/middleware"
)

// Pages answers for every page.
type Pages struct {
	*middleware.Server
	Files download.Files
}

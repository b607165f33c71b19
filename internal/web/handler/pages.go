// Package handler answers the addresses of pages and their forms: it reads what was sent, calls the use
// case and shows a page. Package page makes what the page says. This package knows no SQL, and it and
// package api do not know each other.
package handler

import (
	"dabiao/internal/web/download"
	"dabiao/internal/web/middleware"
)

// Pages has the handlers of every page.
type Pages struct {
	*middleware.Server
	Files download.Files
}

// Package download sends the papers, books and files that a person or a program asks for: the same for pages and
// for the API.
package download

import "dabiao/internal/web/middleware"

// Files answers with files.
type Files struct{ *middleware.Server }

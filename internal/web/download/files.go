// Package download sends papers, logs and files, the same for pages and the API.
package download

import "dabiao/internal/web/middleware"

// Files has the handlers that send files.
type Files struct{ *middleware.Server }

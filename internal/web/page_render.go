package web

import (
	"encoding/json"
	"html/template"

	"dabiao/assets"
	"dabiao/internal/lang"
)

// pageFuncs are the functions templates may call, in one language: t, the catalogue's sentence, and
// asset, the hashed address of a file.
func pageFuncs(p lang.Printer) template.FuncMap {
	return template.FuncMap{"t": p.T, "asset": assets.URL}
}

// jsonOption is a chart's option, placed in the page as data.
type jsonOption = json.RawMessage

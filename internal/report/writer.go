package report

import (
	"encoding/json"
	"io"
)

// Writer makes one kind of file from a year's report.
type Writer struct {
	MediaType string
	To        func(io.Writer, Input) error
}

// Writers are all kinds of file, by the ending of their names.
var Writers = map[string]Writer{
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		func(w io.Writer, in Input) error { return WriteDocx(w, Build(in)) }},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", WriteXlsx},
	"json": {"application/json", writeJSON},
}

// writeJSON writes the document's tree, each live number beside its reference.
func writeJSON(w io.Writer, in Input) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(Build(in))
}

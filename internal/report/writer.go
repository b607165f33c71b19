package report

import (
	"encoding/json"
	"io"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// Writer writes a paper in one format.
type Writer struct {
	MediaType string
	To        func(io.Writer, Input, Paper) error
}

// Formats lists the formats in the order they are offered.
var Formats = []string{"docx", "xlsx", "html", "json", "csv"}

var writers = map[string]Writer{
	"docx": {paper.WordMedia, built(paper.WriteDocx)},
	"xlsx": {paper.SheetMedia, WriteXlsx},
	"html": {"text/html; charset=utf-8", unnamed(built(paper.WriteHTML))},
	"json": {"application/json", built(writeJSON)},
	"csv":  {paper.CSVMedia, built(paper.WriteCSV)},
}

// WriterOf returns the writer for a paper in a format, which is a file name extension. Refusals: NotFound
// format_unknown, form_unknown; Invalid form_not_in_format for the report's text in a format that
// only holds tables.
func WriterOf(format string, f Paper) (Writer, error) {
	switch {
	case !slices.Contains(Formats, format):
		return Writer{}, kpi.Missing("format_unknown", format)
	case !f.Known():
		return Writer{}, kpi.Missing("form_unknown", string(f))
	case format == "csv" && f == WholeReport:
		return Writer{}, kpi.Refuse(kpi.Invalid, "form_not_in_format", format)
	}
	return writers[format], nil
}

// built makes a writer of documents one of papers.
func built(write func(io.Writer, paper.Document) error) func(io.Writer, Input, Paper) error {
	return func(w io.Writer, in Input, f Paper) error {
		d, err := BuildPaper(in, f)
		if err != nil {
			return err
		}
		return write(w, d)
	}
}

// unnamed makes a writer leave out the people of the cover: a page for the office's web site names nobody.
func unnamed(write func(io.Writer, Input, Paper) error) func(io.Writer, Input, Paper) error {
	return func(w io.Writer, in Input, f Paper) error {
		in.Cover = in.Cover.Unnamed()
		return write(w, in, f)
	}
}

// writeJSON writes the document as a tree, with each number's reference beside it.
func writeJSON(w io.Writer, d paper.Document) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(d)
}

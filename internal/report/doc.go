// Package report owns the year-end documents: the self-evaluation report as a tree of sections,
// paragraphs and tables, the tables beside it, and what of them is kept and signed. How a document
// becomes a file is paper's.
//
// It is handed figures already computed (progress) and a printer (lang); it reads no database and
// no clock, so the same input gives the same bytes. Every number it prints carries a [paper.Ref] to
// the figure it came from.
package report

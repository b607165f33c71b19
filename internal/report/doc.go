// Package report owns the year-end documents: the self-evaluation report as a tree of sections,
// paragraphs and tables, and the writers that turn it into Word and Excel files.
//
// It is handed figures already computed (progress) and a printer (lang); it reads no database and
// no clock, so the same input gives the same bytes. Every number it prints carries a [Ref] to the
// figure it came from.
package report

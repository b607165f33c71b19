// Package report owns the year-end documents: the self-evaluation report as a tree of sections,
// paragraphs and tables, the tables that go with it, and what is frozen when they are signed. Package
// paper turns documents into files.
//
// It takes computed figures (progress) and a printer (lang) and reads no database and no clock, so that
// the same input gives the same bytes. Every number it prints carries a [paper.Ref] to the figure it came
// from.
package report

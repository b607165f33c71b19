// Package paper owns what a document is made of — sections, tables, cells, runs of text with the figure
// each number comes from, charts — and the writers that turn one into a Word file, a web page, a table of
// text or sheets of a workbook.
//
// It is handed documents that are built, and knows neither who built them nor what they are about: a new
// document is made in report, a new kind of file here. It reads no clock, so the same document gives the
// same bytes.
package paper

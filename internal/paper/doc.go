// Package paper owns what a document is made of — sections, tables, cells, runs of text with the figure
// each number comes from, charts — and the writers that turn one into a Word file, a web page, CSV or
// sheets of a workbook.
//
// It is given complete documents, and knows neither who built them nor what they are about: new
// documents are added to package report, new file formats here. It reads no clock, so the same document
// gives the same bytes.
package paper

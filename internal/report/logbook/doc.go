// Package logbook writes a year's log (台账) as a workbook or a table of text, row by row, however long it is.
// It is handed entries with the names that belong to them and knows no report.
package logbook

// Package logbook writes a year's log (台账) as a workbook or as CSV, row by row, however long it is.
// It is given entries with their names and knows nothing of reports.
package logbook

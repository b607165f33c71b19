// Package app has one method for each thing a person can do: it decides who may, reads the clock,
// holds the one transaction, and writes the audit entry.
//
// It knows nothing of HTTP, HTML or charts.
package app

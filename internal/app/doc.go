// Package app has one method for each thing a person can do. A use case decides who may do it, reads
// the clock, runs one transaction, and writes the audit entry.
//
// The package knows nothing of HTTP, HTML or charts.
package app

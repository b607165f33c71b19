// Package evidence packs a year's evidence: a zip of the files, named by their numbers, with an index.
// It is given files and numbers and knows nothing of reports.
package evidence

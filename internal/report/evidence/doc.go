// Package evidence packs a year's evidence: a zip of the files under their numbers, with an index. It is handed
// files and numbers and knows no report.
package evidence

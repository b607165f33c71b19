// Package data carries the demo's figures, as plain files, into the program. At run time the
// folder it lies in is also where the default database is kept.
package data

import "embed"

// Demo is the folder demo: an office, its units and areas, the year 2022 and a sample year.
//
//go:embed demo
var Demo embed.FS

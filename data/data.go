// Package data embeds the demo's figures, which are plain files. At run time its folder is also where
// the default database is stored.
package data

import "embed"

// Demo is the folder demo: an office, its units and areas, the year 2022 and a sample year.
//
//go:embed demo
var Demo embed.FS

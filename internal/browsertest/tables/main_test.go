// Package tables tells stories of those who hand in many figures at once: grid, pasted blocks, tables, the log
// as a file.
package tables

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

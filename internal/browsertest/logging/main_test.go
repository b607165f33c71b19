// Package logging tells stories of those who log and review: entries, grid, tables, evidence.
package logging

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

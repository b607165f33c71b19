// Package layoutoffice tells that an office of its own, set up by its link and named in 40 characters throughout, fits
// every page.
package layoutoffice

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

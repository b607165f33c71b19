// Package paperpages tells that the pages of the report and those beside the budget are sound.
package paperpages

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

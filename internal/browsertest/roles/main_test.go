// Package roles tells that is sound: every page that each other role sees, and at the work of one day on several days.
package roles

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

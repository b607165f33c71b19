// Package roles tells that every page is sound for leaders, reporters and auditors.
package roles

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Package settings tells that every page that an administrator sees is sound.
package settings

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

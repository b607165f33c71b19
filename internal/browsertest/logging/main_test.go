// Package logging tells stories of those who log one entry at a time.
package logging

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Package session tells stories of sessions that end while somebody fills in a form.
package session

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Package injection tells that texts never run as scripts.
package injection

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

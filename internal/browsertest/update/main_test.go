// Package update tells stories of one update: logged, corrected, withdrawn, refused.
package update

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

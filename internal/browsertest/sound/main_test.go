// Package sound tells that is sound: every page that staff see, on a desk and a phone, by day and by night, in
// English, and with hostile texts.
package sound

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

package sound

import (
	"testing"

	"dabiao/internal/browsertest"
)

// Every page that staff see; package roles has those of all others.
func TestEveryPageIsSoundForStaff(t *testing.T) { browsertest.EveryPageIsSound(t, "staff") }

package roles

import (
	"testing"

	"dabiao/internal/browsertest"
)

// Every page that each role sees, and staff see otherwise; package sound has those of staff.
func TestEveryPageIsSoundForEveryone(t *testing.T) {
	browsertest.EveryPageIsSound(t, "leader", "reporter", "auditor", "admin")
}

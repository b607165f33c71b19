package roles

import (
	"testing"

	"dabiao/internal/browsertest"
)

// Every page that each role sees, and staff see otherwise; packages sound and settings have those of staff and
// administrators.
func TestEveryPageIsSoundForEveryone(t *testing.T) {
	browsertest.EveryPageIsSound(t, "leader", "reporter", "auditor")
}

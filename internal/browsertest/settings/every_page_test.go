package settings

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestEveryPageIsSoundForAdministrators(t *testing.T) { browsertest.EveryPageIsSound(t, "admin") }

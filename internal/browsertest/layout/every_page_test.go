package layout

import (
	"testing"

	"dabiao/internal/browsertest"
)

// On a phone, an office PC and a large screen no name of 40 characters lies over anything or widens a page.
func TestLongNamesFitEveryPage(t *testing.T) {
	browsertest.EveryPageIsWellLaidOut(t, office(t), "admin", browsertest.Phone, 1366, 1920)
}

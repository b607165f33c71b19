package layoutroles

import (
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

// On a phone, an office PC and a large screen no name of 40 characters lies over anything or widens a page,
// whoever looks at it.
func TestLongNamesFitThePagesOfEveryRole(t *testing.T) {
	program, err := programtest.Demo()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Stop(); err != nil {
			t.Error(err)
		}
	})
	browsertest.LongNames(t, program)
	for _, role := range []string{"staff", "reporter", "reviewer", "auditor", "leader"} {
		browsertest.EveryPageIsWellLaidOut(t, program, role, browsertest.Phone, 1366, 1920)
	}
}

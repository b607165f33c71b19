// Package layoutroles tells that the pages of everybody but administrators are well laid out, in an office whose
// units, areas and indicators all have names of 40 characters.
package layoutroles

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Package firsthour tells how a new office begins: from the link that the program prints to a board with a year's
// indicators.
package firsthour

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

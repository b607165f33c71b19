// Package overview tells stories of the year in one picture: targets and results, trends.
package overview

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

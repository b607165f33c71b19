// Package board tells stories of those who look: the board, its charts, the way down, the wall, live pages.
package board

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

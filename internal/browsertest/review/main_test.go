// Package review tells stories of what follows an entry: evidence, review, reminders, locked months.
package review

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// Package zoomed tells that pages are read by people who enlarge them: at 200 and 400 % of a window of 1280 pixels,
// and with the distances between letters, words, lines and paragraphs that readers may set (WCAG 2.2, 1.4.4, 1.4.10,
// 1.4.12).
package zoomed

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

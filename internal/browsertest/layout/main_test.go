// Package layout tells that no text lies over another and nothing is wider than its window, in an office
// whose units, areas and indicators all have names of 40 characters.
package layout

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

var startOffice = sync.OnceValues(func() (*programtest.Program, error) { return programtest.Demo() })

func TestMain(m *testing.M) {
	browsertest.AtEnd(func() {
		if p, err := startOffice(); err == nil {
			if err := p.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	})
	browsertest.Main(m)
}

var lengthen sync.Once

// office is the demo with long names, which all stories here look at.
func office(t *testing.T) *programtest.Program {
	t.Helper()
	p, err := startOffice()
	if err != nil {
		t.Fatal(err)
	}
	lengthen.Do(func() { browsertest.LongNames(t, p) })
	return p
}

package browsertest

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"dabiao/internal/programtest"
)

// One browser and one demo serve all stories; each story has a tab with cookies of its own and
// writes to indicators no other story looks at.
var (
	openBrowser = sync.OnceValues(OpenBrowser)
	startDemo   = sync.OnceValues(func() (*programtest.Program, error) { return programtest.Demo() })
)

var stops []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, stop := range stops {
		stop()
	}
	os.Exit(code)
}

func browser(t *testing.T) *Browser {
	t.Helper()
	b, err := openBrowser()
	if err != nil {
		t.Fatal(err)
	}
	if !browserStops {
		browserStops = true
		stops = append(stops, b.Close)
	}
	return b
}

var browserStops, demoStops bool

func demo(t *testing.T) *programtest.Program {
	t.Helper()
	p, err := startDemo()
	if err != nil {
		t.Fatal(err)
	}
	if !demoStops {
		demoStops = true
		stops = append(stops, func() {
			if err := p.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		})
	}
	return p
}

// open is a tab at the demo, signed in unless role is "".
func open(t *testing.T, role string) *Page {
	t.Helper()
	p := browser(t).Open(t, demo(t))
	if role != "" {
		p.SignIn(role)
	}
	return p
}

func sprintf(format string, args []any) string { return fmt.Sprintf(format, args...) }

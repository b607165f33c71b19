package browsertest

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"

	"dabiao/internal/programtest"
)

// Board is the path of the published year 2022; the program opens the demo's sample year.
const Board = "/years/2022"

// All stories of a package share one browser and one demo; each has a tab with its own cookies and
// writes to indicators that no other story looks at. Stories that only read, or have a demo of their
// own, run in parallel after all others (t.Parallel).
var (
	openBrowser = sync.OnceValues(func() (*Browser, error) {
		b, err := OpenBrowser()
		if err == nil {
			atEnd(b.Close)
		}
		return b, err
	})
	startDemo = sync.OnceValues(func() (*programtest.Program, error) {
		p, err := programtest.Demo()
		if err == nil {
			atEnd(func() {
				if err := p.Stop(); err != nil {
					fmt.Fprintln(os.Stderr, err)
				}
			})
		}
		return p, err
	})
)

var stops []func()

// Main runs the stories of a package and then stops what they shared.
func Main(m *testing.M) {
	code := m.Run()
	for _, stop := range stops {
		stop()
	}
	os.Exit(code)
}

// AtEnd registers a function for Main to call.
func AtEnd(stop func()) { atEnd(stop) }

// atEnd registers a function for Main to call. It is called within sync.OnceValues; stories may run in
// parallel.
func atEnd(stop func()) {
	stopsMu.Lock()
	defer stopsMu.Unlock()
	stops = append(stops, stop)
}

var stopsMu sync.Mutex

// Shared returns the browser shared by all stories of a package.
func Shared(t *testing.T) *Browser {
	t.Helper()
	b, err := openBrowser()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Demo returns the program shared by all stories of a package.
func Demo(t *testing.T) *programtest.Program {
	t.Helper()
	p, err := startDemo()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sessions are the session cookies by role; each role signs in through the form once.
var sessions = struct {
	sync.Mutex
	byRole map[string]*network.Cookie
}{byRole: map[string]*network.Cookie{}}

// Open opens a tab on the demo, signed in unless role is "". The first tab of a role signs in through
// the form and shows the board; the others use its session and have no page open yet.
func Open(t *testing.T, role string) *Page {
	t.Helper()
	p := Shared(t).Open(t, Demo(t))
	if role == "" {
		return p
	}
	sessions.Lock()
	defer sessions.Unlock()
	if c := sessions.byRole[role]; c != nil {
		p.useSession(c)
		return p
	}
	p.SignIn(role)
	sessions.byRole[role] = p.session()
	return p
}

func Sprintf(format string, args []any) string { return fmt.Sprintf(format, args...) }

package browsertest

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"

	"dabiao/internal/programtest"
)

// Board is the published year 2022; the program opens on the demo's sample year.
const Board = "/years/2022"

// One browser and one demo serve all stories of a package; each story has a tab with cookies of its own and
// writes to indicators no other story looks at. Those that only read, or have a demo of their own, are
// told side by side after all others (t.Parallel).
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

// Main runs the stories of a package and stops what they shared.
func Main(m *testing.M) {
	code := m.Run()
	for _, stop := range stops {
		stop()
	}
	os.Exit(code)
}

// atEnd is called within a sync.OnceValues; stories may run side by side.
func atEnd(stop func()) {
	stopsMu.Lock()
	defer stopsMu.Unlock()
	stops = append(stops, stop)
}

var stopsMu sync.Mutex

// Shared is the browser of all stories of a package.
func Shared(t *testing.T) *Browser {
	t.Helper()
	b, err := openBrowser()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Demo is the program that all stories of a package look at.
func Demo(t *testing.T) *programtest.Program {
	t.Helper()
	p, err := startDemo()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sessions are the cookies of who has signed in through the form, by role: each role does so once.
var sessions = struct {
	sync.Mutex
	byRole map[string]*network.Cookie
}{byRole: map[string]*network.Cookie{}}

// Open is a tab at the demo, signed in unless role is "". The first of a role signs in through the form
// and stands on the board; the others come with its session and have opened nothing yet.
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

package browsertest

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"

	"dabiao/internal/programtest"
)

// One browser and one demo serve all stories; each story has a tab with cookies of its own and
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

func TestMain(m *testing.M) {
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

func browser(t *testing.T) *Browser {
	t.Helper()
	b, err := openBrowser()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func demo(t *testing.T) *programtest.Program {
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

// open is a tab at the demo, signed in unless role is "". The first of a role signs in through the form
// and stands on the board; the others come with its session and have opened nothing yet.
func open(t *testing.T, role string) *Page {
	t.Helper()
	p := browser(t).Open(t, demo(t))
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

func sprintf(format string, args []any) string { return fmt.Sprintf(format, args...) }

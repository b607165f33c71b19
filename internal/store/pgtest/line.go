package pgtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Line is the way to a database, which a test can disturb.
type Line struct {
	URL string

	listener net.Listener
	server   string // its socket
	order    atomic.Int32
	trips    atomic.Int64
	oneWay   atomic.Int64 // nanoseconds
	last     atomic.Int64 // the trip that breaks; 0: none does
	answered atomic.Bool  // it breaks after it was carried out, before its answer arrives

	mu    sync.Mutex
	conns []net.Conn
}

// What a line was ordered to do.
const (
	carry         int32 = iota
	cut                 // refuse connections
	silent              // take what is sent and pass nothing on
	loseCommit          // break once, before a COMMIT is passed on
	loseAnswer          // break once, after a COMMIT was passed on and before its answer is
	loseAnswerCut       // likewise, and refuse connections from then on
)

// Disturbable returns a line to a database of this package.
func Disturbable(t testing.TB, database string) *Line {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	l := &Line{listener: listener, server: filepath.Join(q.Get("host"), ".s.PGSQL.5432")}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	l.URL = u.String()
	go l.accept()
	t.Cleanup(func() {
		listener.Close() //nolint:errcheck // the test is over
		l.hangUp()
	})
	return l
}

// Far has everything take so long to the database and back.
func (l *Line) Far(roundTrip time.Duration) { l.oneWay.Store(int64(roundTrip / 2)) }

// Trips returns how often somebody waited for an answer of the database so far: however many statements were sent
// together.
func (l *Line) Trips() int64 { return l.trips.Load() }

// BreakTrip breaks the connection of the nth trip from now, before it arrives or, if the database is to carry it out,
// before its answer does.
func (l *Line) BreakTrip(n int, carriedOut bool) {
	l.answered.Store(carriedOut)
	l.last.Store(l.Trips() + int64(n))
}

// Cut breaks all connections and refuses new ones.
func (l *Line) Cut() { l.order.Store(cut); l.hangUp() }

// Silence lets nothing through any more, in either direction, and tells nobody.
func (l *Line) Silence() { l.order.Store(silent) }

// Mend lets everything through again; what was silenced is broken.
func (l *Line) Mend() { l.order.Store(carry); l.hangUp() }

// LoseCommit breaks the connection before the next COMMIT arrives.
func (l *Line) LoseCommit() { l.order.Store(loseCommit) }

// LoseAnswer breaks the connection after the next COMMIT was carried out, before its answer arrives. With thenCut the
// database cannot be reached from then on.
func (l *Line) LoseAnswer(thenCut bool) {
	l.order.Store(loseAnswer)
	if thenCut {
		l.order.Store(loseAnswerCut)
	}
}

func (l *Line) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		c.Close() //nolint:errcheck // it may be closed already
	}
	l.conns = nil
}

func (l *Line) accept() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		if l.order.Load() == cut {
			client.Close() //nolint:errcheck // it is refused
			continue
		}
		server, err := net.Dial("unix", l.server)
		if err != nil {
			client.Close() //nolint:errcheck // it is refused
			continue
		}
		l.mu.Lock()
		l.conns = append(l.conns, client, server)
		l.mu.Unlock()
		answer := new(atomic.Int32) // the order that the next answer meets
		questions := &questions{count: &l.trips}
		go l.pass(client, server, func(piece []byte) bool {
			questions.see(piece)
			if last := l.last.Load(); last > 0 && l.Trips() >= last && l.last.CompareAndSwap(last, 0) {
				if !l.answered.Load() {
					return false
				}
				answer.Store(loseAnswer)
			}
			return l.asked(piece, answer)
		})
		go l.pass(server, client, func([]byte) bool { return l.answers(answer) })
	}
}

// piece is what was sent, and when.
type piece struct {
	content []byte
	begun   time.Time
}

// pass passes on what arrives while through says so, and breaks the connection when it does not.
func (l *Line) pass(from, to net.Conn, through func(piece []byte) bool) {
	way := make(chan piece, 1024)
	defer close(way)
	defer from.Close()
	go func() {
		defer to.Close()
		for p := range way {
			time.Sleep(time.Duration(l.oneWay.Load()) - time.Since(p.begun))
			if _, err := to.Write(p.content); err != nil {
				from.Close() //nolint:errcheck // it may be closed already
			}
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		begun := time.Now()
		if err != nil || !through(buffer[:n]) {
			return
		}
		if l.order.Load() != silent {
			way <- piece{bytes.Clone(buffer[:n]), begun}
		}
	}
}

func (l *Line) asked(piece []byte, answer *atomic.Int32) bool {
	if l.order.Load() == carry || !commits(bytes.ToLower(piece)) {
		return true
	}
	for _, order := range []int32{loseAnswer, loseAnswerCut} {
		if l.order.CompareAndSwap(order, carry) {
			answer.Store(order)
		}
	}
	return !l.order.CompareAndSwap(loseCommit, carry)
}

// commits reports whether a COMMIT is carried out by what is sent: by its text, or as pgx names it once it is prepared.
// That it is prepared changes nothing yet.
func commits(piece []byte) bool {
	const text = "commit\x00"
	sum := sha256.Sum256([]byte("COMMIT"))
	name := "stmtcache_" + hex.EncodeToString(sum[:24]) + "\x00"
	return bytes.Contains(piece, []byte("\x00"+name)) ||
		bytes.Count(piece, []byte(text)) > bytes.Count(piece, []byte(name+text))
}

func (l *Line) answers(answer *atomic.Int32) bool {
	lost := answer.Load()
	if lost == loseAnswerCut {
		l.Cut()
	}
	return lost == carry
}

package middleware

import (
	"encoding/json"
	"io"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"dabiao/internal/lang"
	"dabiao/internal/report/logbook"
)

// ProgressEvery is how often a line is sent.
const ProgressEvery = 150 * time.Millisecond

// writings is how far the files are that this server is writing, for the pages that show it. A page
// whose file another server writes is told that nothing is known, and has lost nothing.
type writings struct {
	mu sync.Mutex
	of map[string]*writing // by account and the name its page gave
}

// writing is how far one file is.
type writing struct {
	rows, percent atomic.Int64
	ended         atomic.Value // how it ended: "" or "lost"; nil while it goes on
	forget        func()
}

// The stages of a file being written.
const (
	bookWaiting = "waiting"
	bookWriting = "writing"
	BookDone    = "done"
	BookUnknown = "unknown"
)

// remembered is how long it is known how a file ended; patience, how long a page waits for the file it
// asked for to begin.
const (
	remembered   = time.Minute
	bookPatience = 5 * time.Second
)

func watchKey(v *Visit, name string) string {
	return strconv.FormatInt(int64(v.Actor.ID), 10) + "/" + name
}

// Begin notes that a file is being written; without a name nobody watches.
func (s *writings) Begin(v *Visit, name string) *writing {
	w := &writing{forget: func() {}}
	if name == "" {
		return w
	}
	key := watchKey(v, name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string]*writing{}
	}
	s.of[key] = w
	w.forget = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.of[key] == w {
			delete(s.of, key)
		}
	}
	return w
}

// Counting hands out a book's entries and counts them; how many there will be is told by how far their
// numbers have come down.
func (w *writing) Counting(b logbook.Book) func(func(logbook.Line) error) error {
	span, each := int64(b.Newest-b.Oldest)+1, b.Each
	return func(fn func(logbook.Line) error) error {
		return each(func(l logbook.Line) error {
			w.rows.Add(1)
			w.percent.Store(int64(b.Newest-l.ID) * 100 / max(1, span))
			return fn(l)
		})
	}
}

func (w *writing) End(err error) {
	how := BookDone
	if err != nil {
		how = "lost"
	}
	w.ended.Store(how)
	time.AfterFunc(remembered, w.forget)
}

// bookWatch follows one file from its page.
type bookWatch struct {
	all       *writings
	key, name string
}

func (s *writings) Watch(v *Visit, name string) bookWatch {
	return bookWatch{s, watchKey(v, name), name}
}

func (b bookWatch) find() *writing {
	b.all.mu.Lock()
	defer b.all.mu.Unlock()
	return b.all.of[b.key]
}

// BookLine says how far a file is, or how it ended.
type BookLine struct {
	Stage   string `json:"stage"`
	Done    int64  `json:"done"`
	Percent int64  `json:"percent"`
	Error   string `json:"error,omitempty"`
}

// Tell writes a line now and then until the file is whole, broken off, or nowhere to be seen.
func (b bookWatch) Tell(to io.Writer, p lang.Printer) error {
	lines := json.NewEncoder(to)
	for waited := time.Duration(0); ; waited += ProgressEvery {
		line, over := BookLine{Stage: bookWaiting}, false
		if w := b.find(); w != nil {
			line, over = w.line(p)
		} else if b.name == "" || waited > bookPatience {
			line.Stage, over = BookUnknown, true
		}
		if err := lines.Encode(line); err != nil || over {
			return err
		}
		time.Sleep(ProgressEvery)
	}
}

func (w *writing) line(p lang.Printer) (line BookLine, over bool) {
	line = BookLine{Stage: bookWriting, Done: w.rows.Load(), Percent: w.percent.Load()}
	switch w.ended.Load() {
	case BookDone:
		line.Stage, line.Percent, over = BookDone, 100, true
	case "lost":
		line.Error, over = p.T("log_book.lost"), true
	}
	return line, over
}

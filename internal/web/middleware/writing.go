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

// writings tracks the progress of the files that this server is writing, for the pages that show it. A
// page whose file another server writes is told BookUnknown; the file itself arrives all the same.
type writings struct {
	mu sync.Mutex
	of map[string]*writing // by account and the name that the page chose
}

// writing is the progress of one file.
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

// remembered is how long the outcome of a file is kept, bookPatience how long a page waits for its file
// to begin.
const (
	remembered   = time.Minute
	bookPatience = 5 * time.Second
)

func watchKey(v *Visit, name string) string {
	return strconv.FormatInt(int64(v.Actor.ID), 10) + "/" + name
}

// Begin registers a file that is being written. Without a name it is not tracked.
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

// Counting returns an iterator over a book's entries that counts them. The percentage is estimated from
// the entries' IDs, which descend from b.Newest to b.Oldest.
func (w *writing) Counting(b logbook.Book) func(func(logbook.Entry) error) error {
	span, each := int64(b.Newest-b.Oldest)+1, b.Each
	return func(fn func(logbook.Entry) error) error {
		return each(func(e logbook.Entry) error {
			w.rows.Add(1)
			w.percent.Store(int64(b.Newest-e.ID) * 100 / max(1, span))
			return fn(e)
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

// bookWatch follows the progress of one file.
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

// BookState reports the progress of a file, or how it ended.
type BookState struct {
	Stage   string `json:"stage"`
	Done    int64  `json:"done"`
	Percent int64  `json:"percent"`
	Error   string `json:"error,omitempty"`
}

// Tell writes a line of JSON every ProgressEvery until the file is complete, broken off or unknown.
func (b bookWatch) Tell(to io.Writer, p lang.Printer) error {
	lines := json.NewEncoder(to)
	for waited := time.Duration(0); ; waited += ProgressEvery {
		state, over := BookState{Stage: bookWaiting}, false
		if w := b.find(); w != nil {
			state, over = w.state(p)
		} else if b.name == "" || waited > bookPatience {
			state.Stage, over = BookUnknown, true
		}
		if err := lines.Encode(state); err != nil || over {
			return err
		}
		time.Sleep(ProgressEvery)
	}
}

func (w *writing) state(p lang.Printer) (state BookState, over bool) {
	state = BookState{Stage: bookWriting, Done: w.rows.Load(), Percent: w.percent.Load()}
	switch w.ended.Load() {
	case BookDone:
		state.Stage, state.Percent, over = BookDone, 100, true
	case "lost":
		state.Error, over = p.T("log_book.lost"), true
	}
	return state, over
}

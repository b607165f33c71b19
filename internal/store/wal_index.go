package store

import (
	"os"
	"runtime"
	"sync"
)

// walIndex is SQLite's note of how far its write-ahead log goes: a file that all processes share, at
// the head of which stands something else after every commit (https://sqlite.org/walformat.html, 2.1).
// While the head is the same nothing was written, by whomever, and the stamp need not be asked for:
// reading it costs a tenth of a statement (docs/adr/0023).
type walIndex struct{ file *os.File }

// walHead is the first of the two copies of the head.
type walHead [48]byte

// walIndexes are the files this process has open, by path. POSIX takes all of a process's locks on a
// file away when it closes any descriptor of it, and SQLite holds locks on this one: so it is opened
// once, and closed only when nobody here has the database open any more.
var walIndexes = struct {
	sync.Mutex
	open map[string]*sharedIndex
}{open: map[string]*sharedIndex{}}

type sharedIndex struct {
	walIndex
	users int
}

// openWALIndex opens the index of a database, of which a connection must stay open until close is
// called: with its last connection SQLite removes the file, and begins another with the next. Where
// there is none, or mapped and read files need not agree, its head is never known.
func openWALIndex(database string) (index *walIndex, close func() error) {
	none := func() error { return nil }
	if runtime.GOOS == "windows" {
		return &walIndex{}, none
	}
	walIndexes.Lock()
	defer walIndexes.Unlock()
	shared := walIndexes.open[database]
	if shared == nil {
		file, err := os.Open(database + "-shm")
		if err != nil {
			return &walIndex{}, none
		}
		shared = &sharedIndex{walIndex: walIndex{file}}
		walIndexes.open[database] = shared
	} else if !shared.isAt(database + "-shm") { // about to be closed
		return &walIndex{}, none
	}
	shared.users++
	return &shared.walIndex, sync.OnceValue(func() error { return shared.letGo(database) })
}

// isAt reports whether the open file is the one of that name.
func (w *walIndex) isAt(name string) bool {
	mine, err := w.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(name)
	return err == nil && os.SameFile(mine, there)
}

func (s *sharedIndex) letGo(database string) error {
	walIndexes.Lock()
	defer walIndexes.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	delete(walIndexes.open, database)
	return s.file.Close()
}

// head is the index's head now; ok is false where it cannot be told. A head read while it is written
// is like none before and none after.
func (w *walIndex) head() (h walHead, ok bool) {
	if w.file == nil {
		return h, false
	}
	n, err := w.file.ReadAt(h[:], 0)
	const begun = 12 // 1 once the index is set up
	return h, err == nil && n == len(h) && h[begun] == 1
}

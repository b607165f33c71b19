package programtest

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// fault is what a disk answers to a call of a thread, at any of so many places.
type fault struct {
	calls, answer string
	places        int
}

const (
	names   = "?rename,renameat,?renameat2"
	folders = "?mkdir,mkdirat"
)

// faults are the calls by which something reaches the disk, with what they may answer.
var faults = []fault{
	{"pwrite64", "EIO", 500}, {"pwrite64", "ENOSPC", 500}, {"pwrite64", "EDQUOT", 500},
	{"fsync,fdatasync", "EIO", 500}, {"fsync,fdatasync", "ENOSPC", 500},
	{"ftruncate", "EIO", 20}, {"ftruncate", "ENOSPC", 20},
	{names, "EIO", 60}, {names, "ENOSPC", 60}, {folders, "ENOSPC", 40},
}

// fate is what somebody was told of what they sent.
type fate int

const (
	kept   fate = iota
	undone      // nothing was saved
	unsure      // it may be, or the answer never came
)

func fateOf(err error) fate {
	switch {
	case err == nil:
		return kept
	case strings.Contains(err.Error(), `"outcome_unknown`) || !strings.Contains(err.Error(), " as staff: "):
		return unsure
	}
	return undone
}

// ledger is what the writers were told, by the key of what they sent: of an entry its note, of a file its hash.
type ledger struct {
	sync.Mutex
	entries, files map[string]fate
	said           map[string]int // refusals
}

func (l *ledger) tell(of map[string]fate, key string, err error) {
	l.Lock()
	defer l.Unlock()
	of[key] = fateOf(err)
	if err != nil {
		_, said, _ := strings.Cut(err.Error(), `"code":"`)
		said, _, _ = strings.Cut(said, `"`)
		l.said[said]++
	}
}

// A disk that fails at any call, once or from then on, loses nothing that was acknowledged, and nothing is there of
// what was said not to be saved; the server says that it cannot save.
func TestADiskThatFailsAtAnyCallLosesNothing(t *testing.T) {
	p, unit := small(t)
	total, reached := map[fate]int{}, 0
	for i := range torture.Times(t, 4, 500) {
		f, round, after := faults[i*3%len(faults)], i/len(faults), ""
		if round%2 == 1 {
			after = "+" // and all later ones
		}
		nth := 1 + (11+round*37)%f.places
		what := fmt.Sprintf("%s answers %s at %d%s", f.calls, f.answer, nth, after)
		p.through = []string{"strace", "-D", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=" + f.calls, "-e",
			fmt.Sprintf("inject=%s:error=%s:when=%d%s", f.calls, f.answer, nth, after)}
		before := p.Log()
		l := &ledger{entries: map[string]fate{}, files: map[string]fate{}, said: map[string]int{}}
		if failed := p.underFault(t, l, unit, what); failed {
			reached++
		}
		for _, wrong := range l.wrong(t, p.Data()) {
			t.Errorf("%s: %s", what, wrong)
		}
		for _, of := range []map[string]fate{l.entries, l.files} {
			for _, fate := range of {
				total[fate]++
			}
		}
		if i%10 == 9 {
			t.Logf("%d times: it failed in front of people %d times, %v", i+1, reached, total)
		}
		if t.Failed() {
			t.Fatalf("%s: told %v\n%s", what, l.said, strings.TrimPrefix(p.Log(), before))
		}
	}
	p.through = nil
	if said, err := Run("verify", "--data", p.Data()); err != nil {
		t.Errorf("verify: %v\n%s", err, said)
	}
	t.Logf("it failed in front of people %d times: %d acknowledged and there, %d refused and not there, %d in doubt", reached,
		total[kept], total[undone], total[unsure])
	if total[kept] == 0 || reached == 0 {
		t.Error("nothing was acknowledged, or nothing ever failed: the test proves nothing")
	}
}

// underFault starts the program, has people write until it fails or some time has passed, and kills it.
func (p *Program) underFault(t *testing.T, l *ledger, unit, what string) (failed bool) {
	t.Helper()
	before := p.Log()
	if err := p.startServing(nil); err != nil {
		t.Fatal(err)
	}
	ended := p.awaitAnswer()
	if !ended {
		l.write(p, unit)
	}
	status, said, err := p.Ready()
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if ended || err != nil {
		if !strings.Contains(strings.TrimPrefix(p.Log(), before), "dabiao: ") {
			t.Errorf("%s: it ended and did not say why", what)
		}
		return true
	}
	stays := l.said["read_only"]+l.said["outcome_unknown"] > 0
	if stays && (status != http.StatusServiceUnavailable || !strings.Contains(said, "read_only")) {
		t.Errorf("%s: people are told %v, and /readyz says %d %s", what, l.said, status, said)
	}
	return len(l.said) > 0
}

// awaitAnswer waits until the program answers, whatever it says, and reports whether it ended instead.
func (p *Program) awaitAnswer() (ended bool) {
	for {
		if _, _, err := p.Ready(); err == nil {
			return false
		}
		select {
		case <-p.done:
			return true
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// write has people write, each until what they send is not saved, or some time has passed.
func (l *ledger) write(p *Program, unit string) {
	deadline := time.Now().Add(1500 * time.Millisecond)
	var failed atomic.Bool
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for time.Now().Before(deadline) && !failed.Load() {
				key := rand.Text()
				var made struct {
					ID int64 `json:"id"`
				}
				err := p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), &made)
				l.tell(l.entries, key, err)
				if err == nil && i%4 == 0 {
					err = l.attach(p, made.ID)
				}
				if err != nil {
					time.Sleep(100 * time.Millisecond) // what the others are told after that
					failed.Store(true)
				}
			}
		})
	}
	all.Wait()
}

func (l *ledger) attach(p *Program, update int64) error {
	picture, sum, err := Picture()
	if err != nil {
		return err
	}
	err = p.Attach("staff", update, sum, "a.png", picture)
	l.tell(l.files, sum, err)
	return err
}

// wrong compares what people were told with what is in the folder of a program that has ended.
func (l *ledger) wrong(t *testing.T, dir string) (out []string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName))
	must(t, err)
	defer db.Close()
	for query, told := range map[string]map[string]fate{
		`SELECT COUNT(*) FROM updates WHERE note = $1`:    l.entries,
		`SELECT COUNT(*) FROM evidence WHERE sha256 = $1`: l.files,
	} {
		for key, fate := range told {
			var n int
			if err := db.QueryRowContext(t.Context(), query, key).Scan(&n); err != nil {
				return append(out, err.Error())
			}
			if fate == kept && n != 1 || fate == undone && n != 0 || n > 1 {
				out = append(out, fmt.Sprintf("of %s it was said %d, and it is there %d times", key, fate, n))
			}
		}
	}
	for sum, fate := range l.files {
		if _, err := os.Stat(filepath.Join(dir, "evidence", sum[:2], sum)); fate == kept && err != nil {
			out = append(out, fmt.Sprintf("a file that was acknowledged: %v", err))
		}
	}
	return out
}

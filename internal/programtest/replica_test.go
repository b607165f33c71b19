package programtest

import (
	"database/sql"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// A server that is killed with all that belongs to it, whose folder is gone, is back from its replica with all that was
// acknowledged two seconds before.
func TestALostFolderIsBackFromItsReplica(t *testing.T) {
	p, err := Demo()
	must(t, err)
	t.Cleanup(func() { must(t, p.Stop()) })
	must(t, p.End())
	unit, place := "", t.TempDir()
	for cycle := range torture.Times(t, 2, 20) {
		must(t, p.Serve("--replica", place, "--backups", "off"))
		if unit == "" {
			unit = rootUnit(t, p)
		}
		j := &journal{kept: map[string]bool{}, unsure: map[string]bool{}}
		done := j.write(p, unit)
		time.Sleep(1500 * time.Millisecond)
		j.Lock()
		early := len(j.kept)
		keys := make([]string, 0, early)
		for key := range j.kept {
			keys = append(keys, key)
		}
		j.Unlock()
		time.Sleep(2 * time.Second)
		must(t, p.Kill())
		done()
		lost := p.Data() + "-lost"
		must(t, os.RemoveAll(lost))
		must(t, os.Rename(p.Data(), lost))
		said, err := Run("restore", "--replica", place, "--data", p.Data())
		if err == nil || !strings.Contains(said, "the file is missing") { // the demo has evidence, and a replica none
			t.Fatalf("cycle %d: the replica is said to hold evidence: %v\n%s", cycle, err, said)
		}
		must(t, os.RemoveAll(filepath.Join(p.Data(), "evidence")))
		must(t, os.Rename(filepath.Join(lost, "evidence"), filepath.Join(p.Data(), "evidence")))
		must(t, os.Rename(filepath.Join(lost, store.KeyFileName), filepath.Join(p.Data(), store.KeyFileName)))
		if said, err := Run("verify", "--data", p.Data()); err != nil {
			t.Fatalf("cycle %d: verify: %v\n%s", cycle, err, said)
		}
		must(t, p.Serve("--backups", "off"))
		_, notes := logged(t, p, unit)
		missing := 0
		for key := range j.kept {
			if notes[key] != 1 {
				missing++
			}
		}
		for _, key := range keys {
			if notes[key] != 1 {
				t.Errorf("cycle %d: an entry of two seconds before is missing", cycle)
			}
		}
		t.Logf("cycle %d: %d of %d acknowledged entries are missing", cycle, missing, len(j.kept))
		if early == 0 {
			t.Error("nothing was acknowledged in time: the test proves nothing")
		}
		must(t, p.End())
	}
}

// replicator is `dabiao replicate` without a server that keeps it up.
type replicator struct {
	*exec.Cmd
	in   io.Closer
	said *strings.Builder
}

func replicate(t *testing.T, data, place string) replicator {
	t.Helper()
	binary, err := Binary()
	must(t, err)
	r := replicator{Cmd: exec.Command(binary, "replicate", "--data", data, "--replica", place), said: new(strings.Builder)}
	r.Stderr = r.said
	r.in, err = r.StdinPipe()
	must(t, err)
	must(t, r.Start())
	t.Cleanup(func() { r.Process.Kill() }) //nolint:errcheck // it ended
	return r
}

// What is written, and taken from SQLite's log into the database, while nobody copies is in the replica all the same.
// (The library, left to go on where it stopped, misses it and says nothing.)
func TestWhatIsWrittenWhileNobodyCopiesIsInTheReplica(t *testing.T) {
	p, err := Demo()
	must(t, err)
	t.Cleanup(func() { must(t, p.Stop()) })
	unit, place := rootUnit(t, p), t.TempDir()
	log := filepath.Join(p.Data(), store.FileName+"-wal")
	for cycle := range torture.Times(t, 1, 20) {
		r := replicate(t, p.Data(), place)
		send := func() { must(t, p.Post("staff", "/api/v1/updates", entry(p, unit, "away"), nil)) }
		for end := time.Now().Add(2 * time.Second); time.Now().Before(end); {
			send()
		}
		must(t, r.Process.Kill())
		_ = r.Wait() //nolint:errcheck // it was killed
		before, sent := generation(t, log), 0
		for deadline := time.Now().Add(time.Minute); generation(t, log) == before; sent++ {
			if send(); time.Now().After(deadline) {
				t.Fatal("SQLite did not begin its log anew: the test proves nothing")
			}
		}
		r = replicate(t, p.Data(), place)
		time.Sleep(time.Second)
		must(t, r.in.Close())
		if err := r.Wait(); err != nil {
			t.Fatalf("%v\n%s", err, r.said)
		}
		to := filepath.Join(t.TempDir(), "new")
		key := filepath.Join(p.Data(), store.KeyFileName)
		said, _ := Run("restore", "--replica", place, "--data", to, "--audit-key", key) //nolint:errcheck // evidence is missing
		for line := range strings.Lines(said) {
			if !strings.HasPrefix(line, "evidence ") && !strings.Contains(line, "the database as of") &&
				!strings.HasPrefix(line, "dabiao: verified, ") {
				t.Errorf("cycle %d: %s", cycle, line)
			}
		}
		all, got := entriesIn(t, p.Data()), entriesIn(t, to)
		if all != got {
			t.Errorf("cycle %d: %d entries, %d in the replica", cycle, all, got)
		}
		t.Logf("cycle %d: %d entries while nobody copied, %d in all", cycle, sent, all)
	}
}

func entriesIn(t *testing.T, dir string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?mode=ro")
	must(t, err)
	defer db.Close()
	must(t, db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM updates").Scan(&n))
	return n
}

// generation is what SQLite changes in its log's head when it begins it anew.
func generation(t *testing.T, log string) string {
	t.Helper()
	f, err := os.Open(log)
	must(t, err)
	defer f.Close()
	head := make([]byte, 24)
	_, err = io.ReadFull(f, head)
	must(t, err)
	return string(head[16:])
}

// A folder follows one database: an office that lost its disk and set the program up anew does not lose its replica,
// too.
func TestAReplicaIsNotReplacedByAnotherDatabase(t *testing.T) {
	place := t.TempDir()
	for i := range 2 {
		p, err := Demo()
		must(t, err)
		t.Cleanup(func() { must(t, p.Stop()) })
		r := replicate(t, p.Data(), place)
		time.Sleep(time.Second)
		must(t, r.in.Close())
		err = r.Wait()
		var ended *exec.ExitError
		switch other := errors.As(err, &ended); {
		case i == 0 && err != nil:
			t.Fatalf("%v\n%s", err, r.said)
		case i == 1 && (!other || !strings.Contains(r.said.String(), "another database")):
			t.Errorf("it replaced it: %v\n%s", err, r.said)
		}
	}
}

package programtest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// A server whose folder is gone, with all its processes killed, is back from its replica with all that was acknowledged
// two seconds before: also where the process that copies was killed before, since the server begins it anew. What was
// restored does not take the folder of the replica for its own.
func TestALostFolderIsBackFromItsReplica(t *testing.T) {
	p, err := Demo()
	must(t, err)
	t.Cleanup(func() { must(t, p.Stop()) })
	must(t, p.End())
	unit := ""
	for cycle := range torture.Times(t, 1, 20) {
		place := t.TempDir()
		must(t, p.Serve("--replica", place, "--backups", "off"))
		if unit == "" {
			unit = rootUnit(t, p)
		}
		replicaCopied(t, p, 0)
		must(t, syscall.Kill(replicating(t, place), syscall.SIGKILL))
		replicaCopied(t, p, 1)
		j := &journal{kept: map[string]bool{}, unsure: map[string]bool{}}
		done := j.write(p, unit)
		time.Sleep(500 * time.Millisecond)
		early := j.acknowledged()
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
		if _, err := os.Stat(filepath.Join(p.Data(), "evidence")); err != nil {
			t.Errorf("new files have no folder: %v", err)
		}
		must(t, os.RemoveAll(filepath.Join(p.Data(), "evidence")))
		must(t, os.Rename(filepath.Join(lost, "evidence"), filepath.Join(p.Data(), "evidence")))
		must(t, os.Rename(filepath.Join(lost, store.KeyFileName), filepath.Join(p.Data(), store.KeyFileName)))
		if said, err := Run("verify", "--data", p.Data()); err != nil {
			t.Fatalf("cycle %d: verify: %v\n%s", cycle, err, said)
		}
		must(t, p.Serve("--replica", place, "--backups", "off"))
		_, notes := logged(t, p, unit)
		missing := 0
		for key := range j.kept {
			if notes[key] != 1 {
				missing++
			}
		}
		for _, key := range early {
			if notes[key] != 1 {
				t.Errorf("cycle %d: an entry of two seconds before is missing", cycle)
			}
		}
		t.Logf("cycle %d: %d of %d acknowledged entries are missing", cycle, missing, len(j.kept))
		if len(early) == 0 {
			t.Error("nothing was acknowledged in time: the test proves nothing")
		}
		await(t, "it is told that the folder is another database's", func() bool {
			return bytes.Contains([]byte(p.Log()), []byte("holds the replica of another database"))
		})
		must(t, p.End())
	}
}

func (j *journal) acknowledged() (keys []string) {
	j.Lock()
	defer j.Unlock()
	for key := range j.kept {
		keys = append(keys, key)
	}
	return keys
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it is not so that %s", what)
		}
	}
}

// replicaCopied waits until all from before now is in the replica, whose process ended so often.
func replicaCopied(t *testing.T, p *Program, ends int) {
	t.Helper()
	begun := time.Now()
	since := float64(begun.UnixMilli()) / 1000
	await(t, "the replica has all from before, after "+strconv.Itoa(ends)+" restarts", func() bool {
		return metric(t, p, "dabiao_replica_timestamp_seconds") > since &&
			metric(t, p, "dabiao_replica_restarts_total") == float64(ends)
	})
}

func metric(t *testing.T, p *Program, name string) float64 {
	t.Helper()
	answer, err := http.Get(p.URL + "/metrics")
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	found := regexp.MustCompile(`(?m)^` + name + `\{.*\} (\S+)$`).FindSubmatch(body)
	if found == nil {
		return -1
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	must(t, err)
	return n
}

// replicating returns the process that copies into a folder.
func replicating(t *testing.T, place string) int {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	must(t, err)
	for _, name := range all {
		words, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(words, []byte("\x00replicate\x00")) || !bytes.Contains(words, []byte(place)) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		must(t, err)
		return pid
	}
	t.Fatal("nobody copies")
	return 0
}

package programtest

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// A backup that is made while people write holds all that was acknowledged before it began, with its files, and
// verifies. Copying the database as any other file does not.
func TestABackupMadeWhilePeopleWriteHoldsAllFromBefore(t *testing.T) {
	p, unit := small(t)
	must(t, p.Serve("--backups", "off"))
	t.Cleanup(func() { must(t, p.End()) })
	b, err := p.SignIn("staff")
	must(t, err)
	r := &recording{sent: map[string]int{}}
	copies := torture.Times(t, 2, 60)
	stop := make(chan struct{})
	wait := r.write(t, p, b, unit, stop)
	defer wait()
	time.Sleep(200 * time.Millisecond)
	for i := range copies {
		if i%5 == 4 {
			t.Logf("%d backups", i+1)
		}
		entries, files := r.acknowledged()
		file, dir := filepath.Join(t.TempDir(), "copy.zip"), filepath.Join(t.TempDir(), "restored")
		for _, args := range [][]string{{"backup", file, "--data", p.Data()}, {"restore", file, "--data", dir},
			{"verify", "--data", dir}} {
			if said, err := Run(args...); err != nil {
				t.Fatalf("%s: %v\n%s", args[0], err, said)
			}
		}
		if missing := r.missing(t, dir, entries, files); len(missing) > 0 {
			t.Fatalf("%d of %d entries and files from before are missing: %v", len(missing), len(entries)+len(files), missing[:1])
		}
	}
	entries, files := r.acknowledged()
	naive := t.TempDir()
	must(t, copyOne(filepath.Join(p.Data(), store.FileName), filepath.Join(naive, store.FileName)))
	if missing := r.missing(t, naive, entries, files); len(missing) == 0 {
		t.Error("a copy of the file alone holds everything: the test proves nothing")
	}
	close(stop)
	wait()
	slices.Sort(r.waits)
	median, longest := r.waits[len(r.waits)/2], r.waits[len(r.waits)-1]
	t.Logf("%d backups while %d entries and %d files were written; an entry took %s, the longest %s: %.0f times", copies,
		len(r.entries), len(r.files), median.Round(time.Microsecond), longest.Round(time.Microsecond),
		float64(longest)/float64(median))
}

func copyOne(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// acknowledged returns what was acknowledged so far.
func (r *recording) acknowledged() (entries, files []acknowledged) {
	r.Lock()
	defer r.Unlock()
	return slices.Clone(r.entries), slices.Clone(r.files)
}

// missing lists what a folder lacks of what was acknowledged.
func (r *recording) missing(t *testing.T, dir string, entries, files []acknowledged) (out []string) {
	t.Helper()
	in, err := r.rows(t, filepath.Join(dir, store.FileName))
	if err != nil {
		return []string{err.Error()}
	}
	r.Lock()
	defer r.Unlock()
	for _, a := range slices.Concat(entries, files) {
		if !in.rows[r.sent[a.key]] {
			out = append(out, a.key)
		}
	}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, "evidence", f.key[:2], f.key))
		if sum := sha256.Sum256(content); err != nil || hex.EncodeToString(sum[:]) != f.key {
			out = append(out, f.key)
		}
	}
	return out
}

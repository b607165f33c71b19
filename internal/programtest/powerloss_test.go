package programtest

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"image/jpeg"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/daytest"
	"dabiao/internal/disktest"
	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// A power failure at any moment, whatever of the writes since the last sync the disk has carried out and in which
// order: all that was acknowledged by then is there, whole, and `verify` finds nothing else. Taking away any of the
// syncs loses something.
func TestAPowerFailureLosesNothing(t *testing.T) {
	const few = 100
	r := recordWriting(t)
	images := torture.Times(t, few, 25000)
	sound := r.images(t, images, nil)
	if share := images/len(r.events) + 1; sound.wrong == nil && sound.made < images-share { // the last event has none
		t.Fatalf("%d images of %d events", sound.made, len(r.events))
	}
	if sound.wrong != nil {
		t.Fatalf("after %d images: %v", sound.made, sound.wrong)
	}
	t.Logf("%d images at %d moments, %d of them with a database of their own, %d entries and %d files acknowledged: nothing lost",
		sound.made, len(r.events), len(sound.seen), len(r.entries), len(r.files))
	for _, c := range []struct {
		what string
		of   func(path string) bool
		dear bool // it takes many images
	}{
		{"the write-ahead log", func(path string) bool { return strings.HasSuffix(path, "-wal") }, false},
		{"contents of evidence", func(path string) bool { return strings.HasPrefix(path, "evidence/staged/") }, false},
		{"folders of evidence", func(path string) bool { return len(path) == len("evidence/ab") }, false},
		{"folders that hold all", func(path string) bool { return path == "." || path == "evidence" }, false},
		{"previews", func(path string) bool { return strings.HasPrefix(path, "evidence/previews/") }, true},
		{"backups", func(path string) bool { return strings.HasPrefix(path, "backups/") }, true},
		{"the database", func(path string) bool { return path == store.FileName }, true},
	} {
		if c.dear && images == few {
			continue
		}
		if lost := r.images(t, max(images, 2000), c.of); lost.wrong == nil {
			t.Errorf("without syncs of %s nothing is lost in %d images: the test proves nothing of them", c.what, lost.made)
		} else {
			t.Logf("without syncs of %s: %v, in image %d", c.what, lost.wrong, lost.made)
		}
	}
}

// recording is what a program did to its folder, and when it acknowledged what.
type recording struct {
	dir    string // the folder as it was before
	events []disktest.Event

	sync.Mutex
	entries, files []acknowledged
	sent           map[string]int // by note or hash: its number
	waits          []time.Duration
}

// acknowledged is an entry, by its note, or a file, by its hash, with the moment of the answer.
type acknowledged struct {
	key string
	at  float64
}

func (r *recording) send(key string) {
	r.Lock()
	defer r.Unlock()
	r.sent[key] = len(r.sent)
}

func (r *recording) took(in *[]acknowledged, key string) {
	end := time.Now()
	r.Lock()
	defer r.Unlock()
	*in = append(*in, acknowledged{key, float64(end.UnixMicro()) / 1e6})
}

// again sends what was never answered, on a machine that is too busy, once more under its key.
func again(send func() error) (err error) {
	for range 5 {
		if err = send(); fateOf(err) != unsure {
			return err
		}
	}
	return err
}

func (r *recording) waited(d time.Duration) {
	r.Lock()
	defer r.Unlock()
	r.waits = append(r.waits, d)
}

// recordWriting records the program while people write: until it is ended, and then again until it is killed.
func recordWriting(t *testing.T) *recording {
	t.Helper()
	p, unit := small(t)
	r := &recording{dir: t.TempDir(), sent: map[string]int{}}
	must(t, os.CopyFS(r.dir, os.DirFS(p.Data())))
	var records []string
	recorded := func() []string {
		records = append(records, filepath.Join(t.TempDir(), "record"))
		return disktest.Through(records[len(records)-1])
	}
	for i := range 2 {
		p.through = recorded()
		must(t, p.Serve("--backups", "off"))
		b, err := p.SignIn("staff")
		must(t, err)
		stop := make(chan struct{})
		wait := r.write(t, p, b, unit, stop)
		for _, dir := range []string{p.Data(), r.dir} {
			must(t, os.MkdirAll(filepath.Join(dir, "backups"), 0o700))
		}
		file := filepath.Join(p.Data(), "backups", fmt.Sprint(i, ".zip"))
		backup := append(recorded(), p.binary, "backup", file, "--data", p.Data())
		if said, err := exec.CommandContext(t.Context(), backup[0], backup[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("back up: %v\n%s", err, said)
		}
		time.Sleep(time.Duration(torture.Times(t, 100, 2000)) * time.Millisecond)
		close(stop)
		wait()
		must(t, p.End())
		<-p.gone // with who records it
	}
	events, err := disktest.Read(p.Data(), records...)
	must(t, err)
	r.events = events
	return r
}

// write has people log entries and attach pictures until stop is closed; the returned function waits for them.
func (r *recording) write(t *testing.T, p *Program, b *Browser, unit string, stop chan struct{}) (wait func()) {
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := r.writeOne(p, b, unit, i%4 == 0); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	return all.Wait
}

func (r *recording) writeOne(p *Program, b *Browser, unit string, withPicture bool) error {
	key := rand.Text()
	r.send(key)
	var made struct {
		ID int64 `json:"id"`
	}
	start := time.Now()
	if err := again(func() error {
		return p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), &made)
	}); err != nil {
		return err
	}
	r.took(&r.entries, key)
	r.waited(time.Since(start))
	if !withPicture {
		return nil
	}
	picture, sum, err := Picture()
	for err == nil && sum[0] != '0' { // few folders, so that several people need one at the same time
		picture, sum, err = Picture()
	}
	if err != nil {
		return err
	}
	r.send(sum)
	var stored []struct {
		ID int64 `json:"id"`
	}
	if err := again(func() error {
		return p.AttachInto("staff", made.ID, sum, "a.png", picture, &stored)
	}); err != nil {
		return err
	}
	r.took(&r.files, sum)
	_, _, err = b.Get(fmt.Sprintf("/evidence/%d/preview.jpg", stored[0].ID))
	return err
}

// outcome is what came of looking at images.
type outcome struct {
	made  int
	seen  map[uint64]*inside // by the content of database and log
	wrong error              // the first that lost something
}

// inside is what a database holds: by the number of what was sent.
type inside struct{ rows []bool }

// images builds so many images, spread over the recording, and looks at each; ignored says which syncs are taken away,
// and then the first image that lost something ends it.
func (r *recording) images(t *testing.T, many int, ignored func(string) bool) (out outcome) {
	t.Helper()
	disk, err := disktest.From(r.dir)
	must(t, err)
	disk.Ignore = ignored
	random := mathrand.New(mathrand.NewPCG(2026, 11))
	out.seen = map[uint64]*inside{}
	seed := maphash.MakeSeed()
	for i, e := range r.events {
		must(t, disk.Do(e))
		for ; out.made*len(r.events) < many*(i+1); out.made++ {
			if i+1 == len(r.events) {
				return out
			}
			if out.made%1000 == 999 && ignored == nil {
				t.Logf("%d images, %d databases", out.made+1, len(out.seen))
			}
			image := disk.Image(random)
			if err := r.look(t, image, r.events[i+1].Ended, seed, out.seen); err != nil {
				out.wrong = fmt.Errorf("event %d of %d: %w", i, len(r.events), err)
				return out
			}
		}
	}
	return out
}

// look holds an image against what was acknowledged before a moment.
func (r *recording) look(t *testing.T, image disktest.Image, before float64, seed maphash.Seed,
	seen map[uint64]*inside) error {
	var hash maphash.Hash
	hash.SetSeed(seed)
	hash.Write(image[store.FileName])
	hash.Write(image[store.FileName+"-wal"])
	hash.Write(image[store.KeyFileName])
	in := seen[hash.Sum64()]
	if in == nil {
		var err error
		if in, err = r.open(t, image); err != nil {
			return err
		}
		seen[hash.Sum64()] = in
	}
	for _, of := range [][]acknowledged{r.entries, r.files} {
		for _, a := range of {
			if a.at < before && !in.rows[r.sent[a.key]] {
				return fmt.Errorf("%s was acknowledged and is lost", a.key)
			}
		}
	}
	return r.lookAtFiles(image, in)
}

// lookAtFiles holds the files of an image against its database.
func (r *recording) lookAtFiles(image disktest.Image, in *inside) error {
	for sum, n := range r.sent {
		if len(sum) != 64 || !in.rows[n] {
			continue
		}
		content, ok := image[filepath.Join("evidence", sum[:2], sum)]
		if hash := sha256.Sum256(content); !ok || hex.EncodeToString(hash[:]) != sum {
			return fmt.Errorf("the file %s is in the database, and there %v with %d bytes", sum, ok, len(content))
		}
	}
	for path, content := range image {
		switch {
		case strings.HasPrefix(path, "evidence/previews/") && !strings.HasSuffix(path, ".partial"):
			if _, err := jpeg.Decode(bytes.NewReader(content)); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		case strings.HasSuffix(path, ".zip"):
			if err := checkBackup(content); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	return nil
}

func checkBackup(content []byte) error {
	f, err := os.CreateTemp("", "image-*.zip")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // a leftover of a test
	_, err = f.Write(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	_, err = store.CheckBackup(f.Name())
	return err
}

// open opens an image as the program does after a power failure, verifies it, and returns what it holds.
func (r *recording) open(t *testing.T, image disktest.Image) (*inside, error) {
	t.Helper()
	dir, err := os.MkdirTemp("", "dabiao-image-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a leftover of a test
	if err := image.Write(dir); err != nil {
		return nil, err
	}
	db, a, err := openOffice(t.Context(), dir, daytest.StoryDay)
	if err != nil {
		return nil, err
	}
	differences, err := a.Verify(t.Context())
	err = errors.Join(err, db.Damage(t.Context()), db.Writable(t.Context()), db.Close())
	if err == nil && len(differences) > 0 {
		err = fmt.Errorf("verify: %s", strings.Join(differences, "; "))
	}
	if err != nil {
		return nil, err
	}
	return r.rows(t, filepath.Join(dir, store.FileName))
}

func (r *recording) rows(t *testing.T, path string) (*inside, error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `SELECT note FROM updates UNION ALL SELECT sha256 FROM evidence`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r.Lock() // people may still be writing
	defer r.Unlock()
	in := &inside{make([]bool, len(r.sent))}
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		n, ours := r.sent[key]
		if !ours || in.rows[n] {
			return nil, fmt.Errorf("%q was never sent, or is there twice", key)
		}
		in.rows[n] = true
	}
	return in, rows.Err()
}

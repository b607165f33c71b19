package programtest

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/store"
)

// withoutPower starts the program such that the rights of files hold for it also where the tests run as root.
func withoutPower(p *Program) {
	if os.Getuid() == 0 {
		p.through = []string{"setpriv", "--bounding-set", "-all"}
	}
}

// protect takes the right to write from a file or a folder and, with below, from all in it; the returned function
// gives it back.
func protect(t *testing.T, path string, below bool) (giveBack func()) {
	t.Helper()
	was := map[string]fs.FileMode{}
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		was[name] = info.Mode().Perm()
		err = os.Chmod(name, info.Mode().Perm()&^0o222)
		if !below && d.IsDir() {
			return filepath.SkipAll
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		for name, mode := range was {
			// The server begins anew as soon as it may write, and takes away what it needs no more.
			if err := os.Chmod(name, mode); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}
	}
}

// Records that take no writes from the start are read, and nothing is said to be saved; once they take writes, so does
// the server.
func TestRecordsThatTakeNoWritesAreRead(t *testing.T) {
	p, unit := small(t)
	must(t, p.Serve())
	t.Cleanup(func() { must(t, p.End()) })
	b, err := p.SignIn("admin")
	must(t, err)
	picture, sum, err := Picture()
	must(t, err)
	var made struct{ ID int64 }
	must(t, p.Post("staff", "/api/v1/updates", entry(p, unit, "with a picture"), &made))
	must(t, p.Attach("staff", made.ID, sum, "a.png", picture))
	withoutPower(p)
	database := filepath.Join(p.Data(), store.FileName)
	for _, c := range []struct {
		what    string
		path    string
		below   bool
		prepare func() error
	}{
		{"the folder and all in it, after a clean end", p.Data(), true, p.End},
		{"the folder and all in it, killed", p.Data(), true, p.Kill},
		{"the folder and all in it, without a lock", p.Data(), true, func() error {
			err := p.Kill()
			os.Remove(filepath.Join(p.Data(), "lock")) //nolint:errcheck // what is left of it is found by the test
			return err
		}},
		{"only the folder", p.Data(), false, p.Kill},
		{"only the database", database, false, p.Kill},
	} {
		t.Run(c.what, func(t *testing.T) {
			key := "before: " + c.what
			if err := p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), nil); err != nil {
				t.Fatal(err)
			}
			if err := c.prepare(); err != nil {
				t.Fatal(err)
			}
			giveBack := protect(t, c.path, c.below)
			defer giveBack()
			if err := p.ServeStopped(); err != nil {
				t.Fatal(err)
			}
			readOnly(t, p, b, unit, key)
			giveBack()
			if err := p.await(http.StatusOK); err != nil {
				t.Fatal(err)
			}
			again := "after: " + c.what
			if err := p.PostOnce("staff", "/api/v1/updates", again, entry(p, unit, again), nil); err != nil {
				t.Errorf("once it takes writes: %v", err)
			}
		})
	}
}

// readOnly holds a server to reading everything and saving nothing.
func readOnly(t *testing.T, p *Program, b *Browser, unit, kept string) {
	t.Helper()
	status, said, err := p.Ready()
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(said, "records_unwritable") {
		t.Errorf("/readyz: %d %s %v", status, said, err)
	}
	if _, notes := logged(t, p, unit); notes[kept] != 1 {
		t.Errorf("the last entry is in the log %d times", notes[kept])
	}
	pages, err := b.Crawl("/", 60)
	if err != nil || len(pages) < 30 {
		t.Errorf("%d pages, %v", len(pages), err)
	}
	for path, status := range pages {
		if path == "/account/data.json" { // the audit log cannot hold that it was given out
			continue
		}
		if status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _, err := b.Get("/evidence/1/preview.jpg"); err != nil || status != http.StatusOK {
		t.Errorf("the preview of a picture: %d, %v", status, err)
	}
	if _, body, err := b.Get("/"); err != nil || !strings.Contains(body, "数据文件夹") {
		t.Errorf("the board does not say that nothing can be saved: %v", err)
	}
	err = p.PostOnce("staff", "/api/v1/updates", "refused", entry(p, unit, "refused"), nil)
	if err == nil || !strings.Contains(err.Error(), "503") || !strings.Contains(err.Error(), "records_unwritable") {
		t.Errorf("a write is told %v", err)
	}
}

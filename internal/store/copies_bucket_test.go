package store_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/store"
)

func lockAndKey(t *testing.T) (*depot.Recipient, func() (depot.Key, error)) {
	t.Helper()
	k, err := depot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	r, err := depot.ParseRecipient(k.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	return r, func() (depot.Key, error) { return k, nil }
}

// What holds of copies in a folder holds of those that are encrypted, and of those in a bucket, which two offices and
// two prefixes share.
func TestCopiesLieWhereverTheyAreSent(t *testing.T) {
	s := s3test.Start(t)
	lock, key := lockAndKey(t)
	a, _ := copied(t)
	for kind, c := range map[string]store.Copies{
		"an encrypted folder":    {Depot: depot.Folder{Dir: t.TempDir()}, Lock: lock},
		"a bucket":               {Depot: s.Open(t, "s3://"+s3test.Bucket)},
		"a prefix, encrypted":    {Depot: s.Open(t, "s3://"+s3test.Bucket+"/dabiao"), Lock: lock},
		"another one, encrypted": {Depot: s.Open(t, "s3://"+s3test.Bucket+"/dabiao/b"), Lock: lock},
	} {
		t.Run(kind, func(t *testing.T) {
			c, err := a.db.Copies(t.Context(), c.Depot, c.Lock)
			a.must(err)
			strange := "dabiao-0123456789ab-20260101-010101.zip"
			_, err = c.Depot.Put(t.Context(), strange, func(io.Writer) error { return nil })
			a.must(err)
			for day := range 9 {
				m, err := a.db.CopyInto(t.Context(), c, a.files, "test", madeAt.AddDate(0, 0, day), nil)
				a.must(err)
				if len(m.SHA256) != 64 {
					t.Errorf("the hash is %q", m.SHA256)
				}
			}
			removed, err := c.Thin(t.Context(), madeAt.AddDate(0, 0, 9))
			a.must(err)
			all, err := c.List(t.Context())
			a.must(err)
			if len(removed) != 2 || len(all) != 7 || all[0].Locked != (c.Lock != nil) ||
				!all[0].At.Equal(madeAt.AddDate(0, 0, 8)) {
				t.Errorf("%v were removed, there are %v", removed, all)
			}
			if _, err := depot.Stat(t.Context(), c.Depot, strange); err != nil {
				t.Errorf("what is another office's is gone: %v", err)
			}
			other := c
			other.Office = "0123456789ab"
			if seen, err := other.Look(t.Context()); err != nil || len(seen.Ours) > 0 || len(seen.Others) != 1 {
				t.Errorf("the other office sees %v, %v", seen, err)
			}
			archive := filepath.Join(t.TempDir(), "x.zip")
			a.must(depot.Fetch(t.Context(), c.Depot, all[0].Name, archive, key))
			if m, err := store.Restore(archive, filepath.Join(t.TempDir(), "r")); err != nil || len(m.Files) != 3 {
				t.Errorf("restored %v, %v", m.Files, err)
			}
		})
	}
	if left, err := filepath.Glob(filepath.Join(a.dir, "*.partial*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays beside the database", left)
	}
}

// An encrypted copy shows nothing of what is in it.
func TestAnEncryptedCopyShowsNothing(t *testing.T) {
	lock, _ := lockAndKey(t)
	a, c := copied(t)
	c.Lock = lock
	m, err := a.db.CopyInto(t.Context(), c, a.files, "test", madeAt, nil)
	a.must(err)
	content, err := os.ReadFile(filepath.Join(c.Depot.String(), m.Name))
	a.must(err)
	for _, word := range []string{"manifest.json", "evidence/", "first file", "SQLite format"} {
		if bytes.Contains(content, []byte(word)) {
			t.Errorf("it shows %q", word)
		}
	}
}

// Storage that fails in the middle, or is away, leaves no copy that counts and nothing beside the database.
func TestNoCopyWhereStorageFails(t *testing.T) {
	s := s3test.Start(t)
	a, c := copied(t)
	a.attach(strings.Repeat("much ", 2<<20)) // 10 MB
	for want, endpoint := range map[string]string{"": s.Cut(t, 3<<20), "s3_silent": s3test.Silent(t),
		"s3_away": "http://127.0.0.1:1"} {
		with := s.S3
		with.Endpoint, with.Silence = endpoint, 3*time.Second
		b, err := depot.NewBucket("s3://"+s3test.Bucket, with)
		a.must(err)
		c.Depot = b
		if err := a.copyInto(c, madeAt); err == nil || want != "" && refusalKey(err) != want {
			t.Errorf("%s: it says %v", want, err)
		}
	}
	c.Depot = s.Open(t, "s3://"+s3test.Bucket)
	if all, err := c.List(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("there is %v, %v", all, err)
	}
	if left, err := filepath.Glob(filepath.Join(a.dir, "*.partial*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays beside the database", left)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := a.db.CopyInto(ended, c, a.files, "test", madeAt, nil); err == nil {
		t.Error("a copy was made after the end")
	}
	a.must(a.copyInto(c, madeAt))
}

// Archives that are sent or encrypted are made on the disk of the data first: there must be room for that.
func TestRoomIsCountedWhereItIsNeeded(t *testing.T) {
	lock, _ := lockAndKey(t)
	s := s3test.Start(t)
	dir := t.TempDir()
	need := map[string]int64{}
	free := func(string) (int64, error) { return store.Reserve + need["has"], nil }
	db, err := store.Open(t.Context(), store.Config{Dir: dir, Free: free})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		t.Fatal(err)
	}
	size := func() (n int64) {
		for _, name := range []string{store.FileName, store.FileName + "-wal"} {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
				n += info.Size()
			}
		}
		return n
	}
	for _, c := range []struct {
		what   string
		copies store.Copies
		times  int64 // the database's size
	}{
		{"a folder on the same disk", store.Copies{Depot: depot.Folder{Dir: t.TempDir()}}, 2},
		{"an encrypted one", store.Copies{Depot: depot.Folder{Dir: t.TempDir()}, Lock: lock}, 3},
		{"a bucket", store.Copies{Depot: s.Open(t, "s3://"+s3test.Bucket)}, 2},
		{"a bucket, encrypted", store.Copies{Depot: s.Open(t, "s3://"+s3test.Bucket+"/x"), Lock: lock}, 2},
	} {
		c.copies.Office = "0123456789ab"
		need["has"] = c.times*size() - 1
		if _, err := db.CopyInto(t.Context(), c.copies, files, "test", madeAt, nil); refusalKey(err) != "backup_no_space" {
			t.Errorf("%s: with a byte too little it says %v", c.what, err)
		}
		need["has"]++
		if _, err := db.CopyInto(t.Context(), c.copies, files, "test", madeAt, nil); err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

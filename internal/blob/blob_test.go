package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// way is one of the places where contents may lie, as its test sees it.
type way struct {
	open  func(t *testing.T) blob.Files  // one more server of the same office
	spoil func(t *testing.T, sum string) // alters a byte behind the program's back
}

func (w way) shared(first blob.Files) bool { return !first.Local() }

// each runs the test for every place.
func each(t *testing.T, test func(t *testing.T, w way)) {
	t.Helper()
	at := func(t *testing.T, p blob.Store) blob.Files {
		t.Helper()
		f, err := blob.Open(t.TempDir(), p)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	flip := func(t *testing.T, name string) {
		t.Helper()
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte("#"), 1); err != nil || f.Close() != nil {
			t.Fatal(err)
		}
	}
	t.Run("folder", func(t *testing.T) {
		var dir string
		test(t, way{func(t *testing.T) blob.Files {
			t.Helper()
			f := at(t, nil)
			dir = f.Dir()
			return f
		}, func(t *testing.T, sum string) { t.Helper(); flip(t, filepath.Join(dir, sum[:2], sum)) }})
	})
	t.Run("bucket", func(t *testing.T) {
		s := s3test.Start(t)
		test(t, way{func(t *testing.T) blob.Files {
			t.Helper()
			return at(t, blob.InBucket(s.Open(t, "s3://"+s3test.Bucket+"/of/evidence")))
		}, func(t *testing.T, sum string) { t.Helper(); flip(t, s.Object("of/evidence/"+sum[:2]+"/"+sum)) }})
	})
	t.Run("database", func(t *testing.T) {
		storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
			place, err := db.Chunks()
			if db.Dir() != "" {
				if err == nil {
					t.Error("SQLite takes contents")
				}
				return
			}
			test(t, way{func(t *testing.T) blob.Files { t.Helper(); return at(t, place) },
				func(t *testing.T, sum string) {
					t.Helper()
					behind(`UPDATE evidence_chunks SET content = set_byte(content, 1, 35) WHERE sha256 = $1 AND n = 0`, sum)
				}})
		})
	})
}

func noise(n int) []byte {
	out := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(n)}).Read(out) //nolint:errcheck // it never fails
	return out
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func keep(ctx context.Context, f blob.Files, content []byte) error {
	s, err := f.Stage(bytes.NewReader(content))
	if err != nil {
		return err
	}
	defer s.Discard()
	return s.Commit(ctx)
}

func wantContent(t *testing.T, f blob.Files, content []byte) {
	t.Helper()
	sum := sumOf(content)
	file, err := f.Open(t.Context(), sum)
	if err != nil {
		t.Fatalf("%d bytes: %v", len(content), err)
	}
	defer file.Close()
	if got, err := io.ReadAll(file); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes come back as %d, %v", len(content), len(got), err)
	}
	if now, err := f.Sum(t.Context(), sum); err != nil || now != sum {
		t.Errorf("%d bytes have another hash: %v", len(content), err)
	}
	if err := f.Check(t.Context(), sum, int64(len(content))); err != nil {
		t.Error(err)
	}
}

func wantMissing(t *testing.T, f blob.Files, sum string) {
	t.Helper()
	_, open := f.Open(t.Context(), sum)
	_, hash := f.Sum(t.Context(), sum)
	for _, err := range []error{open, hash, f.Check(t.Context(), sum, 1)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("what is not there: %v", err)
		}
	}
}

// wantNothingStaged fails if anything is left on the way.
func wantNothingStaged(t *testing.T, f blob.Files) {
	t.Helper()
	if left, err := os.ReadDir(filepath.Join(f.Dir(), "staged")); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// Wherever contents lie, the same holds.
func TestContentsAreKept(t *testing.T) {
	each(t, func(t *testing.T, w way) {
		one := w.open(t)
		sizes := []int{1, 2, 256<<10 - 1, 256 << 10, 256<<10 + 1, 20 << 20}
		for _, size := range sizes {
			content := noise(size)
			wantMissing(t, one, sumOf(content))
			for range 2 { // the second time it is there already
				if err := keep(t.Context(), one, content); err != nil {
					t.Fatal(size, err)
				}
			}
			wantContent(t, one, content)
		}
		content := noise(sizes[3])
		if err := one.Check(t.Context(), sumOf(content), 5); !errors.Is(err, blob.ErrAltered) {
			t.Errorf("another size: %v", err)
		}
		other := one
		if w.shared(one) { // another server, with a folder of its own
			other = w.open(t)
			wantContent(t, other, content)
		}
		for range 2 {
			if err := other.Remove(t.Context(), sumOf(content)); err != nil {
				t.Error(err)
			}
		}
		wantMissing(t, one, sumOf(content))
		wantContent(t, one, noise(sizes[4]))
		wantNothingStaged(t, one)
		if err := one.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// An altered content is given to nobody, is found, and is whole again once it is handed in again.
func TestAnAlteredContentIsFound(t *testing.T) {
	each(t, func(t *testing.T, w way) {
		f := w.open(t)
		content := noise(300 << 10)
		if err := keep(t.Context(), f, content); err != nil {
			t.Fatal(err)
		}
		w.spoil(t, sumOf(content))
		if file, err := f.Open(t.Context(), sumOf(content)); !errors.Is(err, blob.ErrAltered) {
			t.Errorf("it opens: %v, %v", file, err)
		}
		if now, err := f.Sum(t.Context(), sumOf(content)); err != nil || now == sumOf(content) {
			t.Errorf("it has the hash %s, %v", now, err)
		}
		wantNothingStaged(t, f)
		if err := keep(t.Context(), f, content); err != nil {
			t.Fatal(err)
		}
		wantContent(t, f, content)
	})
}

// Who hangs up has kept nothing.
func TestWhatIsBrokenOffIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, w way) {
		f := w.open(t)
		if f.Local() {
			return // it is only given another name
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		content := noise(1 << 20)
		if err := keep(ctx, f, content); err == nil {
			t.Error("it was kept")
		}
		wantMissing(t, f, sumOf(content))
		wantNothingStaged(t, f)
	})
}

// Contents go from any place to any other, all that are whole.
func TestContentsAreCarried(t *testing.T) {
	each(t, func(t *testing.T, from way) {
		a := from.open(t)
		each(t, func(t *testing.T, to way) {
			whole, spoiled, missing := noise(700<<10), noise(400<<10), sumOf([]byte("nowhere"))
			for _, content := range [][]byte{whole, spoiled} {
				if err := keep(t.Context(), a, content); err != nil {
					t.Fatal(err)
				}
			}
			b := to.open(t)
			from.spoil(t, sumOf(spoiled))
			for range 2 { // the second time they are there
				lacks, err := a.CarryTo(t.Context(), b, []string{sumOf(whole), missing})
				if err != nil || len(lacks) != 1 || lacks[0] != missing {
					t.Errorf("it lacks %v, %v", lacks, err)
				}
			}
			wantContent(t, b, whole)
			if a.Local() && b.Local() {
				return // the same file has two names
			}
			lacks, err := a.CarryTo(t.Context(), b, []string{sumOf(spoiled)})
			if err != nil || len(lacks) != 1 {
				t.Errorf("an altered one is carried: %v, %v", lacks, err)
			}
			wantMissing(t, b, sumOf(spoiled))
		})
	})
}

// A large content stands whole in no memory.
func TestALargeContentIsStreamed(t *testing.T) {
	const size, most = 96 << 20, 24 << 20
	each(t, func(t *testing.T, w way) {
		f := w.open(t)
		content := io.LimitReader(rand.NewChaCha8([32]byte{9}), size)
		defer debug.SetGCPercent(debug.SetGCPercent(20))
		runtime.GC()
		begun := inUse()
		peak, stop, stopped := uint64(0), make(chan struct{}), make(chan struct{})
		go func() {
			defer close(stopped)
			for {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
					peak = max(peak, inUse())
				}
			}
		}()
		s, err := f.Stage(content)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Discard()
		if err := s.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		file, err := f.Open(t.Context(), s.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		close(stop)
		<-stopped
		t.Logf("%d MB took %d KB", size>>20, (max(peak, begun)-begun)>>10)
		if peak > begun+most {
			t.Errorf("%d MB took %d MB of memory", size>>20, (peak-begun)>>20)
		}
	})
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// fault is a bucket's server that does something else with some requests.
func fault(t *testing.T, s s3test.Server, method string,
	instead func(http.ResponseWriter, *http.Request) bool) blob.Files {
	t.Helper()
	to, err := url.Parse(s.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host // it is signed
	}}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method || !instead(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	return reach(t, s, front.URL, patience)
}

// patience is how long a bucket may say nothing where it is not silence that is tried.
const patience = 20 * time.Second

func reach(t *testing.T, s s3test.Server, endpoint string, silence time.Duration) blob.Files {
	t.Helper()
	with := s.S3
	with.Endpoint, with.Silence = endpoint, silence
	b, err := depot.NewBucket("s3://"+s3test.Bucket, with)
	if err != nil {
		t.Fatal(err)
	}
	f, err := blob.Open(t.TempDir(), blob.InBucket(b))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func answer(status int) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(status)
		return true
	}
}

// Whatever a bucket does instead of what it should, a content is kept or it is said that it is not, and none is given
// that is not what was handed in.
func TestABucketThatFailsIsTold(t *testing.T) {
	s := s3test.Start(t)
	whole := reach(t, s, s.Endpoint, patience)
	there := noise(500 << 10)
	if err := keep(t.Context(), whole, there); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		files            blob.Files
		put, get, answer string // the refusals; "": it goes well, "-": a fault
	}{
		"refuses to take":  {fault(t, s, http.MethodPut, answer(http.StatusForbidden)), "s3_denied", "", ""},
		"refuses to give":  {fault(t, s, http.MethodGet, answer(http.StatusForbidden)), "", "s3_denied", ""},
		"breaks on taking": {fault(t, s, http.MethodPut, answer(http.StatusInternalServerError)), "-", "", ""},
		"breaks on giving": {fault(t, s, http.MethodGet, answer(http.StatusInternalServerError)), "", "-", ""},
		"gives wrong bytes": {fault(t, s, http.MethodGet, func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Last-Modified", "Tue, 01 Dec 2026 00:00:00 GMT")
			w.Header().Set("ETag", `"x"`)
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(noise(500<<10+1)))
			return true
		}), "", "-", ""},
		"is cut in the middle": {reach(t, s, s.Cut(t, 200<<10), patience), "-", "", ""},
		"is silent":            {reach(t, s, s3test.Silent(t), time.Second), "s3_silent", "s3_silent", "s3_silent"},
		"is gone":              {reach(t, s, "http://127.0.0.1:1", patience), "s3_away", "s3_away", "s3_away"},
	} {
		t.Run(what, func(t *testing.T) {
			told := func(doing string, err error, want string) {
				t.Helper()
				refusal := (*kpi.Error)(nil)
				switch is := errors.As(err, &refusal); {
				case want == "-" && err != nil, want == "" && err == nil, is && refusal.Text.Key == want:
				default:
					t.Errorf("%s says %v, want %q", doing, err, want)
				}
			}
			told("to look", c.files.Ping(t.Context()), c.answer)
			content := append([]byte(what), noise(600<<10)...)
			err := keep(t.Context(), c.files, content)
			told("to keep", err, c.put)
			if err == nil {
				wantContent(t, whole, content)
			} else if c.put != "-" {
				wantMissing(t, whole, sumOf(content))
			}
			file, err := c.files.Open(t.Context(), sumOf(there))
			told("to open", err, c.get)
			if err == nil {
				err = file.Close()
			}
			if err != nil && strings.Contains(err.Error(), string(s.Secret)) {
				t.Error("the secret is told")
			}
			wantNothingStaged(t, c.files)
		})
	}
}

// A preview stays as long as a record has its content.
func TestAPreviewGoesWithItsContent(t *testing.T) {
	f, err := blob.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	held, erased := sumOf([]byte("held")), sumOf([]byte("erased by another server"))
	for _, sum := range []string{held, erased} {
		if err := f.SetPreview(sum, []byte("small")); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := f.Tidy(time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC), func(sum string) bool { return sum == held })
	if err != nil || gone != 1 {
		t.Errorf("%d are gone, %v", gone, err)
	}
	for sum, stays := range map[string]bool{held: true, erased: false} {
		if _, err := f.Preview(sum); (err == nil) != stays {
			t.Errorf("the preview of what is held, %v: %v", stays, err)
		}
	}
}

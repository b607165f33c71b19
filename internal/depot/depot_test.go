package depot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/kpi"
	"dabiao/internal/torture"
)

func key(err error) string {
	var refusal *kpi.Error
	if !errors.As(err, &refusal) {
		return ""
	}
	return refusal.Text.Key
}

func put(d depot.Depot, name string, content []byte) error {
	_, err := d.Put(context.Background(), name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	return err
}

func get(t *testing.T, d depot.Depot, name string) []byte {
	t.Helper()
	r, err := d.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func names(t *testing.T, d depot.Depot, prefix string) (out []string) {
	t.Helper()
	all, err := d.List(t.Context(), prefix)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		out = append(out, fmt.Sprint(f.Name, " ", f.Size))
	}
	slices.Sort(out)
	return out
}

func noise(n int) []byte {
	out, from := make([]byte, n), rand.NewChaCha8([32]byte{1})
	from.Read(out) //nolint:errcheck // it never fails
	return out
}

// Whatever a depot is, the same holds of it.
func TestADepotKeepsWholeFiles(t *testing.T) {
	s := s3test.Start(t)
	for kind, d := range map[string]depot.Depot{"folder": depot.Folder{Dir: t.TempDir()},
		"bucket": s.Open(t, "s3://"+s3test.Bucket), "prefix": s.Open(t, "s3://"+s3test.Bucket+"/a/b/")} {
		t.Run(kind, func(t *testing.T) {
			big := noise(20 << 20) // more than one part
			for name, content := range map[string][]byte{"a-1": []byte("one"), "a-2": big, "b-1": []byte("other"), "a-0": nil} {
				if err := put(d, name, content); err != nil {
					t.Fatal(name, err)
				}
				if !bytes.Equal(get(t, d, name), content) {
					t.Errorf("%s is another", name)
				}
			}
			want := []string{"a-0 0", "a-1 3", "a-2 20971520"}
			if got := names(t, d, "a-"); !slices.Equal(got, want) {
				t.Errorf("it lists %v", got)
			}
			if err := put(d, "a-1", []byte("two")); err == nil || string(get(t, d, "a-1")) != "one" {
				t.Errorf("it was written over: %v", err)
			}
			broken := errors.New("broken off")
			_, err := d.Put(t.Context(), "a-3", func(w io.Writer) error {
				w.Write(big) //nolint:errcheck // what follows tells
				return broken
			})
			if !errors.Is(err, broken) {
				t.Errorf("broken off, it says %v", err)
			}
			if err := d.Remove(t.Context(), "a-0"); err != nil {
				t.Error(err)
			}
			if got := names(t, d, ""); !slices.Equal(got, []string{"a-1 3", "a-2 20971520", "b-1 5"}) {
				t.Errorf("in the end it lists %v", got)
			}
		})
	}
	if got := names(t, s.Open(t, "s3://"+s3test.Bucket+"/a"), ""); len(got) > 0 {
		t.Errorf("a prefix shows what is of another: %v", got)
	}
}

// What was sent and not read again, or not to its end, counts for nothing, and is swept; what is others' stays.
func TestWhatWasBrokenOffIsSwept(t *testing.T) {
	s := s3test.Start(t)
	b := s.Open(t, "s3://"+s3test.Bucket+"/p")
	for _, name := range []string{"ours-1", "ours-2", "theirs"} {
		if err := put(b, name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"p/ours-1.partial", "p/theirs.partial"} { // as if the program had been killed
		if err := os.WriteFile(s.Object(name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, b, ""); !slices.Equal(got, []string{"ours-2 6"}) {
		t.Errorf("it lists %v", got)
	}
	if err := b.Sweep(t.Context(), "ours", func(name string) bool { return strings.HasPrefix(name, "ours") }); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(s.Object("p/*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if !slices.Equal(left, []string{"ours-2", "theirs", "theirs.partial"}) {
		t.Errorf("%v is left", left)
	}
}

// The server's own words, of a real server; what it does not say is told by the network.
func TestWhyStorageDoesNotServeIsTold(t *testing.T) {
	s := s3test.Start(t)
	changed := func(change func(*depot.S3)) depot.S3 {
		with := s.S3
		change(&with)
		return with
	}
	for _, c := range []struct {
		what, address, want string
		with                depot.S3
	}{
		{"no bucket", "s3://nobody/x", "s3_bucket_missing", s.S3},
		{"a wrong secret", "s3://office", "s3_denied", changed(func(s *depot.S3) { s.Secret = "another" })},
		{"an unknown key", "s3://office", "s3_denied", changed(func(s *depot.S3) { s.Access = "nobody" })},
		{"nobody listens", "s3://office", "s3_away", changed(func(s *depot.S3) { s.Endpoint = "http://127.0.0.1:1" })},
		{"silence", "s3://office", "s3_silent", changed(func(s *depot.S3) {
			s.Endpoint, s.Silence = s3test.Silent(t), time.Second
		})},
		{"another's clock", "s3://office", "s3_clock", changed(func(to *depot.S3) { to.Endpoint = skewed(t, s.Endpoint) })},
		{"a certificate of nobody", "s3://office", "s3_certificate", changed(func(s *depot.S3) { s.Endpoint = unknown(t) })},
	} {
		b, err := depot.NewBucket(c.address, c.with)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		_, err = b.List(t.Context(), "")
		if key(err) != c.want {
			t.Errorf("%s: to list says %v", c.what, err)
		}
		if err := put(b, "x", []byte("x")); key(err) != c.want {
			t.Errorf("%s: to put says %v", c.what, err)
		}
		if err != nil && strings.Contains(err.Error(), string(s.Secret)) {
			t.Errorf("%s: the secret is told", c.what)
		}
		if took := time.Since(begun); took > 30*time.Second { // a minute of silence is usual, three tries of it more
			t.Errorf("%s: it took %s", c.what, took)
		}
	}
}

// skewed passes requests on to a server whose clock is a day ahead of ours: as it sees them, they are a day old.
func skewed(t *testing.T, endpoint string) string {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = to.Host
		at, err := time.Parse("20060102T150405Z", r.In.Header.Get("X-Amz-Date"))
		if err != nil {
			t.Error(err)
		}
		old := at.AddDate(0, 0, -1)
		r.Out.Header.Set("X-Amz-Date", old.Format("20060102T150405Z"))
		r.Out.Header.Set("Authorization", strings.Replace(r.In.Header.Get("Authorization"), at.Format("20060102"),
			old.Format("20060102"), 1))
	}})
	t.Cleanup(s.Close)
	return s.URL
}

func unknown(t *testing.T) string {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	return s.URL
}

// A connection that is cut in the middle of a file leaves nothing, and once it holds the file goes through.
func TestAFileThatIsCutIsNotThere(t *testing.T) {
	s := s3test.Start(t)
	with := s.S3
	with.Endpoint, with.Silence = s.Cut(t, 5<<20), 5*time.Second
	b, err := depot.NewBucket("s3://"+s3test.Bucket, with)
	if err != nil {
		t.Fatal(err)
	}
	if err := put(b, "big", noise(40<<20)); err == nil {
		t.Fatal("a file went through a connection that was cut")
	}
	whole := s.Open(t, "s3://"+s3test.Bucket)
	if got := names(t, whole, ""); len(got) > 0 {
		t.Errorf("%v is there", got)
	}
	if err := whole.Sweep(t.Context(), "", func(string) bool { return true }); err != nil {
		t.Error(err)
	}
	var left []string
	err = filepath.WalkDir(s.Object(""), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left = append(left, path)
		}
		return err
	})
	if err != nil || len(left) > 0 {
		t.Errorf("%v, %v stays", err, left)
	}
	if err := put(whole, "big", noise(40<<20)); err != nil {
		t.Error(err)
	}
}

// Wherever a line is cut, what was sent is there whole, or is not and that is said; a line that holds for a part at a
// time brings it through.
func TestAFileThatIsCutAnywhereIsWholeOrNot(t *testing.T) {
	s := s3test.Start(t)
	big, whole := noise(34<<20), s.Open(t, "s3://"+s3test.Bucket)
	through, times := 0, torture.Times(t, 4, 40)
	for i := range times {
		with := s.S3
		with.Endpoint, with.Silence = s.Cut(t, int64(i+1)*(36<<20)/int64(times)), 5*time.Second
		b, err := depot.NewBucket("s3://"+s3test.Bucket, with)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprint("big-", i)
		sent := put(b, name, big)
		there := slices.ContainsFunc(names(t, whole, name), func(x string) bool { return strings.HasPrefix(x, name+" ") })
		if there != (sent == nil) || there && !bytes.Equal(get(t, whole, name), big) {
			t.Errorf("cut after part %d of %d: it says %v, and is there: %v", i+1, times, sent, there)
		}
		if there {
			through++
		}
		if err := whole.Remove(t.Context(), name); err != nil {
			t.Error(err)
		}
	}
	if through == 0 || through == times {
		t.Errorf("%d of %d went through: the line is not cut as it should be", through, times)
	}
}

// What is altered between being sent and being read again is found.
func TestWhatIsAlteredOnItsWayIsNotKept(t *testing.T) {
	s := s3test.Start(t)
	with := s.S3
	with.Endpoint = altering(t, s, "x")
	b, err := depot.NewBucket("s3://"+s3test.Bucket, with)
	if err != nil {
		t.Fatal(err)
	}
	if err := put(b, "x", noise(20<<20)); err == nil || !strings.Contains(err.Error(), "is not what was written") {
		t.Errorf("it says %v", err)
	}
	if got := names(t, b, ""); len(got) > 0 {
		t.Errorf("%v is there", got)
	}
}

// altering passes requests on, and alters an object as soon as the server has all of it.
func altering(t *testing.T, s s3test.Server, name string) string {
	t.Helper()
	to, err := url.Parse(s.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // it is signed
		},
		ModifyResponse: func(r *http.Response) error {
			if r.Request.Method != http.MethodPost || !r.Request.URL.Query().Has("uploadId") {
				return nil
			}
			f, err := os.OpenFile(s.Object(name), os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteAt([]byte("!"), 3)
			return errors.Join(err, f.Close())
		},
	})
	t.Cleanup(proxy.Close)
	return proxy.URL
}

// Package s3test starts a real server of S3 for tests: the Versity gateway over a folder. It is built from a module of
// its own, whose dependencies are none of the program's, and the build is kept by the go command.
package s3test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"dabiao/internal/depot"
)

// Bucket is a bucket that is there.
const Bucket = "office"

const (
	access, secret = "dabiao", "a secret of tests"
	patience       = time.Minute
)

// build returns the gateway's executable.
var build = sync.OnceValues(func() (string, error) {
	module, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	alone := flock.New(filepath.Join(os.TempDir(), "dabiao-s3test.lock")) // whoever comes second finds it built
	if err := alone.Lock(); err != nil {
		return "", err
	}
	defer alone.Unlock() //nolint:errcheck // it ends with the process anyway
	cmd := exec.Command("go", "tool", "-n", "versitygw")
	cmd.Dir = filepath.Join(filepath.Dir(strings.TrimSpace(string(module))), "internal", "testtools", "s3")
	said, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the S3 server: %w\n%s", err, said)
	}
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return lines[len(lines)-1], nil
})

// Server is a running server.
type Server struct {
	depot.S3
	Dir string // below it lies each bucket as a folder
}

// Start starts a server that ends with the test.
func Start(t *testing.T) Server {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	s := Server{Dir: filepath.Join(t.TempDir(), "data")}
	side := filepath.Join(t.TempDir(), "side") // what is said of objects; not every disk keeps it with them
	for _, dir := range []string{filepath.Join(s.Dir, Bucket), side} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	address := free(t)
	cmd := exec.Command(binary, "--port", address, "--access", access, "--secret", secret, "--region", "us-east-1",
		"--quiet", "posix", "--sidecar", side, s.Dir)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
	})
	s.S3 = depot.S3{Endpoint: "http://" + address, Access: access, Secret: secret}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		resp, err := http.Get(s.Endpoint)
		if err == nil {
			resp.Body.Close() //nolint:errcheck // any answer will do
			return s
		}
		if time.Now().After(deadline) {
			cmd.Process.Kill() //nolint:errcheck // what it said is what matters
			t.Fatalf("the S3 server was not ready: %v\n%s", err, &said)
		}
	}
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Open returns a place on the server.
func (s Server) Open(t *testing.T, address string) *depot.Bucket {
	t.Helper()
	b, err := depot.NewBucket(address, s.S3)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Object is the file in which the server keeps an object.
func (s Server) Object(name string) string {
	return filepath.Join(s.Dir, Bucket, filepath.FromSlash(name))
}

// Silent listens, takes connections, and never says a word.
func Silent(t *testing.T) (endpoint string) {
	t.Helper()
	return listening(t, func(c net.Conn) {
		io.Copy(io.Discard, c) //nolint:errcheck // it ends with the test
	})
}

// Cut passes connections on to the server, and cuts each after so many bytes towards it.
func (s Server) Cut(t *testing.T, after int64) (endpoint string) {
	t.Helper()
	return listening(t, func(from net.Conn) {
		to, err := net.Dial("tcp", strings.TrimPrefix(s.Endpoint, "http://"))
		if err != nil {
			from.Close() //nolint:errcheck // the test fails by it
			return
		}
		go func() {
			io.Copy(from, to) //nolint:errcheck // it is cut
			from.Close()      //nolint:errcheck // it is cut
		}()
		io.CopyN(to, from, after) //nolint:errcheck // it is cut
		to.Close()                //nolint:errcheck // it is cut
		from.Close()              //nolint:errcheck // it is cut
	})
}

// listening has each connection to a new address handled until the test ends.
func listening(t *testing.T, handle func(net.Conn)) (endpoint string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // it may be closed already
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go handle(c)
		}
	}()
	return "http://" + l.Addr().String()
}

package pgtest

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// server is a running PostgreSQL that listens only on a socket in its own folder, so that no two
// servers can compete for a port.
type server struct {
	dir string
	// alive is the supervisor's standard input. The system closes it when this process ends, however it
	// ends; the supervisor then stops the server and removes the folder.
	alive io.Closer
}

// supervisor runs the server until its standard input ends. $1 is the folder with PostgreSQL's
// programs, $2 the server's own folder, $3 says how it is to run.
const supervisor = `
bin=$1 dir=$2 how=$3
"$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || {
	touch "$dir/failed"; cat >/dev/null; rm -rf "$dir"; exit 1; }
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 \
	-c shared_buffers=32MB $how \
	>>"$dir/log" 2>&1 </dev/null &
pid=$!
cat >/dev/null
kill -QUIT $pid
wait $pid
rm -rf "$dir"
`

// superuser is the server's only account; nobody outside its folder can reach it.
const superuser = "postgres"

func (s *server) url(database string) string {
	q := url.Values{"host": {s.dir}, "user": {superuser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// How a server runs. Most tests do not wait for the disk.
const (
	quick   = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
	durable = "-c fsync=on"
)

func startServer(how string) (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dabiao-pg-")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", supervisor, "sh", bin, dir, how)
	cmd.Dir = dir
	cmd.SysProcAttr, err = identity(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// No output pipes: `go test` would wait for every process that holds them.
	alive, err := cmd.StdinPipe()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s := &server{dir: dir, alive: alive}
	if err := s.waitReady(); err != nil {
		return nil, errors.Join(err, alive.Close())
	}
	return s, nil
}

// programs returns the folder with initdb and postgres: Debian's newest version, else the one in PATH.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
		}
		return filepath.Dir(path), nil
	}
	return "", errors.New("initdb is not on this machine; run internal/testtools/setup, or install " +
		"the PostgreSQL server (Debian: apt-get install postgresql)")
}

func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb)))) //nolint:errcheck // what has no version is the oldest
	return n
}

// waitReady waits until the server accepts connections.
func (s *server) waitReady() error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		err := s.exec("SELECT 1")
		if err == nil {
			return nil
		}
		_, failed := os.Stat(filepath.Join(s.dir, "failed"))
		if failed == nil || time.Now().After(deadline) {
			log, unread := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("the server did not start: %w\n%s", errors.Join(err, unread), strings.TrimSpace(string(log)))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

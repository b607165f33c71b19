//go:build unix

package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Pair is a PostgreSQL server with a replica, which can take its place.
type Pair struct {
	URL string // leads to whichever of the two takes writes

	first, second server
}

// pairOfServers starts both in $2 and stops them when its standard input ends.
const pairOfServers = `
bin=$1 dir=$2
common="-c listen_addresses= -c max_connections=60 -c shared_buffers=16MB -c fsync=off"
fail() { touch "$dir/failed"; cat >/dev/null; rm -rf "$dir"; exit 1; }
exec >"$dir/log" 2>&1
mkdir -m 700 "$dir/a" "$dir/b"
"$bin/initdb" -D "$dir/a/data" -U postgres -A trust -E UTF8 --locale=C --no-sync || fail
"$bin/postgres" -D "$dir/a/data" -k "$dir/a" $common </dev/null & first=$!
tries=0
until "$bin/pg_isready" -q -h "$dir/a"; do
	tries=$((tries + 1)); [ $tries -lt 600 ] || fail
	sleep 0.1
done
"$bin/pg_basebackup" -D "$dir/b/data" -R -c fast -d "host=$dir/a user=postgres application_name=replica" || fail
"$bin/postgres" -D "$dir/b/data" -k "$dir/b" $common </dev/null & second=$!
cat >/dev/null
kill -QUIT $first $second
wait $first $second
rm -rf "$dir"`

// Replicated starts a server with a replica, without which it acknowledges nothing.
func Replicated(t testing.TB) *Pair {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "dabiao-pgs-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", "-c", pairOfServers, "sh", bin, dir)
	cmd.Dir = dir
	if cmd.SysProcAttr, err = identity(dir); err != nil {
		t.Fatal(err)
	}
	alive, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(errors.Join(err, os.RemoveAll(dir)))
	}
	t.Cleanup(func() {
		alive.Close() //nolint:errcheck // it ends the servers
		cmd.Wait()    //nolint:errcheck // how they end matters to nobody
	})
	p := &Pair{first: server{dir: filepath.Join(dir, "a")}, second: server{dir: filepath.Join(dir, "b")}}
	q := url.Values{"user": {superuser}, "sslmode": {"disable"}, "host": {p.first.dir + "," + p.second.dir},
		"target_session_attrs": {"read-write"}}
	p.URL = "postgres:///postgres?" + q.Encode()
	p.await(t, &p.second, `SELECT pg_is_in_recovery()`)
	p.first.set(t, "synchronous_standby_names", "replica")
	p.await(t, &p.first, `SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')`)
	return p
}

// await waits until a server answers a question with yes.
func (p *Pair) await(t testing.TB, s *server, question string) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		yes, err := s.ask(question)
		if yes {
			return
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(s.dir, "..", "log")) //nolint:errcheck // the test misses what it does not say
			t.Fatalf("%s: %v\n%s", question, err, log)
		}
	}
}

func (s *server) ask(question string) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	db, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return false, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, question).Scan(&yes)
	return yes, err
}

// Alone has the first server acknowledge what the replica does not have, and the replica get nothing any more.
func (p *Pair) Alone(t testing.TB) {
	t.Helper()
	p.first.set(t, "synchronous_standby_names", "")
	p.Stall(t)
}

// Stall has the replica get nothing any more, for which the first server waits.
func (p *Pair) Stall(t testing.TB) {
	t.Helper()
	p.second.set(t, "primary_conninfo", "")
	p.await(t, &p.first, `SELECT NOT EXISTS (SELECT 1 FROM pg_stat_replication)`)
}

// CancelWaits waits until a commit waits for the replica, and has the first server wait no longer for it.
func (p *Pair) CancelWaits(t testing.TB) {
	t.Helper()
	p.await(t, &p.first, `SELECT COUNT(pg_cancel_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
}

func (s *server) set(t testing.TB, name, value string) {
	t.Helper()
	for _, statement := range []string{`ALTER SYSTEM SET ` + name + ` = '` + value + `'`, `SELECT pg_reload_conf()`} {
		if err := s.exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// FailOver ends the first server at once, as a power failure would, and has the replica take its place.
func (p *Pair) FailOver(t testing.TB) {
	t.Helper()
	held, err := os.ReadFile(filepath.Join(p.first.dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	number, _, _ := strings.Cut(string(held), "\n")
	pid, err := strconv.Atoi(number)
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGQUIT)
	}
	if err == nil {
		err = p.second.exec(`SELECT pg_promote()`)
	}
	if err != nil {
		t.Fatal(err)
	}
}

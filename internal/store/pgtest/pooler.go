//go:build unix

package pgtest

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// pooler runs PgBouncer until its standard input ends. $1 is its folder.
const pooler = `
PATH=$PATH:/usr/sbin
pgbouncer -q "$1/conf" >/dev/null 2>&1 </dev/null & pid=$!
cat >/dev/null
kill $pid
wait $pid
rm -rf "$1"`

// Pooled returns the way to a database of this package by PgBouncer, which gives a connection to whoever has a
// transaction, for as long as that lasts. said is more of its configuration.
func Pooled(t testing.TB, database, said string) (address string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	dir, err := os.MkdirTemp("", "dabiao-pgb-")
	if err != nil {
		t.Fatal(err)
	}
	conf := "[databases]\n* = host=" + q.Get("host") + " user=" + superuser + "\n[pgbouncer]\nunix_socket_dir=" + dir +
		"\nlisten_port=5432\nauth_type=any\npool_mode=transaction\ndefault_pool_size=4\nlogfile=" + dir + "/log\n" + said + "\n"
	cmd := exec.Command("/bin/sh", "-c", pooler, "sh", dir)
	cmd.Dir = dir
	err = os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644)
	var asked error
	cmd.SysProcAttr, asked = identity(dir)
	alive, piped := cmd.StdinPipe()
	if err := errors.Join(err, asked, piped, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { alive.Close(); cmd.Wait() }) //nolint:errcheck // how it ends matters to nobody
	socket := filepath.Join(dir, ".s.PGSQL.5432")
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log")) //nolint:errcheck // the test misses what it does not say
			t.Fatalf("PgBouncer does not begin; run internal/testtools/setup, or install it (Debian: apt-get install pgbouncer)\n%s",
				log)
		}
	}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	return u.String()
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// written is what an office gets out of its records, by the names of the files.
func written(t *testing.T, where ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, c := range []string{
		"report --year 2022 --format docx", "report --year 2026 --as-of 2026-06 --format docx --lang en",
		"report --year 2026 --as-of 2026-06 --format xlsx", "report --year 2022 --format json", "check --year 2026 --as-of 2026-06",
		"seal --year 2022",
	} {
		args, name := strings.Fields(c), filepath.Join(t.TempDir(), "out")
		if args[0] != "check" {
			args = append(args, "--out", name)
		}
		r := dabiao(t, "", append(args, where...)...)
		if args[0] == "check" {
			out[c] = []byte(r.out)
			continue
		}
		r.works("")
		content, err := os.ReadFile(name)
		must(t, err)
		out[c] = content
	}
	return out
}

// boards is what programs and people see of the boards of a server of these records.
func boards(t *testing.T, token string, where ...string) map[string][]byte {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	said := &lines{said: make(chan string, 10)}
	ended := make(chan int)
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), said, io.Discard},
			append([]string{"serve", "--addr", "127.0.0.1:0", "--backups", "off"}, where...))
	}()
	base := strings.TrimSpace(strings.TrimPrefix(<-said.said, "dabiao: "))
	out := map[string][]byte{}
	for _, path := range []string{"/api/v1/years/2026/board?as_of=2026-06", "/api/v1/years/2022/board", "/api/v1/units",
		"/api/v1/years/2026/targets", "/api/v1/years/2022/score", "/api/v1/years/2022/report/sealed/1.zip",
		"/api/v1/updates?year=2026", "/api/v1/years/2026/evidence", "/api/v1/notices", "/api/v1/indicators"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
		must(t, err)
		req.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(req)
		must(t, err)
		out[path], err = io.ReadAll(answer.Body)
		must(t, err)
		must(t, answer.Body.Close())
		if answer.StatusCode != http.StatusOK || len(out[path]) < 50 {
			t.Errorf("%s: %d %.200s", path, answer.StatusCode, out[path])
		}
	}
	stop()
	<-ended
	return out
}

func same(t *testing.T, what string, was, is map[string][]byte) {
	t.Helper()
	for name := range was {
		if !bytes.Equal(was[name], is[name]) {
			t.Errorf("%s: %s is another one: %d bytes, was %d", what, name, len(is[name]), len(was[name]))
		}
	}
}

// An office moves to PostgreSQL and back: boards, documents and packages stay what they were to the byte, and nothing
// that is entered at the old place afterwards is taken in silence.
func TestAnOfficeMovesToPostgreSQLAndBack(t *testing.T) {
	dir, url, back := demoFolder(t), storetest.PostgreSQL(t), filepath.Join(t.TempDir(), "back")
	data, zone := "--data="+dir, "--zone=UTC"
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--password-stdin", data).works("")
	token := strings.TrimSpace(dabiao(t, "", "token", "add", "--user", "boss", "--name", "t", data).works("").out)
	papers, pages := written(t, data), boards(t, token, data, zone)

	moved := dabiao(t, "", "move", "--from", dir, "--to", url, zone)
	moved.works("moved; serve it with --data " + dir)
	for _, line := range []string{"verified, 0 differences; the audit log is ", "updates: ",
		dir + ": verified, 0 differences"} {
		if !strings.Contains(moved.out, line) {
			t.Errorf("it does not say %q: %s", line, moved.out)
		}
	}
	in := []string{data, "--database=" + url}
	same(t, "in PostgreSQL", papers, written(t, in...))
	same(t, "in PostgreSQL", pages, boards(t, token, append(in, zone)...))
	dabiao(t, "", append([]string{"verify"}, in...)...).works("verified, 0 differences")

	dabiao(t, "correct horse\n", "user", "add", "late", "--role", "admin", "--password-stdin", data).fails(1,
		"The records were moved to another database")
	same(t, "at the old place", papers, written(t, data))
	other := storetest.PostgreSQL(t)
	if r := dabiao(t, "", "move", "--from", dir, "--to", other); r.code != 1 ||
		!strings.Contains(r.err, "were moved to postgres:") {
		t.Errorf("a second truth: %d, %s", r.code, r.err)
	}
	if r := dabiao(t, "", "move", "--from", dir, "--to", url); r.code != 1 || !strings.Contains(r.err, "not empty") {
		t.Errorf("twice: %d, %s", r.code, r.err)
	}
	dabiao(t, "correct horse\n", "user", "add", "late", "--role", "admin", "--password-stdin", data).fails(1,
		"The records were moved to another database") // which did not make it take changes again

	dabiao(t, "correct horse\n", append([]string{"user", "add", "later", "--role", "admin", "--password-stdin"},
		in...)...).works("")
	dabiao(t, "", "move", "--from", url, "--data", dir, "--to", back, zone).works("moved; serve it with --data " + back)
	dabiao(t, "correct horse\n", append([]string{"user", "add", "latest", "--role", "admin", "--password-stdin"},
		in...)...).fails(1, "The records were moved to another database")
	if r := dabiao(t, "", "move", "--from", url, "--data", dir, "--to", back+"2"); r.code != 1 ||
		!strings.Contains(r.err, "were moved to "+back) {
		t.Errorf("a second truth: %d, %s", r.code, r.err)
	}
	here := "--data=" + back
	same(t, "back", papers, written(t, here))
	same(t, "back", pages, boards(t, token, here, zone))
	if r := dabiao(t, "", "verify", here).works("verified, 0 differences"); strings.Contains(r.out, "key") {
		t.Errorf("without its key: %s", r.out)
	}
	dabiao(t, "", "user", "list", here).works("later")
	for _, name := range []string{filepath.Join(back, "evidence", "??", "*"), filepath.Join(dir, "evidence", "??", "*")} {
		if files, err := filepath.Glob(name); err != nil || len(files) != 10 {
			t.Errorf("%s: %d files, %v", name, len(files), err)
		}
	}
	if left, err := filepath.Glob(back + ".*"); err != nil || len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestAMoveIsRefusedWithTheNextStep(t *testing.T) {
	dir := demoFolder(t)
	for _, c := range []struct {
		args, sentence string
		code           int
	}{
		{"move --from " + dir, "either --to or --to-evidence", 2},
		{"move --from " + dir + " --to postgres:///x --to-evidence folder", "either --to or --to-evidence", 2},
		{"move --from " + dir + " --to " + t.TempDir(), "`dabiao restore`", 2},
		{"move --from " + t.TempDir() + " --to postgres:///x", "there is no database", 1},
		{"move --from " + storetest.PostgreSQL(t) + " --data " + dir + " --to " + dir, "is not empty", 1},
	} {
		if r := dabiao(t, "", strings.Fields(c.args)...); r.code != c.code || !strings.Contains(r.err, c.sentence) {
			t.Errorf("%s: %d, %s", c.args, r.code, r.err)
		}
	}
	dabiao(t, "", "verify", "--data", dir).works("verified, 0 differences")
}

// The same archive is made of either database and is restored into either; a damaged one into none.
func TestABackupOfEitherDatabaseIsRestoredIntoEither(t *testing.T) {
	dir, out, url := demoFolder(t), t.TempDir(), storetest.PostgreSQL(t)
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--password-stdin", "--data", dir).works("")
	papers := written(t, "--data="+dir)
	first := filepath.Join(out, "first.zip")
	dabiao(t, "", "backup", first, "--data", dir).works("10 evidence files")

	data := filepath.Join(out, "data")
	in := []string{"--data=" + data, "--database=" + url}
	dabiao(t, "", append([]string{"restore", first}, in...)...).works("verified, 0 differences")
	if left, err := filepath.Glob(filepath.Join(data, store.FileName+"*")); err != nil || len(left) > 0 {
		t.Errorf("beside PostgreSQL is %v", left)
	}
	if r := dabiao(t, "", append([]string{"verify"}, in...)...); r.code != 1 || !strings.Contains(r.err, "audit.key") {
		t.Errorf("without the key: %d, %s", r.code, r.err)
	}
	must(t, store.CarryKey(filepath.Join(dir, store.KeyFileName), filepath.Join(data, store.KeyFileName)))
	same(t, "in PostgreSQL", papers, written(t, in...))

	second := filepath.Join(out, "second.zip")
	dabiao(t, "", append([]string{"backup", second}, in...)...).works("10 evidence files")
	dabiao(t, "", append([]string{"drill", "--backup", second}, in...)...).works("restored and compared, 0 differences")
	dabiao(t, "", append([]string{"drill", "--backup", first}, in...)...).works("restored and compared, 0 differences")
	dabiao(t, "", append([]string{"drill"}, in...)...).fails(1, "there is no backup in")
	restored := filepath.Join(out, "restored")
	dabiao(t, "", "restore", second, "--data", restored).works("verified, 0 differences")
	same(t, "restored", papers, written(t, "--data="+restored))

	again := filepath.Join(out, "again")
	r := dabiao(t, "", append([]string{"restore", second, "--data", again}, in[1])...)
	if r.code != 1 || !strings.Contains(r.err, "nothing was restored: it is not empty") {
		t.Errorf("into one that is not empty: %d, %s", r.code, r.err)
	}
	raw, err := os.ReadFile(second)
	must(t, err)
	raw[len(raw)/2] ^= 0xff
	must(t, os.WriteFile(second, raw, 0o600))
	dabiao(t, "", "restore", second, "--data", again, "--database", storetest.PostgreSQL(t)).fails(1, "use another one")
	if left, err := filepath.Glob(again + "*"); err != nil || len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestAnAddressIsPrintedWithoutWhatLetsOneIn(t *testing.T) {
	if got := address("postgres://boss:secret@db.example:5432/office?password=x&sslmode=verify-full"); got != "postgres://db.example:5432/office" {
		t.Error(got)
	}
	if got := fmt.Sprint(address("postgres://%zz")); got != "PostgreSQL" {
		t.Error(got)
	}
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/demo"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
	"dabiao/internal/web/middleware"
)

// ran is the result of a command.
type ran struct {
	*testing.T
	code     int
	out, err string
}

// dabiao runs a command with standard input and arguments, in English.
func dabiao(t *testing.T, stdin string, args ...string) ran {
	t.Helper()
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	var out, errs bytes.Buffer
	code := run(t.Context(), streams{strings.NewReader(stdin), &out, &errs}, args)
	return ran{t, code, out.String(), errs.String()}
}

// fails checks for an exit code and one sentence on standard error.
func (r ran) fails(code int, sentence string) {
	r.Helper()
	if r.code != code || !strings.Contains(r.err, sentence) || r.out != "" {
		r.Errorf("exit %d, out %q, said %q; want exit %d with %q", r.code, r.out, r.err, code, sentence)
	}
	if !strings.HasPrefix(r.err, "dabiao: ") || strings.Contains(r.err, "goroutine") {
		r.Errorf("said %q", r.err)
	}
}

func (r ran) works(out string) ran {
	r.Helper()
	if r.code != 0 || !strings.Contains(r.out, out) || r.err != "" {
		r.Fatalf("exit %d, out %q, said %q; want %q", r.code, r.out, r.err, out)
	}
	return r
}

// demoFolder returns a data folder with the shipped demo, a copy of the first one loaded.
func demoFolder(t *testing.T) string {
	t.Helper()
	demoOnce.Do(func() { demoFiles = loadDemo(t) })
	if demoFiles == nil {
		t.Fatal("the demo did not load")
	}
	dir := t.TempDir()
	for name, content := range demoFiles {
		must(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700))
		must(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	return dir
}

var (
	demoOnce  sync.Once
	demoFiles map[string][]byte // by their paths in the folder
)

func loadDemo(t *testing.T) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), storetest.In(t, dir))
	must(t, err)
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	must(t, err)
	clock := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	a := app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return clock }, Zone: time.UTC,
		Passwords: app.CheapPasswords})
	_, err = demo.Load(t.Context(), a, a.Today())
	must(t, err)
	must(t, db.Close()) // the write-ahead log is empty now, so the files are complete
	all := map[string][]byte{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all[name], err = os.ReadFile(path)
		return err
	}))
	return all
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWrongUseIsExitTwoAndOneSentence(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ args, sentence string }{
		{"fly", `there is no command "fly"; ` + "`dabiao help` lists them"},
		{"serve --bogus", "`dabiao serve --help` lists the flags"},
		{"serve extra", `"extra" is not expected here`},
		{"serve --addr nonsense", "write HOST:PORT"},
		{"serve --addr 0.0.0.0:8080", "--insecure-http"},
		{"serve --metrics everyone", "write off, local or on"},
		{"serve --tls-cert x", "--tls-cert and --tls-key go together"},
		{"serve --zone Nowhere/Land", "is not a time zone"},
		{"verify extra", "is not expected here"},
		{"user", "say `dabiao user add`"},
		{"user fly x", "there is no `dabiao user fly`"},
		{"user add", "takes 1 name"},
		{"user list x", "takes 0 name"},
		{"user add x --role staff --password-stdin", "no password came on standard input"},
		{"token", "say `dabiao token add --user NAME`"},
		{"token add", "--user"},
		{"report", "--year and the file with --out"},
		{"report --year 2026 --out x --format pdf", `--format "pdf"`},
		{"report --year 2026 --out x --lang fr", `--lang "fr"`},
		{"report --year abc --out x", "--help"},
		{"backup", "takes one FILE"},
		{"backup a b", "takes one FILE"},
		{"restore", "takes one FILE"},
		{"serve --backups s3://b/p", "dabiao backup-key"},
		{"serve --backups s3://b/p --backup-plain", "needs --s3-endpoint"},
		{"serve --backups s3://b/p --backup-plain --s3-endpoint ftp://x --s3-access-key a --s3-secret-file ../../go.mod",
			"must be an address such as https://s3.example.com"},
		{"serve --backups s3:// --backup-plain --s3-endpoint https://x --s3-access-key a --s3-secret-file ../../go.mod",
			"is no address of a bucket"},
		{"serve --backups x --s3-style odd --backups s3://b --backup-plain", "write auto, path or host"},
		{"serve --backup-recipient age1x", "is no recipient"},
		{"backup x --backup-recipient age1x --backup-plain", "contradict each other"},
		{"backup-key", "takes one FILE.html"},
		{"serve --backups ,", "names no place"},
	} {
		args := strings.Fields(c.args)
		if len(args) > 0 && args[0] != "fly" && !strings.Contains(c.args, "--bogus") {
			t.Setenv("DABIAO_DATA", dir)
		}
		r := dabiao(t, "", args...)
		if r.code != 2 {
			t.Errorf("dabiao %s: exit %d: %s", c.args, r.code, r.err)
		}
		r.fails(2, c.sentence)
	}
}

func TestHelpAndVersionArePrinted(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"-h"}} {
		r := dabiao(t, "", args...).works("usage: dabiao COMMAND")
		for _, c := range commands() {
			if !strings.Contains(r.out, "  "+c.name+" ") {
				t.Errorf("%v does not list %s", args, c.name)
			}
		}
	}
	dabiao(t, "", "serve", "--help").works("[DABIAO_ADDR]")
	dabiao(t, "", "version").works("dabiao dev")
	var doc map[string]any
	if err := json.Unmarshal([]byte(dabiao(t, "", "openapi").works("openapi").out), &doc); err != nil {
		t.Error(err)
	}
}

func TestAccountsAndTokensAreManagedByCommands(t *testing.T) {
	data := "--data=" + t.TempDir()
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--full-name", "王主任", "--password-stdin",
		data).works("")
	// no line end, name last
	dabiao(t, "correct horse", "user", "add", "--role", "leader", "--password-stdin", data, "head").works("")
	r := dabiao(t, "", "user", "list", data).works("王主任")
	for _, want := range []string{"boss", "head", "admin", "leader", "active"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the list lacks %s: %s", want, r.out)
		}
	}
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--password-stdin", data).fails(1,
		"The username “boss” is already taken.")
	dabiao(t, "short\n", "user", "add", "x", "--role", "admin", "--password-stdin", data).fails(1, "at least 8 characters")
	dabiao(t, "correct horse\n", "user", "add", "x", "--role", "king", "--password-stdin", data).fails(1,
		"“king” is not a role.")
	dabiao(t, "correct horse\n", "user", "add", "x", "--role", "reporter", "--password-stdin", data).fails(1,
		"A unit reporter must be assigned to a unit.")
	dabiao(t, "correct horse\n", "user", "add", "x", "--role", "reporter", "--unit", "nowhere", "--password-stdin",
		data).fails(1, "no unit with the code “nowhere”")
	link := dabiao(t, "", "user", "invite", "head", "--url", "http://192.168.1.5:8080/", data).works("").out
	if !regexp.MustCompile(`^http://192\.168\.1\.5:8080/invite/[\w-]{43}\n$`).MatchString(link) {
		t.Errorf("the link is %q", link)
	}
	dabiao(t, "", "user", "invite", "nobody", data).fails(1, "nobody")
	dabiao(t, "another good one\n", "user", "passwd", "head", "--password-stdin", data).works("")
	dabiao(t, "another good one\n", "user", "passwd", "nobody", "--password-stdin", data).fails(1,
		"There is no account “nobody”.")
	secret := strings.TrimSpace(dabiao(t, "", "token", "add", "--user", "boss", "--name", "cron", data).works("").out)
	if len(secret) != 43 || strings.ContainsAny(secret, " \n") {
		t.Errorf("the token is %q", secret)
	}
	dabiao(t, "", "token", "add", "--user", "nobody", data).fails(1, "There is no account “nobody”.")
	dabiao(t, "", "user", "disable", "boss", data).works("")
	if r := dabiao(t, "", "user", "list", data).works("disabled"); strings.Count(r.out, "disabled") != 1 {
		t.Error(r.out)
	}
}

func TestFlagsComeFromTheEnvironmentToo(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DABIAO_DATA", dir)
	t.Setenv("DABIAO_ROLE", "admin")
	t.Setenv("DABIAO_PASSWORD_STDIN", "true")
	dabiao(t, "correct horse\n", "user", "add", "boss").works("")
	dabiao(t, "correct horse\n", "user", "add", "head", "--role=leader").works("") // the flag wins
	dabiao(t, "", "user", "list").works("leader")
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		t.Error(err)
	}
	t.Setenv("DABIAO_YEAR", "abc")
	dabiao(t, "", "report").fails(2, `DABIAO_YEAR="abc"`)
}

// Reports, verify, backup and restore, on one folder with the demo.
func TestWhatAnOperatorDoesWithTheRecords(t *testing.T) {
	dir, out := demoFolder(t), t.TempDir()
	data := "--data=" + dir
	dabiao(t, "", "verify", data).works("verified, 0 differences")

	for _, format := range []string{"docx", "xlsx", "json"} {
		name := filepath.Join(out, "report."+format)
		dabiao(t, "", "report", "--year", "2022", "--format", format, "--out", name, data).works("")
		if info, err := os.Stat(name); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v, %v", format, info, err)
		}
	}
	dabiao(t, "", "report", "--year", "2026", "--as-of", "2026-06", "--format", "json", "--lang", "en", "--out",
		filepath.Join(out, "june.json"), data).works("")
	dabiao(t, "", "report", "--year", "1999", "--out", filepath.Join(out, "x"), data).fails(1, "Year 1999 does not exist.")
	dabiao(t, "", "report", "--year", "2026", "--as-of", "June", "--out", filepath.Join(out, "x"), data).fails(1,
		"“June” is not a valid month")
	dabiao(t, "", "report", "--year", "2022", "--out", filepath.Join(out, "no", "such", "folder"),
		data).fails(1, "no such")
	if left, err := filepath.Glob(filepath.Join(out, "*.partial")); err != nil || len(left) > 0 {
		t.Errorf("left %q, %v", left, err)
	}

	backup := filepath.Join(out, "backup.zip")
	dabiao(t, "", "backup", backup, data).works("10 evidence files")
	dabiao(t, "", "backup", backup, data).fails(1, "exists already")
	dabiao(t, "", "restore", backup, data).fails(1, "is not empty")
	dabiao(t, "", "drill", data).fails(1, "there is no backup in")
	dabiao(t, "", "drill", "--backup", backup, data).works("restored and compared, 0 differences")
	restored := filepath.Join(out, "restored")
	dabiao(t, "", "restore", backup, "--data", restored).works("verified, 0 differences")
	dabiao(t, "", "verify", "--data", restored).works("verified, 0 differences")
	raw, err := os.ReadFile(backup)
	must(t, err)
	raw[len(raw)/2] ^= 0xff
	must(t, os.WriteFile(backup, raw, 0o600))
	dabiao(t, "", "restore", backup, "--data", filepath.Join(out, "again")).fails(1, "use another one")
	if _, err := os.Stat(filepath.Join(out, "again")); err == nil {
		t.Error("a damaged backup left a folder")
	}

	kept, err := filepath.Glob(filepath.Join(restored, "evidence", "??", "*"))
	must(t, err)
	must(t, os.WriteFile(kept[0], []byte("changed"), 0o600))
	must(t, os.Remove(kept[1]))
	r := dabiao(t, "", "verify", "--data", restored)
	if r.code != 1 || !strings.Contains(r.out, "was changed") || !strings.Contains(r.out, "is missing") ||
		!strings.Contains(r.err, "2 differences") {
		t.Errorf("exit %d, out %q, said %q", r.code, r.out, r.err)
	}
	dabiao(t, "", "backup", filepath.Join(out, "b2.zip"), "--data", restored).fails(1,
		"2 evidence files were missing or changed already")
}

// A misspelled folder is reported as such; no empty database is created in it.
func TestReadingCommandsRefuseAMissingDatabase(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "misspelt")
	for _, args := range [][]string{{"verify"}, {"backup", "x.zip"}, {"report", "--year", "2026", "--out", "x"},
		{"user", "list"},
		{"user", "disable", "x"}, {"token", "add", "--user", "x"}} {
		dabiao(t, "", append(args, "--data", missing)...).fails(1, "there is no database in "+missing)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the folder was made")
	}
}

// An office whose database was removed, or whose PostgreSQL was forgotten, is not begun anew in its own folder.
func TestServeBeginsNoOfficeBesideTheRemainsOfAnother(t *testing.T) {
	for _, remains := range []string{store.KeyFileName, store.FileName + "-wal", "evidence/ab/x", "backups/x.zip"} {
		dir := t.TempDir()
		file := filepath.Join(dir, filepath.FromSlash(remains))
		must(t, os.MkdirAll(filepath.Dir(file), 0o700))
		must(t, os.WriteFile(file, []byte("x"), 0o600))
		dabiao(t, "", "serve", "--addr", "127.0.0.1:0", "--data", dir).fails(1, "there is no database in "+dir)
		if _, err := os.Stat(filepath.Join(dir, store.FileName)); err == nil {
			t.Errorf("with %s a database was made", remains)
		}
	}
}

// A server that could log nothing does not begin.
func TestServeWantsAKeyThatIsOne(t *testing.T) {
	dir := demoFolder(t)
	must(t, os.WriteFile(filepath.Join(dir, store.KeyFileName), nil, 0o600))
	dabiao(t, "", "serve", "--addr", "127.0.0.1:0", "--data", dir).fails(1, "is no key of an audit log")
}

func TestServeServesUntilItIsStopped(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := &lines{said: make(chan string, 10)}
	ended := make(chan int)
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), out, &bytes.Buffer{}}, []string{"serve", "--addr", "127.0.0.1:0",
			"--data", dir})
	}()
	said := <-out.said
	if !strings.HasPrefix(said, "dabiao: http://127.0.0.1:") {
		t.Errorf("said %q", said)
	}
	if line := <-out.said; !strings.Contains(line, "/setup?token=") {
		t.Errorf("no set-up link: %q", line)
	}
	wantLocalMetrics(t, strings.TrimSpace(strings.TrimPrefix(said, "dabiao: ")))
	dabiao(t, "", "serve", "--addr", "127.0.0.1:0", "--data", dir).fails(1, "another dabiao is serving")
	// beside it
	dabiao(t, "correct horse\n", "user", "add", "boss", "--role", "admin", "--password-stdin", "--data", dir).works("")
	dabiao(t, "", "backup", filepath.Join(t.TempDir(), "b.zip"), "--data", dir).works("0 evidence files")
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit %d", code)
	}
}

// wantLocalMetrics requests the metrics as from this machine, and as a proxy on it would for others.
func wantLocalMetrics(t *testing.T, url string) {
	t.Helper()
	for header, want := range map[string]int{"": 200, "X-Forwarded-For": 404, "Forwarded": 404, "Host": 404,
		"X-Forwarded-Proto": 404, "X-Forwarded-Host": 404, "X-Real-IP": 404, "Via": 404} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(header, "192.0.2.7")
		if header == "Host" {
			req.Host = "dashboard"
		}
		if header == "" {
			req.Header.Del(header)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("metrics with %s: %d, want %d", header, resp.StatusCode, want)
		}
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")) // as nginx passes on for anybody, adding nothing
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n")
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, " 404 ") {
		t.Errorf("metrics by HTTP/1.0: %q, %v", line, err)
	}
}

// A server whose folder was taken away says so and ends at once when told to, also while somebody holds a connection.
func TestServeEndsThoughItsFolderIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, said := &lines{said: make(chan string, 10)}, &bytes.Buffer{}
	ended := make(chan int)
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), out, said},
			[]string{"serve", "--addr", "127.0.0.1:0", "--data", dir})
	}()
	url := strings.TrimSpace(strings.TrimPrefix(<-out.said, "dabiao: "))
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	must(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "GET /healthz HTTP/1.1\r\nHost: loc")
	must(t, os.RemoveAll(dir))
	resp, err := http.Get(url + "/readyz")
	must(t, err)
	resp.Body.Close()
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("it is ready: %d", resp.StatusCode)
	}
	stop()
	select {
	case code := <-ended:
		if code != 1 || !strings.Contains(said.String(), "the database is no longer in") {
			t.Errorf("exit %d, said %s", code, said)
		}
	case <-time.After(10 * time.Second):
		t.Error("it goes on")
	}
}

// By default this machine reads the metrics while nobody else is meant to reach the server.
func TestMetricsAreOffBehindAProxy(t *testing.T) {
	for _, c := range []struct {
		server server
		want   middleware.Metrics
	}{
		{server{addr: "127.0.0.1:8080"}, middleware.MetricsLocal},
		{server{addr: "127.0.0.1:8080", host: "board.example"}, middleware.MetricsOff},
		{server{addr: "127.0.0.1:8080", trustProxy: "127.0.0.1"}, middleware.MetricsOff},
		{server{addr: "127.0.0.1:8080", trustProxy: "127.0.0.1", metrics: "local"}, middleware.MetricsLocal},
		{server{addr: ":8080"}, middleware.MetricsOff},
	} {
		if got := c.server.whoReadsMetrics(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.server, got, c.want)
		}
	}
}

// lines passes on every line written.
type lines struct{ said chan string }

func (l *lines) Write(p []byte) (int, error) {
	l.said <- string(p)
	return len(p), nil
}

func TestADemoLeavesOtherFoldersAlone(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "thesis.doc"), nil, 0o600))
	dabiao(t, "", "demo", "--data", dir, "--addr", "127.0.0.1:0").fails(1, "holds something that is not a demo")
}

func TestATableIsImported(t *testing.T) {
	dir := demoFolder(t)
	table := filepath.Join(t.TempDir(), "6月.csv")
	write := func(rows string) {
		t.Helper()
		must(t, os.WriteFile(table, []byte("指标,日期,新增\n"+rows), 0o600))
	}
	write("women-trained,2026-06-30,5\nno-such-thing,2026-06-30,5\nwomen-trained,2026-06-30,many\n")
	r := dabiao(t, "", "import", table, "--year", "2026", "--data", dir)
	if lines := strings.Split(strings.TrimSpace(r.err), "\n"); r.code != 1 || len(lines) != 3 ||
		!strings.HasPrefix(lines[0], "A3: ") ||
		!strings.HasPrefix(lines[1], "C4: ") || !strings.Contains(r.out, "not imported: 0 of 3 rows") {
		t.Errorf("exit %d, out %q, said %q", r.code, r.out, r.err)
	}
	write("women-trained,2026-06-30,5\n")
	dabiao(t, "", "import", table, "--year", "2026", "--dry-run", "--data",
		dir).works("would import: 1 of 1 rows, 1 entries")
	tried := dabiao(t, "", "import", table, "--year", "2026", "--dry-run", "--data", dir)
	for _, want := range []string{"A 指标: Indicator", "B 日期: Date or month", "C 新增: ", "C2: women-trained, "} {
		if !strings.Contains(tried.out, want) {
			t.Errorf("the dry run does not say %q: %s", want, tried.out)
		}
	}
	dabiao(t, "", "import", table, "--year", "2026", "--user", "staff", "--data",
		dir).works("imported: 1 of 1 rows, 1 entries")
	dabiao(t, "", "import", table, "--year", "2026", "--data", dir).fails(1, "was imported before")
	write("women-trained,2026-06-29,7\nwomen-trained,2026-06-29,7\n")
	r = dabiao(t, "", "import", table, "--year", "2026", "--data", dir)
	if r.code != 1 || !strings.Contains(r.err, "--answer ID=VALUE") || !strings.Contains(r.err, "C3: ") ||
		!strings.Contains(r.err, "--answer twice:C3=leave") || !strings.Contains(r.out, "not imported: 0 of 2 rows") {
		t.Errorf("asked %q, out %q", r.err, r.out)
	}
	dabiao(t, "", "import", table, "--year", "2026", "--answer", "twice:C3=perhaps", "--data", dir).fails(1, "perhaps")
	dabiao(t, "", "import", table, "--year", "2026", "--answer", "month=5", "--data", dir).fails(1, "month")
	dabiao(t, "", "import", table, "--year", "2026", "--answer", "twice", "--data", dir).fails(2, "ID=VALUE")
	dabiao(t, "", "import", table, "--year", "2026", "--answer", "twice:C3=leave", "--data",
		dir).works("imported: 2 of 2 rows, 1 entries")
	t.Setenv("DABIAO_ANSWER", "twice=add")
	write("women-trained,2026-06-28,7\nwomen-trained,2026-06-28,7\nwomen-trained,2026-06-28,7\n")
	dabiao(t, "", "import", table, "--year", "2026", "--data", dir).works("imported: 3 of 3 rows, 3 entries")
	os.Unsetenv("DABIAO_ANSWER") //nolint:errcheck // the test restores it
	dabiao(t, "", "import", table, "--year", "2026", "--user", "nobody", "--data", dir).fails(1, "nobody")
	dabiao(t, "", "import", "--year", "2026", "--data", dir).fails(2, "takes one file")
	dabiao(t, "", "import", table, "--data", dir).fails(2, "--year")
	dabiao(t, "", "verify", "--data", dir).works("0 differences")
}

// An old report is looked at as JSON before anything is made of it; a file without text is refused in one sentence.
func TestAnOldReportIsTakenOver(t *testing.T) {
	dir := demoFolder(t)
	const report = "../../internal/intake/testdata/report/tuned.txt"
	var looked struct {
		Stored      bool
		Created     int
		OfYear      int  `json:"of_year"`
		Logs        bool `json:"logs_figures"`
		Rows, Texts []map[string]any
	}
	r := dabiao(t, "", "adopt", report, "--year", "2026", "--dry-run", "--data", dir)
	must(t, json.Unmarshal([]byte(r.out), &looked))
	if r.code != 0 || looked.Stored || looked.OfYear != 2022 || looked.Logs || len(looked.Rows) != 66 ||
		looked.Created < 20 || looked.Created > 40 || len(looked.Texts) < 10 { // the demo has the others already
		t.Errorf("exit %d: of %d, logs %v, %d rows, %d created, %d texts, said %q", r.code, looked.OfYear, looked.Logs,
			len(looked.Rows), looked.Created, len(looked.Texts), r.err)
	}
	r = dabiao(t, "", "adopt", report, "--year", "2026", "--data", dir)
	must(t, json.Unmarshal([]byte(r.out), &looked))
	if r.code != 0 || !looked.Stored {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
	dabiao(t, "", "verify", "--data", dir).works("")
	empty := filepath.Join(t.TempDir(), "scan.txt")
	must(t, os.WriteFile(empty, []byte("。\n"), 0o600))
	dabiao(t, "", "adopt", empty, "--year", "2026", "--data", dir).fails(1, "No figures of work done were found")
	dabiao(t, "", "adopt", empty, "--data", dir).fails(2, "--year")
}

// One folder by two names is one: a copy in each would be the same copy.
func TestAFolderOfBackupsCountsOnce(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(dir, link))
	var r records
	must(t, r.backUpInto(strings.Join([]string{dir, link, dir + "/.", "away", "away"}, ","), places{}))
	if said := r.backups.String(); len(r.backups.Places) != 2 {
		t.Errorf("backups go to %s", said)
	}
}

// On a disk that takes no writes commands say so, and what to do, in place of what SQLite says.
func TestACommandOnAFolderThatTakesNoWritesSaysSo(t *testing.T) {
	dir := demoFolder(t)
	for _, inTheWay := range []string{store.FileName + "-wal", "probe/x"} { // also for root, who may write everywhere
		must(t, os.MkdirAll(filepath.Join(dir, inTheWay), 0o700))
	}
	dabiao(t, "", "verify", "--data", dir).fails(1, "takes no writes")
	dabiao(t, "", "backup", filepath.Join(t.TempDir(), "a.zip"), "--data", dir).fails(1, "copy the whole folder")
}

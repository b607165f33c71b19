package bench

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/logbook"
	"dabiao/internal/store"
)

// TestFigures measures and prints. Without BENCH_SIZE it uses a handful of data, to check that it runs.
func TestFigures(t *testing.T) {
	name, long := os.Getenv("BENCH_SIZE"), 3*time.Second
	if name == "" {
		name, long = "hamlet", 50*time.Millisecond
	}
	o := newOffice(t, name)
	bareRows := bareLoad(t, 100_000)
	loaded := float64(o.updates) / o.loading.Seconds()
	line("load", loaded, "rows/s", loaded/bareRows)
	o.disk(t)
	bare := bareCommit(t, long)
	o.boards(t, long)
	o.writing(t, long, bare)
	o.serving(t, long)
	o.documents(t, long)
	o.logBook(t)
	o.starting(t)
	start := time.Now()
	differences, err := o.app.Verify(t.Context())
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("%d differences, such as %s", len(differences), differences[0])
	}
	took := time.Since(start)
	line("verify", took.Seconds(), "s", float64(o.updates)/took.Seconds()/bareRows)
}

// bareDB is SQLite as the program opens it, without the program.
func bareDB(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "bare.db")+
		"?_busy_timeout=10000&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	must(t, err)
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE TABLE updates (id INTEGER PRIMARY KEY, indicator_id INTEGER, unit_id INTEGER, dated TEXT, amount INTEGER,
		prec TEXT, wording TEXT, level TEXT, note TEXT, act TEXT, reason TEXT, origin TEXT, author TEXT, logged_at INTEGER)`)
	must(t, err)
	return db
}

const bareInsert = `INSERT INTO updates (indicator_id, unit_id, dated, amount, prec, wording, level, note, act, reason, origin, author, logged_at)
	VALUES ($1, $2, $3, $4, 'exact', '', '', '', 'log', '', 'import', 'clerk', $5)`

// bareLoad measures how many rows per second can be inserted into a table without index, rule or
// roll-up.
func bareLoad(t *testing.T, n int) float64 {
	t.Helper()
	db := bareDB(t)
	start := time.Now()
	tx, err := db.Begin()
	must(t, err)
	insert, err := tx.Prepare(bareInsert)
	must(t, err)
	for i := range n {
		_, err := insert.Exec(i%60, i%334, "2025-03-04", i, 1764000000000)
		must(t, err)
	}
	must(t, tx.Commit())
	return float64(n) / time.Since(start).Seconds()
}

// bareCommit measures a durable transaction of one insert.
func bareCommit(t *testing.T, d time.Duration) time.Duration {
	t.Helper()
	db := bareDB(t)
	insert, err := db.Prepare(bareInsert)
	must(t, err)
	times := each(d, func() {
		_, err := insert.Exec(1, 2, "2025-03-04", 3, 1764000000000)
		must(t, err)
	})
	line("ceiling_commit_p50", ms(at(times, .5)), "ms", 1)
	return at(times, .5)
}

// disk measures the size of the file per update once the write-ahead log is written back.
func (o *office) disk(t *testing.T) {
	t.Helper()
	must(t, o.db.Close()) // the last connection empties the log
	info, err := os.Stat(filepath.Join(o.dir, store.FileName))
	must(t, err)
	perUpdate := float64(info.Size()) / float64(o.updates)
	line("disk_per_update", perUpdate, "B", 51/perUpdate)
	o.open(t)
}

// boards measures a board's figures, read from the database each time.
func (o *office) boards(t *testing.T, d time.Duration) {
	t.Helper()
	ctx := t.Context()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(o.dir, store.FileName)+"?mode=ro&_query_only=on")
	must(t, err)
	defer db.Close()
	one, err := db.Prepare(`SELECT months FROM rollups WHERE unit_id = 1 AND year = $1 AND indicator_id = 1`)
	must(t, err)
	row := at(each(d, func() {
		var months string
		must(t, one.QueryRow(int(thisYear)).Scan(&months))
	}), .5)
	line("ceiling_roll-up_row_p50", ms(row), "ms", 1)
	board := func(unit string) time.Duration {
		return at(each(d, func() {
			_, err := o.app.Board(ctx, o.staff, app.Query{Year: thisYear, Unit: unit})
			must(t, err)
		}), .5)
	}
	root, village := board(o.root), board(o.village())
	line("board_figures_root_p50", ms(root), "ms", float64(row)/float64(root))
	line("board_figures_root_to_village", float64(root)/float64(village), "x", float64(village)/float64(root))
	log := func(name string, q app.LogQuery) {
		q.Year = thisYear
		took := at(each(d/4, func() {
			_, _, err := o.app.Log(ctx, o.staff, q)
			must(t, err)
		}), .5)
		line("log_page_"+name+"_p50", ms(took), "ms", float64(row)/float64(took))
	}
	log("root", app.LogQuery{})
	log("middle", app.LogQuery{Unit: o.units[1]})
	log("village", app.LogQuery{Unit: o.village()})
	log("village_indicator", app.LogQuery{Unit: o.village(), Indicator: "i00"})
	indicator := at(each(d/4, func() {
		_, err := o.app.Indicator(ctx, o.staff, app.Query{Year: thisYear}, "i00")
		must(t, err)
	}), .5)
	line("indicator_page_figures_p50", ms(indicator), "ms", float64(row)/float64(indicator))
}

// entry returns an update with a key; unit and indicator rotate.
func (o *office) entry(n int64) kpi.NewUpdate {
	return kpi.NewUpdate{Indicator: o.codes[int(n)%len(o.codes)], Unit: o.units[int(n*7919)%len(o.units)],
		Dated:    "2025-12-30",
		Quantity: kpi.Exactly(kpi.Whole(n % 100)), Origin: kpi.FromAPI, Key: fmt.Sprintf("bench-%d", n)}
}

var entries atomic.Int64

// writing measures an update that is on disk when it is answered.
func (o *office) writing(t *testing.T, d time.Duration, bare time.Duration) {
	t.Helper()
	log := func() {
		_, err := o.app.LogUpdate(context.Background(), o.staff, o.entry(entries.Add(1)))
		if err != nil {
			t.Error(err)
		}
	}
	one := at(each(d, log), .5)
	line("update_p50", ms(one), "ms", float64(bare)/float64(one))
	line("update_over_bare_commit", ms(one-bare), "ms", float64(bare)/float64(one))
	before := entries.Load()
	many := rate(64, d, func(int, int) { log() })
	line("updates_64_clients", many, "1/s", many*bare.Seconds())
	differences, err := o.app.Verify(t.Context())
	must(t, err)
	if len(differences) > 0 {
		t.Errorf("after %d updates of 64 clients: %s", entries.Load()-before, differences[0])
	}
}

// serving measures what people and programs wait for.
func (o *office) serving(t *testing.T, d time.Duration) {
	t.Helper()
	_, token, err := o.app.AddToken(t.Context(), kpi.Operator, app.NewToken{Account: "clerk", Name: "bench"})
	must(t, err)
	h := serve(t, o.app, token)
	data, page := fmt.Sprintf("/api/v1/years/%d/board", thisYear), fmt.Sprintf("/years/%d", thisYear)
	village := data + "?unit=" + o.village()
	body := h.get(t, data, false)
	bare := ceiling(t, body, "application/json", "")
	p50 := func(h *host, path string) time.Duration { return at(each(d, func() { h.get(t, path, false) }), .5) }
	kept, best := p50(h, data), p50(bare, data)
	line("board_json_root_p50", ms(kept), "ms", float64(best)/float64(kept))
	small := p50(h, village)
	line("board_json_root_to_village", float64(kept)/float64(small), "x", float64(small)/float64(kept))
	many, most := rate(16, d, func(int, int) { h.get(t, data, false) }), rate(16, d,
		func(int, int) { bare.get(t, data, false) })
	line("board_json_16_clients", many, "1/s", many/most)
	zipped := h.get(t, page, true)
	barePage := ceiling(t, zipped, "text/html; charset=utf-8", "gzip")
	many, most = rate(16, d, func(int, int) { h.get(t, page, true) }), rate(16, d,
		func(int, int) { barePage.get(t, page, true) })
	line("board_page_16_clients", many, "1/s", many/most)
	line("board_page_bytes_gzip", float64(len(zipped)), "B", float64(len(zipped))/float64(len(h.get(t, page, false))))
	for name, path := range map[string]string{"page": page, "json": data} {
		each, first := o.afterWrites(t, d, h, path)
		line("board_"+name+"_first_after_a_write_16_clients", each, "1/s", each/most)
		line("board_"+name+"_first_after_a_write_p50", ms(first), "ms", 1/(first.Seconds()*most))
	}
	o.readsBesideWriters(t, d, h, data)
	clients := rate(64, d, func(client, n int) {
		body := fmt.Appendf(nil, `{"indicator":%q,"unit":%q,"date":"2025-12-30","value":"1"}`, o.codes[n%len(o.codes)],
			o.units[(n*64+client)%len(o.units)])
		h.ask(t, "POST", "/api/v1/updates", fmt.Sprintf("http-%d-%d", client, n), body, false)
	})
	line("updates_64_http_clients", clients, "1/s", clients/most)
}

// afterWrites measures how many answers per second 16 clients get who all ask right after a write, and
// how long the first waits.
func (o *office) afterWrites(t *testing.T, d time.Duration, h *host, path string) (perSecond float64,
	first time.Duration) {
	t.Helper()
	var took time.Duration
	var firsts []time.Duration
	rounds := 0
	for end := time.Now().Add(d); time.Now().Before(end); rounds++ {
		_, err := o.app.LogUpdate(t.Context(), o.staff, o.entry(entries.Add(1)))
		must(t, err)
		start := time.Now()
		together(16, 16, func(int) { h.get(t, path, true) })
		took += time.Since(start)
		_, err = o.app.LogUpdate(t.Context(), o.staff, o.entry(entries.Add(1)))
		must(t, err)
		start = time.Now()
		h.get(t, path, true)
		firsts = append(firsts, time.Since(start))
	}
	return float64(16*rounds) / took.Seconds(), at(sorted(firsts), .5)
}

func (o *office) readsBesideWriters(t *testing.T, d time.Duration, h *host, path string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var writers sync.WaitGroup
	for range 16 {
		writers.Go(func() {
			for ctx.Err() == nil {
				if _, err := o.app.LogUpdate(context.Background(), o.staff, o.entry(entries.Add(1))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	times := each(d, func() { h.get(t, path, false) })
	stop()
	writers.Wait()
	line("reads_beside_16_writers_p50", ms(at(times, .5)), "ms", 1)
	line("reads_beside_16_writers_p99", ms(at(times, .99)), "ms", ms(at(times, .5))/ms(at(times, .99)))
}

// documents measures the year-end files, from figures to bytes.
func (o *office) documents(t *testing.T, d time.Duration) {
	t.Helper()
	in, err := o.app.Report(t.Context(), o.staff, app.Query{Year: thisYear}, string(lang.Chinese))
	must(t, err)
	in.Language = lang.For(lang.Chinese)
	var b bytes.Buffer
	line("report_docx_p50", ms(at(each(d/3, func() { b.Reset(); must(t, paper.WriteDocx(&b, report.Build(in))) }),
		.5)), "ms", 1)
	line("report_xlsx_p50", ms(at(each(d/3, func() { b.Reset(); must(t, report.WriteXlsx(&b, in, report.WholeReport)) }),
		.5)), "ms", 1)
}

// logBook measures 20,000 entries as a workbook, from the database to bytes.
func (o *office) logBook(t *testing.T) {
	t.Helper()
	const most = 20_000
	enough := errors.New("enough")
	took := at(each(time.Second, func() {
		book, err := o.app.LogBook(t.Context(), o.staff, app.LogQuery{Year: thisYear})
		must(t, err)
		book.Language = lang.For(lang.Chinese)
		all, n := book.Each, 0
		book.Each = func(fn func(logbook.Entry) error) error {
			err := all(func(e logbook.Entry) error {
				if n++; n > most {
					return enough
				}
				return fn(e)
			})
			if errors.Is(err, enough) {
				return nil
			}
			return err
		}
		must(t, logbook.WriteXlsx(io.Discard, book))
	}), .5)
	line("log_xlsx_20000_rows_p50", took.Seconds(), "s", 0.03/took.Seconds())
}

// starting measures the time from the program's start to its first answer, on records that were closed well and after a
// kill, and the memory it then uses: idle, and after boards, log pages and updates by many clients.
func (o *office) starting(t *testing.T) {
	t.Helper()
	_, token, err := o.app.AddToken(t.Context(), kpi.Operator, app.NewToken{Account: "clerk", Name: "start"})
	must(t, err)
	must(t, o.db.Close())
	defer o.open(t)
	binary := filepath.Join(t.TempDir(), "dabiao")
	if said, err := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", binary,
		"dabiao/cmd/dabiao").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	must(t, exec.Command(binary, "version").Run()) // so that neither start reads it from the disk
	start := time.Now()
	must(t, exec.Command(binary, "version").Run())
	least := time.Since(start)
	o.started(t, binary, token, "", least, func(_ *host, cmd *exec.Cmd) { must(t, cmd.Process.Kill()) })
	o.started(t, binary, token, "_after_kill", least, func(h *host, cmd *exec.Cmd) {
		idle := resident(t, cmd.Process.Pid)
		line("memory_idle", idle, "MB", 26/idle)
		rate(32, 2*time.Second, func(client, n int) {
			unit := o.units[(n*32+client)%len(o.units)]
			h.get(t, fmt.Sprintf("/years/%d?unit=%s", thisYear, unit), true)
			h.get(t, fmt.Sprintf("/years/%d/updates?unit=%s", thisYear, unit), true)
			body := fmt.Appendf(nil, `{"indicator":%q,"unit":%q,"date":"2025-12-30","value":"1"}`, o.codes[n%len(o.codes)], unit)
			h.ask(t, "POST", "/api/v1/updates", fmt.Sprintf("start-%d-%d", client, n), body, false)
		})
		loaded := resident(t, cmd.Process.Pid)
		line("memory_loaded", loaded, "MB", 38/loaded)
		must(t, cmd.Process.Signal(os.Interrupt))
	})
}

// started measures one start; use ends the program.
func (o *office) started(t *testing.T, binary, token, how string, least time.Duration, use func(*host, *exec.Cmd)) {
	t.Helper()
	const addr = "127.0.0.1:18473"
	start := time.Now()
	cmd := exec.Command(binary, "serve", "--addr", addr, "--data", o.dir, "--trust-proxy", "127.0.0.1")
	must(t, cmd.Start())
	defer cmd.Wait()         //nolint:errcheck // it was told to end
	defer cmd.Process.Kill() //nolint:errcheck // it may have ended by itself
	h := &host{addr: addr, token: token, client: &fasthttp.HostClient{Addr: addr, MaxConns: 64}}
	for _, first := range []struct{ path, figure string }{{"/healthz", "start_to_first_answer"},
		{"/readyz", "start_to_ready"}} { // after a kill, writes wait for the check of the file
		for status, begun := 0, time.Now(); status != 200; time.Sleep(time.Millisecond) {
			status, _, _ = h.client.Get(nil, "http://"+addr+first.path) //nolint:errcheck // the status tells
			if time.Since(begun) > time.Minute {
				t.Fatalf("%s never answers", first.path)
			}
		}
		took := time.Since(start)
		line(first.figure+how, ms(took), "ms", float64(least)/float64(took))
	}
	use(h, cmd)
	cmd.Wait() //nolint:errcheck // the next start may not meet it
}

// resident returns the memory a process uses, in MB; 0 if the system does not say.
func resident(t *testing.T, pid int) float64 {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(raw), "VmRSS:")
	var kb float64
	if _, err := fmt.Sscan(after, &kb); err != nil {
		t.Fatal(err)
	}
	return kb / 1024
}

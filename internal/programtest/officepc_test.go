package programtest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/daytest"
	"dabiao/internal/kpi"
	"dabiao/internal/torture"
)

// An office PC is switched off in the middle of a paste, its disk fills, its records are restored from last night's
// copy. At each step what people are told is held against what is so.
func TestTheOfficePC(t *testing.T) {
	p, unit := small(t)
	must(t, p.Serve("--backups", "off"))
	t.Cleanup(func() { must(t, errors.Join(p.End(), os.RemoveAll(p.dir))) })
	t.Run("it is switched off in the middle of a paste", func(t *testing.T) { switchedOff(t, p, unit) })
	copied := filepath.Join(t.TempDir(), "last-night.zip")
	if said, err := Run("backup", copied, "--data", p.Data()); err != nil {
		t.Fatalf("back up: %v\n%s", err, said)
	}
	must(t, p.PostOnce("staff", "/api/v1/updates", "this morning", entry(p, unit, "this morning"), nil))
	t.Run("its disk fills", func(t *testing.T) { diskFills(t, p, unit) })
	t.Run("it is restored from last night's copy", func(t *testing.T) { restored(t, p, unit, copied) })
}

// switchedOff sends tables and kills the program while it takes them. Nobody is told anything; who sends the table
// again under its key is told that it is stored, and it is, once and whole.
func switchedOff(t *testing.T, p *Program, unit string) {
	rows := 0
	for i := range torture.Times(t, 3, 60) {
		table := "indicator,unit,date,value,note\n"
		for day := range 28 {
			rows++
			table += fmt.Sprintf("%s,%s,%d-%02d-%02d,1,table %d\n", indicator, unit, p.Year, 1+i%10, 1+day, i)
		}
		key, address := fmt.Sprint("table ", i), fmt.Sprintf("/api/v1/imports?year=%d&again=true", p.Year)
		send := func(to any) error {
			return p.sendBody("staff", http.MethodPost, address, key, "text/csv", strings.NewReader(table), to)
		}
		told := make(chan error, 1)
		go func() { told <- send(nil) }()
		time.Sleep(time.Duration(i*13%50) * time.Millisecond)
		must(t, p.Kill())
		first := <-told
		must(t, p.Serve("--backups", "off"))
		_, before := logged(t, p, unit)
		if n := before[fmt.Sprint("table ", i)]; n != 0 && n != 28 || n == 0 && first == nil {
			t.Fatalf("the first time it was told %v, and there are %d of 28 rows", first, n)
		}
		var result struct{ Stored bool }
		if err := send(&result); err != nil || !result.Stored {
			t.Fatalf("sent again it is told %v, %v", result, err)
		}
		total, after := logged(t, p, unit)
		if n := after[fmt.Sprint("table ", i)]; n != 28 || total != rows {
			t.Fatalf("sent again there are %d of 28 rows, and the figure is %d, want %d", n, total, rows)
		}
	}
}

// onASmallDisk starts the program on a disk of 96 MB of its own, which somebody else fills and frees when the files
// fill and free are there. $0 is the data folder, $1 where those files are.
const onASmallDisk = `
data=$0 control=$1; shift
cp -a "$data" "$control/data"
mount -t tmpfs -o size=96m tmpfs "$data"
cp -a "$control/data/." "$data"
rm -r "$control/data"
fill() { dd if=/dev/zero of="$data/film.mp4" bs=64k; mv "$control/fill" "$control/filled"; }
[ -e "$control/fill" ] && fill 2>/dev/null
( while kill -0 $$; do
	[ -e "$control/fill" ] && fill
	[ -e "$control/free" ] && { rm "$data/film.mp4"; mv "$control/free" "$control/freed"; }
	sleep 0.1
done ) >/dev/null 2>&1 &
exec "$@"`

// diskFills has the disk fill while the program runs, and before it begins.
func diskFills(t *testing.T, p *Program, unit string) {
	control := t.TempDir()
	alone := "-m" // with mounts of its own; who is not root needs users of its own for that, too
	if exec.CommandContext(t.Context(), "unshare", alone, "mount", "-t", "tmpfs", "none", control).Run() != nil {
		alone = "-Urm"
	}
	b, err := p.SignIn("admin")
	must(t, err)
	p.through = []string{"unshare", alone, "sh", "-c", onASmallDisk, p.Data(), control}
	must(t, p.End())
	must(t, p.Serve("--backups", "off"))
	defer func() { must(t, p.Serve("--backups", "off")) }() // on the disk it had before
	order(t, control, "fill", "filled")
	full(t, p, b, unit, "while it ran")
	order(t, control, "free", "freed")
	must(t, p.await(http.StatusOK))
	savedOnce(t, p, unit, "while it ran")

	must(t, p.End())
	must(t, os.WriteFile(filepath.Join(control, "fill"), nil, 0o600))
	must(t, p.ServeStopped("--backups", "off"))
	full(t, p, b, unit, "before it began")
	order(t, control, "free", "freed")
	must(t, p.await(http.StatusOK))
	savedOnce(t, p, unit, "before it began")
	must(t, p.Kill()) // its disk goes with it
	p.through = nil
}

// order has a file made that asks for something, and waits until that is done.
func order(t *testing.T, control, what, done string) {
	t.Helper()
	os.Remove(filepath.Join(control, done)) //nolint:errcheck // it may never have been done
	must(t, os.WriteFile(filepath.Join(control, what), nil, 0o600))
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(control, done)); err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the disk was not %s", done)
		}
	}
}

// full holds a program on a full disk to saying so, saving nothing, and showing everything.
func full(t *testing.T, p *Program, b *Browser, unit, key string) {
	t.Helper()
	if status, said, err := p.Ready(); status != http.StatusServiceUnavailable || !strings.Contains(said, "disk_full") {
		t.Errorf("%s: /readyz: %d %s %v", key, status, said, err)
	}
	refused := func(what string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "503") || !strings.Contains(err.Error(), "disk_full") {
			t.Errorf("%s: %s is told %v", key, what, err)
		}
	}
	refused("an entry", p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), nil))
	picture, sum, err := Picture()
	must(t, err)
	refused("a file", p.Attach("staff", 1, sum, "a.png", picture))
	status, body, err := b.Send("/login", url.Values{"name": {"staff"}, "password": {"correct horse"}})
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(body, "磁盘空间不足") {
		t.Errorf("%s: signing in is told %d, %v", key, status, err)
	}
	pages, err := b.Crawl("/", 25)
	if err != nil || len(pages) < 20 {
		t.Errorf("%s: %d pages, %v", key, len(pages), err)
	}
	for path, status := range pages {
		if status != http.StatusOK {
			t.Errorf("%s: %s: %d", key, path, status)
		}
	}
	if _, notes := logged(t, p, unit); notes[key] != 0 || notes["this morning"] != 1 {
		t.Errorf("%s: the refused entry is there %d times, the last one before %d times", key, notes[key], notes["this morning"])
	}
}

// savedOnce sends again what was refused.
func savedOnce(t *testing.T, p *Program, unit, key string) {
	t.Helper()
	must(t, p.PostOnce("staff", "/api/v1/updates", key, entry(p, unit, key), nil))
	if _, notes := logged(t, p, unit); notes[key] != 1 {
		t.Errorf("sent again %s is there %d times", key, notes[key])
	}
}

// restored goes on with a copy: what came after it is not there, and counts once for who sends it again.
func restored(t *testing.T, p *Program, unit, copied string) {
	must(t, p.End())
	p.dir = t.TempDir()
	if said, err := Run("restore", copied, "--data", p.Data()); err != nil {
		t.Fatalf("restore: %v\n%s", err, said)
	}
	if said, err := Run("verify", "--data", p.Data()); err != nil {
		t.Errorf("verify: %v\n%s", err, said)
	}
	must(t, p.Serve("--backups", "off"))
	before, notes := logged(t, p, unit)
	if notes["this morning"] != 0 {
		t.Error("an entry of after the copy is there")
	}
	savedOnce(t, p, unit, "this morning")
	if total, _ := logged(t, p, unit); total != before+1 {
		t.Errorf("the figure is %d, want %d", total, before+1)
	}
}

// The clock of the PC was wrong as long as it ran before, and is right when it begins again: people get in and are told
// what is odd.
func TestTheClockOfTheOfficePCIsSetRight(t *testing.T) {
	for _, c := range []struct{ what, day, says string }{
		{"it was years ahead", "2062-11-23", "比本机时间晚"},
		{"it was years behind", "2010-03-01", "请校准时间"},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, unit := smallOn(t, kpi.Date(c.day))
			must(t, p.Serve("--backups", "off"))
			defer func() { must(t, p.End()) }()
			b, err := p.SignIn("admin")
			must(t, err)
			if status, body, err := b.Get("/"); err != nil || status != http.StatusOK || !strings.Contains(body, c.says) {
				t.Errorf("the board: %d, %v; it does not say %s", status, err, c.says)
			}
			// The day of an entry has not come yet, or the token of the program that sends it is over.
			why := map[bool]string{true: "date_in_future", false: "token_over"}[p.day > string(daytest.StoryDay)]
			err = p.PostOnce("staff", "/api/v1/updates", "now", entry(p, unit, "now"), nil)
			if err == nil || !strings.Contains(err.Error(), why) {
				t.Errorf("an entry of that day is told %v", err)
			}
			if status, said, err := p.Ready(); status != http.StatusOK {
				t.Errorf("/readyz: %d %s %v", status, said, err)
			}
		})
	}
}

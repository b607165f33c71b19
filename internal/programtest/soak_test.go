//go:build linux

package programtest

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// use is what a running program holds of the machine.
type use struct {
	memory     int   // MB in real memory
	files      int   // descriptors
	goroutines int   // as /metrics says
	log        int64 // MB of the write-ahead log
	left       int   // files in the data folder that belong to nothing
}

func (u use) String() string {
	return fmt.Sprintf("%d MB of memory, %d descriptors, %d goroutines, %d MB of write-ahead log, %d files that belong to nothing",
		u.memory, u.files, u.goroutines, u.log, u.left)
}

// A server that is used all the time holds no more of the machine at the end than at the beginning.
func TestASoakHoldsItsBounds(t *testing.T) {
	p, unit := small(t)
	must(t, p.Serve("--backups", "off", "--metrics", "local"))
	t.Cleanup(func() { must(t, p.End()) })
	b, err := p.SignIn("admin")
	must(t, err)
	r := &recording{sent: map[string]int{}}
	stop := make(chan struct{})
	length := time.Duration(torture.Times(t, 4, 420)) * time.Second
	wait := r.write(t, p, b, unit, stop)
	read := reading(t, b, stop)
	time.Sleep(length / 4)
	first := p.use(t)
	for i := range 3 {
		time.Sleep(length / 4)
		t.Logf("after %d/4 of %s: %s", i+2, length, p.use(t))
	}
	close(stop)
	wait()
	pages := <-read
	client.CloseIdleConnections()
	last := p.use(t)
	t.Logf("%d entries, %d files, %d pages; first %s; last %s", len(r.entries), len(r.files), pages, first, last)
	if over := over(first, last); len(over) > 0 {
		t.Errorf("beyond its bounds: %v", over)
	}
	if first.left > writers {
		t.Errorf("%d files that belong to nothing while %d people write", first.left, writers)
	}
}

// over lists of what a program holds more at the end than it may, after what it held at first.
func over(first, last use) (out []string) {
	for _, bound := range []struct {
		what     string
		is, most int
	}{
		{"descriptors", last.files, first.files + 20},
		{"files of nothing", last.left, 0},
		{"goroutines", last.goroutines, first.goroutines + 20},
		{"memory", last.memory, max(first.memory+100, 300)},
		{"the write-ahead log", int(last.log), 64},
	} {
		if bound.is > bound.most {
			out = append(out, bound.what)
		}
	}
	return out
}

// reading has somebody read pages until stop is closed, and then tells how many.
func reading(t *testing.T, b *Browser, stop chan struct{}) (pages chan int) {
	pages = make(chan int, 1)
	go func() {
		n := 0
		defer func() { pages <- n }()
		for {
			seen, err := b.Crawl("/", 40)
			if n += len(seen); err != nil {
				t.Error(err)
				return
			}
			for path, status := range seen {
				if status != http.StatusOK {
					t.Errorf("%s: %d", path, status)
				}
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	return pages
}

// use looks at the running program from outside.
func (p *Program) use(t *testing.T) (u use) {
	t.Helper()
	proc := fmt.Sprint("/proc/", p.pid(t))
	status, err := os.ReadFile(proc + "/status")
	must(t, err)
	_, memory, _ := strings.Cut(string(status), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(memory)[0])
	must(t, err)
	open, err := os.ReadDir(proc + "/fd")
	must(t, err)
	u.memory, u.files = kb>>10, len(open)
	resp, err := client.Get(p.URL + "/metrics")
	must(t, err)
	defer resp.Body.Close()
	var metrics strings.Builder
	must(t, resp.Write(&metrics))
	_, after, _ := strings.Cut(metrics.String(), "\ngo_goroutines ")
	number, _, _ := strings.Cut(after, "\n")
	u.goroutines, err = strconv.Atoi(strings.TrimSpace(number))
	must(t, err)
	err = filepath.WalkDir(p.Data(), func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) || err == nil && d.IsDir() { // of an upload that has ended
			return nil
		}
		if err != nil {
			return err
		}
		below, _ := filepath.Rel(p.Data(), path) //nolint:errcheck // it is below
		switch parts := strings.Split(below, string(filepath.Separator)); {
		case below == store.FileName+"-wal":
			if info, err := d.Info(); err == nil {
				u.log = info.Size() >> 20
			}
		case parts[0] != "evidence" || len(parts) > 1 && len(parts[1]) == 2:
		case parts[1] != "previews" || strings.HasSuffix(below, ".partial"):
			u.left++
		}
		return nil
	})
	must(t, err)
	return u
}

// pid returns the process of the program: of those of its group, the one that is its binary.
func (p *Program) pid(t *testing.T) int {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/exe")
	must(t, err)
	for _, exe := range all {
		if is, err := os.Readlink(exe); err != nil || is != p.binary {
			continue
		}
		pid, err := strconv.Atoi(strings.Split(exe, "/")[2])
		must(t, err)
		if args, err := os.ReadFile(filepath.Join(filepath.Dir(exe), "cmdline")); err == nil &&
			strings.Contains(string(args), p.Data()) {
			return pid
		}
	}
	t.Fatal("the program does not run")
	return 0
}

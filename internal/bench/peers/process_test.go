//go:build peers

package peers

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a program that runs beside this one.
type process struct{ cmd *exec.Cmd }

// launch starts a program whose output goes to a file of the test.
func launch(t *testing.T, dir string, env []string, name string, args ...string) *process {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	must(t, err)
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, append(os.Environ(), env...), log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	must(t, cmd.Start())
	p := &process{cmd}
	t.Cleanup(func() {
		p.stop()
		if text, err := os.ReadFile(log.Name()); err == nil && t.Failed() {
			t.Logf("%s said:\n%s", name, text)
		}
	})
	return p
}

func (p *process) stop() {
	if p == nil || p.cmd.ProcessState != nil {
		return
	}
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() { p.cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		<-ended
	}
}

// memory returns the resident memory of a program and what it has started, in MB.
func (p *process) memory(t *testing.T) float64 {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	must(t, err)
	var pages int
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// after the name in brackets: state, parent, group, … and, as the 22nd, resident pages (proc(5))
		f := strings.Fields(string(text[strings.LastIndex(string(text), ")")+1:]))
		if f[2] == strconv.Itoa(p.cmd.Process.Pid) {
			n, err := strconv.Atoi(f[21])
			must(t, err)
			pages += n
		}
	}
	return float64(pages*os.Getpagesize()) / 1e6
}

// run runs a program to its end and returns what it printed.
func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

// until waits for fn, and fails after a minute.
func until(t *testing.T, what string, fn func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !fn() {
		if time.Since(start) > time.Minute {
			t.Fatalf("%s: not after a minute", what)
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(start)
}

// weight returns the bytes of a file or folder.
func weight(t *testing.T, paths ...string) (n int64) {
	t.Helper()
	for _, path := range paths {
		must(t, filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			n += info.Size()
			return err
		}))
	}
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tool returns a program that `make peers` installed.
func tool(t *testing.T, path ...string) string {
	t.Helper()
	name, err := filepath.Abs(filepath.Join(append([]string{"../../../.tools/peers"}, path...)...))
	must(t, err)
	if _, err := os.Stat(name); err != nil {
		t.Fatal(fmt.Errorf("%w: make peers installs it", err))
	}
	return name
}

// Package programtest runs the real program for tests: it builds it once, starts the demo or a server,
// talks to its API, and stops or kills it. Nothing it starts outlives the test.
package programtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"dabiao/internal/daytest"
)

// Account is one of the demo's accounts.
type Account struct {
	Role     string `json:"role"`
	Name     string `json:"name"`
	Password string `json:"password"`
	Token    string `json:"token"`
}

// Program is a running dabiao with the demo's data.
type Program struct {
	URL      string    `json:"url"`
	Year     int       `json:"year"` // the open one, with invented figures; 2022 is published and closed
	Accounts []Account `json:"accounts"`

	binary, dir string
	through     []string  // the command that starts it, if it is not started as it is
	day, zone   string    // of the office, whatever the machine's are
	group       int       // the process group of supervisor and program
	alive       io.Closer // the supervisor stops the program when this closes, even if the test process is killed
	done        <-chan struct{}
	gone        <-chan struct{} // closed once no process of it is left
}

// supervisor runs "$@" until it ends by itself or the supervisor's standard input ends.
const supervisor = `
exec 9<&0
"$@" </dev/null 9<&- & program=$!
{ cat <&9; kill $program; } >/dev/null 2>&1 & watch=$!
wait $program
kill $watch 2>/dev/null`

// build compiles the program once per process.
var build = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("PROGRAMTEST_BINARY"); given != "" {
		return given, nil
	}
	dir, err := os.MkdirTemp("", "dabiao-program-")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "dabiao")
	cmd := exec.Command("go", "build", "-buildvcs=false", "-o", out, "dabiao/cmd/dabiao")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", errors.Join(fmt.Errorf("build the program: %w\n%s", err, said), os.RemoveAll(dir))
	}
	return out, nil
})

// Demo builds the program, starts a demo on the day of the browser stories in a folder of its own and
// waits until it serves. args are added to its command line.
func Demo(args ...string) (*Program, error) {
	return DemoOn(string(daytest.StoryDay), "Asia/Shanghai", args...)
}

// DemoOn is Demo on another day, in the office's time zone.
func DemoOn(day, zone string, args ...string) (*Program, error) {
	binary, err := build()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dabiao-demo-")
	if err != nil {
		return nil, err
	}
	p := &Program{binary: binary, dir: dir, day: day, zone: zone}
	stdout, err := p.start(append([]string{"demo", "--json", "--addr", "127.0.0.1:0", "--data", p.Data(), "--zone", zone,
		"--today", day}, args...))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	ready := make(chan error, 1)
	go func() { ready <- p.readReady(stdout) }()
	select {
	case err = <-ready:
	case <-time.After(patience):
		err = fmt.Errorf("it was not ready within %s", patience)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the demo: %w\n%s", err, p.Log()), p.Stop())
	}
	return p, nil
}

// Fresh starts `dabiao serve` on an empty folder and returns the set-up link that it prints.
func Fresh(args ...string) (p *Program, setup string, err error) {
	binary, err := build()
	if err != nil {
		return nil, "", err
	}
	dir, err := os.MkdirTemp("", "dabiao-fresh-")
	if err != nil {
		return nil, "", err
	}
	p = &Program{binary: binary, dir: dir, zone: "Asia/Shanghai"}
	stdout, err := p.start(append([]string{"serve", "--addr", "127.0.0.1:0", "--data", p.Data(), "--zone",
		p.zone}, args...))
	if err != nil {
		return nil, "", errors.Join(err, os.RemoveAll(dir))
	}
	lines := bufio.NewScanner(stdout)
	for setup == "" && lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "dabiao: "); ok {
			p.URL = url
		}
		setup, _ = strings.CutPrefix(lines.Text(), "set-up: ")
		if !strings.HasPrefix(setup, "http") {
			setup = ""
		}
	}
	if setup == "" {
		return nil, "", errors.Join(fmt.Errorf("it printed no set-up link\n%s", p.Log()), p.Stop())
	}
	go io.Copy(io.Discard, stdout) //nolint:errcheck // a program that prints into a pipe nobody holds is ended by the system
	return p, setup, nil
}

// patience is how long the program may take to get ready on a slow machine.
const patience = 90 * time.Second

// Serve starts `dabiao serve` on the data of a program that has ended, with the same accounts, and
// waits until it accepts writes.
func (p *Program) Serve(args ...string) error {
	if err := p.startServing(args); err != nil {
		return err
	}
	return p.await(http.StatusOK)
}

// freeAddress returns an address of this machine that nothing listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// ServeAgain is Serve at the address the program had before, as after a power failure.
func (p *Program) ServeAgain(args ...string) error {
	return p.serveAt(strings.TrimPrefix(p.URL, "http://"), args)
}

func (p *Program) serveAt(addr string, args []string) error {
	if err := p.serveUnready(addr, args); err != nil {
		return err
	}
	return p.await(http.StatusOK)
}

// ServeStopped is Serve where nothing can be saved: it waits until the program says so.
func (p *Program) ServeStopped(args ...string) error {
	if err := p.startServing(args); err != nil {
		return err
	}
	return p.await(http.StatusServiceUnavailable)
}

// startServing starts `dabiao serve` at a free address and does not wait for it.
func (p *Program) startServing(args []string) error {
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	return p.serveUnready(addr, args)
}

func (p *Program) serveUnready(addr string, args []string) error {
	stdout, err := p.start(append([]string{"serve", "--addr", addr, "--data", p.Data(), "--zone", p.zone}, args...))
	if err != nil {
		return err
	}
	go io.Copy(io.Discard, stdout) //nolint:errcheck // a program that prints into a pipe nobody holds is ended by the system
	p.URL = "http://" + addr
	return nil
}

// await waits until /readyz answers with a status.
func (p *Program) await(status int) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		got, said, err := p.Ready()
		if err == nil {
			if got == status {
				return nil
			}
			err = fmt.Errorf("%d: %s", got, said)
		}
		select {
		case <-p.done:
			return fmt.Errorf("the server ended: %w\n%s", err, p.Log())
		default:
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("/readyz did not answer %d within %s: %w\n%s", status, patience, err, p.Log())
		}
	}
}

// Ready asks the server whether it can write.
func (p *Program) Ready() (status int, said string, err error) {
	resp, err := client.Get(p.URL + "/readyz")
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// Binary returns the file of the program, built once per process.
func Binary() (string, error) { return build() }

// Run runs one command of the program to its end and returns its output.
func Run(args ...string) (string, error) {
	binary, err := build()
	if err != nil {
		return "", err
	}
	said, err := exec.Command(binary, args...).CombinedOutput()
	return string(said), err
}

// Data returns the program's data folder.
func (p *Program) Data() string { return filepath.Join(p.dir, "data") }

func (p *Program) log() string { return filepath.Join(p.dir, "log") }

// start starts the program under a supervisor and returns its standard output.
func (p *Program) start(args []string) (io.Reader, error) {
	log, err := os.OpenFile(p.log(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command("/bin/sh", slices.Concat([]string{"-c", supervisor, "sh"}, p.through, []string{p.binary}, args)...)
	cmd.Stderr, cmd.SysProcAttr = log, ownGroup
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	// A pipe of our own: cmd's would be closed when the program ends, even if unread.
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	cmd.Stdout = w
	left, held, err := os.Pipe() // every process of it holds one end as long as it lives
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	defer held.Close()
	cmd.ExtraFiles = []*os.File{held}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start the program: %w", err), r.Close(), left.Close())
	}
	gone := make(chan struct{})
	p.gone = gone
	go func() {
		defer close(gone)
		defer left.Close()
		io.Copy(io.Discard, left) //nolint:errcheck // it ends when they have
	}()
	done := make(chan struct{})
	p.alive, p.done, p.group = stdin, done, cmd.Process.Pid
	go func() {
		_ = cmd.Wait() //nolint:errcheck // how it ended is in its log
		close(done)
	}()
	return r, nil
}

// readReady reads the line of JSON that says the program serves.
func (p *Program) readReady(r io.Reader) error {
	b := bufio.NewReader(r)
	defer func() { go io.Copy(io.Discard, b) }() //nolint:errcheck // it must not block on a full pipe
	for {
		line, err := b.ReadString('\n')
		if strings.HasPrefix(line, "{") {
			return json.Unmarshal([]byte(line), p)
		}
		if err != nil {
			return fmt.Errorf("it ended before it was ready: %w", err)
		}
	}
}

// Stop ends the program as a terminal would, waits for it and removes its folder.
func (p *Program) Stop() error { return errors.Join(p.End(), os.RemoveAll(p.dir)) }

// End is Stop, and keeps the folder.
func (p *Program) End() error {
	err := p.letGo()
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		err = errors.Join(errors.New("the program did not end within 20 seconds of being asked to"), p.Kill())
	}
	return err
}

// Kill ends the program in the middle of whatever it is doing, as a power failure would, and keeps its
// data.
func (p *Program) Kill() error {
	err := kill(p.group)
	<-p.done
	select { // its supervisor may be gone before it is, with the lock of its folder
	case <-p.gone:
	case <-time.After(20 * time.Second):
	}
	return errors.Join(err, p.letGo())
}

// letGo closes what keeps the program alive, as the end of the test process would.
func (p *Program) letGo() error {
	if err := p.alive.Close(); !errors.Is(err, os.ErrClosed) { // already closed if the program has ended
		return err
	}
	return nil
}

// Today returns the demo's day.
func (p *Program) Today() string { return p.day }

// Log returns what the program has written to its standard error so far.
func (p *Program) Log() string {
	said, err := os.ReadFile(p.log())
	if err != nil {
		return err.Error()
	}
	return string(said)
}

// Account returns the demo account of a role.
func (p *Program) Account(role string) (Account, error) {
	for _, a := range p.Accounts {
		if a.Role == role {
			return a, nil
		}
	}
	return Account{}, fmt.Errorf("the demo has no account for the role %s", role)
}

package browsertest

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Account is one of the demo's accounts.
type Account struct {
	Role     string `json:"role"`
	Name     string `json:"name"`
	Password string `json:"password"`
	Token    string `json:"token"`
}

// Program is a running `dabiao demo`.
type Program struct {
	URL      string    `json:"url"`
	Year     int       `json:"year"`
	Accounts []Account `json:"accounts"`

	dir   string
	alive io.Closer // the supervisor stops the program when this ends, even when we are killed
	done  <-chan error
}

// supervisor runs "$@" until its standard input ends.
const supervisor = `"$@" </dev/null & pid=$!; cat >/dev/null; kill $pid 2>/dev/null; wait $pid`

// build compiles the program once per process.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dabiao-browsertest-")
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

// StartProgram builds the program, starts the demo in a folder of its own and waits until it
// serves. args are added to its command line.
func StartProgram(args ...string) (*Program, error) {
	binary, err := build()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dabiao-demo-")
	if err != nil {
		return nil, err
	}
	p := &Program{dir: dir}
	if err := p.start(binary, args); err != nil {
		said, _ := os.ReadFile(p.log())
		return nil, errors.Join(fmt.Errorf("start the demo: %w\n%s", err, said), os.RemoveAll(dir))
	}
	return p, nil
}

func (p *Program) log() string { return filepath.Join(p.dir, "log") }

func (p *Program) start(binary string, args []string) error {
	log, err := os.Create(p.log())
	if err != nil {
		return err
	}
	defer log.Close()
	line := append([]string{"-c", supervisor, "sh", binary, "demo", "--json", "--addr", "127.0.0.1:0",
		"--data", filepath.Join(p.dir, "data")}, args...)
	cmd := exec.Command("/bin/sh", line...)
	cmd.Stderr = log
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.alive = stdin
	ready, done := make(chan error, 1), make(chan error, 1)
	p.done = done
	go func() {
		ready <- p.readReady(stdout)
		_, _ = io.Copy(io.Discard, stdout)
		done <- cmd.Wait()
	}()
	select {
	case err = <-ready:
	case <-time.After(90 * time.Second):
		err = errors.New("it was not ready within 90 seconds")
	}
	if err != nil {
		return errors.Join(err, stdin.Close())
	}
	return nil
}

// readReady reads the one line of JSON that says the program serves.
func (p *Program) readReady(r io.Reader) error {
	b := bufio.NewReader(r)
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
func (p *Program) Stop() error {
	err := p.alive.Close()
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		err = errors.Join(err, errors.New("the program did not end within 20 seconds of being asked to"))
	}
	return errors.Join(err, os.RemoveAll(p.dir))
}

// Log is what the program has written to its standard error so far.
func (p *Program) Log() string {
	said, err := os.ReadFile(p.log())
	if err != nil {
		return err.Error()
	}
	return string(said)
}

// Account is the demo account of a role.
func (p *Program) Account(role string) (Account, error) {
	for _, a := range p.Accounts {
		if a.Role == role {
			return a, nil
		}
	}
	return Account{}, fmt.Errorf("the demo has no account for the role %s", role)
}

// JSON asks the program's API as the given role and fills to.
func (p *Program) JSON(role, path string, to any) error {
	return p.Send(role, http.MethodGet, path, nil, to)
}

// Send sends body to the program's API as the given role and fills to, unless that is nil. An answer
// that is no success is an error.
func (p *Program) Send(role, method, path string, body, to any) error {
	a, err := p.Account(role)
	if err != nil {
		return err
	}
	sent, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, p.URL+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+a.Token)
	req.Header.Set("Accept-Language", "zh-CN")
	if method != http.MethodGet {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", rand.Text())
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode/100 != 2:
		return fmt.Errorf("%s %s as %s: %s: %s", method, path, role, resp.Status, answer)
	case to == nil:
		return nil
	}
	return json.Unmarshal(answer, to)
}

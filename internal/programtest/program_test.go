package programtest

import (
	"bufio"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// script returns a Program that runs a shell script, to test the supervisor without the real program.
func script(t *testing.T, text string) *Program {
	t.Helper()
	dir := t.TempDir()
	p := &Program{binary: filepath.Join(dir, "program"), dir: filepath.Join(dir, "data")}
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.binary, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return p
}

func ended(t *testing.T, p *Program) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
		t.Fatal("the program has not ended")
	}
}

func TestAProgramThatEndsByItselfIsNoticed(t *testing.T) {
	p := script(t, "echo broken >&2; exit 3")
	if _, err := p.start(nil); err != nil {
		t.Fatal(err)
	}
	ended(t, p)
	if p.Log() != "broken\n" {
		t.Errorf("log: %q", p.Log())
	}
}

func TestStopAsksAndKillDoesNot(t *testing.T) {
	p := script(t, `trap 'echo bye >&2; exit 0' TERM; echo up; while :; do sleep 0.05; done`)
	for _, end := range []struct {
		name string
		end  func() error
		log  string
	}{{"kill", p.Kill, ""}, {"stop", p.letGo, "bye\n"}} {
		r, err := p.start(nil)
		if err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(r).ReadString('\n'); err != nil || line != "up\n" {
			t.Fatalf("%s: the program said %q, %v", end.name, line, err)
		}
		if err := end.end(); err != nil {
			t.Errorf("%s: %v", end.name, err)
		}
		ended(t, p)
		if p.Log() != end.log {
			t.Errorf("%s: log %q, want %q", end.name, p.Log(), end.log)
		}
	}
}

package main

import (
	"bytes"
	"context"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// systemd is told when the program serves, that it lives, and that it ends.
func TestTheServiceManagerIsTold(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "notify")
	listener, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	must(t, err)
	defer listener.Close()
	t.Setenv("NOTIFY_SOCKET", socket)
	t.Setenv("WATCHDOG_USEC", "100000")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int, 1)
	var out, errs bytes.Buffer
	go func() {
		ended <- run(ctx, streams{strings.NewReader(""), &out, &errs},
			[]string{"serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(dir, "data")})
	}()
	var told []string
	for !slices.Contains(told, "STOPPING=1") {
		said := make([]byte, 100)
		n, err := listener.Read(said)
		must(t, err)
		if told = append(told, string(said[:n])); len(told) == 3 {
			stop()
		}
	}
	if code := <-ended; code != 0 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	if told[0] != "READY=1" || told[1] != "WATCHDOG=1" {
		t.Errorf("told %q", told)
	}
}

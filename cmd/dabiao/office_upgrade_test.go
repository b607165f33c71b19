//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"dabiao/internal/office"
	"dabiao/internal/programtest"
	"dabiao/internal/store/storetest"
)

// Many schemas are made several at a time. Killed in the middle, the next one goes on, and at the end each office is
// whole; the server opens what is there and says how many at /readyz.
func TestManySchemasAreUpgradedThoughKilled(t *testing.T) {
	const many = 24
	data, database := t.TempDir(), storetest.PostgreSQL(t)
	for i := range many {
		name := fmt.Sprintf("o%02d", i)
		must(t, office.Add(data, office.Office{Name: name, Path: "/" + name, Database: database + "&schema=" + name}))
	}
	program, err := programtest.Binary()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), program, "serve", "--data", data, "--addr", "127.0.0.1:0")
	log, err := cmd.StderrPipe()
	must(t, err)
	must(t, cmd.Start())
	for lines, opened := bufio.NewScanner(log), 0; opened < 3 && lines.Scan(); {
		if strings.Contains(lines.Text(), "msg=set-up") {
			opened++
		}
	}
	must(t, cmd.Process.Signal(syscall.SIGKILL))
	cmd.Wait() //nolint:errcheck // it was killed

	in := "--data=" + data
	said := dabiao(t, "", "office", "upgrade", in)
	if said.code != 0 || !strings.Contains(said.out, fmt.Sprintf("%d of %d offices are as this version needs them", many, many)) {
		t.Errorf("%d: it says %q and %q", said.code, said.out, said.err)
	}
	dabiao(t, "", "office", "upgrade", in).works("")
	url := served(t, in)
	until(t, "all are open", func() bool {
		resp, err := http.Get(url + "/readyz")
		must(t, err)
		defer resp.Body.Close()
		said, err := bufio.NewReader(resp.Body).ReadString(0)
		return err != nil && resp.StatusCode == http.StatusOK &&
			strings.Contains(said, fmt.Sprintf("offices: %d of %d are open\n", many, many))
	})
	if said := dabiao(t, "", "office", "upgrade", in); said.code != 1 ||
		!strings.Contains(said.err, "another dabiao is serving") || !strings.Contains(said.err, "and 19 more") {
		t.Errorf("beside a server: %d, %q", said.code, said.err)
	}
	for i := range many {
		name := fmt.Sprintf("o%02d", i)
		dabiao(t, "", "verify", "--data="+office.Dir(data, name), "--database="+database+"&schema="+name).works("")
	}
}

//go:build peers

package peers

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// calc is a workbook of LibreOffice Calc with the log on one sheet and sums of it on another: the Excel routine without
// its typing. An entry is written into the next row and the workbook saved, since nothing else keeps it.
type calc struct {
	book   string
	office *process
	in     io.Writer
	out    *bufio.Reader
	script *exec.Cmd
}

func (*calc) name() string                 { return "calc" }
func (*calc) alone() bool                  { return true }
func (c *calc) process() *process          { return c.office }
func (c *calc) program(t *testing.T) int64 { return weight(t, "/usr/lib/libreoffice") }
func (c *calc) records(t *testing.T) int64 { return weight(t, c.book) }

// open starts LibreOffice and the script that talks to it.
func (c *calc) open(t *testing.T) {
	t.Helper()
	room := t.TempDir()
	pipe := "peers" + strings.ReplaceAll(filepath.Base(room), "/", "")
	c.office = launch(t, "", nil, "soffice", "--headless", "--norestore", "--nologo",
		"-env:UserInstallation=file://"+room, "--accept=pipe,name="+pipe+";urp;")
	c.script = exec.Command("/usr/bin/python3", "calc.py", pipe, c.book)
	c.script.Stderr = os.Stderr
	in, err := c.script.StdinPipe()
	must(t, err)
	out, err := c.script.StdoutPipe()
	must(t, err)
	must(t, c.script.Start())
	c.in, c.out = in, bufio.NewReader(out)
}

func (c *calc) say(t *testing.T, answer any, command ...any) {
	t.Helper()
	text, err := json.Marshal(command)
	must(t, err)
	_, err = fmt.Fprintf(c.in, "%s\n", text)
	must(t, err)
	reply, err := c.out.ReadBytes('\n')
	must(t, err)
	if answer != nil {
		must(t, json.Unmarshal(reply, answer))
	}
}

func (c *calc) stop() {
	if c.script != nil && c.script.ProcessState == nil {
		c.script.Process.Kill()
		c.script.Wait() //nolint:errcheck // it was killed
	}
	c.office.stop()
}

func (c *calc) load(t *testing.T, of county) time.Duration {
	dir := t.TempDir()
	c.book = filepath.Join(dir, "county.xlsx")
	file, err := os.Create(filepath.Join(dir, "county.csv"))
	must(t, err)
	w := bufio.NewWriter(file)
	for e := range of.entries() {
		fmt.Fprintf(w, "%s,%s,%s,%d\n", e.unit, e.indicator, e.day, e.amount)
	}
	must(t, w.Flush())
	must(t, file.Close())
	var codes []string
	for _, i := range of.indicators {
		codes = append(codes, i.code)
	}
	c.open(t)
	defer c.stop()
	start := time.Now()
	c.say(t, nil, "load", file.Name(), codes)
	return time.Since(start)
}

func (c *calc) start(t *testing.T) time.Duration {
	start := time.Now()
	c.open(t)
	c.say(t, nil, "open")
	c.board(t)
	return time.Since(start)
}

func (c *calc) log(t *testing.T, e entry) {
	c.say(t, nil, "log", []any{e.unit, e.indicator, e.day, e.amount})
}

func (c *calc) board(t *testing.T) map[string]int {
	out := map[string]int{}
	c.say(t, &out, "board")
	return out
}

package bench

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// processors is the time that the program, with the writers and the line, and the database's processes have spent on
// the processors, in seconds. It does not depend on what else the machine does, or hardly.
type processors struct{ program, database float64 }

// spentOn returns what was spent so far with a database of pgtest's; nothing where the system does not say.
func spentOn(t *testing.T, database string) (out processors) {
	t.Helper()
	u, err := url.Parse(database)
	must(t, err)
	raw, err := os.ReadFile(filepath.Join(u.Query().Get("host"), "data", "postmaster.pid"))
	must(t, err)
	server, _, _ := strings.Cut(string(raw), "\n")
	all, err := filepath.Glob("/proc/[0-9]*")
	must(t, err)
	for _, dir := range all {
		parent, spent := spentBy(dir)
		switch {
		case filepath.Base(dir) == strconv.Itoa(os.Getpid()):
			out.program += spent
		case filepath.Base(dir) == server, parent == server:
			out.database += spent
		}
	}
	return out
}

// spentBy returns a process's parent, and what it and those of its children that ended have spent (proc(5), stat).
func spentBy(dir string) (parent string, seconds float64) {
	raw, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil { // it has ended
		return "", 0
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	const user, children, perSecond = 11, 15, 100
	for _, f := range fields[user:children] {
		var n float64
		fmt.Sscan(f, &n) //nolint:errcheck // the kernel writes numbers
		seconds += n / perSecond
	}
	return fields[1], seconds
}

// since returns what was spent on each of n since then, in milliseconds.
func (p processors) since(then processors, n float64) processors {
	return processors{(p.program - then.program) / n * 1000, (p.database - then.database) / n * 1000}
}

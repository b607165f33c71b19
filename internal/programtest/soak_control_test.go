//go:build linux

package programtest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the soak holds is noticed when it is not so: the program is made to hold connections that nobody ends, and to
// have a file that belongs to nothing.
func TestTheSoakNoticesWhatIsLeftBehind(t *testing.T) {
	p, _ := small(t)
	must(t, p.Serve("--backups", "off", "--metrics", "local"))
	t.Cleanup(func() { must(t, p.End()) })
	first := p.use(t)
	if over := over(first, first); len(over) > 0 {
		t.Fatalf("at rest it holds too much: %v", over)
	}
	for range 40 {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
		must(t, err)
		defer c.Close()
		_, err = fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: x\r\n") // and never its end
		must(t, err)
	}
	left := filepath.Join(p.Data(), "evidence", "staged")
	must(t, os.MkdirAll(left, 0o700))
	must(t, os.WriteFile(filepath.Join(left, "left"), nil, 0o600))
	want := []string{"descriptors", "files of nothing", "goroutines"}
	var got []string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got = over(first, p.use(t)); slices.Equal(got, want) {
			return
		}
	}
	t.Errorf("of what is left behind it noticed %v, want %v", got, want)
}

// Memory and the log cannot be made to grow in a moment; their bounds are held by numbers.
func TestTheSoaksBounds(t *testing.T) {
	first := use{memory: 150, files: 40, goroutines: 40, log: 16}
	for what, last := range map[string]use{
		"memory":              {memory: 301, files: 40, goroutines: 40, log: 16},
		"descriptors":         {memory: 300, files: 61, goroutines: 40, log: 16},
		"goroutines":          {memory: 300, files: 60, goroutines: 61, log: 16},
		"the write-ahead log": {memory: 300, files: 60, goroutines: 60, log: 65},
		"files of nothing":    {memory: 300, files: 60, goroutines: 60, log: 64, left: 1},
	} {
		if got := over(first, last); len(got) != 1 || got[0] != what {
			t.Errorf("%s: it noticed %v", what, got)
		}
	}
}

package disktest

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recorded returns the events of a script that is run in a new folder, and a disk as it was before.
func recorded(t *testing.T, script string) (*Disk, []Event) {
	t.Helper()
	dir, record := t.TempDir(), filepath.Join(t.TempDir(), "record")
	if err := os.WriteFile(filepath.Join(dir, "old"), []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := From(dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "script.go")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "script")
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	args := append(Through(record), program, dir)
	if said, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	events, err := Read(dir, record)
	if err != nil {
		t.Fatal(err)
	}
	return d, events
}

const writes = `package main

import ("os"; "path/filepath")

func main() {
	at := func(name string) string { return filepath.Join(os.Args[1], name) }
	synced, _ := os.Create(at("synced"))
	synced.WriteString("one ")
	synced.Sync()
	dir, _ := os.Open(os.Args[1])
	dir.Sync()
	synced.WriteString("two")
	nameless, _ := os.Create(at("nameless"))
	nameless.WriteString("kept")
	nameless.Sync()
	os.Mkdir(at("sub"), 0o700)
	os.Rename(at("old"), at("sub/new"))
	torn, _ := os.OpenFile(at("synced"), os.O_WRONLY, 0)
	torn.WriteAt(make([]byte, 3*512), 512)
}
`

// Every image has what was synced; what was not is there in one of them and missing in another, whole or by sectors.
func TestAnImageHasWhatWasSyncedAndAnythingElse(t *testing.T) {
	d, events := recorded(t, writes)
	for _, e := range events {
		if err := d.Do(e); err != nil {
			t.Fatal(err)
		}
	}
	saw := map[string]bool{}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		m := d.Image(r)
		content, ok := m["synced"]
		if !ok || !strings.HasPrefix(string(content), "one ") {
			t.Fatalf("what was synced is %q", content)
		}
		_, old := m["old"]
		moved, renamed := m["sub/new"]
		if renamed && string(moved) != "before" || old && renamed {
			t.Fatalf("a rename left %v and %v with %q", old, renamed, moved)
		}
		named, ok := m["nameless"]
		if ok && string(named) != "kept" {
			t.Fatalf("a file that was synced has %q", named)
		}
		for what, is := range map[string]bool{
			"a file without its name": !ok, "a name that was never synced": ok,
			"a write that was lost": len(content) == 4, "one that was done": strings.HasPrefix(string(content), "one two"),
			"the later one without the earlier": len(content) > 512 && content[4] == 0,
			"a write of which the end is there": len(content) > 2*512, "one of which it is not": len(content) == 2*512,
			"the old name": old, "the new name": renamed,
		} {
			saw[what] = saw[what] || is
		}
	}
	var never []string
	for what, was := range saw {
		if !was {
			never = append(never, what)
		}
	}
	if slices.Sort(never); len(never) > 0 {
		t.Errorf("no image had %q", never)
	}
}

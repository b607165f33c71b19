package programtest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What the campaign of failing disks holds is noticed when it is not so: whatever people were told falsely, and files
// that are gone. The program itself notices a disk that says it gave a file its name and did not.
func TestFailingDisksNoticeWhatIsLostOrSaidFalsely(t *testing.T) {
	p, unit := small(t)
	l := &ledger{entries: map[string]fate{}, files: map[string]fate{}, said: map[string]int{}}
	p.underFault(t, l, unit, "no fault")
	if wrong := l.wrong(t, p.Data()); len(wrong) > 0 || len(l.entries) == 0 || len(l.files) == 0 {
		t.Fatalf("without a fault, of %d entries and %d files: %v", len(l.entries), len(l.files), wrong)
	}
	some := func(of map[string]fate) string { return slices.Collect(maps.Keys(of))[0] }
	entry, file := some(l.entries), some(l.files)
	for what, c := range map[string]struct {
		of  map[string]fate
		key string
		is  fate
	}{
		"an entry said not to be saved": {l.entries, entry, undone}, "a file said not to be saved": {l.files, file, undone},
		"an entry that never was": {l.entries, strings.Repeat("x", 26), kept},
		"a file that never was":   {l.files, strings.Repeat("0", 64), kept},
	} {
		was, had := c.of[c.key]
		c.of[c.key] = c.is
		if wrong := l.wrong(t, p.Data()); len(wrong) == 0 {
			t.Errorf("%s: nothing was noticed", what)
		}
		if c.of[c.key] = was; !had {
			delete(c.of, c.key)
		}
	}
	must(t, os.Remove(filepath.Join(p.Data(), "evidence", file[:2], file)))
	if wrong := l.wrong(t, p.Data()); len(wrong) != 1 {
		t.Errorf("of a file that is gone it noticed %v", wrong)
	}
	lying := &ledger{entries: map[string]fate{}, files: map[string]fate{}, said: map[string]int{}}
	p.through = []string{"strace", "-D", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=" + names, "-e",
		"inject=" + names + ":retval=0"}
	p.underFault(t, lying, unit, "a disk that lies")
	if wrong := lying.wrong(t, p.Data()); len(wrong) > 0 || lying.said["fault"] == 0 {
		t.Errorf("a disk lied about names: %v; refused were %v", wrong, lying.said)
	}
}

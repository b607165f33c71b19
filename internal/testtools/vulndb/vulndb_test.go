package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A copy holds what can concern a version that the program may be built with, and nothing else.
func TestACopyIsCutToWhatCanBeBuilt(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	for id, text := range map[string]string{
		"GO-1": `{"id":"GO-1","affected":[{"package":{"name":"a/b"},"ranges":[{"events":[{"introduced":"0"},{"fixed":"1.2.0"}]}]}]}`,
		"GO-2": `{"id":"GO-2","affected":[{"package":{"name":"a/b"},"ranges":[{"events":[{"introduced":"0"},{"fixed":"1.2.1"}]}]}]}`,
		"GO-3": `{"id":"GO-3","affected":[{"package":{"name":"a/b"},"ranges":[{"events":[{"introduced":"1.9.0"}]}]}]}`,
		"GO-4": `{"id":"GO-4","affected":[{"package":{"name":"a/b"}}]}`,
		"GO-5": `{"id":"GO-5","affected":[{"package":{"name":"else/where"}}]}`,
		"GO-6": `{"id":"GO-6","withdrawn":"2026-01-01T00:00:00Z","affected":[{"package":{"name":"a/b"}}]}`,
		"GO-7": `{"id":"GO-7","affected":[{"package":{"name":"stdlib"},"ranges":[{"events":[{"introduced":"0"},` +
			`{"fixed":"1.25.4"},{"introduced":"1.26.0-0"},{"fixed":"1.26.3"}]}]}]}`,
	} {
		if err := os.WriteFile(filepath.Join(from, id+".json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	low, err := lowest([]byte("module m\n\ngo 1.26.0\n"), []byte("a/b v1.4.0 h1:x\na/b v1.2.0 h1:x\na/b v1.0.0/go.mod h1:x\n"))
	if err != nil {
		t.Fatal(err)
	}
	if low["a/b"] != "v1.2.0" || low["stdlib"] != "v1.26.0" {
		t.Fatalf("the lowest versions are %v", low)
	}
	kept, err := cut(from, to, "2026-11-05", low)
	if err != nil || kept != 4 {
		t.Fatalf("%d were kept: %v", kept, err)
	}
	for id, want := range map[string]bool{"GO-1": false, "GO-2": true, "GO-3": true, "GO-4": true, "GO-5": false,
		"GO-6": false, "GO-7": true} {
		if _, err := os.Stat(filepath.Join(to, "ID", id+".json")); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", id, err == nil, want)
		}
	}
	index, err := os.ReadFile(filepath.Join(to, "index", "modules.json"))
	if err != nil || !strings.Contains(string(index), `"fixed": "1.26.3"`) {
		t.Errorf("the index does not say what mends GO-7: %s %v", index, err)
	}
}

// A copy speaks of the versions it was cut for and of later ones.
func TestACopyIsForWhatItWasCutFor(t *testing.T) {
	r := record{Modules: map[string]string{"a/b": "v1.2.0", "c": "v0.1.0"}}
	for _, c := range []struct {
		low map[string]string
		ok  bool
	}{
		{map[string]string{"a/b": "v1.2.0"}, true},
		{map[string]string{"a/b": "v1.10.0"}, true},
		{map[string]string{"a/b": "v1.1.9"}, false},
		{map[string]string{"d": "v1.0.0"}, false},
	} {
		if err := r.covers(c.low); (err == nil) != c.ok {
			t.Errorf("%v: %v, want fine: %v", c.low, err, c.ok)
		}
	}
}

const said = `{"config":{"scanner_name":"govulncheck"}}
{"osv":{"id":"GO-1"}}
{"finding":{"osv":"GO-1","fixed_version":"v1.2.0","trace":[{"module":"a/b","version":"v1.1.0"}]}}
{"finding":{"osv":"GO-1","fixed_version":"v1.2.0","trace":[{"module":"a/b","version":"v1.1.0","package":"a/b/c"}]}}
{"finding":{"osv":"GO-1","fixed_version":"v1.2.0","trace":[{"module":"a/b","version":"v1.1.0","package":"a/b/c",` +
	`"function":"F"},{"module":"m","package":"m","function":"main"}]}}
{"finding":{"osv":"GO-2","trace":[{"module":"a/b","version":"v1.1.0"}]}}`

func TestAVulnerabilityThatIsCalledNeedsAReason(t *testing.T) {
	found, err := findings(strings.NewReader(said))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ why, want string }{
		{"", "GO-1: the program calls a/b/c.F of a/b v1.1.0"},
		{"GO-1\n", "without a reason"},
		{"# a remark\nGO-1 it is asked with constants only\n", ""},
		{"GO-1 constants only\nGO-2 never\n", "does not call GO-2"},
		{"GO-1 constants only\nGO-9 never\n", "does not call GO-9"},
	} {
		told, err := judge(found, c.why)
		const fine = "1 called, each with its reason; 1 in modules that are built in, not called"
		if c.want == "" && (err != nil || told != fine) ||
			c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q: %q, %v; want %q", c.why, told, err, c.want)
		}
	}
	if told, err := judge(nil, ""); err != nil || told != "none is called; 0 in modules that are built in, not called" {
		t.Errorf("of nothing: %q, %v", told, err)
	}
	if _, err := findings(strings.NewReader(`{"finding":`)); err == nil {
		t.Error("half an answer is taken for none")
	}
}

// On the thirtieth day a copy is new enough, on the next it is not. The day is told: no test asks the machine for it.
func TestACopyGetsOld(t *testing.T) {
	t.Chdir(filepath.Join("..", "..", ".."))
	r, err := present()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Source, strings.ReplaceAll(r.Date, "-", "")) {
		t.Errorf("the copy says it is of %s and was cut from %s", r.Date, r.Source)
	}
	if days, err := daysBetween("2026-11-05", "2026-12-05"); err != nil || days != oldest {
		t.Errorf("from 5 November to 5 December are %d days: %v", days, err)
	}
	if err := tellAge("2126-01-01"); err == nil || !strings.Contains(err.Error(), "make vulndb") {
		t.Errorf("in a hundred years: %v", err)
	}
	if err := tellAge(r.Date); err != nil {
		t.Errorf("on its own day: %v", err)
	}
	if err := tellAge("soon"); err == nil {
		t.Error("soon is taken for a day")
	}
}

func TestAVersionMadeOfACommitSaysItsDay(t *testing.T) {
	if day, err := dateOf("v0.0.0-20261105234957-e22db6528018"); err != nil || day != "2026-11-05" {
		t.Errorf("%s, %v", day, err)
	}
	if day, err := dateOf("v1.2.3"); err == nil {
		t.Errorf("v1.2.3 is of %s", day)
	}
}

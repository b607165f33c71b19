package internal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the packages are made of is there, and their scripts are ones.
func TestThePackagesAreMadeOfWhatIsThere(t *testing.T) {
	raw, err := os.ReadFile("../packaging/nfpm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^ +(?:- src|\w+): ((?:packaging|docs)/\S+|[A-Z]+)$`).FindAllStringSubmatch(string(raw), -1) {
		if _, err := os.Stat("../" + m[1]); err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
	}
	scripts, err := filepath.Glob("../packaging/*.sh")
	if err != nil || len(scripts) != 3 {
		t.Errorf("%d scripts, %v", len(scripts), err)
	}
	for _, script := range scripts {
		if said, err := exec.Command("sh", "-n", script).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", script, said)
		}
	}
	for line := range strings.Lines(read(t, "packaging/dabiao.env")) {
		if name, _, ok := strings.Cut(strings.TrimLeft(line, "#"), "="); ok && strings.HasPrefix(name, "DABIAO_") &&
			!strings.Contains(read(t, "README.md"), "`"+name+"`") {
			t.Errorf("there is no setting %s", name)
		}
	}
}

// What docs/cluster.md tells to put into the examples of a cluster stands in them, and it names each of them.
func TestTheExamplesOfAClusterAreThoseOfTheDocs(t *testing.T) {
	docs := read(t, "docs/cluster.md")
	examples, err := filepath.Glob("../packaging/cluster/*")
	if err != nil || len(examples) != 6 {
		t.Errorf("%d examples, %v", len(examples), err)
	}
	for _, name := range examples {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(docs, filepath.Base(name)) {
			t.Errorf("docs/cluster.md does not name %s", filepath.Base(name))
		}
		for _, word := range regexp.MustCompile(`\b[A-Z]+-PASSWORD\b|\bHERE\b`).FindAllString(string(raw), -1) {
			if !strings.Contains(docs, "s/"+word+"/") {
				t.Errorf("docs/cluster.md does not say what becomes of %s in %s", word, filepath.Base(name))
			}
		}
	}
}

// The unit is one that systemd understands, as far as it is here to say so; it names flags that there are, waits
// longer than the program does, and lets the program write its folder and nothing else.
func TestTheUnitOfSystemdIsRight(t *testing.T) {
	raw, err := os.ReadFile("../packaging/dabiao.service")
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{}
	section := ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		switch name, value, ok := strings.Cut(line, "="); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
		case !ok || section == "" || !regexp.MustCompile(`^[A-Z]\w+$`).MatchString(name):
			t.Errorf("%q is no setting", line)
		default:
			settings[name] = value
		}
	}
	for name, want := range map[string]string{"Type": "notify", "User": "dabiao", "ProtectSystem": "strict",
		"StateDirectory": "dabiao", "NoNewPrivileges": "yes", "TimeoutStopSec": "90", "WatchdogSec": "2min"} {
		if settings[name] != want {
			t.Errorf("%s is %q, want %q", name, settings[name], want)
		}
	}
	if settings["ExecStart"] != "/usr/local/bin/dabiao serve --data /var/lib/dabiao" {
		t.Errorf("it starts %q", settings["ExecStart"])
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // a machine without systemd: what is above holds
	}
	here := filepath.Join(t.TempDir(), "dabiao.service")
	unit := strings.ReplaceAll(string(raw), "/usr/local/bin/dabiao", "/bin/true") // which is there
	if err := os.WriteFile(here, []byte(unit), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(analyze, "verify", here).CombinedOutput(); err != nil {
		t.Errorf("systemd-analyze verify: %v\n%s", err, said)
	}
}

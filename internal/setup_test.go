package internal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// attempt runs a line of shell with the words of testtools/patiently known and little patience, and
// calls meanwhile once the line has said that it waits. It returns all that was said.
func attempt(t *testing.T, patience, line string, meanwhile func()) (said string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c",
		". testtools/patiently; patience="+patience+" pause=0.05; "+line)
	out, err := os.CreateTemp(t.TempDir(), "said")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for told := false; ; {
		select {
		case err := <-ended:
			raw, _ := os.ReadFile(out.Name()) //nolint:errcheck // the test misses what it does not say
			return string(raw), err
		case <-time.After(20 * time.Millisecond):
			raw, err := os.ReadFile(out.Name())
			if err == nil && !told && strings.Contains(string(raw), "waiting for another") {
				told = true
				meanwhile()
			}
		}
	}
}

// held makes a file that another program holds; release lets go of it.
func held(t *testing.T, path string) (release func()) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	// Both sorts of lock: apt-get and dpkg ask for the first, flock for the second.
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return func() { f.Close() }
}

// words are what apt-get and dpkg say when another program holds one of their locks.
var words = []string{
	"E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)",
	"E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)",
	"E: Could not get lock /var/lib/dpkg/lock-frontend - open (11: Resource temporarily unavailable)",
	"E: Could not get lock /var/cache/apt/archives/lock. It is held by process 9",
	"E: Unable to lock directory /var/lib/apt/lists/",
	"E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?",
	"E: Unable to lock the administration directory (/var/lib/dpkg/), is another process using it?",
	"E: Unable to lock the download directory",
	"dpkg: error: dpkg frontend lock was locked by another process with pid 4711",
	"dpkg: error: dpkg database lock was locked by another process with pid 4711",
	"debconf: DbDriver \"config\": /var/cache/debconf/config.dat is locked by another process: Resource temporarily unavailable",
}

func TestTheSetUpWaitsForAPackageLock(t *testing.T) {
	for _, w := range words {
		dir := t.TempDir()
		free := filepath.Join(dir, "free")
		line := `busy() { [ -e "` + free + `" ] || { echo '` + w + `' >&2; return 100; }; echo done; }; patiently "` + dir +
			`/log" busy; cat "` + dir + `/log"`
		said, err := attempt(t, "60", line, func() {
			if err := os.WriteFile(free, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		})
		if err != nil || !strings.Contains(said, "waiting for another program that installs packages, for up to 1 minutes") ||
			!strings.HasSuffix(said, "done\n") {
			t.Errorf("%s: %v\n%s", w, err, said)
		}
		if strings.Count(said, "waiting") != 1 || !strings.Contains(said, strings.TrimPrefix(w, "E: ")) {
			t.Errorf("%s: it does not say once whom it waits for:\n%s", w, said)
		}
	}
}

func TestTheSetUpWaitsForNothingElse(t *testing.T) {
	for _, w := range []string{
		"E: Unable to locate package chromium", "E: You don't have enough free space in /var/cache/apt/archives/.",
		"E: Failed to fetch http://deb.debian.org/debian/pool/c/chromium.deb  404  Not Found",
		"E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.",
		"E: Sub-process /usr/bin/dpkg returned an error code (1)", "Err:1 blocked by the proxy",
		"E: The package clock is broken",
	} {
		said, err := attempt(t, "60",
			`fails() { echo "`+w+`"; return 100; }; patiently "`+t.TempDir()+`/log" fails`, func() {})
		if err == nil || said != "" {
			t.Errorf("%s: %v, %q", w, err, said)
		}
	}
}

func TestTheSetUpGivesUpAfterItsPatience(t *testing.T) {
	said, err := attempt(t, "1",
		`busy() { echo "`+words[0]+`"; return 100; }; patiently "`+t.TempDir()+`/log" busy`, func() {})
	if err == nil || !strings.Contains(said, "Another program has held the package lock") {
		t.Errorf("%v: %s", err, said)
	}
}

// apt-get itself, on folders of its own, whose lists another program holds.
func TestAptGetWaitsForTheListsLock(t *testing.T) {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return // the set-up then installs nothing
	}
	dir := t.TempDir()
	release := held(t, filepath.Join(dir, "lists", "lock"))
	line := `patiently "` + dir + `/log" env LC_ALL=C apt-get -o Dir::Etc="` + dir + `" -o Dir::State="` + dir +
		`" -o Dir::Cache="` + dir + `" update; echo updated`
	said, err := attempt(t, "60", line, release)
	if err != nil || !strings.Contains(said, dir+"/lists/lock. It is held by process") ||
		!strings.HasSuffix(said, "updated\n") {
		t.Errorf("%v: %s", err, said)
	}
}

// Two runs in one clone: the second waits until the first has installed what npm gives.
func TestTwoSetUpsInOneFolderTakeTurns(t *testing.T) {
	if _, err := exec.LookPath("flock"); err != nil {
		return // without it they do not
	}
	file := filepath.Join(t.TempDir(), "lock")
	said, err := attempt(t, "60", `alone "`+file+`"; echo mine`, held(t, file))
	if err != nil || !strings.Contains(said, "waiting for another make test in this folder") ||
		!strings.HasSuffix(said, "mine\n") {
		t.Errorf("%v: %s", err, said)
	}
	defer held(t, file)()
	if said, err = attempt(t, "1", `alone "`+file+`"; echo mine`, func() {}); err == nil ||
		!strings.Contains(said, "end it and run make test again") {
		t.Errorf("it did not give up: %v: %s", err, said)
	}
}

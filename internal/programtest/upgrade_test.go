package programtest

import (
	"bufio"
	"compress/gzip"
	"database/sql"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"dabiao/internal/store"
	"dabiao/internal/torture"
)

// An upgrade that is killed at any moment is finished by the next start, as if it had never been killed.
func TestAnUpgradeThatIsKilledIsFinishedByTheNextStart(t *testing.T) {
	binary, err := Binary()
	if err != nil {
		t.Fatal(err)
	}
	want := upgradedFrom(t, binary, olderData(t))
	if want.witnessed != "yes" || want.whole != "ok" || want.entries == 0 {
		t.Fatalf("without kills it is %+v", want)
	}
	r := rand.New(rand.NewPCG(2026, 11))
	left := map[int]int{} // kills, by the schema they left
	for range torture.Times(t, 2, 200) {
		dir := olderData(t)
		for kills := 0; kills < 40 && lookInto(t, dir).schema < want.schema; kills++ {
			killedAfter(t, binary, dir, time.Duration(r.IntN(400))*time.Millisecond)
			left[lookInto(t, dir).schema]++
		}
		if got := upgradedFrom(t, binary, dir); got != want {
			t.Errorf("after kills it is %+v, without %+v", got, want)
		}
	}
	t.Logf("kills by the schema they left: %v", left)
}

// olderData returns a data folder of the first release.
func olderData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	packed, err := os.Open("../store/testdata/0.1.0/sqlite.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, store.FileName), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// upgraded is what a database is after an upgrade.
type upgraded struct {
	schema, entries, held int    // migrations, entries of the log, and of the audit log
	witnessed, whole      string // that the audit log holds every record, and that the file is sound
}

func lookInto(t *testing.T, dir string) (u upgraded) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), `SELECT (SELECT MAX(version_id) FROM goose_db_version),
		(SELECT COUNT(*) FROM updates), (SELECT COUNT(*) FROM audit),
		COALESCE((SELECT value FROM settings WHERE name = 'records_witnessed'), ''),
		(SELECT integrity_check FROM pragma_integrity_check)`).
		Scan(&u.schema, &u.entries, &u.held, &u.witnessed, &u.whole); err != nil {
		t.Fatal(err)
	}
	return u
}

// upgradedFrom starts the program on a folder, ends it once it serves, and looks into it.
func upgradedFrom(t *testing.T, binary, dir string) upgraded {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "dabiao: ") {
		t.Fatalf("it did not serve: %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() //nolint:errcheck // it was asked to end
	return lookInto(t, dir)
}

func killedAfter(t *testing.T, binary, dir string, wait time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	cmd.Process.Kill() //nolint:errcheck // it may have ended
	cmd.Wait()         //nolint:errcheck // it was killed
}

package programtest

import (
	"database/sql"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
	"dabiao/internal/torture"
)

// A move that is killed at any moment leaves the records at one place that takes changes, and is begun anew by the next
// one.
func TestAMoveThatIsKilledIsBegunAnew(t *testing.T) {
	binary, err := Binary()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := small(t)
	dir := p.Data()
	mark := filepath.Join(dir, store.FileName+".moved")
	r := rand.New(rand.NewPCG(2026, 30))
	left := map[string]int{}
	for range torture.Times(t, 3, 100) {
		url := pgtest.URL(t)
		cmd := exec.CommandContext(t.Context(), binary, "move", "--from", dir, "--to", url)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+r.IntN(2_000)) * time.Millisecond)
		cmd.Process.Kill() //nolint:errcheck // it may be done
		cmd.Wait()         //nolint:errcheck // it was killed
		_, err := os.Stat(mark)
		there, marked := holds(t, url), err == nil
		switch {
		case there && !marked:
			t.Error("the records are at two places that take changes")
		case there:
			left["moved"]++
		case marked:
			left["marked"]++
		default:
			left["nothing"]++
		}
		said := dabiaoSays(t, binary, "move", "--from", dir, "--to", url)
		if there != strings.Contains(said, "not empty") || !there && !strings.Contains(said, "moved; serve it with") {
			t.Errorf("again, with the records there: %v, it says %s", there, said)
		}
		if !holds(t, url) {
			t.Error("the records did not arrive")
		}
		if err := os.Remove(mark); err != nil {
			t.Errorf("the old place takes changes: %v", err)
		}
	}
	t.Logf("what kills left: %v", left)
}

// holds reports whether records are in a database, all of them or some.
func holds(t *testing.T, url string) bool {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var made sql.NullString
	if err := db.QueryRowContext(t.Context(), `SELECT to_regclass('accounts')::text`).Scan(&made); err != nil {
		t.Fatal(err)
	}
	if !made.Valid {
		return false
	}
	var rows int
	if err := db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM accounts`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows > 0
}

func dabiaoSays(t *testing.T, binary string, args ...string) string {
	t.Helper()
	out, _ := exec.CommandContext(t.Context(), binary, args...).CombinedOutput() //nolint:errcheck // what it says tells
	return string(out)
}

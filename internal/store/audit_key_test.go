package store

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// say adds audit entries to a log.
func say(t *testing.T, db *DB, n int) {
	t.Helper()
	for i := range n {
		err := db.Write(t.Context(), func(w *Writer) error {
			return w.InsertAudit(t.Context(), kpi.AuditEntry{At: kpi.UnixMilli(i), Actor: "w", Action: "session.open",
				Subject: "account w", Detail: "{}"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func headOf(t *testing.T, db *DB) (h Head) {
	t.Helper()
	err := db.Read(t.Context(), func(r *Reader) (err error) { h, err = r.AuditHead(t.Context()); return err })
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func replayedFrom(t *testing.T, db *DB, heads ...Head) (out Replayed) {
	t.Helper()
	err := db.Read(t.Context(), func(r *Reader) (err error) {
		out, err = r.Replay(t.Context(), &Marks{}, heads...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rechain chains a whole log anew from behind, as its hash function is known.
func rechain(t *testing.T, e engine, raw *sql.DB, key auditKey) {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), `SELECT `+wholeAudit+` FROM audit ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	var entries []kpi.AuditEntry
	for rows.Next() {
		x, err := scanWholeAudit(rows)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, x)
	}
	if err := rows.Close(); err != nil || rows.Err() != nil {
		t.Fatal(err, rows.Err())
	}
	last := ""
	for _, x := range entries {
		last = auditHash(key, last, x)
		tamper(t, raw, e, fmt.Sprintf("UPDATE audit SET hash = '%s' WHERE id = %d", last, x.ID))
	}
}

// Who writes the database but has not the key cannot chain the log anew, and who has it cannot hide the end of a
// log whose code stands elsewhere. A log from before the key goes on with it.
func TestALogThatIsChainedAnewIsFound(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			plain := e.opened(t)
			say(t, plain, 3)
			e.config.KeyFile = filepath.Join(t.TempDir(), KeyFileName)
			db := e.opened(t)
			say(t, db, 30)
			kept := headOf(t, db)
			say(t, db, 5)
			if is := replayedFrom(t, db, kept, headOf(t, db)); len(is.Broken)+len(is.Keyless)+len(is.HeadsBroken) > 0 ||
				is.Strange != 0 || is.Entries != 38 {
				t.Fatalf("as it is: %+v", is)
			}
			if info, err := os.Stat(e.config.KeyFile); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the key's file is %v, %v", info, err)
			}
			raw, err := sql.Open(e.driver, e.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			tamper(t, raw, e, `CREATE TABLE kept AS SELECT * FROM audit`)
			back := func() { tamper(t, raw, e, `DELETE FROM audit; INSERT INTO audit SELECT * FROM kept`) }

			tamper(t, raw, e, `UPDATE audit SET actor = 'x' WHERE id = 2`)
			rechain(t, e, raw, auditKey{})
			if is := replayedFrom(t, db); len(is.Keyless) != 35 {
				t.Errorf("chained anew without a key: %+v", is)
			}
			rechain(t, e, raw, auditKey{secret: make([]byte, keyLength)})
			if is := replayedFrom(t, db); len(is.Keyless) != 35 {
				t.Errorf("chained anew with another key: %+v", is)
			}
			if is := replayedFrom(t, plain); is.Strange == 0 || is.StrangeKey == "" {
				t.Errorf("without a key here: %+v", is)
			}
			back()
			tamper(t, raw, e, `DELETE FROM audit WHERE id > (SELECT MAX(id) FROM audit) - 20`)
			if is := replayedFrom(t, db, kept); len(is.HeadsBroken) != 1 || is.HeadsBroken[0] != kept {
				t.Errorf("without its last twenty: %+v", is)
			}
			back()
			tamper(t, raw, e, `DELETE FROM audit WHERE id = 10`)
			if is := replayedFrom(t, db, kept); len(is.Broken) != 1 || len(is.HeadsBroken) != 1 {
				t.Errorf("without one: %+v", is)
			}
			back()
			tamper(t, raw, e, `DELETE FROM audit WHERE id > 3`)
			if is := replayedFrom(t, db); !is.Unkeyed {
				t.Errorf("without all that was made with the key: %+v", is)
			}
			back()
			tamper(t, raw, e, `UPDATE audit SET id = id - 10000`) // numbers from before the key was made
			rechain(t, e, raw, auditKey{})
			if is := replayedFrom(t, db); len(is.Keyless) != 38 {
				t.Errorf("numbered below zero and chained anew without a key: %+v", is)
			}
			back()
			if is := replayedFrom(t, db, kept); len(is.Broken)+len(is.Keyless)+len(is.HeadsBroken) > 0 || is.Unkeyed {
				t.Errorf("after all was undone: %+v", is)
			}
		})
	}
}

// Servers that share a database share the key: one that lacks it is told which, and where to get it.
func TestServersOfOneDatabaseShareTheKey(t *testing.T) {
	e := engines(t)["postgres"]
	first := filepath.Join(t.TempDir(), KeyFileName)
	e.config.KeyFile = first
	say(t, e.opened(t), 2)
	other := e
	other.config.KeyFile = filepath.Join(t.TempDir(), KeyFileName)
	db, err := Open(t.Context(), other.config)
	if err == nil {
		db.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "copy audit.key from the data folder of a server that has it") {
		t.Fatalf("without the key: %v", err)
	}
	key, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other.config.KeyFile, key, 0o600); err != nil {
		t.Fatal(err)
	}
	say(t, other.opened(t), 2)
	if is := replayedFrom(t, e.opened(t)); len(is.Broken)+len(is.Keyless) > 0 || is.Entries != 4 {
		t.Errorf("two servers' entries: %+v", is)
	}
	if err := os.WriteFile(other.config.KeyFile, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = Open(t.Context(), other.config)
	if err == nil || !strings.Contains(err.Error(), "is no key of an audit log") {
		t.Errorf("a file that is no key: %v, %v", db, err)
	}
}

// A code is read as people copy it from paper.
func TestACodeIsReadAsItIsCopied(t *testing.T) {
	h := Head{Entries: 812, Code: "ABCD-EFGH-IJKL-MNOP-QRST"}
	for _, text := range []string{h.String(), " abcd-efgh-ijkl-mnop-qrst-812\n", "ABCD EFGH IJKL MNOP QRST 812",
		"ABCDEFGHIJKLMNOPQRST-812", "abcd-efgh-1jkl-mn0p-qrst-812"} {
		if got, err := ParseHead(text); err != nil || got != h {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "812", "ABCD-EFGH-IJKL-MNOP-QRST", "ABCD-EFGH-IJKL-MNOP-812",
		"ABCD-EFGH-IJKL-MNOP-QRS9-812"} {
		if got, err := ParseHead(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

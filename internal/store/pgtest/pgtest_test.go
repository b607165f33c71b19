package pgtest

import (
	"database/sql"
	"testing"
)

// Two databases of one server share nothing.
func TestEveryCallHasItsOwnDatabase(t *testing.T) {
	for range 2 {
		db, err := sql.Open("pgx", URL(t))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(`CREATE TABLE a (name TEXT)`); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`INSERT INTO a (name) VALUES ($1)`, "指标"); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.QueryRow(`SELECT COUNT(*) FROM a WHERE name = '指标'`).Scan(&n); err != nil || n != 1 {
			t.Fatalf("rows: %d, %v", n, err)
		}
	}
}

package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/store"
)

// Replacing the program beside a running server is what every upgrade begins with: until the server itself is
// started anew, no command may change the records under it.
func TestOnlyServeUpgradesTheRecords(t *testing.T) {
	dir := olderFolder(t)
	before, err := os.ReadFile(filepath.Join(dir, store.FileName))
	must(t, err)
	table := filepath.Join(dir, "table.csv")
	must(t, os.WriteFile(table, []byte("指标,目标\n培训,3\n"), 0o600))
	for _, command := range []string{
		"backup copy.zip", "verify", "user list", "user disable admin", "token list --user admin", "display list",
		"check --year 2026", "report --year 2026 --format json --out report.json", "import " + table + " --year 2026",
		"adopt " + table + " --year 2026",
	} {
		r := dabiao(t, "", append(strings.Fields(command), "--data", dir)...)
		r.fails(1, "`dabiao serve` of this version upgrades it")
	}
	after, err := os.ReadFile(filepath.Join(dir, store.FileName))
	must(t, err)
	if string(before) != string(after) {
		t.Error("the database was changed")
	}
}

// olderFolder returns the demo's folder with a database that lacks the last step of the schema.
func olderFolder(t *testing.T) string {
	t.Helper()
	dir := demoFolder(t)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName))
	must(t, err)
	_, err = db.ExecContext(t.Context(),
		`DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`)
	must(t, err)
	must(t, db.Close())
	return dir
}

package store

import "testing"

// Commits are on disk before they are acknowledged, unless the configuration says otherwise; then every
// connection has the corresponding pragma.
func TestCommitsAreDurableUnlessATestSaysOtherwise(t *testing.T) {
	const off, full = 0, 2 // PRAGMA synchronous
	for name, c := range map[string]struct {
		config Config
		want   int
	}{"the program's": {Config{}, full}, "a test's": {Config{Commits: NoSync}, off}} {
		t.Run(name, func(t *testing.T) {
			c.config.Dir = t.TempDir()
			db, err := Open(t.Context(), c.config)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			var got int
			if err := db.write.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&got); err != nil || got != c.want {
				t.Errorf("the writer's synchronous is %d, %v; want %d", got, err, c.want)
			}
			var journal string
			if err := db.write.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&journal); err != nil ||
				journal != "wal" {
				t.Errorf("the journal is %s, %v", journal, err)
			}
		})
	}
}

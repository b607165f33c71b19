package store

import "context"

// Waiting returns the number of changes waiting for their turn.
func (db *DB) Waiting() int {
	db.waiting.mu.Lock()
	defer db.waiting.mu.Unlock()
	return len(db.waiting.changes)
}

// BreakTransaction ends the transaction from within, as a full disk or a lost connection can.
func BreakTransaction(w *Writer) error {
	text := "ROLLBACK"
	if w.tx.dialect.network {
		text = "SELECT pg_terminate_backend(pg_backend_pid())"
	}
	_, err := w.tx.ExecContext(context.Background(), text)
	return err
}

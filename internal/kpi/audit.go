package kpi

// AuditEntry is one line of the audit log: who did what to what, when. Each carries the hash of
// the one before, so that a removed or changed line shows.
type AuditEntry struct {
	ID      int64
	At      UnixMilli
	Actor   string
	Action  string // a word of the code: "update.log", "year.close"
	Subject string // what it was done to: "update 17", "year 2022"
	Detail  string // JSON: what changed
	Hash    string // hex
}

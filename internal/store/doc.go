// Package store keeps the records: every SQL statement, the migrations, what differs between SQLite
// and PostgreSQL, and backup.
//
// [DB.Read] gives a consistent snapshot, [DB.Write] the one transaction a use case happens in. A
// Reader cannot write. The package knows no rules: who may and what adds up is app's and
// progress's business. Missing rows come back as a kpi.Error of code NotFound, never as nil, nil.
package store

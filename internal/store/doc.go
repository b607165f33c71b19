// Package store stores the records. It owns every SQL statement, the migrations, the differences
// between SQLite and PostgreSQL, and backup.
//
// [DB.Read] provides a consistent snapshot, [DB.Write] the one transaction a use case runs in. A Reader
// cannot write. The package knows no rules: permissions are app's business, arithmetic is progress's. A
// missing row is a kpi.Error with code NotFound, never nil, nil.
package store

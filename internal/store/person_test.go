package store

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// aboutPeople matches the names of columns that hold an account.
var aboutPeople = regexp.MustCompile(`^(.+_by|author|actor|account_id)$`)

// Whatever table names an account is in what a person is told, so that a new one cannot be forgotten.
func TestEveryColumnThatNamesAPersonIsInWhatTheyAreTold(t *testing.T) {
	for name, e := range engines(t) {
		db := e.opened(t)
		for _, table := range tablesOf(t, db) {
			var told []string
			for _, of := range personal {
				if of.table == table {
					told = strings.Fields(of.numbers + " " + of.names)
				}
			}
			for _, column := range columnsIn(t, db, table) {
				if aboutPeople.MatchString(column) && !slices.Contains(told, column) {
					t.Errorf("%s: %s.%s names an account and is in no export: add it to personal in person.go", name, table, column)
				}
			}
		}
	}
}

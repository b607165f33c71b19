package storetest

import (
	"testing"

	"dabiao/internal/store"
)

func TestEachProvidesAWritableDatabase(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Writable(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report/keypage"
)

// runBackupKey makes a key for backups and writes it as a page, the only place where it ever stands.
func runBackupKey(_ context.Context, io streams, args []string) error {
	f := newFlags(io, "backup-key")
	name, err := f.parseName(args, "FILE.html")
	if err != nil {
		return err
	}
	key, err := depot.NewKey()
	if err != nil {
		return err
	}
	d, err := keypage.Document(key, kpi.DateOf(time.Now()))
	if err != nil {
		return err
	}
	out, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists already, and may hold a key: name a new file", name)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(paper.WriteHTML(out, d), out.Sync(), out.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "--backup-recipient %s\n%s holds the key: print it twice, put both in safe places, then delete the file. "+
		"Without it no encrypted backup can be opened.\n", key.Recipient(), name)
	return err
}

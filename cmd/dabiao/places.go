package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/depot"
)

// places says how the places of copies are reached, and for whom copies are encrypted.
type places struct {
	*storage
	recipient string
	plain     bool
}

func (p *places) flags(f flags, s *storage) {
	p.storage = s
	f.StringVar(&p.recipient, "backup-recipient", "",
		"for whom backups are encrypted (age1…, made by `dabiao backup-key`); those in the data folder are not")
	f.BoolVar(&p.plain, "backup-plain", false, "backups go to s3:// without being encrypted")
}

// lock returns for whom copies are encrypted; nil for nobody. What goes to S3 is encrypted unless somebody said not to.
func (p places) lock(bucket bool) (*depot.Recipient, error) {
	switch {
	case p.recipient != "" && p.plain:
		return nil, fmt.Errorf("%w: --backup-recipient and --backup-plain contradict each other", errUse)
	case p.recipient != "":
		r, err := depot.ParseRecipient(p.recipient)
		if err != nil {
			return nil, fmt.Errorf("%w: --backup-recipient: %w", errUse, err)
		}
		return r, nil
	case bucket && !p.plain:
		return nil, fmt.Errorf("%w: backups are encrypted before they go to s3://: make a key with `dabiao backup-key FILE`, "+
			"name its --backup-recipient, or accept backups that others can read with --backup-plain", errUse)
	}
	return nil, nil //nolint:nilnil // nobody is an answer
}

// place returns where copies go by themselves. own is the folder that is made where it is missing; it lies beside the
// records, which nobody encrypts.
func (p places) place(address, own string) (app.BackupPlace, error) {
	lock, err := p.lock(depot.IsBucket(address))
	if err != nil {
		return app.BackupPlace{}, err
	}
	if depot.IsBucket(address) {
		b, err := p.bucket(address, 0)
		return app.BackupPlace{Depot: b, Lock: lock}, err
	}
	if dir := filepath.Clean(address); dir != own {
		return app.BackupPlace{Depot: depot.Folder{Dir: dir}, Lock: lock}, nil
	}
	return app.BackupPlace{Depot: depot.Folder{Dir: own, Create: true}}, nil
}

// file returns the place of one file, FILE or s3://BUCKET/PREFIX/NAME, and its name there.
func (p places) file(address string) (depot.Depot, string, error) {
	if !depot.IsBucket(address) {
		address = filepath.Clean(address)
		return depot.Folder{Dir: filepath.Dir(address)}, filepath.Base(address), nil
	}
	i := strings.LastIndex(address, "/")
	b, err := p.bucket(address[:i], 0)
	if err != nil {
		return nil, "", err
	}
	if address[i+1:] == "" {
		return nil, "", fmt.Errorf("%w: %s names no file: write s3://BUCKET/PREFIX/NAME", errUse, address)
	}
	return b, address[i+1:], nil
}

// startPatience is how long a start waits for storage elsewhere: the office wants to work.
const startPatience = 2 * time.Minute

// keyOf returns the key of encrypted copies: from its file, or asked for.
func keyOf(io streams, file string) func() (depot.Key, error) {
	return func() (depot.Key, error) {
		if file != "" {
			text, err := os.ReadFile(file)
			if err != nil {
				return depot.Key{}, fmt.Errorf("read the key of the backups: %w", err)
			}
			return depot.ParseKey(string(text))
		}
		text, err := io.ask("the key of the backups, as it is printed: ")
		if err != nil {
			return depot.Key{}, fmt.Errorf("no key of the backups was typed (%w): name its file with --backup-key", err)
		}
		return depot.ParseKey(text)
	}
}

const keyUsage = "file of the key that opens encrypted backups; empty: it is asked for"

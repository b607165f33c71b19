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
	s3         depot.S3
	secret     string // as in the environment
	secretFile string
	recipient  string
	plain      bool
}

func (p *places) flags(f flags) {
	f.StringVar(&p.s3.Endpoint, "s3-endpoint", "", "address of the storage that s3:// speaks of, such as https://s3.example.com")
	f.StringVar(&p.s3.Region, "s3-region", "us-east-1", "its region")
	f.StringVar(&p.s3.Access, "s3-access-key", "", "the name of the key (access key ID)")
	f.StringVar(&p.secretFile, "s3-secret-file", "", "file of the secret of that key")
	f.onlyEnv(&p.secret, "S3_SECRET", "the secret itself, instead of a file")
	f.StringVar(&p.s3.Style, "s3-style", depot.StyleAuto, "where the bucket's name stands in addresses: auto, path or host")
	f.StringVar(&p.recipient, "backup-recipient", "",
		"for whom backups are encrypted (age1…, made by `dabiao backup-key`); those in the data folder are not")
	f.BoolVar(&p.plain, "backup-plain", false, "backups go to s3:// without being encrypted")
}

// bucket returns the place of an address of S3.
func (p places) bucket(address string) (*depot.Bucket, error) {
	s := p.s3
	switch s.Style {
	case depot.StyleAuto, depot.StylePath, depot.StyleHost:
	default:
		return nil, fmt.Errorf("%w: --s3-style %q: write auto, path or host", errUse, s.Style)
	}
	s.Secret = depot.Secret(p.secret)
	if p.secretFile != "" {
		text, err := os.ReadFile(p.secretFile)
		if err != nil {
			return nil, fmt.Errorf("read the secret of S3: %w", err)
		}
		s.Secret = depot.Secret(strings.TrimSpace(string(text)))
	}
	if s.Endpoint == "" || s.Access == "" || s.Secret == "" {
		return nil, fmt.Errorf("%w: %s needs --s3-endpoint, --s3-access-key, and the secret in --s3-secret-file or DABIAO_S3_SECRET",
			errUse, address)
	}
	b, err := depot.NewBucket(address, s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUse, err)
	}
	return b, nil
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
		b, err := p.bucket(address)
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
	b, err := p.bucket(address[:i])
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

package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// The audit chain has a key, which is in no database and no backup: who can write the database, but not read the
// key, cannot chain the log anew (docs/adr/0078).

// KeyFileName is the key's file name in the data folder.
const KeyFileName = "audit.key"

// auditKey is the key of an installation. The zero value is no key.
type auditKey struct {
	secret []byte
	// from is the number of the newest audit entry when the key was made: all later ones are made with it.
	from int64
}

// keyLength is the key's length in bytes.
const keyLength = 32

func (k auditKey) none() bool { return len(k.secret) == 0 }

// keyNameLength is how many hexadecimal digits name a key.
const keyNameLength = 8

// print names the key without telling it.
func (k auditKey) print() string {
	sum := sha256.Sum256(append([]byte("dabiao audit key\n"), k.secret...))
	return hex.EncodeToString(sum[:])[:keyNameLength]
}

// hash returns the hash of an entry's text: plain without a key, else with the key's name before it.
func (k auditKey) hash(text []byte) string {
	if k.none() {
		sum := sha256.Sum256(text)
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, k.secret)
	mac.Write(text)
	return keyMark + k.print() + ":" + hex.EncodeToString(mac.Sum(nil))
}

// keyMark begins a hash that is made with a key; the key's name and a colon follow.
const keyMark = "key "

// keyOf returns the name of the key that a hash was made with, "" for none.
func keyOf(hash string) string {
	rest, keyed := strings.CutPrefix(hash, keyMark)
	name, _, _ := strings.Cut(rest, ":")
	if !keyed {
		return ""
	}
	return name
}

// keyring holds the installation's key once it was read or made.
type keyring struct {
	file string // "": there is none, and the chain is plain
	mu   sync.Mutex
	key  auditKey
}

// read returns the key, none if there is no file.
func (r *keyring) read() (auditKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == "" || !r.key.none() {
		return r.key, nil
	}
	raw, err := os.ReadFile(r.file)
	if errors.Is(err, fs.ErrNotExist) {
		return auditKey{}, nil
	}
	if err != nil {
		return auditKey{}, fmt.Errorf("read the key of the audit log: %w", err)
	}
	secret, from, _ := strings.Cut(strings.TrimSpace(string(raw)), " ")
	var k auditKey
	k.secret, err = base64.StdEncoding.DecodeString(secret)
	if err == nil {
		k.from, err = strconv.ParseInt(from, 10, 64)
	}
	if err != nil || len(k.secret) != keyLength || k.from < 0 {
		return auditKey{}, fmt.Errorf("%s is no key of an audit log: put back the one that was there, or name it with --audit-key",
			r.file)
	}
	r.key = k
	return k, nil
}

// CheckKey refuses a file of the audit log's key that holds none: nothing could be logged. One that is missing is made
// with the next entry.
func (db *DB) CheckKey() error {
	_, err := db.keys.read()
	return err
}

// make makes the key, durably, if there is none. newest is the number of the newest audit entry.
func (r *keyring) make(newest int64) (auditKey, error) {
	if k, err := r.read(); err != nil || !k.none() || r.file == "" {
		return k, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	k := auditKey{secret: make([]byte, keyLength), from: newest}
	rand.Read(k.secret)
	text := base64.StdEncoding.EncodeToString(k.secret) + " " + strconv.FormatInt(newest, 10) + "\n"
	if err := writeNew(r.file, []byte(text)); err != nil {
		return auditKey{}, fmt.Errorf("keep the key of the audit log: %w", err)
	}
	r.key = k
	return k, nil
}

// writeNew writes a file that only its owner may read, completely or not at all.
func writeNew(name string, content []byte) error {
	f, err := os.OpenFile(name+partialEnding, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(name+partialEnding, name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

// checkShared refuses a PostgreSQL database whose log is made with a key that this server does not have: another
// server has it, and two keys would break the chain.
func (db *DB) checkShared(ctx context.Context) error {
	if db.dialect.name == sqliteDialect.name || db.keys.file == "" {
		return nil
	}
	var hash string
	err := db.read.QueryRowContext(ctx, `SELECT COALESCE((SELECT hash FROM audit
		WHERE hash LIKE 'key %' OR LENGTH(hash) = $1 ORDER BY id DESC LIMIT 1), '')`, keptKeyed).Scan(&hash)
	hash = fullHash(hash)
	if err != nil || hash == "" {
		return err
	}
	k, err := db.keys.read()
	if err != nil {
		return err
	}
	if k.none() || k.print() != keyOf(hash) {
		return fmt.Errorf("the audit log is made with the key %s, which is not in %s: copy %s from the data folder of a "+
			"server that has it, or name it with --audit-key", keyOf(hash), db.keys.file, KeyFileName)
	}
	return nil
}

package store

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"dabiao/internal/kpi"
)

// An audit entry is kept in few bytes (docs/adr/0098): its detail and records deflated with words that most entries
// have, its hash without hexadecimal digits. What is chained is the entry's text, so how it is kept changes no hash.

// auditWords are what is deflated with. They never change, or nobody could read what was packed with them: other words
// need a form of their own.
//
//go:embed audit_words.txt
var auditWords []byte

// The forms of what is packed: the first byte of it. The length of the detail follows, and the detail and the records.
const (
	formPlain    = 'p' // as they are
	formDeflated = 'd' // deflated with auditWords
)

// maxDeflated is how long a text is deflated. Longer ones stay plain, so that a few bytes that somebody put into the
// database never become more than this in memory.
const maxDeflated = 256 << 10

// packAudit returns an entry's detail and records as they are kept.
func packAudit(e kpi.AuditEntry) ([]byte, error) {
	text := []byte(e.Detail + e.Records)
	head := binary.AppendUvarint([]byte{formDeflated}, uint64(len(e.Detail)))
	if len(text) <= maxDeflated {
		out := bytes.NewBuffer(head)
		if err := flate.StatelessDeflate(out, text, true, auditWords); err != nil {
			return nil, err
		}
		if out.Len() < len(head)+len(text) {
			return out.Bytes(), nil
		}
	}
	head[0] = formPlain
	return append(head, text...), nil
}

// inflaters are used again: each holds a window of 32 KB.
var inflaters = sync.Pool{New: func() any { return flate.NewReaderDict(nil, auditWords) }}

var errPacked = errors.New("nothing that was packed")

// unpackAudit returns the detail and records that were packed.
func unpackAudit(packed []byte) (detail, records string, err error) {
	if len(packed) == 0 {
		return "", "", errPacked
	}
	length, n := binary.Uvarint(packed[1:])
	if n <= 0 {
		return "", "", errPacked
	}
	text := packed[1+n:]
	switch packed[0] {
	case formPlain:
	case formDeflated:
		if text, err = inflate(text); err != nil {
			return "", "", err
		}
	default:
		return "", "", errPacked
	}
	if length > uint64(len(text)) {
		return "", "", errPacked
	}
	return string(text[:length]), string(text[length:]), nil
}

// inflate returns what was deflated with auditWords, if that is all that is there.
func inflate(deflated []byte) ([]byte, error) {
	in := bytes.NewReader(deflated)
	r := inflaters.Get().(io.Reader) // nothing else is stored there
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(in, auditWords); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, maxDeflated+1))
	if err == nil && (len(text) > maxDeflated || in.Len() > 0) {
		err = errPacked
	}
	return text, err
}

// unreadable stands in an entry whose detail nobody can read: no entry says so, and no hash is made of it.
const unreadable = "\uFFFD"

// unpack fills in what an entry's row keeps packed. Texts that stand beside it nevertheless become part of the entry,
// which then is not what its hash was made of.
func unpack(e *kpi.AuditEntry, packed []byte) {
	e.Hash = fullHash(e.Hash)
	if packed == nil {
		return
	}
	detail, records, err := unpackAudit(packed)
	if err != nil {
		detail = unreadable
	}
	e.Detail, e.Records = e.Detail+detail, e.Records+records
}

// keptHash returns a hash as it is stored: the key's name and the digest as one text of base64.
func keptHash(hash string) string {
	rest, _ := strings.CutPrefix(hash, keyMark)
	raw, err := hex.DecodeString(strings.Replace(rest, ":", "", 1))
	kept := base64.RawURLEncoding.EncodeToString(raw)
	if err != nil || fullHash(kept) != hash {
		return hash // not one of ours
	}
	return kept
}

// The lengths of a hash as it is stored, without a key and with one.
const (
	keptPlain = 43
	keptKeyed = 48
)

// fullHash returns the hash that is stored as kept, which may also be written in full.
func fullHash(kept string) string {
	if len(kept) != keptPlain && len(kept) != keptKeyed {
		return kept
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(kept)
	if err != nil {
		return kept
	}
	text := hex.EncodeToString(raw)
	if len(kept) == keptPlain {
		return text
	}
	return keyMark + text[:keyNameLength] + ":" + text[keyNameLength:]
}

// packedAtOnce bounds how many entries one transaction packs, so that others need not wait for long.
const packedAtOnce = 500

// PackAudit packs the oldest audit entries that are not, a few at a time, and returns how many it packed. What they say
// stays as it is. They are written anew rather than changed in their places, where they would leave pages that are half
// empty and serve nobody else.
func (w *Writer) PackAudit(ctx context.Context) (int, error) {
	old, err := all(ctx, &w.Reader, scanWholeAudit, `SELECT `+wholeAudit+` FROM audit
		WHERE packed IS NULL ORDER BY id LIMIT $1`, packedAtOnce)
	if err != nil || len(old) == 0 {
		return 0, err
	}
	if err := w.exec(ctx, `DELETE FROM audit WHERE packed IS NULL AND id <= $1`, old[len(old)-1].ID); err != nil {
		return 0, err
	}
	for _, e := range old {
		packed, err := packAudit(e)
		if err != nil {
			return 0, err
		}
		if err := w.exec(ctx, `INSERT INTO audit (id, at, actor, action, subject, detail, hash, records, packed)
			VALUES ($1, $2, $3, $4, $5, '', $6, '', $7)`, e.ID, e.At, e.Actor, e.Action, e.Subject, keptHash(e.Hash),
			packed); err != nil {
			return 0, err
		}
	}
	return len(old), nil
}

package depot

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"dabiao/internal/kpi"
)

// Encryption ends the names of files that are encrypted.
const Encryption = ".age"

// Recipient is for whom files are encrypted: the public half of a key. With it alone nothing can be opened again.
type Recipient struct{ to *age.X25519Recipient }

// ParseRecipient reads age1…
func ParseRecipient(text string) (*Recipient, error) {
	to, err := age.ParseX25519Recipient(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%q is no recipient: it begins with age1, and `dabiao backup-key` prints it", text)
	}
	return &Recipient{to}, nil
}

// String returns it as it was read.
func (r *Recipient) String() string { return r.to.String() }

// Encrypt returns a writer that encrypts to w. It must be closed.
func (r *Recipient) Encrypt(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, r.to) }

// Key is what opens files: the secret half.
type Key struct{ identity *age.X25519Identity }

// NewKey makes a key.
func NewKey() (Key, error) {
	identity, err := age.GenerateX25519Identity()
	return Key{identity}, err
}

// keyLetters is how many letters a key has after its beginning: 32 bytes and a checksum in Bech32 (BIP 173).
const keyLetters = 58

// ParseKey reads a key as it is printed, in groups or not, or a file with one: age's own, the printed page, or what an
// editor saved, in whichever Unicode. Refusal: backup_key_malformed.
func ParseKey(text string) (Key, error) {
	text = strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0 || r == '\uFEFF' || r == utf8.RuneError { // UTF-16 has zeros between ASCII
			return -1
		}
		return r
	}, text))
	const begins = "AGE-SECRET-KEY-1"
	i := strings.Index(text, begins)
	end := i + len(begins) + keyLetters
	if i < 0 || end > len(text) || end < len(text) && isLetter(text[end]) {
		return Key{}, kpi.Refuse(kpi.Invalid, "backup_key_malformed")
	}
	identity, err := age.ParseX25519Identity(text[i:end])
	if err != nil {
		return Key{}, kpi.Refuse(kpi.Invalid, "backup_key_malformed")
	}
	return Key{identity}, nil
}

func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' }

// String returns dots.
func (Key) String() string { return Secret("").String() }

// GoString returns dots.
func (Key) GoString() string { return Secret("").String() }

// Text returns the secret itself, to be printed and put away.
func (k Key) Text() string { return k.identity.String() }

// Recipient returns the public half.
func (k Key) Recipient() string { return k.identity.Recipient().String() }

// encryptedMark is how an encrypted file begins.
var encryptedMark = []byte("age-encryption.org/v1\n")

// Encrypted looks whether what is read is encrypted, and returns it from its beginning.
func Encrypted(r io.Reader) (io.Reader, bool, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	begins, err := b.Peek(len(encryptedMark))
	if err != nil && !errors.Is(err, io.EOF) {
		return b, false, err
	}
	return b, bytes.Equal(begins, encryptedMark), nil
}

// Decrypt copies what was encrypted. Whoever takes what it wrote before it failed takes a part. Refusals:
// backup_key_other, backup_cut_or_altered, and those of the reader.
func (k Key) Decrypt(w io.Writer, r io.Reader) error {
	from := &source{r: r}
	plain, err := age.Decrypt(from, k.identity)
	var other *age.NoIdentityMatchError
	switch {
	case from.failed != nil:
		return from.failed
	case errors.As(err, &other):
		return kpi.Refuse(kpi.Conflict, "backup_key_other")
	case err != nil:
		return broken(err)
	}
	to := &sink{w: w}
	switch _, err := io.Copy(to, plain); {
	case from.failed != nil:
		return from.failed
	case to.failed != nil:
		return to.failed
	case err != nil:
		return broken(err)
	}
	return nil
}

func broken(why error) error {
	return fmt.Errorf("%w: %w", kpi.Refuse(kpi.Conflict, "backup_cut_or_altered"), why)
}

// source and sink remember failures of their own, which are none of what is decrypted.
type source struct {
	r      io.Reader
	failed error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

type sink struct {
	w      io.Writer
	failed error
}

func (s *sink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if err != nil {
		s.failed = err
	}
	return n, err
}

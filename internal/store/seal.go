package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"dabiao/internal/kpi"
)

// Secrets that the program must be able to read are sealed with a key made from that of the audit log, which is in no
// database and no backup (docs/adr/0083). What is sealed for one purpose cannot be opened for another.

// sealMark begins what is sealed; the key's name and a colon follow. Without a key, which only a database without a
// folder has, the name is empty.
const sealMark = "sealed "

// Seal hides a text. purpose says what it is for and of whom.
func (w *Writer) Seal(text, purpose string) (string, error) {
	aead, name, err := w.sealer()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	return sealMark + name + ":" + base64.RawStdEncoding.EncodeToString(aead.Seal(nonce, nonce, []byte(text),
		[]byte(purpose))), nil
}

// Unseal returns what was sealed for a purpose. Refusal: Conflict seal_key_lost if it was sealed with a key that is not
// there any more.
func (r *Reader) Unseal(sealed, purpose string) (string, error) {
	aead, name, err := r.sealer()
	if err != nil {
		return "", err
	}
	key, rest, _ := strings.Cut(strings.TrimPrefix(sealed, sealMark), ":")
	if key != name {
		return "", kpi.Clash("seal_key_lost")
	}
	raw, err := base64.RawStdEncoding.DecodeString(rest)
	if err != nil || len(raw) < aead.NonceSize() {
		return "", fmt.Errorf("unseal %s: it is cut off", purpose)
	}
	text, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return "", fmt.Errorf("unseal %s: %w", purpose, err)
	}
	return string(text), nil
}

// sealer returns what seals with the installation's key, and the key's name.
func (r *Reader) sealer() (cipher.AEAD, string, error) {
	var k auditKey
	var err error
	if r.tx.keys != nil {
		if k, err = r.tx.keys.read(); err != nil {
			return nil, "", err
		}
	}
	name := ""
	if !k.none() {
		name = k.print()
	}
	key, err := hkdf.Key(sha256.New, append([]byte("dabiao"), k.secret...), nil, "seal", 2*aes.BlockSize)
	if err != nil {
		return nil, "", err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, "", err
	}
	aead, err := cipher.NewGCM(block)
	return aead, name, err
}

package handup

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"dabiao/internal/kpi"
)

// The files in a package.
const (
	contentName   = "package.json"
	signatureName = "signature.json"
)

// MaxFile and the others limit a package: packed, and the two files in it. A year of 84,000 entries is 1 MB packed and
// 16 MB in it: a file that is made to be heavy costs no more than a few of those.
const (
	MaxFile      = 20 << 20
	maxContent   = 100 << 20
	maxSignature = 64 << 10
)

// signature is the second file: that the first is the office's.
type signature struct {
	Format    string `json:"format"`
	SHA256    string `json:"sha256"` // of package.json, byte for byte
	Key       string `json:"key"`    // the office's public key, Ed25519
	Signature string `json:"signature"`
}

const signatureFormat = "dabiao-signature-1"

// Sealed is a package as its file has it.
type Sealed struct {
	Package Package
	SHA256  string // of its content, which names it
	Key     string // the public key that it is signed with
	File    []byte
}

// signedText is what is signed: nothing else that the key may sign looks like it.
func signedText(sum string) []byte { return []byte("dabiao package\n" + sum + "\n") }

// Seal writes and signs a package. The same content and key give the same bytes. Refusal: Invalid package_too_large.
func Seal(p Package, key ed25519.PrivateKey) (Sealed, error) {
	p.Format = PackageFormat
	content, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		return Sealed{}, fmt.Errorf("write the package: %w", err)
	}
	if len(content) > maxContent {
		return Sealed{}, kpi.Refuse(kpi.Invalid, "package_too_large", maxContent>>20)
	}
	sum := sha256.Sum256(content)
	s := Sealed{Package: p, SHA256: hex.EncodeToString(sum[:]), Key: PublicKey(key)}
	signed, err := json.MarshalIndent(signature{signatureFormat, s.SHA256, s.Key,
		base64.StdEncoding.EncodeToString(ed25519.Sign(key, signedText(s.SHA256)))}, "", " ")
	if err != nil {
		return s, fmt.Errorf("write the signature: %w", err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range []struct {
		name    string
		content []byte
	}{{contentName, content}, {signatureName, signed}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(f.content)
		}
		if err != nil {
			return s, fmt.Errorf("pack %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return s, fmt.Errorf("pack: %w", err)
	}
	s.File = out.Bytes()
	return s, nil
}

// PublicKey returns the public key of a private one as files have it.
func PublicKey(key ed25519.PrivateKey) string {
	return base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)) //nolint:forcetypeassert // it is one
}

// Print names a key in a form that people can read to each other over the telephone.
func Print(key string) string {
	sum := sha256.Sum256([]byte("dabiao key\n" + key))
	digits := strings.ToUpper(hex.EncodeToString(sum[:8]))
	return digits[:4] + "-" + digits[4:8] + "-" + digits[8:12] + "-" + digits[12:]
}

// Open reads a package's file. Refusals: Invalid package_unreadable; package_altered if its content is not what was
// packed; package_signature if it was not signed with the key it names; those of [Package.Check].
func Open(file []byte) (Sealed, error) {
	s := Sealed{File: file}
	content, signed, err := unpack(file)
	if err != nil {
		return s, err
	}
	var by signature
	if err := json.Unmarshal(signed, &by); err != nil || by.Format != signatureFormat {
		return s, kpi.Refuse(kpi.Invalid, "package_unreadable")
	}
	sum := sha256.Sum256(content)
	if s.SHA256 = hex.EncodeToString(sum[:]); s.SHA256 != by.SHA256 {
		return s, kpi.Refuse(kpi.Invalid, "package_altered")
	}
	key, keyErr := base64.StdEncoding.DecodeString(by.Key)
	mark, markErr := base64.StdEncoding.DecodeString(by.Signature)
	if keyErr != nil || markErr != nil || len(key) != ed25519.PublicKeySize ||
		!ed25519.Verify(key, signedText(s.SHA256), mark) {
		return s, kpi.Refuse(kpi.Invalid, "package_signature")
	}
	s.Key = base64.StdEncoding.EncodeToString(key)
	if err := json.Unmarshal(content, &s.Package); err != nil || s.Package.Format != PackageFormat {
		return s, kpi.Refuse(kpi.Invalid, "package_unreadable")
	}
	return s, s.Package.Check()
}

// Kept reads a package that was opened before and kept with its hash: it is not computed again. ok is false if it is
// not what was kept.
func Kept(file []byte, sum string) (p Package, ok bool) {
	content, _, err := unpack(file)
	if err != nil {
		return p, false
	}
	is := sha256.Sum256(content)
	ok = hex.EncodeToString(is[:]) == sum && json.Unmarshal(content, &p) == nil
	return p, ok
}

func unpack(file []byte) (content, signed []byte, err error) {
	unreadable := kpi.Refuse(kpi.Invalid, "package_unreadable")
	if len(file) > MaxFile {
		return nil, nil, kpi.Refuse(kpi.Invalid, "package_too_large", MaxFile>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil || len(z.File) != 2 {
		return nil, nil, unreadable
	}
	limits := map[string]uint64{contentName: maxContent, signatureName: maxSignature}
	for _, f := range z.File {
		raw, err := inflate(f, limits[f.Name])
		if err != nil {
			return nil, nil, unreadable
		}
		switch f.Name {
		case contentName:
			content = raw
		case signatureName:
			signed = raw
		}
	}
	if content == nil || signed == nil {
		return nil, nil, unreadable
	}
	return content, signed, nil
}

// inflate reads a file of the package, and nothing of one that says or turns out to be larger than the limit.
func inflate(f *zip.File, limit uint64) ([]byte, error) {
	if f.UncompressedSize64 > limit {
		return nil, zip.ErrFormat
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1)) //nolint:gosec // 100 MB at most
	if err == nil && uint64(len(raw)) > limit {
		err = zip.ErrFormat
	}
	return raw, err
}

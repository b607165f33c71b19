package programtest

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
)

// Picture returns a picture that no other is like, with its hash.
func Picture() (content []byte, sum string, err error) {
	img := image.NewGray(image.Rect(0, 0, 48, 48))
	rand.Read(img.Pix) // never fails
	var out bytes.Buffer
	err = png.Encode(&out, img)
	hash := sha256.Sum256(out.Bytes())
	return out.Bytes(), hex.EncodeToString(hash[:]), err
}

// Attach attaches a file to an entry, with an idempotency key.
func (p *Program) Attach(role string, update int64, key, name string, content []byte) error {
	return p.AttachInto(role, update, key, name, content, nil)
}

// AttachInto is Attach, and decodes the answer into to.
func (p *Program) AttachInto(role string, update int64, key, name string, content []byte, to any) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("evidence", name)
	if err != nil {
		return err
	}
	if _, err := part.Write(content); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	return p.sendBody(role, http.MethodPost, fmt.Sprintf("/api/v1/updates/%d/evidence", update), key,
		form.FormDataContentType(), &body, to)
}

package middleware

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/spent"
)

// MaxFields bounds the number of fields in a form with files, maxPlain in one without (a plan has several
// for each indicator or unit), maxTableFields in a table of indicators (up to thirty for each of 400). MaxField bounds
// the length of a field with files, in bytes.
const (
	MaxFields      = 40
	maxPlain       = 4000
	maxTableFields = 12_000
	MaxField       = 64 << 10
)

// Form is a submitted HTML form.
type Form struct {
	url.Values
	Evidence []*app.StagedEvidence
	Table    *app.ImportFile // the file of an import
	Files    []FormFile      // files that are read whole
	Mistakes kpi.Mistakes    // about files
	Held     bool            // it is of an earlier session: nothing is written, and its files were dropped
}

// FormFile is a file of a form that was read whole.
type FormFile struct {
	Name    string
	Content []byte
}

// Discard removes staged files that were not stored.
func (f *Form) Discard() {
	for _, e := range f.Evidence {
		e.Discard()
	}
	if f.Table != nil {
		f.Table.Discard()
	}
}

// FormKey returns a fresh idempotency key for a form, or its mark on a shared page.
func (v *Visit) FormKey() string {
	if v.key != "" {
		return v.key
	}
	return NewKey()
}

// NewKey returns a random idempotency key.
func NewKey() string {
	raw := make([]byte, 16)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Values reads a form without files and without checking the CSRF token, for the forms that have no
// session.
func (s *Server) Values(c *fiber.Ctx) (url.Values, error) { return plainForm(c, MaxForm, maxPlain) }

// plainForm reads a form without files of at most size bytes and so many fields.
func plainForm(c *fiber.Ctx, size, fields int) (url.Values, error) {
	raw, err := Body(c, int64(size))
	if err != nil {
		return nil, err
	}
	values, err := parseForm(string(raw))
	if err != nil || count(values) > fields {
		return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	return values, nil
}

// parseForm reads a form's fields, however many: url.ParseQuery stops at 10,000.
func parseForm(raw string) (url.Values, error) {
	const atOnce = 5000
	all := url.Values{}
	for raw != "" {
		end := len(raw)
		for at, fields := 0, 0; fields < atOnce; fields++ {
			next := strings.IndexByte(raw[at:], '&')
			if next < 0 {
				end = len(raw)
				break
			}
			at += next + 1
			end = at
		}
		some, err := url.ParseQuery(strings.TrimSuffix(raw[:end], "&"))
		if err != nil {
			return nil, fmt.Errorf("read a form: %w", err)
		}
		for name, values := range some {
			all[name] = append(all[name], values...)
		}
		raw = raw[end:]
	}
	return all, nil
}

func count(values url.Values) (n int) {
	for _, v := range values {
		n += len(v)
	}
	return n
}

// Form reads a form of someone signed in and checks its CSRF token. The caller must call Discard.
func (s *Server) Form(c *fiber.Ctx, v *Visit) (*Form, error) {
	return s.formTaking(c, v, s.takeEvidence)
}

// YearForm reads a form without files, and the year of the address.
func (s *Server) YearForm(c *fiber.Ctx, v *Visit) (url.Values, kpi.Year, error) {
	f, err := s.Form(c, v)
	if err != nil {
		return nil, 0, err
	}
	defer f.Discard()
	year, err := YearParam(c)
	return f.Values, year, err
}

// taker stages a file of a form.
type taker func(f *Form, name string, content io.Reader) error

func (s *Server) formTaking(c *fiber.Ctx, v *Visit, take taker) (*Form, error) {
	media, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch {
	case err != nil:
		return nil, ErrContentType
	case media == fiber.MIMEApplicationForm:
		size, fields := s.formLimit(c, v)
		values, err := plainForm(c, size, fields)
		if err != nil {
			return nil, err
		}
		c.Locals(sentKey{}, &sentForm{Values: values})
		held, err := s.AdmitForm(c, v, values.Get("csrf"))
		return &Form{Values: values, Held: held}, err
	case media == fiber.MIMEMultipartForm:
		return s.multipart(c, v, params["boundary"], take)
	}
	return nil, ErrContentType
}

// multipart reads a form with files as it streams in. No file is read before the CSRF token ahead of it
// was checked, and none of an earlier session's form is kept.
func (s *Server) multipart(c *fiber.Ctx, v *Visit, boundary string, take taker) (*Form, error) {
	limited := &io.LimitedReader{R: BodyStream(c), N: maxUpload + 1}
	r := multipart.NewReader(limited, boundary)
	f := &Form{Values: url.Values{}}
	sent := &sentForm{Values: f.Values}
	c.Locals(sentKey{}, sent)
	admit := func() (err error) {
		f.Held, err = s.AdmitForm(c, v, f.Get("csrf"))
		return err
	}
	checked := false
	for fields := 0; ; fields++ {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && fields < MaxFields {
			if part.FileName() != "" {
				sent.filed(part.FormName(), SentName(part))
			}
			err = readPart(f, part, take, admit, &checked)
		} else if err == nil || limited.N > 0 {
			err = kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		if limited.N <= 0 {
			err = ErrTooLarge
		}
		if err != nil {
			f.Discard()
			if sent.cut = true; stopsAll(err) && !IsAPI(c) {
				sent.readOn(r)
			}
			if sent.cut {
				c.Context().SetConnectionClose()
			}
			return nil, err
		}
	}
	if err := admit(); err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// stopsAll reports whether an error is about the place where the records are kept, and not about the form.
func stopsAll(err error) bool {
	var refusal *kpi.Error
	return errors.As(err, &refusal) && refusal.StopsAll() || errors.As(err, new(*kpi.Away))
}

// SentName returns a file's name as it was on the person's computer. Browsers send quotes and line breaks
// as %22, %0D and %0A and leave every other % alone (HTML, multipart/form-data encoding).
func SentName(part *multipart.Part) string {
	return strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n").Replace(part.FileName())
}

func readPart(f *Form, part *multipart.Part, take taker, admit func() error, checked *bool) error {
	if part.FileName() != "" {
		if !*checked {
			if err := admit(); err != nil {
				return err
			}
			*checked = true
		}
		if f.Held {
			return nil
		}
		content := &Sent{Reader: part}
		err := take(f, SentName(part), content)
		if content.Broken {
			return kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(part, MaxField+1))
	if err != nil || len(raw) > MaxField {
		return kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	if part.FormName() != "" && part.FormName() != "evidence" {
		f.Add(part.FormName(), string(raw))
	}
	return nil
}

// takeEvidence stages a file for the entry that the form is about. A refusal is kept in f.Mistakes.
func (s *Server) takeEvidence(f *Form, name string, content io.Reader) error {
	staged, err := s.App.StageEvidence(app.NewEvidence{Name: name, Sensitive: f.Get("sensitive") != "", Content: content})
	var e *kpi.Error
	if errors.As(err, &e) && !e.StopsAll() {
		f.Mistakes.Check("evidence", err)
		return nil
	}
	if err == nil {
		f.Evidence = append(f.Evidence, staged)
	}
	return err
}

// Sent reads what a client sends. Broken is set when reading fails, to tell the client's failure from
// ours.
type Sent struct {
	io.Reader
	Broken bool
}

func (s *Sent) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.Broken = s.Broken || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// Body reads a request's body of at most limit bytes. A longer one is ErrTooLarge.
func Body(c *fiber.Ctx, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(BodyStream(c), limit+1))
	if err != nil {
		return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	if int64(len(raw)) > limit {
		c.Context().SetConnectionClose()
		return nil, ErrTooLarge
	}
	return raw, nil
}

// BodyStream returns the body as it arrives. Never use fiber's c.Body, which decompresses without limit.
func BodyStream(c *fiber.Ctx) io.Reader {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		return received{stream, c.UserContext()}
	}
	return bytes.NewReader(c.Request().Body())
}

// received measures how long a request waits for its body.
type received struct {
	io.Reader
	ctx context.Context
}

func (r received) Read(p []byte) (int, error) {
	defer spent.Begin(r.ctx, spent.Receiving)()
	return r.Reader.Read(p)
}

// FormWithTable reads a form whose file is a table to import.
func (s *Server) FormWithTable(c *fiber.Ctx, v *Visit) (*Form, error) {
	f, err := s.formTaking(c, v, func(f *Form, name string, content io.Reader) error {
		if f.Table != nil {
			return nil
		}
		staged, err := s.App.StageImport(name, content)
		var e *kpi.Error
		if errors.As(err, &e) && !e.StopsAll() {
			f.Mistakes.Check("file", err)
			return nil
		}
		f.Table = staged
		return err
	})
	if err == nil && f.Held {
		f.Mistakes.Add("file", "signed_in_again")
	}
	return f, err
}

// FormWithFiles reads a form whose files are of up to most bytes each. A larger one is cut off after that, so that
// whoever reads it says so.
func (s *Server) FormWithFiles(c *fiber.Ctx, v *Visit, most int64) (*Form, error) {
	f, err := s.formTaking(c, v, func(f *Form, name string, content io.Reader) error {
		raw, err := io.ReadAll(io.LimitReader(content, most+1))
		if len(raw) > 0 {
			f.Files = append(f.Files, FormFile{name, raw})
		}
		return err
	})
	if err == nil && f.Held {
		f.Mistakes.Add("file", "signed_in_again")
	}
	return f, err
}

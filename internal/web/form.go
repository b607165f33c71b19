package web

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// maxFields bounds the fields of a form with files, maxPlain those of one without (a plan has some
// for each indicator or unit), maxField the bytes of one.
const (
	maxFields = 40
	maxPlain  = 4000
	maxField  = 64 << 10
)

// form is what a page's form sent.
type form struct {
	url.Values
	evidence []*app.StagedEvidence
	table    *app.ImportFile // of an import
	mistakes kpi.Mistakes    // about files
}

// discard drops files that were not kept.
func (f *form) discard() {
	for _, e := range f.evidence {
		e.Discard()
	}
	if f.table != nil {
		f.table.Discard()
	}
}

// formKey is the key of the form on a page: a fresh one, or the mark where each gets a fresh one.
func (v *visit) formKey() string {
	if v.key != "" {
		return v.key
	}
	return newKey()
}

// newKey is an idempotency key for a fresh form.
func newKey() string {
	raw := make([]byte, 16)
	rand.Read(raw) //nolint:errcheck // it never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// values reads a plain form without asking for a CSRF token: the two forms that have no session.
func (s *Server) values(c *fiber.Ctx) (url.Values, error) {
	raw, err := body(c, maxForm)
	if err != nil {
		return nil, err
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil || count(values) > maxPlain {
		return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	return values, nil
}

func count(values url.Values) (n int) {
	for _, v := range values {
		n += len(v)
	}
	return n
}

// form reads a form of a signed-in person and holds it to the session's CSRF token. The caller
// discards it.
func (s *Server) form(c *fiber.Ctx, v *visit) (*form, error) {
	return s.formTaking(c, v, s.takeEvidence)
}

// yearForm reads a form without files about the year of the address.
func (s *Server) yearForm(c *fiber.Ctx, v *visit) (url.Values, kpi.Year, error) {
	f, err := s.form(c, v)
	if err != nil {
		return nil, 0, err
	}
	defer f.discard()
	year, err := yearParam(c)
	return f.Values, year, err
}

// typedKey names what a request's form sent, for the page that says why it was not saved.
type typedKey struct{}

// taker puts a file of a form where it belongs.
type taker func(f *form, name string, content io.Reader) error

func (s *Server) formTaking(c *fiber.Ctx, v *visit, take taker) (*form, error) {
	media, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch {
	case err != nil:
		return nil, errContentType
	case media == fiber.MIMEApplicationForm:
		values, err := s.values(c)
		if err != nil {
			return nil, err
		}
		c.Locals(typedKey{}, values)
		return &form{Values: values}, v.checkCSRF(values.Get("csrf"))
	case media == fiber.MIMEMultipartForm:
		return s.multipart(c, v, params["boundary"], take)
	}
	return nil, errContentType
}

func (v *visit) checkCSRF(sent string) error {
	if v.session && subtle.ConstantTimeCompare([]byte(sent), []byte(v.csrf)) != 1 {
		return kpi.Denied("request_foreign")
	}
	return nil
}

// multipart reads a form with files as it streams in. A file is touched only after the CSRF token
// before it fitted.
func (s *Server) multipart(c *fiber.Ctx, v *visit, boundary string, take taker) (*form, error) {
	limited := &io.LimitedReader{R: bodyStream(c), N: maxUpload + 1}
	r := multipart.NewReader(limited, boundary)
	f := &form{Values: url.Values{}}
	c.Locals(typedKey{}, f.Values)
	checked := false
	for fields := 0; ; fields++ {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && fields < maxFields {
			err = readPart(f, v, part, take, &checked)
		} else if err == nil || limited.N > 0 {
			err = kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		if limited.N <= 0 {
			err = errTooLarge
		}
		if err != nil {
			f.discard()
			c.Context().SetConnectionClose()
			return nil, err
		}
	}
	if err := v.checkCSRF(f.Get("csrf")); err != nil {
		f.discard()
		return nil, err
	}
	return f, nil
}

// sentName is a file's name as a person's computer has it: browsers send quotes and line ends in it as
// %22, %0D and %0A and leave every other % alone (HTML, multipart/form-data encoding).
func sentName(part *multipart.Part) string {
	return strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n").Replace(part.FileName())
}

func readPart(f *form, v *visit, part *multipart.Part, take taker, checked *bool) error {
	if part.FileName() != "" {
		if !*checked {
			if err := v.checkCSRF(f.Get("csrf")); err != nil {
				return err
			}
			*checked = true
		}
		content := &sent{Reader: part}
		err := take(f, sentName(part), content)
		if content.broken {
			return kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil || len(raw) > maxField {
		return kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	if part.FormName() != "" && part.FormName() != "evidence" {
		f.Add(part.FormName(), string(raw))
	}
	return nil
}

// takeEvidence stages a file for the entry the form is about.
func (s *Server) takeEvidence(f *form, name string, content io.Reader) error {
	staged, err := s.App.StageEvidence(app.NewEvidence{Name: name, Sensitive: f.Get("sensitive") != "", Content: content})
	var e *kpi.Error
	if errors.As(err, &e) {
		f.mistakes.Check("evidence", err)
		return nil
	}
	if err == nil {
		f.evidence = append(f.evidence, staged)
	}
	return err
}

// sent is what a sender sends; broken says that it ended before its end, which is no fault of ours.
type sent struct {
	io.Reader
	broken bool
}

func (s *sent) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.broken = s.broken || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// body reads a request's body up to limit bytes.
func body(c *fiber.Ctx, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(bodyStream(c), limit+1))
	if err != nil {
		return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	if int64(len(raw)) > limit {
		c.Context().SetConnectionClose()
		return nil, errTooLarge
	}
	return raw, nil
}

// bodyStream is the body as it comes in. It is never fiber's c.Body, which unpacks without limit.
func bodyStream(c *fiber.Ctx) io.Reader {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		return stream
	}
	return bytes.NewReader(c.Request().Body())
}

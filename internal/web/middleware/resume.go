package middleware

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/web/page"
)

// A form that is sent after its session has ended is not lost: the sign-in page carries what was typed,
// and signing in brings the form back with it. Nothing is saved on the way (see app.Hold), so that
// nobody signs in to find something done that they only meant to look at.

// keptPrefix stands before the names of a form's fields that wait on the sign-in page.
const keptPrefix = "kept."

// maxKept bounds what waits there, so that the sign-in form stays within what a form may be.
const maxKept = MaxForm / 2

// maxDrained is how much of a form with files is read to its end for who has signed in before, so that a
// browser sees the answer and does not stop at a broken connection.
const maxDrained = 32 << 20

// carried reports whether a field may wait on a page: no secret does.
func carried(name string) bool {
	for _, secret := range []string{"csrf", "password", "secret", "token"} {
		if strings.Contains(strings.ToLower(name), secret) {
			return false
		}
	}
	return name != ""
}

// askSignIn answers a form that came without a session: the sign-in page with what was typed. ok is false
// where nothing was, or too much.
func (s *Server) askSignIn(c *fiber.Ctx, v *Visit) (ok bool) {
	kept, files := s.typedBy(c)
	if len(kept) == 0 {
		return false
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return false
	}
	pc.Back = "/login"
	data := page.NewSignIn(pc, "", c.OriginalURL(), nil)
	data.Keep(pc, Kept(kept), files)
	if s.SSO != nil {
		data.Other(s.SSO.Label, c.OriginalURL())
	}
	return s.Render(c, fiber.StatusUnauthorized, "sign_in", data) == nil
}

// typedBy reads the fields of a form whose sender is not known, and whether files came with it.
func (s *Server) typedBy(c *fiber.Ctx) (typed url.Values, files bool) {
	media, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch {
	case err != nil:
		return nil, false
	case media == fiber.MIMEApplicationForm:
		size, fields := s.formLimit(c, VisitOf(c))
		typed, err = plainForm(c, size, fields)
		if err != nil {
			return nil, false
		}
	case media == fiber.MIMEMultipartForm:
		typed, files = typedBeside(multipart.NewReader(io.LimitReader(BodyStream(c), maxDrained), params["boundary"]))
	}
	fields := url.Values{}
	for name, values := range typed {
		if carried(name) {
			fields[keptPrefix+name] = values
		}
	}
	if len(fields.Encode()) > maxKept {
		return nil, files
	}
	return fields, files
}

// typedBeside reads the fields of a form with files and drops the files.
func typedBeside(r *multipart.Reader) (typed url.Values, files bool) {
	typed = url.Values{}
	for range MaxFields {
		part, err := r.NextPart()
		if err != nil {
			break
		}
		if part.FileName() != "" {
			files = true
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, MaxField))
		if err == nil && part.FormName() != "evidence" && part.FormName() != "file" {
			typed.Add(part.FormName(), string(raw))
		}
	}
	return typed, files
}

// Kept returns the fields that wait on the sign-in page, as it sends them.
func Kept(form url.Values) (out []page.KeptField) {
	for name, values := range form {
		field, waits := strings.CutPrefix(name, keptPrefix)
		for _, value := range values {
			if waits && carried(field) {
				out = append(out, page.KeptField{Name: name, Value: value})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b page.KeptField) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// KeepAway keeps the form on the sign-in page while its writer is at the identity provider.
func (s *Server) KeepAway(c *fiber.Ctx, form url.Values) error {
	body := url.Values{}
	for _, f := range Kept(form) {
		body.Add(f.Name, f.Value)
	}
	if len(body) == 0 || len(body.Encode()) > maxKept {
		return nil
	}
	secret, err := s.App.KeepForm(c.UserContext(), body.Encode())
	if err == nil {
		s.setKept(c, secret)
	}
	return err
}

// TakeBack returns the form that was kept away, once.
func (s *Server) TakeBack(c *fiber.Ctx) ([]page.KeptField, error) {
	secret := c.Cookies(s.keptName(c))
	if secret == "" {
		return nil, nil
	}
	s.setKept(c, "")
	body, err := s.App.TakeForm(c.UserContext(), secret)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(body)
	return Kept(form), err
}

// Unkept is a form as it was typed, for a page that sends it where it was meant for: held, as by AdmitForm.
func Unkept(kept []page.KeptField) (out []page.KeptField) {
	for _, f := range kept {
		out = append(out, page.KeptField{Name: strings.TrimPrefix(f.Name, keptPrefix), Value: f.Value})
	}
	if len(out) > 0 {
		out = append(out, page.KeptField{Name: "csrf", Value: "waited"})
	}
	return out
}

type resumedKey struct{}

// Resume answers a sign-in whose page carried a form: with that form as it was typed, by the handler it
// was meant for. to is its address on this server, secret the new session's. The request becomes the form's, from a
// page of this server, wherever the sign-in ended.
func (s *Server) Resume(c *fiber.Ctx, secret, to string, kept []page.KeptField) error {
	body := url.Values{}
	for _, f := range kept {
		body.Add(strings.TrimPrefix(f.Name, keptPrefix), f.Value)
	}
	request := c.Request()
	request.Header.SetCookie(s.CookieName(c), secret)
	request.Header.SetContentType(fiber.MIMEApplicationForm)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.SetMethod(fiber.MethodPost)
	c.Method(fiber.MethodPost)
	request.SetRequestURI(to)
	request.SetBodyString(body.Encode())
	c.Locals(resumedKey{}, true)
	path, _, _ := strings.Cut(to, "?")
	c.Path(path)
	return c.RestartRouting()
}

// resumed reports whether the form was carried through the sign-in page.
func resumed(c *fiber.Ctx) bool {
	is, _ := c.Locals(resumedKey{}).(bool)
	return is
}

// AdmitForm holds a form to the session's CSRF token. A form of an earlier session, sent by a page of
// this server as the browser itself says, and one carried through the sign-in page come back as they
// were typed: held, nothing is written.
func (s *Server) AdmitForm(c *fiber.Ctx, v *Visit, sent string) (held bool, err error) {
	err = v.CheckCSRF(sent)
	if !resumed(c) && (err == nil || !v.Session || c.Get("Sec-Fetch-Site") != "same-origin" || sent == "") {
		return false, err
	}
	c.SetUserContext(app.Hold(c.UserContext(), "signed_in_again"))
	return true, nil
}

// drains reports whether a stranger's form with files is read for what was typed beside them.
func (s *Server) drains(c *fiber.Ctx) bool {
	return isMultipart(c) && s.knownBefore(c)
}

// knownBefore reports whether a page's form comes with a session, be it an ended one.
func (s *Server) knownBefore(c *fiber.Ctx) bool { return !IsAPI(c) && c.Cookies(s.CookieName(c)) != "" }

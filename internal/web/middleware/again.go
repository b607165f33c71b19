package middleware

import (
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/page"
)

// A form that was not saved, or perhaps not, is sent again from the page that says so: with all that was typed. Its
// files did not stay on the way, and are chosen again there.

// sentKey is where a request keeps what came of its form.
type sentKey struct{}

// sentForm is what came of a form.
type sentForm struct {
	url.Values
	files []page.LostFiles
	cut   bool // its end did not come, and fields may be missing
}

// filed notes a file that came in a field.
func (f *sentForm) filed(field, name string) {
	i := slices.IndexFunc(f.files, func(l page.LostFiles) bool { return l.Field == field })
	if i < 0 {
		i, f.files = len(f.files), append(f.files, page.LostFiles{Field: field})
	}
	f.files[i].Names = append(f.files[i].Names, name)
}

// readOn reads what else a form with files has beside them, and drops the files.
func (f *sentForm) readOn(r *multipart.Reader) {
	for range MaxFields {
		part, err := r.NextPart()
		if err != nil {
			f.cut = err != io.EOF //nolint:errorlint // a wrapped one is a form that ends too early
			return
		}
		if part.FileName() != "" {
			f.filed(part.FormName(), SentName(part))
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, MaxField+1))
		if err != nil || len(raw) > MaxField {
			break
		}
		if !holdsFiles(part.FormName()) {
			f.Add(part.FormName(), string(raw))
		}
	}
	f.cut = true
}

// holdsFiles reports whether a field is for files; it is sent without one, too.
func holdsFiles(field string) bool { return field == "" || field == "evidence" || field == "file" }

// sentBy returns the form of a request, which is read now if nobody did; false if there is none.
func (s *Server) sentBy(c *fiber.Ctx, v *Visit) (f *sentForm, ok bool) {
	if f, ok = c.Locals(sentKey{}).(*sentForm); ok {
		return f, true
	}
	media, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	f = &sentForm{Values: url.Values{}}
	switch {
	case err != nil:
		return nil, false
	case media == fiber.MIMEApplicationForm:
		size, fields := s.formLimit(c, v)
		if f.Values, err = plainForm(c, size, fields); err != nil {
			return nil, false
		}
	case media == fiber.MIMEMultipartForm && (v.known() || s.knownBefore(c)):
		limit := int64(maxDrained)
		if v.known() {
			limit = maxUpload
		}
		f.readOn(multipart.NewReader(io.LimitReader(BodyStream(c), limit), params["boundary"]))
		if f.cut {
			c.Context().SetConnectionClose()
		}
	default:
		return nil, false
	}
	c.Locals(sentKey{}, f)
	return f, true
}

// again returns the form that a page sent, to be sent again from the error page; nil if it cannot be, because it did
// not come to its end, or of secrets, which wait on no page.
func (s *Server) again(c *fiber.Ctx, v *Visit, byItself bool) *page.SendAgain {
	f, ok := s.sentBy(c, v)
	if !ok || f.cut {
		return nil
	}
	out := &page.SendAgain{To: c.OriginalURL(), Files: f.files}
	resent, _ := strconv.Atoi(f.Get(resentField)) //nolint:errcheck // 0 if it is not there
	out.ByItself = byItself && f.Get("key") != "" && len(f.files) == 0 && resent < maxResent
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		if name == resentField || holdsFiles(name) {
			continue
		}
		if name != "csrf" && !carried(name) {
			return nil
		}
		for _, value := range f.Values[name] {
			out.Fields = append(out.Fields, page.KeptField{Name: name, Value: value})
		}
	}
	out.Fields = append(out.Fields, page.KeptField{Name: resentField, Value: strconv.Itoa(resent + 1)})
	return out
}

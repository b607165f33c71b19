package middleware

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// httpRefusal is a refusal with a status of its own, such as 405 or 415.
type httpRefusal struct {
	status int
	text   kpi.Text
}

func (e *httpRefusal) Error() string { return e.text.String() }

var (
	ErrNoPage      = &httpRefusal{fiber.StatusNotFound, kpi.T("page_not_found")}
	ErrNoMethod    = &httpRefusal{fiber.StatusMethodNotAllowed, kpi.T("method_refused")}
	errHost        = &httpRefusal{fiber.StatusMisdirectedRequest, kpi.T("host_refused")}
	ErrContentType = &httpRefusal{fiber.StatusUnsupportedMediaType, kpi.T("content_type_refused")}
	ErrTooLarge    = &httpRefusal{fiber.StatusRequestEntityTooLarge, kpi.T("body_too_large")}
)

// StatusOf maps a refusal to its HTTP status. Nothing else does.
func StatusOf(e *kpi.Error) int {
	switch e.Text.Key {
	case "sign_in_first", "token_refused", "token_over":
		return fiber.StatusUnauthorized
	case "sign_in_throttled", "display_throttled":
		return fiber.StatusTooManyRequests
	case "reading_waits":
		return fiber.StatusServiceUnavailable
	}
	if e.StopsAll() {
		return fiber.StatusServiceUnavailable
	}
	switch e.Code {
	case kpi.NotFound:
		return fiber.StatusNotFound
	case kpi.Forbidden:
		return fiber.StatusForbidden
	case kpi.Conflict:
		return fiber.StatusConflict
	}
	return fiber.StatusUnprocessableEntity
}

// Refusal returns the refusal in err that keeps a form from being saved, with its status: a mistake in the
// form (Invalid), or a state that forbids it (Conflict), such as a year closed meanwhile. The form is then
// shown again as it was typed. ok is false for any other error, which is shown on a page of its own.
func Refusal(err error) (refusal *kpi.Error, status int, ok bool) {
	if !errors.As(err, &refusal) || refusal.Code != kpi.Invalid && refusal.Code != kpi.Conflict {
		return nil, fiber.StatusOK, false
	}
	return refusal, StatusOf(refusal), true
}

// Posted answers a submitted form: 303 to the given address when err is nil, the form again when it was
// refused, and the error page for anything else.
func Posted(c *fiber.Ctx, err error, to string, again func(status int, refusal *kpi.Error) error) error {
	if refusal, status, ok := Refusal(err); ok {
		return again(status, refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// Lost returns the refusal of a form that its page no longer shows, such as the score of an archived
// indicator; nil if the form is shown or nothing was refused.
func Lost(refusal *kpi.Error, shown bool) error {
	if refusal == nil || shown {
		return nil
	}
	return refusal
}

// answer is an error as it is shown.
type answer struct {
	status int
	text   kpi.Text // its key is the code
	told   kpi.Text // in other words; no key: text
	fields []kpi.Field
	id     string // of the request, for faults
	again  sendAgain
}

func (a answer) sentence() kpi.Text {
	if a.told.Key != "" {
		return a.told
	}
	return a.text
}

// answerOf gives refusals in their own words; faults are logged in full and shown as one sentence.
func (s *Server) answerOf(c *fiber.Ctx, err error) answer {
	var refusal *kpi.Error
	var known *httpRefusal
	var fromFiber *fiber.Error
	switch {
	case errors.As(err, &refusal) && !(refusal.StopsAll() && storedSome(c)):
		a := answer{status: StatusOf(refusal), text: refusal.Text, fields: refusal.Fields}
		if refusal.StopsAll() && !reads(c) {
			a.again = sendIfWanted
		}
		if refusal.Text.Key == "form_invalid" && reads(c) { // nothing was to be saved
			a.told = kpi.T("address_invalid", refusal.Text.Args...)
		}
		return a
	case errors.As(err, &known):
		return answer{status: known.status, text: known.text}
	case errors.As(err, &fromFiber) && fromFiber.Code == fiber.StatusBadGateway: // the client's connection broke
		return answer{status: fiber.StatusBadRequest, text: fiberText(fiber.StatusBadRequest)}
	case errors.As(err, &fromFiber) && fromFiber.Code < fiber.StatusInternalServerError:
		return answer{status: fromFiber.Code, text: fiberText(fromFiber.Code)}
	}
	id, _ := c.Locals(RequestKey{}).(string)
	s.Log.Error("fault", "id", id, "method", c.Method(), "path", loggedPath(c.Path()), "error", err.Error())
	return outcomeOf(c, err, id)
}

func fiberText(status int) kpi.Text {
	switch status {
	case fiber.StatusMethodNotAllowed:
		return kpi.T("method_refused")
	case fiber.StatusRequestEntityTooLarge, fiber.StatusRequestHeaderFieldsTooLarge:
		return kpi.T("body_too_large")
	case fiber.StatusNotFound:
		return kpi.T("page_not_found")
	}
	return kpi.T("request_unreadable")
}

// answerError handles every error: it is shown as a page or sent as problem+json.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	s.setHeaders(c) // a request that could not be parsed has not passed the guard
	a := s.answerOf(c, err)
	NoteRefusal(c, a.text)
	if a.again == sendByItself {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	if IsAPI(c) {
		return s.problem(c, a)
	}
	v := VisitOf(c)
	if a.status == fiber.StatusUnauthorized && reads(c) {
		return c.Redirect("/login?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
	}
	if a.status == fiber.StatusUnauthorized && s.askSignIn(c, v) {
		return nil
	}
	pc, pageErr := s.Page(c, v)
	if pageErr != nil { // the same fault may keep the frame from being read: do without it
		pc = page.Context{Printer: v.Printer, Theme: v.theme, Today: s.App.Today()}
	}
	var details []string
	for _, f := range a.fields {
		details = append(details, v.Printer.Text(f.Text))
	}
	data := page.NewError(pc, a.status, v.Printer.Text(a.sentence()), details, a.id)
	if a.again != sendNever {
		data.Again, data.Unknown = s.again(c, v, a.again == sendByItself), a.text.Key == "outcome_unknown"
		data.GoBack, data.Scripts = data.Again == nil, append(data.Scripts, "again.js")
	}
	if f, ok := c.Locals(sentKey{}).(*sentForm); ok {
		data.Typed = page.TypedWords(v.Printer, f.Values)
	}
	return s.Render(c, a.status, "error", data)
}

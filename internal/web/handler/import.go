package handler

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// importChoices returns what the preview's forms send: sheet, date, c0, c1 … the roles of columns, and
// the answers to questions.
func importChoices(values url.Values) intake.Choices {
	choices := intake.Choices{Roles: map[int]intake.ColumnRole{}, Answers: map[string]string{}}
	choices.Sheet, _ = strconv.Atoi(values.Get("sheet")) //nolint:errcheck // no number is the first sheet
	if d, err := intake.Date(values.Get("date")); err == nil {
		choices.Date = d
	}
	for name := range values {
		if question, ok := strings.CutPrefix(name, page.AnswerPrefix); ok && values.Get(name) != "" {
			choices.Answers[question] = values.Get(name)
		}
		column, isColumn := strings.CutPrefix(name, "c")
		i, err := strconv.Atoi(column)
		if role := intake.ColumnRole(values.Get(name)); isColumn && err == nil && role.Known() {
			choices.Roles[i] = role
		}
	}
	return choices
}

// importContext returns the context of a page about imports into a year.
func (s Pages) importContext(c *fiber.Ctx, v *middleware.Visit) (page.Context, error) {
	q, err := s.Query(c)
	if err != nil {
		return page.Context{}, err
	}
	at, err := s.App.Where(c.UserContext(), v.Actor, q)
	if err != nil {
		return page.Context{}, err
	}
	return s.YearPage(c, v, at.Year, at.Unit, at.AsOf)
}

func (s Pages) getImport(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showImport(c, v, fiber.StatusOK, nil)
}

func (s Pages) showImport(c *fiber.Ctx, v *middleware.Visit, status int, refusal *kpi.Error) error {
	pc, err := s.importContext(c, v)
	if err != nil {
		return err
	}
	latest, err := s.App.Imports(c.UserContext(), v.Actor, pc.Year.Year)
	if err != nil {
		return err
	}
	authors := make([]string, len(latest))
	for i, l := range latest {
		authors[i] = l.Author
	}
	if err := s.NameAll(c, &pc, authors); err != nil {
		return err
	}
	for _, i := range latest {
		if int(i.ID) == c.QueryInt("import") {
			sayDone(c, &pc, "import", i.Name, i.Rows, i.Entries)
		}
	}
	return s.Render(c, status, "import_choose", page.NewImport(pc, latest, refusal))
}

// postImportFile stores an uploaded table and redirects to its preview.
func (s Pages) postImportFile(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	f, err := s.FormWithTable(c, v)
	if err == nil {
		defer f.Discard()
		err = f.Mistakes.Err()
		if err == nil && f.Table == nil {
			err = kpi.Refuse(kpi.Invalid, "file_missing")
		}
	}
	if err == nil {
		err = s.App.KeepImport(patient(c, v, f.Table.SHA256()), v.Actor, f.Table)
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		return s.showImport(c, v, status, refusal)
	}
	if err != nil {
		return err
	}
	to := page.ImportPath(year) + "/" + f.Table.SHA256() + "?" + url.Values{"name": {f.Table.Name}}.Encode()
	return c.Redirect(to, fiber.StatusSeeOther)
}

func (s Pages) getImportTemplate(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	known, err := s.App.ImportKnown(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	p := v.Printer
	words := intake.TemplateWords{Measure: p.Measure, Name: p.Name,
		Sheet: p.T("import.template.sheet"), Lists: p.T("import.template.lists"), Unit: p.T("import.template.unit"),
		Indicator: p.T("import.template.indicator"), Date: p.T("import.template.date"), Value: p.T("import.template.value"),
		Note: p.T("import.template.note"), WrongTitle: p.T("import.template.wrong"),
		WrongChoice: p.T("import.template.wrong_choice"), WrongDate: p.T("import.template.wrong_date")}
	var file bytes.Buffer
	if err := intake.WriteTemplate(&file, words, known); err != nil {
		return err
	}
	if err := s.fileGiven(c, v, year, "import.template", map[string]any{}); err != nil {
		return err
	}
	return middleware.Attach(c, p.T("import.template_name", int(year))+".xlsx", middleware.MIMEXlsx, &file, file.Len())
}

// getImportPreview shows what importing a stored table would do, with the choices in the address.
func (s Pages) getImportPreview(c *fiber.Ctx, v *middleware.Visit) error {
	values, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	return s.showImportPreview(c, v, fiber.StatusOK, values, nil)
}

func (s Pages) showImportPreview(c *fiber.Ctx, v *middleware.Visit, status int, values url.Values,
	refusal *kpi.Error) error {
	n, err := s.newImport(c, v, values)
	if err != nil {
		return err
	}
	n.DryRun = true
	ctx := c.UserContext()
	if c.Method() == fiber.MethodGet {
		ctx = patient(c, v, n.File.SHA256())
	}
	result, err := s.App.Import(ctx, v.Actor, n)
	if intake.Waits(err) {
		c.Set("Refresh", "3") // to a page that says how many are before, and comes back to its place
		c.Set(fiber.HeaderRetryAfter, "3")
	}
	var unreadable *kpi.Error
	if errors.As(err, &unreadable) && unreadable.Code == kpi.Invalid {
		status, refusal, err = fiber.StatusUnprocessableEntity, unreadable, nil
	}
	if err != nil {
		return err
	}
	pc, err := s.importContext(c, v)
	if err != nil {
		return err
	}
	if result.Earlier != nil {
		if err := s.NameAll(c, &pc, []string{result.Earlier.Author}); err != nil {
			return err
		}
	}
	return s.Render(c, status, "import_preview", page.NewImportPreview(pc, n, result, refusal))
}

// patience is how long a page is not answered because other files are read first.
const patience = 3 * time.Second

// patient is the context of a request that would rather be told how many files are read before its own than wait, and
// keeps its place meanwhile.
func patient(c *fiber.Ctx, v *middleware.Visit, sum string) context.Context {
	return intake.Waiting(c.UserContext(), intake.Waiter{Who: v.Actor.Name, Key: v.Actor.Name + " " + sum,
		Patience: patience})
}

func (s Pages) newImport(c *fiber.Ctx, v *middleware.Visit, values url.Values) (n app.NewImport, err error) {
	if n.Year, err = middleware.YearParam(c); err != nil {
		return n, err
	}
	if n.File, err = s.App.ImportDraft(v.Actor, values.Get("name"), c.Params("sum")); err != nil {
		return n, err
	}
	n.Choices, n.Stale = importChoices(values), true
	n.Reason = v.Printer.T("import.correction_reason", n.File.Name)
	n.Partial, n.Again, n.Learn = values.Get("partial") != "", values.Get("again") != "", values.Get("learn") != ""
	return n, nil
}

// postImport imports a stored table into the log: 303 to the imports, or the preview again with what
// is wrong.
func (s Pages) postImport(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	n, err := s.newImport(c, v, f.Values)
	if err != nil {
		return err
	}
	if c.Get(fiber.HeaderAccept) == MimeJSONLines {
		return s.streamImport(c, v, n, previewQuery(f.Values))
	}
	result, err := s.App.Import(c.UserContext(), v.Actor, n)
	var refusal *kpi.Error
	if errors.As(err, &refusal) && (refusal.Code == kpi.Invalid || refusal.Text.Key == "import_again") {
		return s.showImportPreview(c, v, middleware.StatusOf(refusal), f.Values, refusal)
	}
	if err != nil {
		return err
	}
	if !result.Stored {
		blocked := kpi.Refuse(kpi.Invalid, "import.blocked", page.RefusedRows(result))
		if open := len(result.OpenQuestions()); open > 0 {
			blocked = kpi.Refuse(kpi.Invalid, "import_questions_open", open)
		}
		return s.showImportPreview(c, v, fiber.StatusUnprocessableEntity, f.Values, blocked)
	}
	return c.Redirect(afterImport(n, result, previewQuery(f.Values)), fiber.StatusSeeOther)
}

// afterImport returns where to go after an import: to the imports, or back to a table with rejected rows,
// which can be downloaded with the reasons.
func afterImport(n app.NewImport, result app.ImportResult, query string) string {
	if !result.Stored || len(result.Rejected) > 0 {
		return page.ImportPath(n.Year) + "/" + n.File.SHA256() + "?" + query
	}
	return page.WithQuery(doneAt(page.ImportPath(n.Year), "imported"), "import", strconv.FormatInt(int64(result.ID), 10))
}

// previewQuery returns the address of a preview with the choices that a form sent.
func previewQuery(values url.Values) string {
	out := url.Values{}
	for name := range values {
		answer := strings.HasPrefix(name, page.AnswerPrefix) && values.Get(name) != ""
		if answer || name == "name" || name == "sheet" || name == "date" || strings.HasPrefix(name, "c") && name != "csrf" {
			out.Set(name, values.Get(name))
		}
	}
	return out.Encode()
}

// postImportWorkbook sends the table back with the reasons beside its rows.
func (s Pages) postImportWorkbook(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	n, err := s.newImport(c, v, f.Values)
	if err != nil {
		return err
	}
	n.DryRun = true
	result, err := s.App.Import(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := s.App.AnnotateImport(c.UserContext(), &file, n.File, result, v.Printer.T("import.remarks"),
		importRemarks(v.Printer, result)); err != nil {
		return err
	}
	name, media := n.File.Name, middleware.MIMEXlsx
	if !strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		media = "text/csv; charset=utf-8"
	}
	if err := s.fileGiven(c, v, n.Year, "import.remarks", map[string]any{"name": name}); err != nil {
		return err
	}
	return middleware.Attach(c, v.Printer.T("import.remarks")+"-"+name, media, &file, file.Len())
}

// importRemarks returns the remark for each row of the table that is sent back. Rows that are in the log
// already are marked, so that the next import skips them.
func importRemarks(p lang.Printer, r app.ImportResult) map[int]string {
	remarks := map[int]string{}
	for _, m := range r.Rejected {
		text := intake.ColumnName(m.Column) + ": " + p.Text(m.Text)
		if before := remarks[m.Row]; before != "" {
			text = before + "\n" + text
		}
		remarks[m.Row] = text
	}
	if r.Earlier != nil && r.Earlier.Refused > 0 {
		for row := range r.GoodRows() {
			remarks[row] = p.T("import.remark_done")
		}
	}
	return remarks
}

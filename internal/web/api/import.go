package api

import (
	"errors"
	"mime"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/middleware"
)

// ImportJSON is the result of an import, or what it would be. rows, accepted and the numbers in rejected
// count rows of the table; entries counts what they add to the log.
type ImportJSON struct {
	Rows     int             `json:"rows"`
	Accepted int             `json:"accepted"`
	Entries  int             `json:"entries"`
	Stored   bool            `json:"stored"`
	Earlier  bool            `json:"imported_before"`
	Rejected []importRowJSON `json:"rejected"`
	Asks     []importRowJSON `json:"asks"`
	Totals   []importSumJSON `json:"totals"`

	Questions []importQuestionJSON `json:"questions"`
	importReadJSON
}

// importRowJSON is a message about one cell; column is its letter. In a message about the whole table, row
// is 0 and column is "".
type importRowJSON struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// importSumJSON is a total in the table and the sum of its rows.
type importSumJSON struct {
	Row      int    `json:"row"`
	Column   string `json:"column"`
	Stated   string `json:"stated"`
	Computed string `json:"computed"`
}

func newImportJSON(p lang.Printer, r app.ImportResult) ImportJSON {
	out := ImportJSON{Rows: r.Rows, Accepted: r.Accepted, Entries: r.Entries, Stored: r.Stored, Earlier: r.Earlier != nil,
		Rejected: importRowsJSON(p, r.Rejected), Asks: importRowsJSON(p, append(r.Asks, r.Left...)),
		Totals: []importSumJSON{}, Questions: []importQuestionJSON{}}
	for _, t := range r.Totals {
		out.Totals = append(out.Totals, importSumJSON{t.Row, intake.ColumnName(t.Column), t.Stated.String(),
			t.Computed.String()})
	}
	for _, q := range r.Questions {
		out.Questions = append(out.Questions, newImportQuestionJSON(p, q))
	}
	out.importReadJSON = newImportReadJSON(p, r)
	return out
}

func importRowsJSON(p lang.Printer, list []intake.Mistake) []importRowJSON {
	out := []importRowJSON{}
	for _, m := range list {
		row := importRowJSON{m.Row, intake.ColumnName(m.Column), m.Text.Key, p.Text(m.Text)}
		if m.Row == 0 {
			row.Column = ""
		}
		out = append(out, row)
	}
	return out
}

// postImport imports a table, sent as the file of a multipart form or as the whole body with its media
// type: 200 if it was stored or the dry run succeeded, 422 with the same answer if rows were rejected or
// questions are open.
func (s API) postImport(c *fiber.Ctx, v *middleware.Visit) error {
	n := app.NewImport{DryRun: c.QueryBool("dry_run"), Partial: c.QueryBool("partial"), Again: c.QueryBool("again"),
		Key: idempotencyKey(c)}
	year, err := strconv.Atoi(c.Query("year"))
	var m kpi.Mistakes
	if err != nil {
		m.Add("year", "year_unreadable", c.Query("year"))
		return m.Err()
	}
	n.Year = kpi.Year(year)
	var answers string
	n.File, answers, err = s.getTable(c, v)
	if err != nil {
		return err
	}
	defer n.File.Discard()
	n.Reason = v.Printer.T("import.correction_reason", n.File.Name)
	if n.Choices.Sheet, n.Choices.Date, err = importSheet(c); err != nil {
		return err
	}
	if n.Choices.Answers, err = importAnswers(c.Query("answers"), answers); err != nil {
		return err
	}
	result, err := s.App.Import(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if !n.DryRun && !result.Stored {
		status = fiber.StatusUnprocessableEntity
	}
	return s.JSON(c, status, newImportJSON(v.Printer, result))
}

// getTable stages the table in a request and returns the form's answers to questions.
func (s API) getTable(c *fiber.Ctx, v *middleware.Visit) (table *app.ImportFile, answers string, err error) {
	media, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return nil, "", middleware.ErrContentType
	}
	name := map[string]string{"text/csv": "import.csv", middleware.MIMEXlsx: "import.xlsx"}[media]
	if name != "" {
		content := &middleware.Sent{Reader: middleware.BodyStream(c)}
		f, err := s.App.StageImport(name, content)
		if content.Broken {
			if err == nil {
				f.Discard()
			}
			return nil, "", kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		return f, "", err
	}
	f, err := s.FormWithTable(c, v)
	if err != nil {
		return nil, "", err
	}
	table = f.Table
	f.Table = nil
	f.Discard()
	var refusal *kpi.Error
	if err := f.Mistakes.Err(); errors.As(err, &refusal) {
		return nil, "", err
	}
	if table == nil {
		var m kpi.Mistakes
		m.Add("file", "file_missing")
		return nil, "", m.Err()
	}
	return table, f.Get("answers"), nil
}

package handler

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// MimeJSONLines is the media type of JSON lines, which the page's script accepts to show an import's progress.
const MimeJSONLines = "application/x-ndjson"

// ImportState reports the progress of an import; the last one says where to go next or what went wrong.
type ImportState struct {
	Stage app.ImportStage `json:"stage,omitempty"`
	Done  int             `json:"done"`
	Of    int             `json:"of"`
	To    string          `json:"to,omitempty"`
	Error string          `json:"error,omitempty"`
}

// streamImport runs an import and streams its progress. The import runs to its end even if the client
// goes away, as it does without streaming.
func (s Pages) streamImport(c *fiber.Ctx, v *middleware.Visit, n app.NewImport, query string) error {
	n.Progress = new(app.ImportProgress)
	actor, printer, id := v.Actor, v.Printer, c.Locals(middleware.RequestKey{})
	ended := make(chan ImportState, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), middleware.HandlerTimeout)
		defer cancel()
		var result app.ImportResult
		err := app.Aside(func() (err error) {
			result, err = s.App.Import(ctx, actor, n)
			return err
		})
		var refusal *kpi.Error
		switch {
		case err == nil, errors.As(err, &refusal) && (refusal.Code == kpi.Invalid || refusal.Text.Key == "import_again"):
			ended <- ImportState{To: string(s.Base) + afterImport(n, result, query)}
		case refusal != nil:
			ended <- ImportState{Error: printer.Text(refusal.Text)}
		default:
			s.Log.Error("import", "id", id, "error", err.Error())
			ended <- ImportState{Error: printer.T("fault", id)}
		}
	}()
	from, to := io.Pipe()
	go tellProgress(to, n.Progress, ended)
	c.Set(fiber.HeaderContentType, MimeJSONLines)
	c.Set("X-Accel-Buffering", "no")
	return c.SendStream(from)
}

// tellProgress writes a line from time to time, and the last one at the end.
func tellProgress(to *io.PipeWriter, p *app.ImportProgress, ended <-chan ImportState) {
	lines := json.NewEncoder(to)
	for {
		select {
		case last := <-ended:
			to.CloseWithError(lines.Encode(last))
			return
		case <-time.After(middleware.ProgressEvery):
			stage, done, of := p.Now()
			if err := lines.Encode(ImportState{Stage: stage, Done: done, Of: of}); err != nil {
				to.CloseWithError(err)
				return
			}
		}
	}
}

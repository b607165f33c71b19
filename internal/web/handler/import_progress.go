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

// MimeLines is JSON line by line: what the page's script asks for, to show how far an import is.
const MimeLines = "application/x-ndjson"

// ProgressLine says how far it is, or at the end where to go on, or what went wrong.
type ProgressLine struct {
	Stage app.ImportStage `json:"stage,omitempty"`
	Done  int             `json:"done"`
	Of    int             `json:"of"`
	To    string          `json:"to,omitempty"`
	Error string          `json:"error,omitempty"`
}

// streamImport runs an import and tells meanwhile how far it is. It goes on to its end whether
// anybody listens or not, as it would without.
func (s Pages) streamImport(c *fiber.Ctx, v *middleware.Visit, n app.NewImport, query string) error {
	n.Progress = new(app.ImportProgress)
	actor, printer, id := v.Actor, v.Printer, c.Locals(middleware.RequestKey{})
	ended := make(chan ProgressLine, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), middleware.HandlerTimeout)
		defer cancel()
		result, err := s.App.Import(ctx, actor, n)
		var refusal *kpi.Error
		switch {
		case err == nil, errors.As(err, &refusal) && (refusal.Code == kpi.Invalid || refusal.Text.Key == "import_again"):
			ended <- ProgressLine{To: afterImport(n, result, query)}
		case refusal != nil:
			ended <- ProgressLine{Error: printer.Text(refusal.Text)}
		default:
			s.Log.Error("import", "id", id, "error", err.Error())
			ended <- ProgressLine{Error: printer.T("fault", id)}
		}
	}()
	from, to := io.Pipe()
	go tellProgress(to, n.Progress, ended)
	c.Set(fiber.HeaderContentType, MimeLines)
	c.Set("X-Accel-Buffering", "no")
	return c.SendStream(from)
}

// tellProgress writes a line now and then and the last one at the end.
func tellProgress(to *io.PipeWriter, p *app.ImportProgress, ended <-chan ProgressLine) {
	lines := json.NewEncoder(to)
	for {
		select {
		case last := <-ended:
			to.CloseWithError(lines.Encode(last))
			return
		case <-time.After(middleware.ProgressEvery):
			stage, done, of := p.Now()
			if err := lines.Encode(ProgressLine{Stage: stage, Done: done, Of: of}); err != nil {
				to.CloseWithError(err)
				return
			}
		}
	}
}

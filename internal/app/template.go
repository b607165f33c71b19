package app

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/template"
	"dabiao/internal/store"
)

// TemplatesView is a year's templates as the page shows them.
type TemplatesView struct {
	PapersView
	Templates []kpi.Template
	MaySet    bool
}

// Templates lists a year's templates. Refusals: Forbidden, NotFound, Invalid as_of.
func (a *App) Templates(ctx context.Context, actor kpi.Actor, q Query) (TemplatesView, error) {
	papers, err := a.ReportPapers(ctx, actor, q)
	if err != nil {
		return TemplatesView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (TemplatesView, error) {
		list, err := r.Templates(ctx, q.Year)
		return TemplatesView{PapersView: papers, Templates: list, MaySet: actor.MayPlan() == nil}, err
	})
}

// SetTemplate keeps an office's own Word file of a paper, once its tokens all mean something. A closed
// year may have one too: its papers are written after its end. Refusals: Forbidden, NotFound, Invalid
// file: those of [intake.Document] and [template.Accept].
func (a *App) SetTemplate(ctx context.Context, actor kpi.Actor, y kpi.Year, f report.Paper, language string,
	file *ImportFile) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if !f.Known() {
		return kpi.Missing("form_unknown", string(f))
	}
	if file.file.Size > template.MaxSize {
		return kpi.Refuse(kpi.Invalid, "file_too_large", file.Name, template.MaxSize>>20)
	}
	content, err := readTemplate(ctx, file)
	if err != nil {
		return err
	}
	in, err := a.Report(ctx, actor, Query{Year: y}, language)
	if err != nil {
		return err
	}
	if err := template.Accept(in, content); err != nil {
		return err
	}
	t := kpi.Template{Year: y, Paper: string(f), Name: file.Name, SetBy: actor.Name, SetAt: a.stamp()}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := w.Year(ctx, y); err != nil {
			return err
		}
		if err := w.SetTemplate(ctx, t, content); err != nil {
			return err
		}
		detail := map[string]any{"form": t.Paper, "name": t.Name, "sha256": file.SHA256()}
		return a.audit(ctx, w, actor, "report.set_template", yearSubject(y), detail)
	})
}

// readTemplate reads a staged file that is a valid Word document without macros.
func readTemplate(ctx context.Context, f *ImportFile) ([]byte, error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	file, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open an uploaded template: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("read an uploaded template: %w", err)
	}
	// intake.Document says why it refuses a Word file, so it is called first.
	if _, err := intake.Document(ctx, f.Name, bytes.NewReader(content), int64(len(content))); err != nil {
		return nil, err
	}
	_, err = intake.MediaType(f.Name, f.file.Path)
	return content, err
}

// DropTemplate forgets a year's template; its file is lost. Refusals: Forbidden, NotFound.
func (a *App) DropTemplate(ctx context.Context, actor kpi.Actor, y kpi.Year, f report.Paper) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if _, err := w.TemplateContent(ctx, y, string(f)); err != nil {
			return err
		}
		if err := w.DropTemplate(ctx, y, string(f)); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "report.drop_template", yearSubject(y), map[string]any{"form": f})
	})
}

// Template returns a year's template as it was uploaded. Refusals: Forbidden, NotFound.
func (a *App) Template(ctx context.Context, actor kpi.Actor, y kpi.Year, f report.Paper) ([]byte, error) {
	if err := actor.MayReport(); err != nil {
		return nil, err
	}
	return read(ctx, a, func(r *store.Reader) ([]byte, error) { return r.TemplateContent(ctx, y, string(f)) })
}

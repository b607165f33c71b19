package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// ImportFile is a file of figures that was handed in and lies on disk.
type ImportFile struct {
	Name string // as the person named it
	file blob.Staged
	keep bool
}

// SHA256 names the file by its content.
func (f *ImportFile) SHA256() string { return f.file.SHA256 }

// Discard drops the file unless it is kept as a draft.
func (f *ImportFile) Discard() {
	if !f.keep {
		f.file.Discard()
	}
}

// Open opens the file's content. The caller closes it.
func (f *ImportFile) Open() (*os.File, error) { return os.Open(f.file.Path) }

// draftLife is how long a file waits to be looked at and confirmed.
const draftLife = 24 * time.Hour

// StageImport puts a file of figures on disk. Refusals: Invalid file_empty, file_too_large,
// text_malformed.
func (a *App) StageImport(name string, content io.Reader) (*ImportFile, error) {
	name, err := intake.FileName(name)
	if err != nil {
		return nil, err
	}
	file, err := a.files.Stage(io.LimitReader(content, intake.MaxGridFile+1))
	if err != nil {
		return nil, fmt.Errorf("store a table: %w", err)
	}
	switch {
	case file.Size == 0:
		err = kpi.Refuse(kpi.Invalid, "file_empty", name)
	case file.Size > intake.MaxGridFile:
		err = kpi.Refuse(kpi.Invalid, "file_too_large", name, intake.MaxGridFile>>20)
	}
	if err != nil {
		file.Discard()
		return nil, err
	}
	return &ImportFile{Name: name, file: file}, nil
}

// KeepImport keeps a staged file for the actor for a day, so that it can be looked at and then
// imported. It must be a table that can be opened: the refusals of [intake.Grids]. If too many are read
// before it to find out, it is kept, and looking at it tells. Forbidden.
func (a *App) KeepImport(ctx context.Context, actor kpi.Actor, f *ImportFile) error {
	if err := actor.MayLog([]kpi.UnitID{actor.Unit}); err != nil {
		return err
	}
	if err := f.opens(ctx); err != nil && !intake.Waits(err) {
		return err
	}
	if err := a.files.ExpireDrafts(actor.ID, a.now().Add(-draftLife)); err != nil {
		return fmt.Errorf("clear old drafts: %w", err)
	}
	if err := a.files.SaveDraft(actor.ID, f.file, a.now()); err != nil {
		return fmt.Errorf("keep a table: %w", err)
	}
	f.keep = true
	return nil
}

// ImportDraft returns a stored file of the actor by its hash. Refusals: NotFound import_draft_gone, Forbidden.
func (a *App) ImportDraft(actor kpi.Actor, name, sha256 string) (*ImportFile, error) {
	if err := actor.MayLog([]kpi.UnitID{actor.Unit}); err != nil {
		return nil, err
	}
	name, err := intake.FileName(name)
	if err != nil {
		return nil, err
	}
	file, ok, err := a.files.Draft(actor.ID, sha256)
	if err != nil {
		return nil, fmt.Errorf("find a kept table: %w", err)
	}
	if !ok {
		return nil, kpi.Missing("import_draft_gone")
	}
	return &ImportFile{Name: name, file: file, keep: true}, nil
}

// opens refuses a file that is no table.
func (f *ImportFile) opens(ctx context.Context) error {
	done, err := intake.Turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	_, err = f.grids(ctx)
	return err
}

// grids reads the file; the caller has a turn.
func (f *ImportFile) grids(ctx context.Context) ([]intake.Grid, error) {
	content, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return intake.Grids(ctx, f.Name, content, f.file.Size)
}

// AnnotateImport writes the table of an import with a remark beside each row that has one.
func (a *App) AnnotateImport(ctx context.Context, w io.Writer, f *ImportFile, r ImportResult, heading string,
	remarks map[int]string) error {
	done, err := intake.Turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	content, err := f.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	return intake.Annotate(ctx, w, f.Name, content, f.file.Size, r.Reading, heading, remarks)
}

// importKey names what a reading was read from: the file, and where several of its sheets hold figures the sheet too,
// so that the second is no repetition of the first.
func importKey(f *ImportFile, r intake.Reading) string {
	if !r.OtherSheets() {
		return f.SHA256()
	}
	sum := sha256.Sum256([]byte(f.SHA256() + "\n" + strconv.Itoa(r.Sheet)))
	return hex.EncodeToString(sum[:])
}

// importBefore returns the latest import of what was read, nil without. A record of the whole file is from before
// sheets were told apart, and may be of any.
func importBefore(ctx context.Context, r *store.Reader, y kpi.Year, f *ImportFile,
	reading intake.Reading) (*kpi.Import, error) {
	earlier, err := r.ImportOf(ctx, y, importKey(f, reading))
	if earlier != nil || err != nil || !reading.OtherSheets() {
		return earlier, err
	}
	return r.ImportOf(ctx, y, f.SHA256())
}

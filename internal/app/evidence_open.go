package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/picture"
	"dabiao/internal/store"
)

// EvidenceFile is a stored file as it is given to somebody, who must close it.
type EvidenceFile struct {
	kpi.Evidence
	picture.Content
	io.Closer
}

// OpenEvidence opens a stored file; of a picture, what was recorded beside it (place, time, camera) is left out
// unless the original is asked for. Who may have originals also gets a damaged picture, from which nothing can be
// left out. That it was opened is in the audit log before anybody has it; while nothing can be stored, only what is
// neither sensitive nor an original is given out. Refusals:
// NotFound, also those of storedFile, evidence_erased; Forbidden; Conflict picture_damaged.
func (a *App) OpenEvidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID,
	original bool) (EvidenceFile, error) {
	e, err := a.evidence(ctx, actor, id)
	if err != nil {
		return EvidenceFile{}, err
	}
	if e.Erased() {
		return EvidenceFile{}, a.erased(ctx, e)
	}
	may := actor.MayOpenSensitive()
	if original && may != nil {
		return EvidenceFile{}, may
	}
	f, err := a.openFile(ctx, e, original)
	if errors.Is(err, picture.ErrDamaged) {
		if may != nil {
			return f, kpi.Clash("picture_damaged", e.Name)
		}
		original = true
		f, err = a.openFile(ctx, e, true)
	}
	if err != nil {
		return f, err
	}
	action := "evidence.download"
	switch {
	case e.Sensitive:
		action = "evidence.read"
	case original:
		action = "evidence.original"
	}
	err = a.db.Write(ctx, func(w *store.Writer) error {
		return a.auditFile(ctx, w, actor, action, e, "original", original)
	})
	if err != nil && (action != "evidence.download" || !store.Stopped(err)) { // see Given
		return EvidenceFile{}, errors.Join(err, f.Close())
	}
	return f, nil
}

// openFile opens a file as it is given out. Refusals: those of storedFile; picture.ErrDamaged.
func (a *App) openFile(ctx context.Context, e kpi.Evidence, original bool) (EvidenceFile, error) {
	f, err := a.storedFile(ctx, e)
	if err != nil {
		return EvidenceFile{}, err
	}
	content := picture.Whole(f, e.Size)
	if !original {
		content, err = picture.Bare(f, e.Size, e.MediaType)
	}
	if err != nil {
		return EvidenceFile{}, errors.Join(err, f.Close())
	}
	return EvidenceFile{e, content, f}, nil
}

// erased says since when the content of a file is gone, by whom, as people call them, and why.
func (a *App) erased(ctx context.Context, e kpi.Evidence) error {
	names, err := a.Names(ctx, []string{e.ErasedBy})
	if err != nil {
		return err
	}
	return kpi.Missing("evidence_erased", e.Name, kpi.DateOf(time.UnixMilli(int64(e.ErasedAt)).In(a.zone)),
		cmp.Or(names[e.ErasedBy], e.ErasedBy), e.ErasedWhy)
}

// evidence returns the record of a file that the actor may open.
func (a *App) evidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID) (kpi.Evidence, error) {
	return read(ctx, a, func(r *store.Reader) (kpi.Evidence, error) {
		e, err := r.Evidence(ctx, id)
		if err != nil {
			return e, err
		}
		lineage, err := r.Lineage(ctx, e.Unit)
		if err != nil {
			return e, err
		}
		if err := actor.MayRead(lineage); err != nil || !e.Sensitive {
			return e, err
		}
		return e, actor.MayOpenSensitive()
	})
}

// EvidencePreview returns a small JPEG of a stored picture, made on first request. Refusals: NotFound,
// also if there is no preview (preview_none) because the file is no picture, too large or sensitive;
// Forbidden.
func (a *App) EvidencePreview(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID) (kpi.Evidence, []byte, error) {
	e, err := a.evidence(ctx, actor, id)
	if err != nil {
		return e, nil, err
	}
	if !e.Picture() || e.Sensitive || e.Erased() {
		return e, nil, kpi.Missing("preview_none", e.Name)
	}
	preview, err := a.files.Preview(e.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		preview, err = a.makePreview(ctx, e)
	}
	if err == nil && len(preview) == 0 {
		err = kpi.Missing("preview_none", e.Name)
	}
	return e, preview, err
}

// makePreview makes a preview and stores it, or an empty file if none can be made of the content.
func (a *App) makePreview(ctx context.Context, e kpi.Evidence) ([]byte, error) {
	select {
	case a.previewing <- struct{}{}:
		defer func() { <-a.previewing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	f, err := a.storedFile(ctx, e)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	preview, err := picture.Preview(f)
	if unread := (*fs.PathError)(nil); errors.As(err, &unread) {
		return nil, err
	}
	if err != nil {
		preview = nil
	}
	_ = a.files.SetPreview(e.SHA256, preview) //nolint:errcheck // where nothing can be stored it is made each time
	return preview, nil
}

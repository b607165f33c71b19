package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"dabiao/internal/blob"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// MaxEvidence is the size limit for one file and MaxUpload that for all that is sent at once, in bytes.
const (
	MaxEvidence = 20 << 20
	MaxUpload   = 3 * MaxEvidence
)

// NewEvidence is an uploaded file.
type NewEvidence struct {
	Name      string
	Sensitive bool
	Content   io.Reader
}

// StagedEvidence is a file that was read, checked and written to disk, and belongs to no entry yet.
type StagedEvidence struct {
	file      blob.Staged
	name      string
	mediaType string
	sensitive bool
	warning   kpi.FileWarning
}

// Discard removes the file unless it was kept.
func (s *StagedEvidence) Discard() { s.file.Discard() }

// StageEvidence reads a file to its end, up to MaxEvidence, and checks that it is what its name says.
// Refusals: Invalid file_empty, file_too_large, file_type_refused, file_not_what_it_says.
func (a *App) StageEvidence(n NewEvidence) (*StagedEvidence, error) {
	name, err := intake.FileName(n.Name)
	if err != nil {
		return nil, err
	}
	head := make([]byte, intake.HeadSize)
	size, err := io.ReadFull(n.Content, head)
	if err == nil || size > 0 && errors.Is(err, io.ErrUnexpectedEOF) {
		err = intake.CheckHead(name, head[:size]) // none of it is stored, and the rest need not come
	} else if errors.Is(err, io.EOF) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	content := io.MultiReader(bytes.NewReader(head[:size]), n.Content)
	file, err := a.files.Stage(io.LimitReader(content, MaxEvidence+1))
	if err != nil {
		return nil, fmt.Errorf("store evidence: %w", err)
	}
	s := &StagedEvidence{file: file, name: name, sensitive: n.Sensitive}
	switch {
	case file.Size == 0:
		err = kpi.Refuse(kpi.Invalid, "file_empty", name)
	case file.Size > MaxEvidence:
		err = kpi.Refuse(kpi.Invalid, "file_too_large", name, MaxEvidence>>20)
	default:
		if s.mediaType, err = intake.MediaType(name, file.Path); err == nil {
			s.warning, err = intake.FileWarning(file.Path)
		}
	}
	if err != nil {
		s.Discard()
		return nil, err
	}
	return s, nil
}

// AttachEvidence adds a file to an entry of the log. Refusals: those of StageEvidence; NotFound;
// Forbidden; Conflict for a closed year or a locked month.
func (a *App) AttachEvidence(ctx context.Context, actor kpi.Actor, id kpi.UpdateID,
	n NewEvidence) (kpi.Evidence, error) {
	staged, err := a.StageEvidence(n)
	if err != nil {
		return kpi.Evidence{}, err
	}
	defer staged.Discard()
	return a.KeepEvidence(ctx, actor, id, staged)
}

// MayAttach refuses as KeepEvidence would, before a file is read.
func (a *App) MayAttach(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) error {
	return a.db.Read(ctx, func(r *store.Reader) error {
		_, err := attachable(ctx, r, actor, id)
		return err
	})
}

// attachable returns an entry to which the actor may attach files now, or refuses.
func attachable(ctx context.Context, r *store.Reader, actor kpi.Actor, id kpi.UpdateID) (kpi.Update, error) {
	update, err := r.Update(ctx, id)
	if err != nil {
		return update, err
	}
	lineage, err := r.Lineage(ctx, update.Unit)
	if err != nil {
		return update, err
	}
	if err := actor.MayLog(lineage); err != nil {
		return update, err
	}
	if err := openYear(ctx, r, update.Dated.Year()); err != nil {
		return update, err
	}
	locks, err := cachedLocks(ctx, r, update.Dated.Year())
	if err != nil {
		return update, err
	}
	return update, locks.CheckOpen(update.Dated)
}

// KeepEvidence attaches a staged file to an entry. If the entry already has the same file under the
// same name, that one is returned, so that sending again after a broken connection does no harm.
// Refusals: NotFound, Forbidden, Conflict for a closed year or a locked month.
func (a *App) KeepEvidence(ctx context.Context, actor kpi.Actor, id kpi.UpdateID,
	s *StagedEvidence) (kpi.Evidence, error) {
	e := kpi.Evidence{Update: id, Name: s.name, MediaType: s.mediaType, Size: s.file.Size, SHA256: s.file.SHA256,
		Sensitive: s.sensitive, AddedBy: actor.Name, AddedAt: a.stamp(), Warning: s.warning}
	if err := a.MayAttach(ctx, actor, id); err != nil { // a file that may not be attached must not stay on disk
		return e, err
	}
	if err := a.keepContent(ctx, s); err != nil { // there for good before the row that refers to it
		return e, fmt.Errorf("keep evidence: %w", err)
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Evidence, error) {
		update, err := attachable(ctx, &w.Reader, actor, id)
		if err != nil {
			return e, err
		}
		if err := a.mayKeepHere(ctx, w, e); err != nil {
			return e, err
		}
		e.Indicator, e.Unit, e.Year = update.Indicator, update.Unit, update.Dated.Year()
		there, err := w.EvidenceOf(ctx, []kpi.UpdateID{id})
		if err != nil {
			return e, err
		}
		for _, known := range there {
			if known.SHA256 == e.SHA256 && known.Name == e.Name && !known.Erased() {
				return known, nil
			}
		}
		if e.ID, err = w.InsertEvidence(ctx, e); err != nil {
			return e, err
		}
		return e, a.audit(ctx, w, actor, "evidence.add", fmt.Sprintf("update %d", id), e)
	})
}

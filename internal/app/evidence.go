package app

import (
	"context"
	"fmt"
	"io"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// MaxEvidence bounds one file, in bytes.
const MaxEvidence = 20 << 20

// NewEvidence is a file handed in.
type NewEvidence struct {
	Name      string
	Sensitive bool
	Content   io.Reader
}

// StagedEvidence is a file that was read, checked and put on disk, and belongs to no entry yet.
type StagedEvidence struct {
	file      store.StagedFile
	name      string
	mediaType string
	sensitive bool
}

// Discard drops the file unless it was kept.
func (s *StagedEvidence) Discard() { s.file.Discard() }

// StageEvidence reads a file to its end within MaxEvidence and checks that it is what its name
// says. Refusals: Invalid file_empty, file_too_large, file_type_refused, file_not_what_it_says.
func (a *App) StageEvidence(n NewEvidence) (*StagedEvidence, error) {
	name, err := intake.FileName(n.Name)
	if err != nil {
		return nil, err
	}
	file, err := a.files.Stage(io.LimitReader(n.Content, MaxEvidence+1))
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
		s.mediaType, err = intake.MediaType(name, file.Path)
	}
	if err != nil {
		s.Discard()
		return nil, err
	}
	return s, nil
}

// AttachEvidence adds a file to an entry of the log. Refusals: those of StageEvidence, NotFound,
// Forbidden, Conflict for a closed year.
func (a *App) AttachEvidence(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, n NewEvidence) (kpi.Evidence, error) {
	staged, err := a.StageEvidence(n)
	if err != nil {
		return kpi.Evidence{}, err
	}
	defer staged.Discard()
	return a.KeepEvidence(ctx, actor, id, staged)
}

// MayAttach refuses as KeepEvidence would, before a file is read.
func (a *App) MayAttach(ctx context.Context, actor kpi.Actor, id kpi.UpdateID) error {
	return a.db.Read(ctx, func(r *store.Reader) error { return mayAttach(ctx, r, actor, id) })
}

func mayAttach(ctx context.Context, r *store.Reader, actor kpi.Actor, id kpi.UpdateID) error {
	update, err := r.Update(ctx, id)
	if err != nil {
		return err
	}
	line, err := r.Line(ctx, update.Unit)
	if err != nil {
		return err
	}
	if err := actor.MayLog(line); err != nil {
		return err
	}
	_, err = openYear(ctx, r, update.Dated.Year())
	return err
}

// KeepEvidence ties a staged file to an entry. The same file under the same name once more is the
// one that is there already, so that sending again after a broken connection does no harm.
// Refusals: NotFound, Forbidden, Conflict for a closed year.
func (a *App) KeepEvidence(ctx context.Context, actor kpi.Actor, id kpi.UpdateID, s *StagedEvidence) (kpi.Evidence, error) {
	e := kpi.Evidence{Update: id, Name: s.name, MediaType: s.mediaType, Size: s.file.Size, SHA256: s.file.SHA256,
		Sensitive: s.sensitive, AddedBy: actor.Name, AddedAt: a.stamp()}
	if err := a.MayAttach(ctx, actor, id); err != nil { // what nobody may attach must not stay on disk
		return e, err
	}
	if err := s.file.Keep(); err != nil { // on disk before the row that promises it
		return e, fmt.Errorf("keep evidence: %w", err)
	}
	return write(ctx, a, func(w *store.Writer) (kpi.Evidence, error) {
		if err := mayAttach(ctx, &w.Reader, actor, id); err != nil {
			return e, err
		}
		there, err := w.EvidenceOf(ctx, []kpi.UpdateID{id})
		if err != nil {
			return e, err
		}
		for _, known := range there {
			if known.SHA256 == e.SHA256 && known.Name == e.Name {
				return known, nil
			}
		}
		if e.ID, err = w.InsertEvidence(ctx, e); err != nil {
			return e, err
		}
		return e, a.audit(ctx, w, actor, "evidence.add", fmt.Sprintf("update %d", id), e)
	})
}

// Evidence opens a stored file. The caller closes it. Refusals: NotFound, Forbidden.
func (a *App) Evidence(ctx context.Context, actor kpi.Actor, id kpi.EvidenceID) (kpi.Evidence, io.ReadCloser, error) {
	e, err := read(ctx, a, func(r *store.Reader) (kpi.Evidence, error) {
		e, err := r.Evidence(ctx, id)
		if err != nil {
			return e, err
		}
		update, err := r.Update(ctx, e.Update)
		if err != nil {
			return e, err
		}
		line, err := r.Line(ctx, update.Unit)
		if err != nil {
			return e, err
		}
		return e, actor.MayRead(line)
	})
	if err != nil {
		return e, nil, err
	}
	f, err := a.files.Open(e.SHA256)
	return e, f, err
}

package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Where the contents of evidence lie is noted in the records (docs/adr/0104): a server that looks elsewhere would miss
// all of them and keep new ones where nobody else finds them. Nothing noted means the folder of the server.

const evidencePlaceSetting = "evidence_place"

// evidencePlace returns where the contents lie; "" while there are none and no place is noted.
func evidencePlace(ctx context.Context, r *store.Reader) (string, error) {
	place, err := setting(ctx, r, evidencePlaceSetting)
	if err != nil || place != "" {
		return place, err
	}
	if some, err := r.AnyEvidence(ctx); err != nil || !some {
		return "", err
	}
	return blob.InFolder, nil
}

// evidenceIsHere refuses where the contents lie elsewhere than this server looks: Conflict evidence_elsewhere.
func (a *App) evidenceIsHere(ctx context.Context, r *store.Reader) error {
	place, err := evidencePlace(ctx, r)
	if err == nil && place != "" && place != a.files.Place() {
		a.evidenceState.saw(place, nil)
		return kpi.Clash("evidence_elsewhere", place)
	}
	return err
}

// CheckEvidencePlace refuses to serve records whose evidence lies elsewhere.
func (a *App) CheckEvidencePlace(ctx context.Context) error {
	return a.db.Read(ctx, func(r *store.Reader) error { return a.evidenceIsHere(ctx, r) })
}

// BeginEvidence is CheckEvidencePlace for a start: it also makes the folder of evidence if the records have none, or
// remembers by which files it is known.
func (a *App) BeginEvidence(ctx context.Context) error {
	if err := a.CheckEvidencePlace(ctx); err != nil {
		return err
	}
	return a.findFolder(ctx)
}

// mayKeepHere refuses a file whose content is not where the office has it, or not any more: Conflict
// evidence_elsewhere, evidence_just_erased. The first file notes the place. Contents are removed by the only writer
// (see removeUnused), so that none that was used before can go while this one's record is written.
func (a *App) mayKeepHere(ctx context.Context, w *store.Writer, e kpi.Evidence) error {
	if err := a.evidenceIsHere(ctx, &w.Reader); err != nil {
		return err
	}
	if place, err := evidencePlace(ctx, &w.Reader); err != nil {
		return err
	} else if place == "" && !a.files.Local() {
		if err := w.SetSetting(ctx, evidencePlaceSetting, a.files.Place()); err != nil {
			return err
		}
	}
	if erased, err := w.ContentErased(ctx, e.SHA256); err != nil || !erased {
		return err
	}
	ctx, done := context.WithTimeout(ctx, placeWithin)
	defer done()
	err := a.files.Check(ctx, e.SHA256, e.Size)
	if errors.Is(err, fs.ErrNotExist) {
		return kpi.Clash("evidence_just_erased", e.Name)
	}
	return notKept(e.Name, err)
}

// removeUnused removes a content that no record refers to, as the only writer: whoever attaches the same content did so
// before, or finds out afterwards that it is gone.
func (a *App) removeUnused(ctx context.Context, sum string) error {
	return a.db.Write(ctx, func(w *store.Writer) error {
		used, err := w.ContentInUse(ctx, sum)
		if err != nil || used {
			return err
		}
		ctx, done := context.WithTimeout(ctx, placeWithin)
		defer done()
		return a.files.Remove(ctx, sum)
	})
}

// keepContent keeps a staged file. Refusals: Conflict evidence_not_kept, evidence_others,
// those of [blob.Files.Stage]; kpi.Away.
func (a *App) keepContent(ctx context.Context, s *StagedEvidence) error {
	err := a.claimPlace(ctx)
	if err == nil {
		err = s.file.Commit(ctx)
	}
	switch {
	case err == nil:
		a.evidenceState.took(nil)
	case placeAway(err):
		a.evidenceState.took(err)
	}
	return notKept(s.name, err)
}

// claimPlace makes sure once that the place is no other office's. Refusal: Conflict evidence_others.
func (a *App) claimPlace(ctx context.Context) error {
	if a.evidenceState.claimed.Load() {
		return nil
	}
	err := a.claim(ctx, a.files)
	a.evidenceState.claimed.Store(err == nil)
	return err
}

func (a *App) claim(ctx context.Context, files blob.Files) error {
	code, err := a.db.OfficeCode(ctx)
	if err != nil {
		return err
	}
	return files.Claim(ctx, code)
}

// notKept tells whoever hands a file in that it was not kept where err says why the place does not serve.
func notKept(name string, err error) error {
	if placeAway(err) {
		return fmt.Errorf("%w: %w", kpi.Clash("evidence_not_kept", name), err)
	}
	return err
}

// notErased tells whoever erases a file that its content is still there.
func notErased(e kpi.Evidence, err error) error {
	if placeAway(err) {
		return fmt.Errorf("%w: %w", kpi.Clash("evidence_not_erased", e.Name), err)
	}
	return err
}

// placeAway reports whether err is a bucket's.
func placeAway(err error) bool {
	refusal, is := refusalOf(err)
	return is && strings.HasPrefix(refusal.Text.Key, "s3_")
}

// storedFile opens a file that is what was handed in. Refusals: NotFound evidence_gone; Conflict evidence_altered,
// evidence_away, evidence_elsewhere.
func (a *App) storedFile(ctx context.Context, e kpi.Evidence) (blob.File, error) {
	f, err := a.files.Open(ctx, e.SHA256)
	return f, a.unread(ctx, e, err)
}

// unread tells why a file cannot be read, and has the state say so.
func (a *App) unread(ctx context.Context, e kpi.Evidence, err error) error {
	switch {
	case placeAway(err):
		return fmt.Errorf("%w: %w", kpi.Clash("evidence_away", e.Name), err)
	case errors.Is(err, blob.ErrAltered):
		a.evidenceState.bad(e.SHA256)
		return kpi.Clash("evidence_altered", e.Name)
	case errors.Is(err, fs.ErrNotExist) && a.folderAway():
		return kpi.Clash("evidence_away", e.Name)
	case errors.Is(err, fs.ErrNotExist):
		if err := a.CheckEvidencePlace(ctx); err != nil {
			return err
		}
		a.evidenceState.bad(e.SHA256)
		return kpi.Missing("evidence_gone", e.Name)
	}
	return err
}

package app_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// servers are two servers of one office, on one PostgreSQL and one place of evidence, each with a folder of its own.
type servers struct {
	*bureau
	db    *store.DB
	first kpi.Actor
}

// at returns a server that looks for evidence in a place.
func (s servers) at(place blob.Store) *app.App {
	s.Helper()
	files, err := blob.Open(s.TempDir(), place)
	s.must(err)
	return s.over(s.db, files)
}

func (s servers) over(db *store.DB, files blob.Files) *app.App {
	return app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return s.clock }, Zone: time.UTC,
		Passwords: app.CheapPasswords})
}

func newServers(t *testing.T) servers {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{URL: storetest.Migrated(t),
		KeyFile: filepath.Join(t.TempDir(), store.KeyFileName)}) // of its own, so that no two offices have one code
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	b := newBureau(t, db)
	return servers{b, db, b.account("head", kpi.Admin, "")}
}

func (s servers) hand(a *app.App, u kpi.UpdateID, name, content string) (kpi.Evidence, error) {
	return a.AttachEvidence(ctx, s.staff, u, app.NewEvidence{Name: name, Content: strings.NewReader("%PDF-" + content)})
}

func (s servers) wantOpens(a *app.App, id kpi.EvidenceID, want string) {
	s.Helper()
	f, err := a.OpenEvidence(ctx, s.staff, id, false)
	s.must(err)
	defer f.Close()
	if got, err := io.ReadAll(f.Reader()); err != nil || string(got) != "%PDF-"+want {
		s.Errorf("it opens as %q, %v", got, err)
	}
}

func wantDifferences(t *testing.T, a *app.App, n int) {
	t.Helper()
	if found, err := a.Verify(ctx); err != nil || len(found) != n {
		t.Errorf("verified with %v, %v", found, err)
	}
}

// What is handed in at one server is opened, packed and erased at another, wherever the office keeps it.
func TestEvidenceIsForAllServers(t *testing.T) {
	storage := s3test.Start(t)
	for name, place := range map[string]func(*testing.T, *store.DB) blob.Store{
		"bucket": func(t *testing.T, _ *store.DB) blob.Store {
			t.Helper()
			return blob.InBucket(storage.Open(t, "s3://"+s3test.Bucket))
		},
		"database": func(t *testing.T, db *store.DB) blob.Store {
			t.Helper()
			p, err := db.Chunks()
			if err != nil {
				t.Fatal(err)
			}
			return p
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServers(t)
			at := place(t, s.db)
			one, two := s.at(at), s.at(at)
			u := s.log("screened", "east", "2026-01-10", 1)
			file, err := s.hand(one, u.ID, "a.pdf", "one")
			s.must(err)
			s.wantOpens(two, file.ID, "one")
			wantDifferences(t, two, 0)

			elsewhere := s.at(nil) // as if somebody had forgotten the flag
			wantRefusal(t, elsewhere.CheckEvidencePlace(ctx), kpi.Conflict, "evidence_elsewhere")
			_, err = s.hand(elsewhere, u.ID, "b.pdf", "nowhere")
			wantRefusal(t, err, kpi.Conflict, "evidence_elsewhere")
			_, err = elsewhere.OpenEvidence(ctx, s.staff, file.ID, false)
			wantRefusal(t, err, kpi.Conflict, "evidence_elsewhere")
			if w := elsewhere.State().Warns; len(w) != 1 || w[0].Key != "evidence_elsewhere" {
				t.Errorf("its state is %v", w)
			}

			_, err = two.EraseEvidence(ctx, s.first, file.ID, "not ours")
			s.must(err)
			_, err = one.OpenEvidence(ctx, s.staff, file.ID, false)
			wantRefusal(t, err, kpi.NotFound, "evidence_erased")
			wantDifferences(t, one, 0)
			again, err := s.hand(two, u.ID, "a.pdf", "one") // the same content, anew
			s.must(err)
			s.wantOpens(one, again.ID, "one")

			files, err := blob.Open(t.TempDir(), at)
			s.must(err)
			archive := t.TempDir() + "/b.zip"
			m, err := s.db.Backup(ctx, files, archive, "test", s.clock)
			s.must(err)
			if len(m.Files) != 2 || len(m.Damaged) != 0 {
				t.Errorf("the backup holds %v, lacks %v", m.Files, m.Damaged)
			}
			dir := t.TempDir() + "/back"
			_, err = store.Restore(archive, dir)
			s.must(err)
			back, err := store.Open(ctx, store.Config{Dir: dir})
			s.must(err)
			defer back.Close()
			files, err = blob.Open(dir+"/evidence", nil)
			s.must(err)
			restored := s.over(back, files)
			s.must(restored.CheckEvidencePlace(ctx)) // it lies in the folder that was restored
			wantDifferences(t, restored, 0)
			s.wantOpens(restored, again.ID, "one")
		})
	}
}

// Two offices do not share a place: the same file of both would be one, and erased for both.
func TestAPlaceOfEvidenceIsOneOffices(t *testing.T) {
	storage := s3test.Start(t)
	bucket := func(prefix string) blob.Store {
		return blob.InBucket(storage.Open(t, "s3://"+s3test.Bucket+prefix))
	}
	ours, theirs := newServers(t), newServers(t)
	u := ours.log("screened", "east", "2026-01-10", 1)
	file, err := ours.hand(ours.at(bucket("")), u.ID, "a.pdf", "one")
	ours.must(err)
	v := theirs.log("screened", "east", "2026-01-10", 1)
	_, err = theirs.hand(theirs.at(bucket("")), v.ID, "a.pdf", "one")
	wantRefusal(t, err, kpi.Conflict, "evidence_others")
	kept, err := theirs.hand(theirs.at(nil), v.ID, "a.pdf", "one")
	theirs.must(err)
	there, err := blob.Open(t.TempDir(), bucket(""))
	theirs.must(err)
	_, err = theirs.at(nil).MoveEvidence(ctx, there, true)
	wantRefusal(t, err, kpi.Conflict, "evidence_others")
	_, err = theirs.at(nil).EraseEvidence(ctx, theirs.first, kept.ID, "not ours")
	theirs.must(err)
	_, err = theirs.hand(theirs.at(bucket("/below")), v.ID, "a.pdf", "one") // the first one was erased: none is elsewhere
	theirs.must(err)
	ours.wantOpens(ours.at(bucket("")), file.ID, "one")
}

// A bucket that fails is told to whoever needs it and above the pages, and nobody else is kept from working.
func TestAnOfficeWorksWithoutItsBucket(t *testing.T) {
	storage := s3test.Start(t)
	s := newServers(t)
	one := s.at(blob.InBucket(storage.Open(t, "s3://"+s3test.Bucket)))
	u := s.log("screened", "east", "2026-01-10", 1)
	file, err := s.hand(one, u.ID, "a.pdf", "one")
	s.must(err)
	with := storage.S3
	with.Endpoint, with.Silence = s3test.Silent(t), time.Second
	silent, err := depot.NewBucket("s3://"+s3test.Bucket, with)
	s.must(err)
	two := s.at(blob.InBucket(silent))
	if two.LookAtEvidence(ctx) == nil {
		t.Error("a silent bucket answers")
	}
	if w := two.State().Warns; len(w) != 1 || w[0].Key != "state.evidence_away" {
		t.Errorf("its state is %v", w)
	}
	if away := two.EvidenceAway(); away == nil || away.Key != "s3_silent" {
		t.Errorf("it is away: %v", away)
	}
	_, err = s.hand(two, u.ID, "b.pdf", "two")
	wantRefusal(t, err, kpi.Conflict, "evidence_not_kept")
	_, err = two.OpenEvidence(ctx, s.staff, file.ID, false)
	wantRefusal(t, err, kpi.Conflict, "evidence_away")
	_, err = two.LogUpdate(ctx, s.staff, entry("screened", "east", "2026-02-10", 1))
	s.must(err)
	_, err = two.EraseEvidence(ctx, s.first, file.ID, "not ours")
	wantRefusal(t, err, kpi.Conflict, "evidence_not_erased")
	wantDifferences(t, one, 1) // its content is still there
	_, err = one.EraseEvidence(ctx, s.first, file.ID, "not ours")
	s.must(err)
	wantDifferences(t, one, 0)

	other, err := s.hand(one, u.ID, "c.pdf", "three")
	s.must(err)
	s.must(os.WriteFile(storage.Object(other.SHA256[:2]+"/"+other.SHA256), []byte("%PDF-threE"), 0o600))
	_, err = one.OpenEvidence(ctx, s.staff, other.ID, false)
	wantRefusal(t, err, kpi.Conflict, "evidence_altered")
	if w := one.State().Warns; len(w) != 1 || w[0].Key != "state.evidence_damaged" {
		t.Errorf("its state is %v", w)
	}
	wantDifferences(t, one, 1)
	s.must(os.Remove(storage.Object(other.SHA256[:2] + "/" + other.SHA256)))
	_, err = one.OpenEvidence(ctx, s.staff, other.ID, false)
	wantRefusal(t, err, kpi.NotFound, "evidence_gone")
	_, err = s.hand(one, u.ID, "d.pdf", "three") // handed in again it is whole
	s.must(err)
	wantDifferences(t, one, 0)
	if w := one.State().Warns; len(w) != 0 {
		t.Errorf("its state is %v", w)
	}
}

// readOnly is a bucket whose key may read and not write.
type readOnly struct{ blob.Store }

func (readOnly) Put(context.Context, blob.Staged) error {
	return kpi.Refuse(kpi.Conflict, "s3_denied", "s3://"+s3test.Bucket)
}

// A bucket that answers and takes nothing is told above the pages until it takes a file again.
func TestABucketThatTakesNothingIsTold(t *testing.T) {
	s := newServers(t)
	bucket := blob.InBucket(s3test.Start(t).Open(t, "s3://"+s3test.Bucket))
	u := s.log("screened", "east", "2026-01-10", 1)
	one := s.at(readOnly{bucket})
	_, err := s.hand(one, u.ID, "a.pdf", "one")
	wantRefusal(t, err, kpi.Conflict, "evidence_not_kept")
	s.must(one.LookAtEvidence(ctx))
	if w := one.State().Warns; len(w) != 1 || w[0].Key != "state.evidence_full" {
		t.Errorf("its state is %v", w)
	}
	if away := one.EvidenceAway(); away == nil || away.Key != "s3_denied" {
		t.Errorf("it is away: %v", away)
	}
	wantDifferences(t, one, 0) // no record of it
	list, err := one.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.add"}, 0, 10)
	if err != nil || len(list) > 0 {
		t.Errorf("the log says %v, %v", list, err)
	}
}

// Evidence moves from any place to any other with all that is attached meanwhile; a server that still looks at the
// former place says so.
func TestEvidenceMoves(t *testing.T) {
	storage := s3test.Start(t)
	s := newServers(t)
	inside, err := s.db.Chunks()
	s.must(err)
	outside := blob.InBucket(storage.Open(t, "s3://"+s3test.Bucket+"/e"))
	folder, err := blob.Open(t.TempDir(), nil)
	s.must(err)
	at := func(f blob.Files) *app.App { return s.over(s.db, f) }
	u := s.log("screened", "east", "2026-01-10", 1)
	here := folder
	file, err := s.hand(at(here), u.ID, "a.pdf", "one")
	s.must(err)
	gone, err := s.hand(at(here), u.ID, "b.pdf", "two")
	s.must(err)
	_, err = at(here).EraseEvidence(ctx, s.first, gone.ID, "not ours")
	s.must(err)
	for _, place := range []blob.Store{outside, inside, outside, nil} {
		there := folder
		if place != nil {
			there, err = blob.Open(t.TempDir(), place)
			s.must(err)
		}
		before := at(here)
		moved, err := before.MoveEvidence(ctx, there, true)
		if err != nil || moved.Files != 1 || len(moved.Lacks) != 0 {
			t.Fatalf("to %s: %+v, %v", there.Place(), moved, err)
		}
		s.wantOpens(at(there), file.ID, "one")
		wantDifferences(t, at(there), 0)
		_, err = before.OpenEvidence(ctx, s.staff, file.ID, false)
		wantRefusal(t, err, kpi.Conflict, "evidence_elsewhere")
		_, err = before.MoveEvidence(ctx, there, false)
		wantRefusal(t, err, kpi.Conflict, "evidence_elsewhere")
		_, err = at(there).MoveEvidence(ctx, there, false)
		wantRefusal(t, err, kpi.Conflict, "evidence_there")
		here = there
	}
	log, err := at(here).Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "evidence.move"}, 0, 10)
	if err != nil || len(log) != 4 || !bytes.Contains([]byte(log[3].Detail), []byte(`"to":"s3://office/e"`)) {
		t.Errorf("the log says %v, %v", log, err)
	}
}

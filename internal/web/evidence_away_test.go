package web

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// A server without its bucket is as ready as all others of its office, and says what it lacks.
func TestAServerWithoutItsBucketSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		bucket, err := depot.NewBucket("s3://office", depot.S3{Endpoint: s3test.Silent(t), Access: "a", Secret: "s",
			Silence: time.Second})
		must(t, err)
		files, err := blob.Open(t.TempDir(), blob.InBucket(bucket))
		must(t, err)
		o := &office{db: db, clock: morning, tokens: map[string]string{}}
		o.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return o.clock }, Zone: morning.Location(),
			Passwords: app.CheapPasswords})
		o.Server, err = New(Config{App: o.app, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		must(t, err)
		must(t, o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局"}, UnitCode: "county", Year: 2026, Name: "admin",
			Password: goodPassword}))
		if o.app.LookAtEvidence(ctx) == nil {
			t.Error("a silent bucket answers")
		}
		if said := o.get(t, "", "/readyz").want(t, 200).body; said != "ok, but no evidence: s3_silent\n" {
			t.Errorf("it says %q", said)
		}
	})
}

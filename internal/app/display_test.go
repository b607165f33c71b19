package app_test

import (
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func TestADisplayShowsTheCurrentYearUntilItEnds(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, _, err := b.app.AddDisplay(ctx, b.staff, app.NewDisplay{Name: "hall"})
		wantRefusal(b.T, err, kpi.Forbidden)
		d, secret, err := b.app.AddDisplay(ctx, kpi.Operator, app.NewDisplay{Name: "hall", Unit: "east"})
		b.must(err)
		open, err := b.app.Display(ctx, secret, "192.0.2.7")
		b.must(err)
		board, err := b.app.Wall(ctx, open)
		b.must(err)
		if board.Year.Year != 2026 || board.Unit.Code != "east" {
			b.Errorf("it shows %d of %s", board.Year.Year, board.Unit.Code)
		}
		_, err = b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027})
		b.must(err)
		b.clock = b.clock.AddDate(1, 0, 0)
		board, err = b.app.Wall(ctx, open)
		b.must(err)
		if board.Year.Year != 2027 {
			b.Errorf("a year later it shows %d", board.Year.Year)
		}
		b.must(b.app.EndDisplay(ctx, kpi.Operator, d.ID))
		_, err = b.app.Display(ctx, secret, "192.0.2.7")
		wantRefusal(b.T, err, kpi.NotFound)
		all, err := b.app.Displays(ctx, kpi.Operator)
		b.must(err)
		if len(all) != 1 || all[0].EndedAt == 0 || all[0].SeenAt == 0 || all[0].MadeBy != kpi.Operator.Name {
			b.Errorf("%+v", all)
		}
	})
}

func TestADisplayKeepsTheLanguageItIsGiven(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, _, err := b.app.AddDisplay(ctx, kpi.Operator, app.NewDisplay{Name: "hall", Language: "fr"})
		wantRefusal(b.T, err, kpi.Invalid)
		d, secret, err := b.app.AddDisplay(ctx, kpi.Operator, app.NewDisplay{Name: "hall", Language: "en"})
		b.must(err)
		for _, language := range append(kpi.DisplayLanguages, kpi.DisplayLanguages...) {
			_, err = b.app.SetDisplayLanguage(ctx, kpi.Operator, d.ID, language)
			b.must(err)
			open, err := b.app.Display(ctx, secret, "192.0.2.7")
			b.must(err)
			if open.Language != language {
				b.Errorf("set to %q it shows %q", language, open.Language)
			}
		}
		_, err = b.app.SetDisplayLanguage(ctx, b.staff, d.ID, "en")
		wantRefusal(b.T, err, kpi.Forbidden)
		_, err = b.app.SetDisplayLanguage(ctx, kpi.Operator, d.ID, "fr")
		wantRefusal(b.T, err, kpi.Invalid)
		_, err = b.app.SetDisplayLanguage(ctx, kpi.Operator, 99, "en")
		wantRefusal(b.T, err, kpi.NotFound)
	})
}

func TestWrongDisplayLinksAreThrottled(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		_, secret, err := b.app.AddDisplay(ctx, kpi.Operator, app.NewDisplay{Name: "hall"})
		b.must(err)
		for range 40 {
			_, err := b.app.Display(ctx, "wrong", "192.0.2.7")
			wantRefusal(b.T, err, kpi.NotFound)
		}
		_, err = b.app.Display(ctx, "wrong", "192.0.2.7")
		wantRefusal(b.T, err, kpi.Forbidden)
		_, err = b.app.Display(ctx, "wrong", "192.0.2.8")
		wantRefusal(b.T, err, kpi.NotFound)
		_, err = b.app.Display(ctx, secret, "192.0.2.7") // the wall beside whoever guesses goes on
		b.must(err)
		b.clock = b.clock.Add(16 * time.Minute)
		_, err = b.app.Display(ctx, "wrong", "192.0.2.7")
		wantRefusal(b.T, err, kpi.NotFound)
	})
}

func TestOnlyAClosedYearIsPublic(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		year := kpi.PublicYear{Year: 2026}
		wantRefusal(b.T, b.app.OpenToPublic(ctx, b.staff, year), kpi.Forbidden)
		wantRefusal(b.T, b.app.OpenToPublic(ctx, kpi.Operator, year), kpi.Conflict)
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
		_, _, err := b.app.PublicBoard(ctx, 2026)
		wantRefusal(b.T, err, kpi.NotFound)
		b.must(b.app.OpenToPublic(ctx, kpi.Operator, year))
		board, public, err := b.app.PublicBoard(ctx, 2026)
		b.must(err)
		if board.Unit.Code != "county" || public.Indexed {
			b.Errorf("%s, %+v", board.Unit.Code, public)
		}
		b.must(b.app.ReopenYear(ctx, kpi.Operator, 2026, "again"))
		_, _, err = b.app.PublicBoard(ctx, 2026)
		wantRefusal(b.T, err, kpi.NotFound)
	})
}

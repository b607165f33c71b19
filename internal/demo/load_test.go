package demo_test

import (
	"io"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/daytest"
	"dabiao/internal/demo"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/store/storetest"
)

// loaded returns an installation on SQLite with the demo, at noon of a day.
func loaded(t *testing.T, today kpi.Date) (*app.App, []demo.Account) {
	t.Helper()
	return loadedAt(t, today.Time().Add(12*time.Hour))
}

// loadedAt is loaded at a time, whose zone is the office's.
func loadedAt(t *testing.T, clock time.Time) (*app.App, []demo.Account) {
	t.Helper()
	files, err := blob.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Config{DB: storetest.SQLite(t), Files: files, Now: func() time.Time { return clock },
		Zone: clock.Location(), Passwords: app.CheapPasswords})
	start := time.Now()
	accounts, err := demo.Load(t.Context(), a, a.Today())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: loaded in %s", a.Today(), time.Since(start).Round(time.Millisecond))
	return a, accounts
}

func board(t *testing.T, a *app.App, year kpi.Year) (progress.Board, map[string]progress.Figure) {
	t.Helper()
	b, err := a.Board(t.Context(), kpi.Operator, app.Query{Year: year})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]progress.Figure{}
	for _, f := range b.Figures() {
		by[f.Indicator.Code] = f
	}
	return b, by
}

// wantEveryFigure checks that a report prints every indicator of its year by reference, and no number
// of the work as plain text.
func wantEveryFigure(t *testing.T, in report.Input) {
	t.Helper()
	printed := map[string]bool{}
	for _, s := range report.Build(in).Sections {
		for _, b := range s.Blocks {
			if b.Paragraph == nil {
				continue
			}
			for _, r := range b.Paragraph.Runs {
				if r.Ref != nil {
					printed[r.Ref.Indicator] = true
				}
			}
		}
	}
	for _, f := range in.Board.Figures() {
		if !printed[f.Indicator.Code] {
			t.Errorf("%s is not in the report", f.Indicator.Code)
		}
	}
	for _, f := range check.Report(check.Input{Input: in}) {
		if f.Code == "bare_number" || f.Code == "token_unknown" {
			t.Errorf("%s: %s", f.Section, in.Language.Text(f.Text))
		}
	}
}

func TestTheDemoLoads(t *testing.T) {
	const today = kpi.Date("2026-11-23")
	a, accounts := loaded(t, today)

	t.Run("2022 is as published", func(t *testing.T) {
		b, by := board(t, a, 2022)
		if len(by) != 66 || b.Year.State != kpi.YearClosed || b.Year.Sample {
			t.Errorf("%d figures, year %+v", len(by), b.Year)
		}
		if got := by["two-cancer-screened"].Completion.Value.String(); got != "104.04" {
			t.Errorf("two-cancer screening %s %%", got)
		}
		if got := by["mediation-success-rate"].Achievement.Value.Amount.String(); got != "94.17" {
			t.Errorf("mediation success %s %%", got)
		}
		if got := by["consultations"].Achievement.Value; got.Precision != kpi.AtLeast || got.Wording != "200余人次" {
			t.Errorf("consultations %+v", got)
		}
		users := by["energy-home-users"]
		if users.Indicator.Kind != kpi.Running || users.LastUpdate != "2022-11-30" ||
			users.Achievement.Value.Amount != kpi.Whole(10779) {
			t.Errorf("users of the energy home: %+v", users.Achievement)
		}
		if got := by["recorded-questioning-coverage"].Level(); got != kpi.LevelMet {
			t.Errorf("coverage %q", got)
		}
		if got := by["recorded-questioning-coverage"].Stated; !got.Ok() || got.Value != kpi.Whole(100) {
			t.Errorf("stated coverage %+v", got)
		}
	})

	t.Run("its report has its prose", func(t *testing.T) {
		for _, language := range lang.Tags {
			in, err := a.Report(t.Context(), kpi.Operator, app.Query{Year: 2022}, string(language))
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []report.SectionKey{report.Staffing, report.Duties, report.Problems, report.Improvements,
				report.Publication} {
				if in.Texts[key] == "" {
					t.Errorf("%s: no text for %s", language, key)
				}
			}
			if in.Office.Name != "武冈市妇女联合会" || len(in.Texts) != 9 {
				t.Errorf("%s: office %+v, %d texts", language, in.Office, len(in.Texts))
			}
			in.Language = lang.For(language)
			wantEveryFigure(t, in)
		}
	})

	t.Run("the words on each area say every figure, so that nothing is listed", func(t *testing.T) {
		for _, year := range []kpi.Year{2022, 2025, 2026} {
			for _, language := range lang.Tags {
				in, err := a.Report(t.Context(), kpi.Operator, app.Query{Year: year}, string(language))
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range in.Board.Areas {
					in.Outline.Unlisted = []string{x.Area.Code}
					for _, f := range in.Untold(x.Area.Code) {
						t.Errorf("%d, %s: left over: %s", year, language, f.Indicator.Name)
					}
				}
			}
		}
	})

	t.Run("the sample year shows every light", func(t *testing.T) {
		b, _ := board(t, a, 2026)
		if !b.Year.Sample || b.Year.State != kpi.YearOpen || len(b.Areas) != 5 {
			t.Errorf("year %+v, %d areas", b.Year, len(b.Areas))
		}
		for _, l := range []kpi.Light{kpi.Done, kpi.Ahead, kpi.OnPace, kpi.Behind, kpi.FarBehind, kpi.NoData, kpi.NoTarget} {
			if b.Summary.Count(l) == 0 {
				t.Errorf("nothing is %s: %v", l, b.Summary.ByLight)
			}
		}
	})

	t.Run("the year before is closed and complete", func(t *testing.T) {
		b, last := board(t, a, 2025)
		if !b.Year.Sample || b.Year.State != kpi.YearClosed || len(last) != 29 {
			t.Errorf("year %+v, %d figures", b.Year, len(last))
		}
		_, by := board(t, a, 2026)
		trained := by["women-trained"].YearOverYear
		if !trained.Ok() || trained.Value.Before == 0 || trained.Value.Through != 10 {
			t.Errorf("women trained against last year: %+v", trained)
		}
		for code, f := range last {
			if now := by[code]; f.Achievement.Ok() && now.YearOverYear.Reason == progress.ReasonNoLastYear &&
				now.LastUpdate < "2026-11-01" {
				t.Errorf("%s has nothing to be held against", code)
			}
		}
	})

	t.Run("the log tells its mistakes", func(t *testing.T) { wantLog(t, a) })

	t.Run("one account per role can sign in", func(t *testing.T) {
		if len(accounts) != len(kpi.Roles) {
			t.Errorf("%d accounts", len(accounts))
		}
		for i, account := range accounts {
			if _, err := a.SignIn(t.Context(), account.Name, account.Password, app.Browser{Address: "192.0.2.1"}); err != nil ||
				account.Role != kpi.Roles[i] {
				t.Errorf("%s as %s: %v", account.Name, account.Role, err)
			}
			at, err := a.Stamp(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			actor, err := a.TokenActor(t.Context(), at, account.Token, "192.0.2.1")
			if err != nil || actor.Role != account.Role || len(account.Password) < 12 {
				t.Errorf("token of %s: %+v, %v", account.Name, actor, err)
			}
		}
	})

	t.Run("it verifies", func(t *testing.T) {
		differences, err := a.Verify(t.Context())
		if err != nil || len(differences) > 0 {
			t.Errorf("%v, %v", differences, err)
		}
	})
}

// wantLog checks that there are 3 corrections, 1 withdrawal and readable evidence.
func wantLog(t *testing.T, a *app.App) {
	t.Helper()
	acts, authors, files := map[kpi.Act]int{}, map[string]int{}, 0
	for q := (app.LogQuery{Year: 2026}); ; {
		page, more, err := a.Log(t.Context(), kpi.Operator, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			acts[e.Act]++
			authors[e.Author]++
			files += len(e.Evidence)
			q.Before = e.ID
		}
		if !more {
			break
		}
	}
	if acts[kpi.ActCorrect] != 3 || acts[kpi.ActWithdraw] != 1 || acts[kpi.ActLog] < 1000 || files != 17 {
		t.Errorf("acts %v, %d files", acts, files)
	}
	if authors["reporter"] == 0 || authors["staff"] == 0 {
		t.Errorf("authors %v", authors)
	}
	e, err := a.OpenEvidence(t.Context(), kpi.Operator, 1, true)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if raw, err := io.ReadAll(e.Reader()); err != nil || int64(len(raw)) != e.Evidence.Size {
		t.Errorf("evidence of %d bytes, %d read, %v", e.Evidence.Size, len(raw), err)
	}
}

// On any day a demo has all its stories: the published year, the previous year for comparison, entries
// awaiting review and returned ones, questions, notices, a wall display; and its totals are right.
func TestTheDemoTellsItsStoriesOnAnyDay(t *testing.T) {
	daytest.Each(t, func(t *testing.T, d daytest.Day) {
		a, accounts := loadedAt(t, d.Clock(t))
		year := d.Date.Year()
		b, by := board(t, a, year)
		if len(by) != 29 || len(b.Areas) != 5 || b.AsOf.Date() != d.Date || len(accounts) != len(kpi.Roles) {
			t.Errorf("%d figures in %d areas as of %s, %d accounts", len(by), len(b.Areas), b.AsOf.Date(), len(accounts))
		}
		lights := 0
		for _, n := range b.Summary.ByLight {
			lights += n
		}
		if lights != len(by) || b.Summary.Count(kpi.NoTarget) == 0 || b.Summary.Count(kpi.FarBehind) > 3 {
			t.Errorf("lights %v", b.Summary.ByLight)
		}
		if published, _ := board(t, a, 2022); published.Summary.Indicators != 66 {
			t.Errorf("2022 has %d indicators", published.Summary.Indicators)
		}
		if year-1 > 2022 {
			if last, figures := board(t, a, year-1); last.Year.State != kpi.YearClosed || len(figures) != 29 {
				t.Errorf("the year before: %+v, %d figures", last.Year, len(figures))
			}
		}
		wantStories(t, a, d.Date)
		differences, err := a.Verify(t.Context())
		if err != nil || len(differences) > 0 {
			t.Errorf("%v, %v", differences, err)
		}
	})
}

// wantStories checks that there are entries in every state, none dated after the day, and a question
// with an answer.
func wantStories(t *testing.T, a *app.App, today kpi.Date) {
	t.Helper()
	states := map[kpi.State]int{}
	for q := (app.LogQuery{Year: today.Year()}); ; {
		page, more, err := a.Log(t.Context(), kpi.Operator, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			states[e.State]++
			if e.Dated > today || e.Dated.Year() != today.Year() {
				t.Errorf("an entry dated %s", e.Dated)
			}
			q.Before = e.ID
		}
		if !more {
			break
		}
	}
	for _, s := range []kpi.State{kpi.StateDraft, kpi.StateSubmitted, kpi.StateReturned} {
		if states[s] == 0 {
			t.Errorf("no entry is %s: %v", s, states)
		}
	}
}

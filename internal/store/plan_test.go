package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// No query of a page may scan a table that grows with the log. The statements are those that the
// methods really send; the plans are SQLite's.
func TestNoReadWalksATableThatGrows(t *testing.T) {
	ctx := t.Context()
	db, err := Open(ctx, Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	reads := map[string]func(r *Reader) error{
		"UnitSeries":      func(r *Reader) error { _, err := r.UnitSeries(ctx, 2026, 1); return err },
		"UnitMonths":      func(r *Reader) error { _, _, err := r.UnitMonths(ctx, 1, 2026); return err },
		"ChildSeries":     func(r *Reader) error { _, err := r.ChildSeries(ctx, 2026, 1, 1); return err },
		"IndicatorSeries": func(r *Reader) error { _, err := r.IndicatorSeries(ctx, 2026, 1); return err },
		"OldestEntry":     func(r *Reader) error { _, err := r.OldestEntry(ctx, 2026); return err },
		"Log of all":      func(r *Reader) error { _, err := r.Log(ctx, LogFilter{Year: 2026, Limit: 50}); return err },
		"Log of an indicator": func(r *Reader) error {
			_, err := r.Log(ctx, LogFilter{Year: 2026, Indicator: 1, Limit: 50})
			return err
		},
		"collectLog": func(r *Reader) error {
			_, err := r.collectLog(ctx, LogFilter{Year: 2026, Unit: 1, Limit: 50, Before: 9})
			return err
		},
		"collectLog of an indicator": func(r *Reader) error {
			_, err := r.collectLog(ctx, LogFilter{Year: 2026, Unit: 1, Indicator: 1, Limit: 50, Before: 9})
			return err
		},
		"Log of a month": func(r *Reader) error {
			_, err := r.Log(ctx, LogFilter{Year: 2026, Unit: 1, Indicator: 1, Month: 3, Limit: 50})
			return err
		},
		"FigureLogs": func(r *Reader) error {
			_, err := r.FigureLogs(ctx, 2026, []kpi.IndicatorID{1, 2}, []kpi.UnitID{1, 2})
			return err
		},
		"LatestLogs": func(r *Reader) error {
			_, err := r.LatestLogs(ctx, []FigureYear{{FigureKey{Unit: 1, Indicator: 1}, 2026},
				{FigureKey{Unit: 2, Indicator: 1}, 2025}})
			return err
		},
		"FigureUpdates": func(r *Reader) error { _, err := r.FigureUpdates(ctx, 2026, 1, 1); return err },
		"EachUpdate":    func(r *Reader) error { return r.EachUpdate(ctx, 2026, 1, nil, func(kpi.Update) {}) },
		"UpdatesByID":   func(r *Reader) error { _, err := r.UpdatesByID(ctx, []kpi.UpdateID{1, 2}); return err },
		"LastOfAuthor": func(r *Reader) error {
			if _, err := r.LastOfAuthor(ctx, "a"); !errors.As(err, new(*kpi.Error)) {
				return fmt.Errorf("nobody has logged anything: %w", err)
			}
			return nil
		},
		"UnitTargets":       func(r *Reader) error { _, err := r.UnitTargets(ctx, 2026, 1); return err },
		"IndicatorTargets":  func(r *Reader) error { _, err := r.IndicatorTargets(ctx, 2026, 1); return err },
		"EvidenceOf":        func(r *Reader) error { _, err := r.EvidenceOf(ctx, []kpi.UpdateID{1}); return err },
		"WaitingFigures":    func(r *Reader) error { _, err := r.WaitingFigures(ctx, 2026); return err },
		"FamilyTargets":     func(r *Reader) error { _, err := r.FamilyTargets(ctx, 2026, 1); return err },
		"YearEvidence":      func(r *Reader) error { _, err := r.YearEvidence(ctx, 2026); return err },
		"AnsweredEvidence":  func(r *Reader) error { _, err := r.AnsweredEvidence(ctx, 2026); return err },
		"Notices":           func(r *Reader) error { _, err := r.Notices(ctx, 0, 50); return err },
		"CountNoticesSince": func(r *Reader) error { _, err := r.CountNoticesSince(ctx, 1); return err },
		"DueOutbox":         func(r *Reader) error { _, err := r.DueOutbox(ctx, 1, 50); return err },
		"TakenOutbox":       func(r *Reader) error { _, err := r.TakenOutbox(ctx, 1); return err },
		"FigureQuestions": func(r *Reader) error {
			_, err := r.FigureQuestions(ctx, 2026, 1, 1, 20)
			return err
		},
		"OpenQuestions": func(r *Reader) error { _, err := r.OpenQuestions(ctx, 50); return err },
		"Answered":      func(r *Reader) error { _, _, _, err := r.Answered(ctx, "a", "b"); return err },
		"UnitUpdates":   func(r *Reader) error { _, err := r.UnitUpdates(ctx, 2026, 1); return err },
		"Log in review": func(r *Reader) error {
			_, err := r.Log(ctx, LogFilter{Year: 2026, State: kpi.StateSubmitted, Unit: 1, Indicator: 1, Author: "a", Limit: 50})
			return err
		},
		"CountInReview": func(r *Reader) error {
			_, err := r.CountInReview(ctx, 2026, kpi.StateSubmitted,
				1)
			return err
		},
		"IndicatorsInReview": func(r *Reader) error { _, err := r.IndicatorsInReview(ctx, 2026); return err },
		"LatestReviews":      func(r *Reader) error { _, err := r.LatestReviews(ctx, []kpi.UpdateID{1, 2}); return err },
		"ReviewedTogether":   func(r *Reader) error { _, err := r.ReviewedTogether(ctx, 1, 500); return err },
		"ChainsFrom":         func(r *Reader) error { _, err := r.ChainsFrom(ctx, []kpi.UpdateID{1, 2}); return err },
		"Fact":               func(r *Reader) error { _, err := r.Fact(ctx, 1); return err },
		"Locks":              func(r *Reader) error { _, err := r.Locks(ctx, 2026); return err },
		"TextVersions": func(r *Reader) error {
			_, err := r.TextVersions(ctx, kpi.TextPlace{Year: 2026, Section: "a", Language: "en"}, 20)
			return err
		},
		"TextDraft": func(r *Reader) error {
			_, _, err := r.TextDraft(ctx, kpi.TextPlace{Year: 2026, Section: "a", Language: "en"}, 1)
			return err
		},
		"ReportCheck":    func(r *Reader) error { _, _, err := r.ReportCheck(ctx, 2026); return err },
		"ReportSignings": func(r *Reader) error { _, err := r.ReportSignings(ctx, 2026); return err },
		"GivenFilesWithin": func(r *Reader) error {
			_, err := r.GivenFilesWithin(ctx, kpi.Window{Opened: kpi.Lock{Period: kpi.Period{Year: 2026, Month: 1}}}, 50)
			return err
		},
		"LoggedWithin": func(r *Reader) error {
			_, err := r.LoggedWithin(ctx, kpi.Window{Opened: kpi.Lock{Period: kpi.Period{Year: 2026, Month: 1}}}, 50)
			return err
		},
		"EntriesOf": func(r *Reader) error {
			_,
				err := r.EntriesOf(ctx, 2026, 1, []kpi.IndicatorID{1, 2})
			return err
		},
		"BelowSeries":      func(r *Reader) error { _, err := r.BelowSeries(ctx, 2026, 1); return err },
		"ChildTargets":     func(r *Reader) error { _, err := r.ChildTargets(ctx, 2026, 1, 1); return err },
		"UnitExplanations": func(r *Reader) error { _, err := r.UnitExplanations(ctx, 2026, 1); return err },
	}
	maps.Copy(reads, reviewReads(ctx))

	// The log of a unit with a large part of the entries.
	large := LogFilter{Year: 2026, Unit: 1, Before: 9, Limit: 50}
	reads["walkLog of a large unit"] = func(r *Reader) error { _, err := r.walkLog(ctx, large, 3); return err }
	reads["largeLog"] = func(r *Reader) error { _, err := r.largeLog(ctx, large); return err }
	reads["newestFigures"] = func(r *Reader) error { _, err := r.newestFigures(ctx, large); return err }
	reads["figuresLog"] = func(r *Reader) error {
		_,
			err := r.figuresLog(ctx, large, []FigureKey{{1, 1}, {2, 3}})
		return err
	}
	walks := regexp.MustCompile(`^SCAN (report_versions|report_drafts|report_checks|report_signings|u|updates|later|rollups|reviews|locks|targets|evidence|explanations|idempotency|audit|sessions|tokens|attempts|n|notices|o|outbox|q|questions)\b`)
	for name, read := range reads {
		db.reads = newStatements(db.read, true)
		if err := db.Read(ctx, read); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for text := range db.reads.byText {
			plan, err := planOf(ctx, db, text)
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range plan {
				if walks.MatchString(step) {
					t.Errorf("%s: %s\n%s\n%s", name, step, text, strings.Join(plan, "\n"))
				}
			}
		}
	}
}

func planOf(ctx context.Context, db *DB, text string) (steps []string, err error) {
	args := make([]any, len(regexp.MustCompile(`\$\d+`).FindAllString(text, -1)))
	distinct := map[string]bool{}
	for _, p := range regexp.MustCompile(`\$\d+`).FindAllString(text, -1) {
		distinct[p] = true
	}
	rows, err := db.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args[:len(distinct)]...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, rows.Err()
}

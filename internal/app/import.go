package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// NewImport asks for a file to be taken into a year's log.
type NewImport struct {
	File    *ImportFile
	Year    kpi.Year
	Choices intake.Choices
	DryRun  bool   // only say what would come of it
	Partial bool   // log the good rows although others are refused
	Again   bool   // although the same file was imported before
	Key     string // idempotency key; "": none
	Reason  string // of entries it corrects; "": the file's name
	Learn   bool   // remember what the columns say, for the next table of this shape
	Stale   bool   // pass over answers to what is not asked, as a page carries them on; else they are refused

	Progress *ImportProgress // updated while it runs; nil: not wanted
}

// ImportResult is the result of an import, or of a trial without storing.
type ImportResult struct {
	intake.Reading
	Plan      []ImportFigure
	Expected  []ImportOutlook  // its forecasts for the year
	Rows      int              // rows with a figure
	Accepted  int              // rows that were logged, or would be
	Entries   int              // entries that makes in the log, with those that correct others
	Corrected int              // of them, how many correct or withdraw an entry that was there
	Rejected  []intake.Mistake // every reason, row by row
	Earlier   *kpi.Import      // the same file was imported before
	Stored    bool
	ID        kpi.ImportID // once stored
}

// settled reports whether the import would add nothing to what is there, so that a file that was
// imported before needs no other consent. One that adds does, also when it is only sent twice.
func (r ImportResult) settled() bool {
	return !slices.ContainsFunc(r.Plan, func(f ImportFigure) bool { return f.logs() && !f.Corrects() })
}

// NeedsAgain reports whether the file was imported before, and would add to what is there.
func (r ImportResult) NeedsAgain() bool { return r.Earlier != nil && !r.settled() }

// GoodRows returns the rows with a figure and without a mistake.
func (r ImportResult) GoodRows() map[int]bool {
	good := map[int]bool{}
	for _, f := range r.Plan {
		good[f.Row] = true
	}
	for _, o := range r.Expected {
		good[o.Row] = true
	}
	for _, m := range r.Rejected {
		delete(good, m.Row)
	}
	return good
}

// ImportFigure is one figure of the file and what becomes of it.
type ImportFigure struct {
	intake.Figure
	Logged kpi.Quantity // the entry's amount: of a sum so far, the difference to the log
	SoFar  *kpi.Amount  // what was there, for sums so far
	Same   bool         // nothing to log: the log has it already, or an answer leaves it out
	unit   kpi.UnitID
	update kpi.NewUpdate

	gathered bool // counted with a later row, or not at all

	Waits    bool         // what becomes of it depends on a question that is open
	replaces []kpi.Update // entries it corrects; of several all but the first are withdrawn
	held     *kpi.Error   // why nothing may be logged of it: its month is locked
	doubt    *kpi.Text    // what is asked about it alone; nil: nothing
}

// Corrects reports whether the figure takes the place of one that is in the log.
func (f ImportFigure) Corrects() bool { return len(f.replaces) > 0 && len(f.Mistakes) == 0 }

// Import takes a table as an office keeps it into the log: all rows or none, unless Partial is set.
// Every figure is held to what LogUpdate asks. A column of sums since January adds, for indicators
// that add up, what it says beyond what the log holds up to that month. The result says all that was
// understood and every mistake, with rows refused too; an error means nothing could be read or the
// whole is refused.
//
// Nothing is stored while a question is open: the result then holds it, and is not Stored.
//
// Refusals: those of [intake.Grids] and [intake.ReadTable], Invalid for answers to what is not asked,
// NotFound year, Forbidden, Conflict for a closed year and for a file that was imported before
// (import_again) when it would be stored.
func (a *App) Import(ctx context.Context, actor kpi.Actor, n NewImport) (ImportResult, error) {
	if err := actor.MayLog([]kpi.UnitID{actor.Unit}); err != nil {
		return ImportResult{}, err
	}
	reading, earlier, err := a.readImport(ctx, n)
	if err != nil {
		return ImportResult{Reading: reading, Earlier: earlier}, err
	}
	var result ImportResult
	if n.DryRun {
		err = a.db.Read(ctx, func(r *store.Reader) (err error) {
			result, err = a.planImport(ctx, r, actor, n, reading)
			return err
		})
		result.Earlier = earlier
		return result, err
	}
	key := answerKey{actor.Name, n.Key, []any{n.Year, n.File.SHA256(), n.Partial, n.Again, n.Choices}}
	result, err = once(ctx, a, key, func(w *store.Writer) (ImportResult, error) {
		return a.storeImport(ctx, w, actor, n, reading)
	}, func(r ImportResult) int64 { return int64(r.ID) }, importedBefore(ctx))
	if errors.Is(err, errRowsRefused) || errors.Is(err, errQuestionsOpen) {
		result.Stored, err = false, nil
	}
	return result, err
}

// errQuestionsOpen is a table that is not stored because of what it asks.
var errQuestionsOpen = kpi.Refuse(kpi.Invalid, "import_questions_open")

// importedBefore returns the result of an earlier import with the same key.
func importedBefore(ctx context.Context) func(*store.Writer, int64) (ImportResult, error) {
	return func(w *store.Writer, id int64) (ImportResult, error) {
		i, err := w.Import(ctx, kpi.ImportID(id))
		return ImportResult{Rows: i.Rows + i.Refused, Accepted: i.Rows, Entries: i.Entries, Stored: true, ID: i.ID}, err
	}
}

// readImport understands the table: long work, before any transaction that writes.
func (a *App) readImport(ctx context.Context, n NewImport) (reading intake.Reading, earlier *kpi.Import, err error) {
	n.Progress.begin(ImportReading, 0)
	done, err := intake.Turn(intake.Telling(ctx, n.Progress.wait))
	if err != nil {
		return reading, nil, err
	}
	defer done()
	n.Progress.begin(ImportReading, 0)
	grids, err := n.File.grids(ctx)
	if err != nil {
		return reading, nil, err
	}
	known := intake.Known{Year: n.Year, Today: a.Today()}
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if err := openYear(ctx, r, n.Year); err != nil {
			return err
		}
		if known.Indicators, err = r.YearIndicators(ctx, n.Year); err != nil {
			return err
		}
		if known.Units, err = r.Units(ctx); err != nil {
			return err
		}
		var refused error
		reading, refused = readRemembered(ctx, r, grids, known, n.Choices)
		if earlier, err = importBefore(ctx, r, n.Year, n.File, reading); err != nil {
			return err
		}
		return refused
	})
	return reading, earlier, err
}

// readRemembered reads a table with what was said of the columns of tables like it.
func readRemembered(ctx context.Context, r *store.Reader, grids []intake.Grid, known intake.Known,
	choices intake.Choices) (intake.Reading, error) {
	reading, err := intake.ReadTable(grids, known, choices)
	if reading.Shape == "" {
		return reading, err
	}
	kept, keptErr := r.ImportColumns(ctx, reading.Shape)
	if keptErr != nil {
		return reading, keptErr
	}
	if len(kept) == 0 {
		return reading, err
	}
	choices.Remembered = map[string]intake.ColumnRole{}
	for heading, role := range kept {
		choices.Remembered[heading] = intake.ColumnRole(role)
	}
	return intake.ReadTable(grids, known, choices)
}

// storeImport plans once more on the present state and writes all that comes of it.
func (a *App) storeImport(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewImport,
	reading intake.Reading) (ImportResult, error) {
	result, err := a.planImport(ctx, &w.Reader, actor, n, reading)
	if err != nil {
		return result, err
	}
	if result.Earlier, err = importBefore(ctx, &w.Reader, n.Year, n.File, reading); err != nil {
		return result, err
	}
	if result.Earlier != nil && !n.Again && !result.settled() {
		return result, kpi.Clash("import_again", result.Earlier.Name, result.Earlier.Entries)
	}
	if len(result.OpenQuestions()) > 0 {
		result.Accepted, result.Entries = 0, 0
		return result, errQuestionsOpen
	}
	if len(result.Rejected) > 0 && !n.Partial {
		result.Accepted, result.Entries = 0, 0
		return result, errRowsRefused
	}
	b, err := newBulk(ctx, a, &w.Reader, actor)
	if err != nil {
		return result, err
	}
	entries, doubts := make([]kpi.Update, 0, result.Entries), map[int]kpi.Text{}
	if n.Reason == "" {
		n.Reason = n.File.Name
	}
	for _, f := range result.Plan {
		if !f.logs() {
			continue
		}
		if f.Corrects() {
			made, err := a.correctImport(ctx, w, actor, f, n.Reason)
			if result.Corrected += made; err != nil {
				return result, err
			}
			continue
		}
		u, err := b.entry(f.update)
		if err != nil {
			return result, err
		}
		if entries = append(entries, u); f.doubt != nil {
			doubts[len(entries)-1] = *f.doubt
		}
	}
	b.progress = n.Progress
	n.Progress.begin(ImportWriting, len(entries))
	if err := b.add(ctx, w, entries); err != nil {
		return result, err
	}
	if err := keepDoubts(ctx, w, entries, doubts); err != nil {
		return result, err
	}
	result.Entries = len(entries) + result.Corrected
	return a.noteImport(ctx, w, actor, n, result, entries)
}

// noteImport keeps that and how the file was imported.
func (a *App) noteImport(ctx context.Context, w *store.Writer, actor kpi.Actor, n NewImport, result ImportResult,
	entries []kpi.Update) (ImportResult, error) {
	record := kpi.Import{Year: n.Year, SHA256: importKey(n.File, result.Reading), Name: n.File.Name, Rows: result.Accepted,
		Refused: result.Rows - result.Accepted, Entries: result.Entries, Author: actor.Name, At: a.stamp()}
	var err error
	if record.ID, err = w.InsertImport(ctx, record); err != nil {
		return result, err
	}
	if n.Learn {
		for _, c := range result.Columns {
			if _, chosen := n.Choices.Roles[c.Index]; !chosen || c.Heading == "" {
				continue
			}
			if err := w.SetImportColumn(ctx, result.Shape, c.Heading, string(c.Role)); err != nil {
				return result, err
			}
		}
	}
	detail := importDetail{Import: record}
	if detail.Expected, err = a.keepOutlooks(ctx, w, actor, n.Year, result); err != nil {
		return result, err
	}
	if len(entries) > 0 {
		detail.First, detail.Last = entries[0].ID, entries[len(entries)-1].ID
	}
	result.Stored, result.ID = true, record.ID
	return result, a.audit(ctx, w, actor, "update.import", fmt.Sprintf("import %d", record.ID), detail)
}

// importDetail is an import as the audit log keeps it.
type importDetail struct {
	kpi.Import
	First, Last kpi.UpdateID      // of the entries it made
	Expected    []kpi.Expectation `json:",omitempty"` // what it said the year will come to
}

// ImportKnown returns what the words of a table mean in a year, for the actor who will import it: what a
// template offers.
func (a *App) ImportKnown(ctx context.Context, actor kpi.Actor, y kpi.Year) (known intake.Known, err error) {
	if err := actor.MayLog([]kpi.UnitID{actor.Unit}); err != nil {
		return known, err
	}
	known.Year, known.Today = y, a.Today()
	err = a.db.Read(ctx, func(r *store.Reader) error {
		if _, err := r.Year(ctx, y); err != nil {
			return err
		}
		if known.Indicators, err = r.YearIndicators(ctx, y); err != nil {
			return err
		}
		units, err := r.Units(ctx)
		if err != nil {
			return err
		}
		parents := map[kpi.UnitID]kpi.UnitID{}
		for _, u := range units {
			parents[u.ID] = u.Parent
		}
		for _, u := range units {
			lineage := []kpi.UnitID{}
			for at := u.ID; at != 0; at = parents[at] {
				lineage = append(lineage, at)
			}
			if actor.MayLog(lineage) == nil {
				known.Units = append(known.Units, u)
			}
		}
		return nil
	})
	return known, err
}

// Imports lists a year's latest imports.
func (a *App) Imports(ctx context.Context, actor kpi.Actor, y kpi.Year) ([]kpi.Import, error) {
	if err := actor.MayLog([]kpi.UnitID{actor.Unit}); err != nil {
		return nil, err
	}
	imports, err := read(ctx, a, func(r *store.Reader) ([]kpi.Import, error) { return r.Imports(ctx, y, 10) })
	if actor.Unit == 0 {
		return imports, err
	}
	var own []kpi.Import
	for _, i := range imports {
		if i.Author == actor.Name {
			own = append(own, i)
		}
	}
	return own, err
}

package page

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// logRow is an entry of the log as shown in tables.
type logRow struct {
	ID        string
	Dated     string
	Unit      string
	Indicator layoutLink // for tables of several indicators
	Value     string     // as written
	Old       string     // for a correction, what it replaces; "" if that is not loaded
	Act       string
	IsLog     bool   // an ordinary entry, whose act need not be named
	Struck    bool   // Value does not count: it was superseded or withdrawn
	Answered  string // "corrected" or "withdrawn" by a later entry
	State     string // "" if it is approved
	Returned  string // by whom and why
	Doubt     string // what was asked about it when it was saved all the same; "" for nothing
	History   string // address of its history; "" if it has none
	Note      string
	Reason    string
	Author    string
	LoggedAt  string
	Origin    string
	Evidence  []logEvidence
	Correct   string // address to correct it; "" if that is not allowed
	Withdraw  string
	Files     string // page of its evidence
}

// logEvidence is a file of an entry.
type logEvidence struct {
	Href, Name, Size string
	Sensitive        bool
}

// newLogRows keeps the entries' order. mayLog offers correction and withdrawal of entries that count;
// whether they are allowed is checked again when they are sent.
func newLogRows(pc Context, log []app.LogEntry, mayLog bool) []logRow {
	byID := map[kpi.UpdateID]app.LogEntry{}
	for _, e := range log {
		byID[e.ID] = e
	}
	var out []logRow
	for _, e := range log {
		row := newLogRow(pc, e, byID)
		if mayLog && e.Open {
			row.Correct = CorrectionPath(e.ID)
			row.Withdraw = CorrectionPath(e.ID) + "#withdraw"
		}
		out = append(out, row)
	}
	return out
}

func newLogRow(pc Context, e app.LogEntry, byID map[kpi.UpdateID]app.LogEntry) logRow {
	p := pc.Printer
	row := logRow{
		ID: fmt.Sprint(e.ID), Dated: p.Day(e.Dated), Unit: p.Name(e.Unit.Name, e.Unit.NameEn),
		Indicator: pc.indicatorLink(e.Indicator), Value: writtenValue(p, e), Act: p.T("act." + string(e.Act)),
		IsLog: e.Act == kpi.ActLog, Note: e.Note, Reason: e.Reason, Author: e.AuthorName,
		Struck: !e.Counts && (e.AnsweredBy != 0 || e.Act == kpi.ActWithdraw),
		Files:  EntryEvidencePath(e.ID), LoggedAt: p.Time(e.LoggedAt, pc.zone()), Origin: p.T("origin." + string(e.Origin)),
	}
	if row.Author == "" {
		row.Author = e.Author
	}
	if old, ok := byID[e.Answers]; ok && e.Act == kpi.ActCorrect {
		row.Old = writtenValue(p, old)
	}
	if e.State != kpi.StateApproved {
		row.State = p.T("state." + string(e.State))
	}
	if e.Review != nil && e.State == kpi.StateReturned {
		row.Returned = p.T("state.returned_because", e.Review.ByName, e.Review.Reason)
	}
	if e.Doubt != nil {
		row.Doubt = p.Text(*e.Doubt)
	}
	if e.Answers != 0 || e.AnsweredBy != 0 || e.Review != nil {
		row.History = updatePath(e.ID)
	}
	if e.AnsweredBy != 0 {
		row.Answered = p.T("log.answered")
		if by, ok := byID[e.AnsweredBy]; ok {
			row.Answered = p.T("log.answered_" + string(by.Act))
		}
	}
	for _, f := range e.Evidence {
		row.Evidence = append(row.Evidence, logEvidence{
			Href: fmt.Sprintf("/evidence/%d", f.ID), Name: f.Name, Size: fileSize(p, f.Size), Sensitive: f.Sensitive,
		})
	}
	return row
}

// writtenValue returns the entry's value as the person wrote it, with the measure. In English an
// approximate figure is shown by its bound.
func writtenValue(p lang.Printer, e app.LogEntry) string {
	q := e.Quantity
	if e.Indicator.Kind == kpi.Level { // a judgement's quantity holds a number of its own
		q.Amount = e.Level.Rank()
	}
	return measured(p, e.Indicator, p.Value(asLogged(e.Indicator, q), q))
}

// asLogged returns the indicator with enough decimals for an entry: money is stored to the 分, whatever
// the indicator's figures show.
func asLogged(ind kpi.Indicator, q kpi.Quantity) kpi.Indicator {
	ind.Decimals = max(ind.Decimals, min(q.Amount.Decimals(), ind.Kept()))
	return ind
}

// fileSize writes a size in KB or MB, rounded up so that it is never 0.
func fileSize(p lang.Printer, bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)/1024)
	}
	return p.Number(kpi.Amount(bytes)*kpi.One>>20, 1) + " MB"
}

// logTable shows log rows as a table, with the indicator's name if they differ in it.
type logTable struct {
	Rows          []logRow
	WithIndicator bool
}

// logPage is where staff choose what to log: it shows the year's indicators by area and the latest
// entries.
type logPage struct {
	Layout
	Hint    string
	Areas   []boardArea // rows link to the form; ratios are omitted, as they are computed
	Entries []logRow
	MayLog  bool
	Import  string       // where a table can be imported; "" if that is not allowed
	Books   []layoutLink // the log as files
}

// logLatest is the number of entries on the page: enough to see that one's own was saved.
const logLatest = 20

// NewLog builds the page from the board of the actor's unit and the year's latest entries, newest
// first.
func NewLog(pc Context, b progress.Board, latest []app.LogEntry, mayLog bool) logPage {
	p := pc.Printer
	page := logPage{
		Layout: NewLayout(pc, p.T("log.title"), PartLog, logPath(b.Year.Year)),
		Hint:   p.T("log.hint", p.Name(pc.Unit.Name, pc.Unit.NameEn), p.T("page.year", int(b.Year.Year))),
		MayLog: mayLog, Entries: newLogRows(pc, latest[:min(len(latest), logLatest)], mayLog),
	}
	if mayLog {
		page.Import, page.Tabs = ImportPath(b.Year.Year), pc.logTabs("updates")
	}
	for _, format := range []string{"xlsx", "csv"} {
		href := pc.at(bookPath(b.Year.Year)+"?format="+format, pc.Unit, kpi.Period{})
		page.Books = append(page.Books, layoutLink{Href: href, Text: p.T("log_book.link." + format)})
	}
	for _, a := range b.Areas {
		area := newBoardArea(pc, a)
		area.Rows = nil
		for _, f := range a.Figures {
			if f.Indicator.Computed() {
				continue
			}
			row := pc.indicatorFigure(f)
			row.Href += "#log"
			area.Rows = append(area.Rows, row)
		}
		if len(area.Rows) > 0 {
			area.Count = countText(p, "board.items", len(area.Rows))
			page.Areas = append(page.Areas, area)
		}
	}
	return page
}

// LogTable returns the page's entries for the template.
func (page logPage) LogTable() logTable { return logTable{page.Entries, true} }

// entriesPage lists the entries behind a figure, with their evidence: those of an indicator at a unit
// and below it, in a month or the year.
type entriesPage struct {
	Layout
	Crumbs  []layoutLink
	Name    string
	Meta    string
	Months  []layoutLink // the same page for the year and each month
	Entries []logRow
	Older   string // address of older entries; "" if there are none
	Empty   string
}

// NewEntries builds the page; month is nil for the whole year.
func NewEntries(pc Context, v app.EntriesView, month *kpi.Period) entriesPage {
	p, ind := pc.Printer, v.Indicator
	page := entriesPage{Name: p.Name(ind.Name, ind.NameEn), Crumbs: []layoutLink{pc.boardCrumb(), pc.indicatorLink(ind)},
		Entries: newLogRows(pc, v.Entries, v.MayLog), Empty: p.T("entries.empty")}
	page.Meta = p.Name(pc.Unit.Name, pc.Unit.NameEn) + " · " + p.T("page.year", int(pc.Year.Year))
	page.Layout = NewLayout(pc, p.T("entries.title", page.Name), partBoard, "")
	shown := kpi.Period{}
	if month != nil {
		shown, page.Empty = *month, p.T("entries.empty_month")
		page.Meta += " · " + p.Month(shown.Month)
	}
	page.Months = append(page.Months, layoutLink{pc.entriesPath(ind.Code, pc.Unit, kpi.Period{}),
		p.T("entries.year"), month == nil})
	for m := 1; m <= kpi.AsOfToday(pc.Year.Year, pc.Today).Month; m++ {
		at := kpi.Period{Year: pc.Year.Year, Month: m}
		page.Months = append(page.Months, layoutLink{pc.entriesPath(ind.Code, pc.Unit, at), p.Month(m), at == shown})
	}
	if v.More {
		page.Older = WithQuery(pc.entriesPath(ind.Code, pc.Unit, shown), "before", page.Entries[len(page.Entries)-1].ID)
	}
	return page
}

// LogTable returns the page's entries for the template.
func (page entriesPage) LogTable() logTable { return logTable{Rows: page.Entries} }

// bookPage says that a log is being written and links to the file.
type bookPage struct {
	Layout
	Meta  string
	File  string // the file, with the key to watch its progress by
	Watch string // address that reports its progress
	From  string // the log
}

func NewBook(pc Context, format, query, key string) bookPage {
	p, year := pc.Printer, pc.Year.Year
	page := bookPage{Layout: NewLayout(pc, p.T("log_book.title"), PartLog, ""),
		Meta: p.T("log_book.meta", p.Name(pc.Unit.Name, pc.Unit.NameEn), int(year)), From: logPath(year),
		File: logPath(year) + "." + format + "?" + query + "&watch=" + key, Watch: logPath(year) + "/progress?watch=" + key}
	page.Scripts = []string{"progress.js"}
	if pc.MayLogSomewhere() && pc.Year.CheckOpen() == nil {
		page.Tabs = pc.logTabs("updates")
	}
	return page
}

func bookPath(y kpi.Year) string { return logPath(y) + "/file" }

package page

import (
	"dabiao/internal/kpi"
)

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

package web

import "dabiao/internal/kpi"

// bookPage says that a log is being written and leads to the file.
type bookPage struct {
	layout
	Meta  string
	File  string // the file, under the name it is watched by
	Watch string // where it is told how far it is
	From  string // the log
}

func newBookPage(pc pageContext, format, query, key string) bookPage {
	p, year := pc.Printer, pc.Year.Year
	page := bookPage{layout: newLayout(pc, p.T("log_book.title"), partLog, ""),
		Meta: p.T("log_book.meta", p.Name(pc.Unit.Name, pc.Unit.NameEn), int(year)), From: logPath(year),
		File: logPath(year) + "." + format + "?" + query + "&watch=" + key, Watch: logPath(year) + "/progress?watch=" + key}
	page.Scripts = []string{"progress.js"}
	if pc.mayLogSomewhere() && pc.Year.CheckOpen() == nil {
		page.Tabs = pc.logTabs("updates")
	}
	return page
}

func bookPath(y kpi.Year) string { return logPath(y) + "/file" }

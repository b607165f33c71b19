package page

import (
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// asOf says as of when figures are, and how many of them are held against a target that was revised after that day: an
// earlier month is measured by today's target (docs/adr/0042), which then was another one.
func (pc Context) asOf(at kpi.AsOf, figures []progress.Figure) string {
	text, revised, day := pc.Printer.AsOf(at), 0, kpi.Date("")
	for i := range figures {
		if since := pc.revised(figures[i].Target); since > at.Date() {
			revised, day = revised+1, since
		}
	}
	switch {
	case revised == 0:
		return text
	case len(figures) == 1:
		return text + " · " + pc.Printer.T("target.later", pc.Printer.Date(day))
	}
	return text + " · " + countText(pc.Printer, "target.later_many", revised)
}

// revised returns the day from which on a revised target holds: that of its document, else the day it was set. It is ""
// for a first target, which is the whole year's.
func (pc Context) revised(t *kpi.Target) kpi.Date {
	switch {
	case t == nil || t.Reason == "":
		return ""
	case t.Dated != "":
		return t.Dated
	}
	return kpi.DateOf(time.UnixMilli(int64(t.SetAt)).In(pc.zone()))
}

package notice

import (
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// jsonLate is that the newest backup is late in the body for a plain webhook.
type jsonLate struct {
	Newest *string `json:"newest"` // when it was made; null: there is none
}

func newJSONLate(l *app.LateBackup) (out *jsonLate) {
	if l == nil {
		return nil
	}
	if out = new(jsonLate); l.Newest != 0 {
		at := time.UnixMilli(int64(l.Newest)).UTC().Format(time.RFC3339)
		out.Newest = &at
	}
	return out
}

// lateMessage says since when no backup came.
func lateMessage(p lang.Printer, office string, l app.LateBackup, day kpi.Date) message {
	said := p.T("notice.late.none")
	if l.Newest != 0 {
		said = p.T("notice.late.since", p.Date(day))
	}
	return message{subject: p.T("notice.late", office), lines: []string{said, p.T("notice.late.next")}}
}

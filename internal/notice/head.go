package notice

import (
	"strconv"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// jsonHead is the end of the audit log in the body for a plain webhook.
type jsonHead struct {
	Date    kpi.Date `json:"date"` // for which it is sent
	Entries int64    `json:"entries"`
	Code    string   `json:"code"` // as dabiao verify --head reads it
	Hash    string   `json:"hash"` // of the last entry
	At      string   `json:"at"`   // when that was made
}

func newJSONHead(h *app.DailyHead) *jsonHead {
	if h == nil {
		return nil
	}
	return &jsonHead{h.Dated, h.Entries, h.String(), h.Hash, time.UnixMilli(int64(h.At)).UTC().Format(time.RFC3339)}
}

// headMessage says what the audit log's end is, and what to do with it.
func headMessage(p lang.Printer, office string, h app.DailyHead, zone *time.Location) message {
	return message{subject: p.T("notice.head", office, p.Date(h.Dated)), lines: []string{
		p.T("notice.head.code", h.String()),
		p.T("notice.head.entries", strconv.FormatInt(h.Entries, 10), p.Time(h.At, zone)),
		p.T("notice.head.hash", h.Hash),
		p.T("notice.head.keep", h.String()),
	}}
}

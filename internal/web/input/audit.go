package input

import (
	"strings"
	"time"

	"dabiao/internal/kpi"
)

// AuditFields are the fields of a filter of the audit log.
var AuditFields = []string{"action", "person", "day", "object", "unit"}

// AuditFilter reads a filter of the audit log; a day is one of the office's time zone. Refusal: Invalid by field.
func AuditFilter(field func(name string) string, zone *time.Location) (kpi.AuditFilter, error) {
	var m kpi.Mistakes
	read := func(name string) string { return strings.TrimSpace(field(name)) }
	f := kpi.AuditFilter{Action: read("action"), Actor: read("person"), Subject: read("object"), Unit: read("unit")}
	f.Check(&m)
	if text := read("day"); text != "" {
		day, err := kpi.ParseDate(text)
		if m.Check("day", err) {
			y, month, d := day.Time().Date()
			f.From = kpi.UnixMilli(time.Date(y, month, d, 0, 0, 0, 0, zone).UnixMilli())
			f.To = kpi.UnixMilli(time.Date(y, month, d+1, 0, 0, 0, 0, zone).UnixMilli())
		}
	}
	return f, m.Err()
}

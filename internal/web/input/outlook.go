package input

import (
	"net/url"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// ReadOutlook reads an indicator's outlook.
func ReadOutlook(values url.Values) (app.NewOutlook, error) {
	n := app.NewOutlook{Indicator: values.Get("indicator"), Possibility: kpi.Possibility(values.Get("possibility")),
		Reason: values.Get("reason"), Remark: values.Get("remark")}
	for _, cause := range values["causes"] {
		n.Causes = append(n.Causes, kpi.Cause(cause))
	}
	var m kpi.Mistakes
	var err error
	n.Month, err = kpi.ParsePeriod(values.Get("month"))
	m.Check("month", err)
	return n, m.Err()
}

package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// addedHeading is a heading of what came to be, not of what is there.
var addedHeading = regexp.MustCompile(`新增|净增|增加|增长数|新发展|新注册|新建|新入|新开|added|^new|increase|netgain`)

// askAdded asks about a figure of what is there under a heading of what was added: 本月新增 over 注册用户. A
// reading of 5 and 5 more are different numbers. It reports whether the figure is to be kept.
func (t *table) askAdded(f *Figure, c ImportColumn) bool {
	if f.Indicator.Kind != kpi.Running {
		return true
	}
	heading := plainName(c.Heading)
	if name := plainName(f.Indicator.Name); name != "" {
		heading = strings.ReplaceAll(heading, name, "")
	}
	if !addedHeading.MatchString(heading) {
		return true
	}
	id := "added:" + c.Name()
	answer := t.ask(Question{ID: id, Row: f.Row, Column: c.Index,
		Text:    kpi.T("import_ask_added", c.Heading, kpi.Name{Name: f.Indicator.Name, NameEn: f.Indicator.NameEn}),
		Options: []Option{{"reading", kpi.T("import_added_reading")}, {leave, kpi.T("import_added_leave")}}})
	if answer == leave {
		t.leaveAsked(id, Skip{f.Row, c.Index, kpi.T("import_left_added", c.Heading)})
		return false
	}
	return true
}

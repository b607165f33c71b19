package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// addedHeading matches headings of additions: 新增, 净增.
var addedHeading = regexp.MustCompile(`新增|净增|增加|增长数|新发展|新注册|新建|新入|新开|added|^new|increase|netgain`)

// askAdded asks about a reading under a heading of additions: 本月新增 over 注册用户. It may be the reading or what was
// added to it. It reports whether the figure is kept.
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

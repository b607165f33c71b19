package intake

import "dabiao/internal/kpi"

// groupRate are words for a rate under a group's heading: 任务 | 完成 | 率 under 帮扶家庭.
var groupRate = map[string]bool{"率": true, "%": true, "比例": true, "占比": true}

// looseWords are headings of figures unless there is a clearer one: beside 完成数, 参训人数 is something else.
var looseWords = map[string]bool{"实际数": true, "发生额": true, "次数": true, "开展次数": true, "开展场次": true,
	"参训人数": true, "受益人数": true, "走访数": true, "发放数": true, "统计数": true, "报送数": true, "填报数": true,
	"现有数": true, "实有数": true, "总数": true}

func (c ImportColumn) figures() bool { return c.Role.value() || c.Role == colDone || c.Role == ColSum }

// leaveLoose leaves out a column with a loose word beside one whose heading is clearer. 报送数 beside 核定数 is
// the same figure before it was looked at, and no other matter.
func (t *table) leaveLoose(c *ImportColumn) {
	if !c.figures() || isReviewed(plainName(c.Heading)) ||
		!looseWords[plainName(parenthesised.ReplaceAllString(c.Heading, ""))] {
		return
	}
	for _, o := range t.Columns {
		if o.figures() && !o.plan && o.Unit == c.Unit && (o.Indicator == c.Indicator || c.Indicator == "") &&
			!looseWords[plainName(parenthesised.ReplaceAllString(o.Heading, ""))] {
			c.Role, c.why = ColIgnore, kpi.T("import_column_unknown")
			return
		}
	}
}

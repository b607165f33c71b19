package page

import (
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/notice"
)

// NoticePageSize is the number of notices on a page.
const NoticePageSize = 50

// noticesPage lists changes of the figures, newest first.
type noticesPage struct {
	Layout
	Hint     string
	Due      string // what is to be logged next, and how many days are left
	Reported string // address of who has not logged; "" for those who may not see it
	Days     []noticeDay
	Open     []questionView // questions without an answer
	Older    string         // address of the page with older notices; "" on the last page
	Channels string         // where notices are sent; "" for those who may not set it
}

// noticeDay contains the notices of a day.
type noticeDay struct {
	Day  string
	Rows []noticeRow
}

// noticeRow is a notice with the figures at its time.
type noticeRow struct {
	Light lightView
	Text  string
	Href  string
}

// NewNotices builds the page. due is the month to be logged next, until day; it is zero if there is
// none.
func NewNotices(pc Context, notices []kpi.Notice, open []kpi.Question, due kpi.Period, day kpi.Date) noticesPage {
	p := pc.Printer
	page := noticesPage{Layout: NewLayout(pc, p.T("notice.title"), "", ""), Hint: p.T("notice.hint")}
	for _, q := range open {
		page.Open = append(page.Open, newQuestionView(pc, q))
	}
	if pc.Actor.MayAdminister() == nil {
		page.Channels = "/channels"
	}
	for _, n := range notices {
		day := p.Date(n.Dated)
		if len(page.Days) == 0 || page.Days[len(page.Days)-1].Day != day {
			page.Days = append(page.Days, noticeDay{Day: day})
		}
		row := noticeRow{Light: newLightView(p, n.Light), Text: notice.Text(p, n), Href: BudgetPath(n.Year)}
		if n.Kind != kpi.NoticeBudget {
			row.Href = IndicatorPath(n.Year, n.Indicator.Code)
		}
		last := &page.Days[len(page.Days)-1]
		last.Rows = append(last.Rows, row)
	}
	if due.Month != 0 {
		page.Due, page.Reported = untilDue(pc, due, day), completenessPath(due.Year)
	}
	if len(notices) == NoticePageSize {
		page.Older = fmt.Sprintf("/notices?before=%d", notices[len(notices)-1].ID)
	}
	return page
}

package page

import (
	"fmt"

	"dabiao/internal/kpi"
	"dabiao/internal/notice"
)

// NoticePageSize is how many notices one page shows.
const NoticePageSize = 50

// noticesPage is what happened to the figures, newest first.
type noticesPage struct {
	Layout
	Hint     string
	Due      string // what is to be logged next, and how long that is
	Reported string // where it is seen who has not; "" where that is not known
	Days     []noticeDay
	Open     []questionView // what waits for an answer
	Older    string         // address of the page before; "" on the last
	Channels string         // where they are sent; "" for those who do not decide on it
}

// noticeDay is one day's notices.
type noticeDay struct {
	Day  string
	Rows []noticeRow
}

// noticeRow is one notice with the figures of its moment.
type noticeRow struct {
	Light lightView
	Text  string
	Href  string
}

// NewNotices says what happened and, of the month due next, until when it is to be logged; a zero
// month is none.
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

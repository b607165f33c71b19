package intake

import (
	"fmt"
	"regexp"

	"dabiao/internal/kpi"
)

// Days in digits alone, and months in English beside two digits.
var (
	digitDay   = regexp.MustCompile(`^'?(\d{1,4})\s*([-/.、,]|\s)\s*(\d{1,2})(?:\s*([-/.、,]|\s)\s*(\d{1,4}))?\.?$`)
	compactDay = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})$`)
	namedDay   = regexp.MustCompile(`^(\d{4})[-/.]([a-z]{3,9})[-/.](\d{1,2})$`)
	monthTwo   = regexp.MustCompile(`^([a-z]{3,9})[-/. ']{1,2}(\d{2})$`)
)

// The answers about the order of a day's parts.
const (
	monthFirst = "md"
	dayFirst   = "dm"
	monthYear  = "my" // Oct-26: October 2026
)

// dayForms returns the ways to read a folded date in digits with the answers for each; one if only one is possible.
// The first applies until a person has answered. In a table of 2026, 26.9.3 begins with its year and 10/05/26 ends
// with it.
func dayForms(text string, year kpi.Year) (forms []string, answers []string) {
	if m := namedDay.FindStringSubmatch(text); m != nil {
		return []string{m[1] + " " + m[2] + " " + m[3]}, []string{""}
	}
	short := int(year) % 100
	if m := compactDay.FindStringSubmatch(text); m != nil && atoi(m[1]) == short && atoi(m[2]) <= 12 && atoi(m[3]) >= 1 {
		return []string{isoDay(int(year), atoi(m[2]), atoi(m[3]))}, []string{""}
	}
	if m := monthTwo.FindStringSubmatch(text); m != nil && atoi(m[2]) == short && pointMonthEn.MatchString(m[1]) {
		return []string{fmt.Sprintf("%s %d", m[1], int(year)), m[1] + " " + m[2]}, []string{monthYear, monthFirst}
	}
	m := digitDay.FindStringSubmatch(text)
	if m == nil {
		return nil, nil
	}
	a, b, c := atoi(m[1]), atoi(m[3]), atoi(m[5])
	switch {
	case m[5] == "":
		if m[2] != "/" || len(m[1]) > 2 {
			return nil, nil
		}
		return twoOrders(int(year), a, b)
	case m[2] != m[4] || len(m[1]) == 3 || len(m[5]) == 3 || len(m[1]) > 2 && len(m[5]) > 2:
		return nil, nil
	case len(m[1]) == 4:
		return []string{isoDay(a, b, c)}, []string{""}
	case len(m[5]) == 4:
		return twoOrders(c, a, b)
	case a == short, a > 12 && a > 19 && a < 40 && c != short:
		return []string{isoDay(int(year)/100*100+a, b, c)}, []string{""}
	case c == short:
		return twoOrders(int(year), a, b)
	}
	return nil, nil
}

// twoOrders reads two numbers as month and day, in each possible order.
func twoOrders(year, a, b int) (forms []string, answers []string) {
	switch {
	case a > 12:
		return []string{isoDay(year, b, a)}, []string{""}
	case b > 12 || a == b:
		return []string{isoDay(year, a, b)}, []string{""}
	}
	return []string{isoDay(year, a, b), isoDay(year, b, a)}, []string{monthFirst, dayFirst}
}

func isoDay(year, month, day int) string { return fmt.Sprintf("%04d-%02d-%02d", year, month, day) }

// orderedDay returns a cell in the order that a person chose. doubt is what must be asked: the order of month and
// day, or whether a month is followed by its year; "" if nothing.
func orderedDay(c Cell, form dayStyle) (cell Cell, doubt string) {
	if c.Kind != CellText {
		return c, ""
	}
	forms, answers := dayForms(weekday.ReplaceAllString(foldPeriod(c.Text), ""), form.year)
	if len(forms) == 0 {
		return c, ""
	}
	for i, answer := range answers {
		if answer != "" && (answer == form.order || answer == form.month) {
			return textCell(forms[i]), ""
		}
	}
	if len(forms) > 1 {
		if doubt = askedOrder; answers[0] == monthYear {
			doubt = askedMonth
		}
	}
	return textCell(forms[0]), doubt
}

// Kinds of the questions about days.
const (
	askedOrder = "order"
	askedMonth = "month_year"
)

// askOrder asks for the order in a column's dates and returns the style in which they are read.
func (t *table) askOrder(f *Figure, cell Cell, from ImportColumn, form dayStyle, doubt string) dayStyle {
	q := Question{ID: doubt + ":" + from.Name(), Row: f.Row, Column: from.Index,
		Text:    kpi.T("import_ask_order", quote(cell.Text)),
		Options: []Option{{monthFirst, kpi.T("import_order_month_first")}, {dayFirst, kpi.T("import_order_day_first")}}}
	if doubt == askedMonth {
		q.Text = kpi.T("import_ask_month_year", quote(cell.Text))
		q.Options = []Option{{monthYear, kpi.T("import_month_year_option")}, {monthFirst, kpi.T("import_month_day_option")}}
		form.month = t.ask(q)
		return form
	}
	form.order = t.ask(q)
	return form
}

package demo

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// staffing sets the sample year's staff and official costs; a thirteenth of their budget is spent in
// each month whose books are closed.
func (l *loader) staffing(year kpi.Year) error {
	var n app.StaffingChange
	rows, err := table("sample/staffing.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		c := kpi.StaffCount{Kind: kpi.StaffKind(r["kind"])}
		for column, to := range map[string]**int64{"posts": &c.Posts, "people": &c.People} {
			if r[column] == "" {
				continue
			}
			count, err := r.count(column)
			if err != nil {
				return fmt.Errorf("staff: %w", err)
			}
			whole := int64(count)
			*to = &whole
		}
		n.Staff = append(n.Staff, c)
	}
	if rows, err = table("sample/official-costs.csv"); err != nil {
		return err
	}
	for _, r := range rows {
		c, err := officialCost(r, booked(l.today))
		if err != nil {
			return fmt.Errorf("official costs: %w", err)
		}
		n.Costs = append(n.Costs, c)
	}
	return l.app.SetStaffing(l.ctx, l.actors[kpi.Staff], year, n)
}

func officialCost(r row, months int) (c kpi.OfficialCost, err error) {
	c.Kind = kpi.OfficialKind(r["kind"])
	for column, to := range map[string]**kpi.Amount{"last": &c.Last, "initial": &c.Initial, "full": &c.Full} {
		a, err := r.money(column)
		if err != nil {
			return c, err
		}
		*to = &a
	}
	spent := c.Full.Times(int64(months), 13*100).Round(0) * 100 // whole hundreds of 元
	c.Spent = &spent
	return c, nil
}

package app

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// checkUnitName refuses a name that people would take for another unit's under the same parent. Refusal: Invalid
// name_alike.
func checkUnitName(m *kpi.Mistakes, units []kpi.Unit, u kpi.Unit) {
	for _, o := range units {
		if o.ID != u.ID && o.Parent == u.Parent && intake.Alike(o.Name, u.Name) {
			m.Add("name", "name_alike", u.Name, o.Name)
			return
		}
	}
}

// checkIndicatorName refuses a name that people would take for another indicator's, unless that is archived. Refusal:
// Invalid name_alike.
func checkIndicatorName(m *kpi.Mistakes, others []kpi.Indicator, ind kpi.Indicator) {
	for _, o := range others {
		if o.ID != ind.ID && o.ArchivedAt == 0 && intake.Alike(o.Name, ind.Name) {
			m.Add("name", "name_alike", ind.Name, o.Name)
			return
		}
	}
}

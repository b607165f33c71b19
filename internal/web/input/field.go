package input

import (
	"dabiao/internal/kpi"
)

// MoneyField returns the field name of a project's amount in mistakes about it.
func MoneyField(s kpi.ProjectSource, what string) string { return "money." + string(s) + "." + what }

func StaffField(k kpi.StaffKind, what string) string { return "staff." + string(k) + "." + what }

func OfficialField(k kpi.OfficialKind, what string) string { return "costs." + string(k) + "." + what }

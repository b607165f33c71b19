package kpi

// View is a saved comparison: the query of its address, under a name.
type View struct {
	ID      int64
	Account AccountID
	Name    string
	Query   string
	Shared  bool // visible to everyone; else to its owner only
	SavedAt UnixMilli
}

// maxViewQuery is the limit for the query of a view, in bytes.
const maxViewQuery = 2000

// Check refuses a view without a name or with a query too long for an address.
func (v View) Check() error {
	var m Mistakes
	if v.Name == "" {
		m.Add("name", "name_missing")
	}
	checkLength(&m, "name", v.Name, 60)
	if len(v.Query) > maxViewQuery {
		m.Add("name", "view_too_long")
	}
	return m.Err()
}

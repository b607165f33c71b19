package kpi

// View is a comparison that somebody wants to see again: the query of its address under a name.
type View struct {
	ID      int64
	Account AccountID
	Name    string
	Query   string
	Shared  bool // everybody sees it; else its owner alone
	SavedAt UnixMilli
}

// maxViewQuery bounds the query of a view, in bytes.
const maxViewQuery = 2000

// Check refuses a view without a name or with a query no address could hold.
func (v View) Check() error {
	var m Mistakes
	if v.Name == "" {
		m.Add("name", "name_missing")
	}
	checkLine(&m, "name", v.Name, 60)
	if len(v.Query) > maxViewQuery {
		m.Add("name", "view_too_long")
	}
	return m.Err()
}

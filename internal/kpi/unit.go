package kpi

// UnitID identifies an organisation in the database.
type UnitID int64

// Unit is an organisation in the tree county → township → village (单位).
type Unit struct {
	ID     UnitID
	Code   string
	Name   string
	NameEn string
	Parent UnitID // 0: the root
	Sort   int
}

// Names are the unit's names, to fill a sentence.
func (u Unit) Names() Name { return Name{u.Name, u.NameEn} }

// Check refuses a unit that cannot be addressed or shown.
func (u Unit) Check() error {
	var m Mistakes
	checkCode(&m, u.Code)
	if u.Name == "" {
		m.Add("name", "name_missing")
	}
	return m.Err()
}

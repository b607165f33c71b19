package kpi

// UnitID identifies a unit in the database.
type UnitID int64

// Unit is an organization in the tree county → township → village (单位).
type Unit struct {
	ID     UnitID
	Code   string
	Name   string
	NameEn string
	Parent UnitID // 0: the root
	Sort   int

	AddedAt UnixMilli `json:"-"` // 0: before anybody noted it
}

// Names returns the unit's names as an argument of a Text.
func (u Unit) Names() Name { return Name{u.Name, u.NameEn} }

// Check refuses a unit with a malformed code or without a name.
func (u Unit) Check() error {
	var m Mistakes
	checkCode(&m, u.Code)
	if u.Name == "" {
		m.Add("name", "name_missing")
	}
	return m.Err()
}

package store

// Marks are the marks of a growing table's rows by their numbers, which begin near 1 and have few gaps: twelve
// bytes each, and one that says how far a row is known.
type Marks struct {
	marks []mark
	known []standing
}

// standing says what is known of a row.
type standing uint8

const (
	absent  standing = iota
	present          // it is there
	covered          // and the log speaks of it
)

func (m *Marks) set(id int64, k mark) {
	for int64(len(m.marks)) <= id {
		m.marks, m.known = append(m.marks, mark{}), append(m.known, absent)
	}
	m.marks[id], m.known[id] = k, present
}

func (m *Marks) at(id int64) (mark, standing) {
	if id < 0 || id >= int64(len(m.marks)) {
		return mark{}, absent
	}
	return m.marks[id], m.known[id]
}

// cover notes that the log speaks of a row, and reports whether it did not before.
func (m *Marks) cover(id int64) bool {
	if id < 0 || id >= int64(len(m.known)) || m.known[id] != present {
		return false
	}
	m.known[id] = covered
	return true
}

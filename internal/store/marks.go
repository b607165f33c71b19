package store

import (
	"maps"
	"slices"
)

// Marks are the marks of a growing table's rows by their numbers, which begin near 1 and have few gaps: twelve bytes
// each, and one that says how far a row is known. A number far from all others, which somebody has put into the
// database, costs a page of its own and not all between.
type Marks struct {
	pages map[int64]*marksPage
}

// marksPage holds rows with numbers that follow each other.
type marksPage struct {
	marks [marksPageRows]mark
	known [marksPageRows]standing
}

const marksPageRows = 512

// standing says what is known of a row.
type standing uint8

const (
	absent  standing = iota
	present          // it is there
	covered          // and the log speaks of it
)

// split returns a number's page and its place there.
func split(id int64) (page, place int64) {
	place = id & (marksPageRows - 1)
	return (id - place) / marksPageRows, place
}

func (m *Marks) set(id int64, k mark) {
	page, at := split(id)
	p := m.pages[page]
	if p == nil {
		if m.pages == nil {
			m.pages = map[int64]*marksPage{}
		}
		p = &marksPage{}
		m.pages[page] = p
	}
	p.marks[at], p.known[at] = k, present
}

func (m *Marks) at(id int64) (mark, standing) {
	page, at := split(id)
	if p := m.pages[page]; p != nil {
		return p.marks[at], p.known[at]
	}
	return mark{}, absent
}

// cover notes that the log speaks of a row, and reports whether it did not before.
func (m *Marks) cover(id int64) bool {
	page, at := split(id)
	p := m.pages[page]
	if p == nil || p.known[at] != present {
		return false
	}
	p.known[at] = covered
	return true
}

// unsaid calls fn with each row that is there and that the log does not speak of, in their order.
func (m *Marks) unsaid(fn func(id int64)) {
	for _, page := range slices.Sorted(maps.Keys(m.pages)) {
		for at, known := range m.pages[page].known {
			if known == present {
				fn(page*marksPageRows + int64(at))
			}
		}
	}
}

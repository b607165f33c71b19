package app

import (
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// codeLength is how much of a name's spelling goes into a code, so that a parent's fits in front of it.
const codeLength = 28

// makeCodes gives the rows of a table that state no code one of their own: that of the unit of the same name below the
// same parent, else the spelling of the name, with the parent's in front where that is taken, and a number where
// even that is.
func makeCodes(units []kpi.Unit, rows []UnitRow) []UnitRow {
	taken, nameOf, codeAt := map[string]bool{}, map[string]string{}, map[string]string{}
	at := func(name, parent string) string { return name + "\n" + parent }
	byID := map[kpi.UnitID]kpi.Unit{}
	for _, u := range units {
		taken[u.Code], nameOf[u.Code], byID[u.ID] = true, u.Name, u
	}
	for _, u := range units {
		codeAt[at(u.Name, byID[u.Parent].Name)] = u.Code
	}
	for _, r := range rows {
		if r.Code != "" {
			taken[r.Code], nameOf[r.Code] = true, r.Name
		}
	}
	out := make([]UnitRow, len(rows))
	for i, r := range rows {
		out[i] = r
		if r.Code != "" || r.Name == "" || len(r.Mistakes) > 0 {
			continue
		}
		parent := r.Parent
		if name, isCode := nameOf[parent]; isCode {
			parent = name
		}
		code, known := codeAt[at(r.Name, parent)]
		if !known {
			code = freeCode(r.Name, parent, taken)
			taken[code], codeAt[at(r.Name, parent)] = true, code
			out[i].Made = true
		}
		out[i].Code = code
	}
	return out
}

// freeCode returns a code for a name that is not taken yet.
func freeCode(name, parent string, taken map[string]bool) string {
	code := spelledCode(name)
	if taken[code] && parent != "" {
		code = spelledCode(parent) + "-" + code
	}
	free := code
	for n := 2; taken[free]; n++ {
		free = code + "-" + strconv.Itoa(n)
	}
	return free
}

// spelledCode spells a name in the letters that codes are made of.
func spelledCode(name string) string {
	full, _ := intake.Spell(name)
	code := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, full)
	if code == "" {
		code = "unit"
	}
	return code[:min(len(code), codeLength)]
}

package report

import (
	"slices"
	"strings"

	"dabiao/internal/intake"
)

// Search lists the subjects whose name, code or sound holds what was typed, those that begin with it
// first; all of them for nothing typed.
func Search(subjects []Subject, typed string) []Subject {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var begins, holds []Subject
	for _, s := range subjects {
		words := s.Words()
		switch {
		case slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }):
			begins = append(begins, s)
		case slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, typed) }):
			holds = append(holds, s)
		}
	}
	return append(begins, holds...)
}

// Words returns what a subject can be found by: its names, its code, how its name sounds.
func (s Subject) Words() []string {
	full, initials := intake.Spell(s.Name.Name)
	return []string{strings.ToLower(s.Name.Name), strings.ToLower(s.Name.NameEn), strings.ToLower(s.Code), full, initials}
}

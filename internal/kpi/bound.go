package kpi

// Bound says on which side of a printed number the true one lies.
type Bound string

// The bounds. Of 不少于 4,866 份 of 12,000, 4,866 is AtLeastThis and the 7,134 that are missing are AtMostThis.
const (
	ThisExactly Bound = ""
	AtLeastThis Bound = "at_least"
	AtMostThis  Bound = "at_most"
	AboutThis   Bound = "about"
)

// Opposite returns the bound of what is subtracted: if at least 4,866 are done, at most the rest is missing.
func (b Bound) Opposite() Bound {
	switch b {
	case AtLeastThis:
		return AtMostThis
	case AtMostThis:
		return AtLeastThis
	}
	return b
}

// Aside returns by how many steps a rounded number that bounds the true one is to be moved so that it still does:
// -1 if it was rounded up and the true one is at least the exact, 1 if down and at most. exact is -1, 0 or 1 as the
// exact number is below, equal to or above the rounded one.
func (b Bound) Aside(exact int) int {
	if b == AtLeastThis && exact < 0 || b == AtMostThis && exact > 0 {
		return exact
	}
	return 0
}

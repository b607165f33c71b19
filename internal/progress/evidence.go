package progress

import (
	"fmt"
	"slices"

	"dabiao/internal/kpi"
)

// EvidenceNumber is how documents cite a file: the number of its area, of its indicator within the
// area, both in the order of the year's tables, and of the file within the indicator, in the order of
// upload. Marking a file as sensitive or withdrawing its entry changes no number.
type EvidenceNumber struct{ Area, Indicator, File int }

// String formats n as in "2-3-1".
func (n EvidenceNumber) String() string { return fmt.Sprintf("%d-%d-%d", n.Area, n.Indicator, n.File) }

// NumberedEvidence is a file of a year with its number and what it belongs to.
type NumberedEvidence struct {
	kpi.Evidence
	Number    EvidenceNumber
	Area      kpi.Area // zero: none
	Indicator kpi.Indicator
	Unit      kpi.Unit
	Withdrawn bool // its entry was withdrawn in the end
}

// NumberEvidence numbers all of a year's evidence; such numbers are made nowhere else. areas and
// indicators must be in the order of the tables, files in the order of upload; the result is in the
// order of the numbers. Files of other indicators are left out.
func NumberEvidence(areas []kpi.Area, indicators []kpi.Indicator, files []kpi.Evidence) []NumberedEvidence {
	of := map[kpi.IndicatorID][]kpi.Evidence{}
	for _, e := range files {
		of[e.Indicator] = append(of[e.Indicator], e)
	}
	var out []NumberedEvidence
	var n EvidenceNumber
	for _, area := range append(slices.Clip(areas), kpi.Area{}) {
		n.Indicator = 0
		for _, ind := range indicators {
			if ind.Area != area.ID {
				continue
			}
			if n.Indicator++; n.Indicator == 1 {
				n.Area++ // areas without indicators appear in no table
			}
			for i, e := range of[ind.ID] {
				n.File = i + 1
				out = append(out, NumberedEvidence{Evidence: e, Number: n, Area: area, Indicator: ind})
			}
		}
	}
	return out
}

package kpi

import "strings"

// EvidenceID identifies a stored file.
type EvidenceID int64

// Evidence is a file that shows where an update came from (佐证材料).
type Evidence struct {
	ID        EvidenceID
	Update    UpdateID
	Indicator IndicatorID // this, the unit and the year are the entry's
	Unit      UnitID
	Year      Year
	Name      string // as the person named it
	MediaType string
	Size      int64  // bytes
	SHA256    string // hex, of the content
	Sensitive bool   // kept and counted, never shown outside the office
	AddedBy   string
	AddedAt   UnixMilli
}

// Picture reports whether the file is a picture.
func (e Evidence) Picture() bool { return strings.HasPrefix(e.MediaType, "image/") }

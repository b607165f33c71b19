package kpi

import "strings"

// EvidenceID identifies a stored file.
type EvidenceID int64

// Evidence is a file that supports an update (佐证材料).
type Evidence struct {
	ID        EvidenceID
	Update    UpdateID
	Indicator IndicatorID // indicator, unit and year are those of the update
	Unit      UnitID
	Year      Year
	Name      string // as the person named it
	MediaType string
	Size      int64  // bytes
	SHA256    string // of the content, in hex
	Sensitive bool   // stored and counted, never shown outside the office
	AddedBy   string
	AddedAt   UnixMilli
}

func (e Evidence) Picture() bool { return strings.HasPrefix(e.MediaType, "image/") }

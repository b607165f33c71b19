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
	Sensitive bool   // stored and counted; opened and named only for those who work with it (Actor.MayOpenSensitive)
	AddedBy   string
	AddedAt   UnixMilli
	Warning   FileWarning // of the content; "" also for files from before it was looked for
	ErasedAt  UnixMilli   // since when the content is gone; 0: it is there
	ErasedBy  string
	ErasedWhy string
}

// FileWarning is what a file does when it is opened that its reader may not expect; "" for nothing that is known.
type FileWarning string

// The warnings of office documents.
const (
	FileRunsMacro       FileWarning = "macro"           // it holds macros
	FileFetchesTemplate FileWarning = "remote_template" // it fetches its template, which may hold macros
	FileFetchesContent  FileWarning = "remote_content"  // it fetches a picture, an object, or another workbook's cells
)

func (e Evidence) Picture() bool { return strings.HasPrefix(e.MediaType, "image/") }

// For returns the record as the actor may see it: without the name of a sensitive file, which may say whom it is
// about, unless the actor may open it.
func (e Evidence) For(a Actor) Evidence {
	if e.Sensitive && a.MayOpenSensitive() != nil {
		e.Name = ""
	}
	return e
}

// Erased reports whether only the record is left of a file.
func (e Evidence) Erased() bool { return e.ErasedAt != 0 }

package kpi

// ReportNoteID identifies a note.
type ReportNoteID int64

// ReportNote is what a reviewer remarked on a section of a report, from a file that came back.
type ReportNote struct {
	TextPlace // Section is "" for a remark on no section
	ID        ReportNoteID
	Author    string // as the file names them; "" for a footnote
	Written   string // as the file has it
	Quote     string // what it is about
	Body      string
	File      string
	AddedBy   string
	AddedAt   UnixMilli
	DoneBy    string // who settled it; "" while it is open
	DoneAt    UnixMilli
}

// Open reports whether nobody has settled the note.
func (n ReportNote) Open() bool { return n.DoneAt == 0 }

// Same reports whether two notes are one remark, read from a file twice.
func (n ReportNote) Same(o ReportNote) bool {
	return n.TextPlace == o.TextPlace && n.Author == o.Author && n.Written == o.Written && n.Body == o.Body &&
		n.Quote == o.Quote
}

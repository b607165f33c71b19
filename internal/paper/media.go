package paper

// The media types of the files that are written.
const (
	WordMedia  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	SheetMedia = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	CSVMedia   = "text/csv; charset=utf-8"
)

package kpi

// ImportID identifies an import.
type ImportID int64

// Import is a file of figures imported into the log (导入).
type Import struct {
	ID      ImportID
	Year    Year
	SHA256  string // hex, of the file, or of it and its sheet where several hold figures
	Name    string // as the person named it
	Rows    int    // rows with figures that were accepted
	Refused int    // rows that were not
	Entries int    // entries added to the log
	Author  string // the account's name
	At      UnixMilli
}

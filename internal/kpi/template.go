package kpi

// Template is an office's own Word file for a paper; its tokens are filled in at each download.
type Template struct {
	Year  Year
	Paper string // one of the report's tables; "" for the whole report
	Name  string // as the person named it
	SetBy string
	SetAt UnixMilli
}

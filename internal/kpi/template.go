package kpi

// Template is an office's own Word file for a form; its tokens are filled in at each download.
type Template struct {
	Year  Year
	Form  string // one of the report's forms; "" for the whole report
	Name  string // as the person named it
	SetBy string
	SetAt UnixMilli
}

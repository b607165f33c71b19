package kpi

// Template is an office's own Word file of a form, whose tokens are filled at each download.
type Template struct {
	Year  Year
	Form  string // of the report's forms; "" for the whole report
	Name  string // as the person named it
	SetBy string
	SetAt UnixMilli
}

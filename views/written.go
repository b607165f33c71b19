package views

import "html/template"

// written inserts markup that its writer has escaped already, such as documents: {{written .Text}} puts
// it into a page as it is.
func written(x interface{ HTML() string }) template.HTML {
	return template.HTML(x.HTML()) //nolint:gosec // its writer has escaped it
}

package views

import "html/template"

// written is markup that comes escaped from where it was written, as documents do from their writer. In a
// page {{written .Text}} puts it in as it is.
func written(x interface{ HTML() string }) template.HTML {
	return template.HTML(x.HTML()) //nolint:gosec // its writer has escaped it
}

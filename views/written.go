package views

import "html/template"

// written inserts markup that its writer has already escaped, such as a document, without escaping it
// again: {{written .Text}}.
func written(x interface{ HTML() string }) template.HTML {
	return template.HTML(x.HTML()) //nolint:gosec // its writer has escaped it
}

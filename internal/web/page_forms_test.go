package web

import "dabiao/internal/lang"

func init() { pageZero["forms"] = formsPage{} }

// formPages are the pages about the year's papers.
func formPages(tag lang.Tag) map[string]any {
	return map[string]any{"forms": newFormsPage(sampleContext(tag))}
}

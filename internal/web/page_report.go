package web

// reportPage previews the year-end report and offers it as files.
type reportPage struct {
	layout
	Hint      string
	AsOf      string
	Downloads []reportDownload
	Sections  []reportSection
}

// reportDownload is one file.
type reportDownload struct{ Href, Text, Note string }

// reportSection is a numbered section; ID is its anchor.
type reportSection struct {
	ID      string
	Heading string
	Blocks  []reportBlock
}

// reportBlock is a sub-heading, a paragraph or a table: one of the three is set.
type reportBlock struct {
	Heading   string
	Paragraph string
	Table     *reportTable
}

// reportTable is a table with a caption.
type reportTable struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// newReportPage builds the preview.
func newReportPage(pc pageContext, downloads []reportDownload, sections []reportSection) reportPage {
	p := pc.Printer
	return reportPage{
		layout: newLayout(pc, p.T("report_page.title"), partReport, reportPath(pc.Year.Year)),
		Hint:   p.T("report_page.hint"), AsOf: p.AsOf(pc.AsOf), Downloads: downloads, Sections: sections,
	}
}

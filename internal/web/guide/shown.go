package guide

import (
	"strings"

	"dabiao/internal/help"
	"dabiao/internal/web/page"
)

// guidePage is the guide: its contents, what a search found, or one section.
type guidePage struct {
	page.Layout
	Action   string // of the search, sent by GET
	Query    string
	Asked    bool // something was looked for
	Found    string
	Hits     []hit
	Contents []chapter // where neither section nor search is shown
	Section  *section
}

// link is a link.
type link struct{ Href, Text string }

// chapter is a section among the contents, with its parts.
type chapter struct {
	link
	Parts []link
}

// hit is a section that was found, and the place.
type hit struct {
	link
	Before, Match, After string
}

// section is a section and where to go from it. Before and After are nil at the ends.
type section struct {
	Body          help.Body
	Parts         []link
	Before, After *link
}

func newPage(pc page.Context, title string) guidePage {
	return guidePage{Layout: page.NewLayout(pc, title, "", ""), Action: help.Path}
}

// newContents shows the contents, or what a search found.
func newContents(pc page.Context, g help.Guide, query string) guidePage {
	shown := newPage(pc, pc.Printer.T("help.title"))
	shown.Query, shown.Asked = strings.TrimSpace(query), strings.TrimSpace(query) != ""
	if shown.Asked {
		for _, h := range g.Search(query) {
			shown.Hits = append(shown.Hits, hit{linkTo(h.Section), h.Before, h.Match, h.After})
		}
		shown.Found = pc.Printer.T("help.found", len(shown.Hits), shown.Query)
		return shown
	}
	for _, s := range g.Sections {
		if s.Part && len(shown.Contents) > 0 {
			last := &shown.Contents[len(shown.Contents)-1]
			last.Parts = append(last.Parts, linkTo(s))
			continue
		}
		shown.Contents = append(shown.Contents, chapter{link: linkTo(s)})
	}
	return shown
}

// newSection shows a section; ok is false if there is none of that name.
func newSection(pc page.Context, g help.Guide, id string) (shown guidePage, ok bool) {
	s, parts, before, after, ok := g.At(id)
	if !ok {
		return shown, false
	}
	shown = newPage(pc, s.Title)
	shown.Section = &section{Body: s.Body}
	for _, part := range parts {
		shown.Section.Parts = append(shown.Section.Parts, linkTo(part))
	}
	if before.ID != "" {
		shown.Section.Before = new(linkTo(before))
	}
	if after.ID != "" {
		shown.Section.After = new(linkTo(after))
	}
	return shown, true
}

func linkTo(s help.Section) link { return link{help.Path + "/" + s.ID, s.Title} }

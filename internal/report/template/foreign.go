package template

import (
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// A document made from a template is opened on other people's machines. Whatever it would fetch or run
// there is refused, but not links that someone has to click to read a page.

// relation is a relationship of a part.
type relation struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// kind returns the last element of a relationship's type: image, attachedTemplate, oleObject.
func (r relation) kind() string { return path.Base(r.Type) }

// reaches lists the beginnings of links that only open a page or write a letter.
var reaches = []string{"http://", "https://", "mailto:", "#"}

// foreign reports whether a document with the relation would fetch or run anything but its own text and
// pictures.
func (r relation) foreign() bool {
	if slices.Contains([]string{"oleObject", "aFChunk", "control", "attachedToolbars", "vbaProject",
		"wordVbaData"}, r.kind()) {
		return true
	}
	if !strings.EqualFold(r.Mode, "External") {
		return false
	}
	target := strings.ToLower(strings.TrimSpace(r.Target))
	return r.kind() != "hyperlink" || !slices.ContainsFunc(reaches,
		func(s string) bool { return strings.HasPrefix(target, s) })
}

// foreignRelations returns what a relationships part must not lead to in a template. Refusals: Invalid
// file_not_what_it_says.
func foreignRelations(content string) ([]kpi.Text, error) {
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := xml.Unmarshal([]byte(content), &all); err != nil {
		return nil, kpi.Refuse(kpi.Invalid, "file_not_what_it_says", "docx")
	}
	var out []kpi.Text
	for _, r := range all.Relations {
		if r.foreign() {
			out = append(out, kpi.T("template_foreign", foreignKind(r), address(r.Target)))
		}
	}
	return out, nil
}

// address returns at most 60 characters of an address, for a message.
func address(target string) string {
	if r := []rune(paper.Visible(target)); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return paper.Visible(target)
}

// foreignKind returns a name for what a relation leads to.
func foreignKind(r relation) kpi.Text {
	switch r.kind() {
	case "image", "attachedTemplate", "hyperlink", "subDocument", "frame":
		return kpi.T("template.foreign." + r.kind())
	case "oleObject", "package", "control", "aFChunk":
		return kpi.T("template.foreign.object")
	}
	return kpi.T("template.foreign.other")
}

var (
	fieldCode   = regexp.MustCompile(`(?s)<w:instrText(?:\s[^>]*)?>([^<]*)</w:instrText>|<w:fldChar\s[^>]*w:fldCharType="(begin)"|w:instr="([^"]*)"`)
	fetchVML    = regexp.MustCompile(`(?i)<v:\w+\s[^>]*\bsrc\s*=\s*"\s*((?:[a-z]+:|\\\\)[^"]*)"`)
	fetchFields = []string{"DDE", "DDEAUTO", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK", "RD",
		"DATABASE", "MACROBUTTON"}
)

// foreignFields returns the fields of a part that fetch or run something. Word splits a field's code
// over runs, so the codes are put together first.
func foreignFields(content string) []kpi.Text {
	var codes []string
	for _, m := range fieldCode.FindAllStringSubmatch(content, -1) {
		switch {
		case m[2] != "" || len(codes) == 0:
			codes = append(codes, m[1]+m[3])
		case m[3] != "":
			codes = append(codes, m[3])
		default:
			codes[len(codes)-1] += m[1]
		}
	}
	var out []kpi.Text
	for _, code := range codes {
		if words := strings.Fields(code); len(words) > 0 && slices.Contains(fetchFields, strings.ToUpper(words[0])) {
			out = append(out, kpi.T("template_field", strings.ToUpper(words[0])))
		}
	}
	for _, m := range fetchVML.FindAllStringSubmatch(content, -1) {
		out = append(out, kpi.T("template_foreign", kpi.T("template.foreign.image"), address(m[1])))
	}
	return out
}

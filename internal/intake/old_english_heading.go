package intake

import (
	"regexp"
	"strings"
)

var (
	englishHeading = regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+|#+\s*)?([A-Z][A-Za-z&,/' -]{2,60})$`)
	// englishNumbering is what stands before a heading or a paragraph, and no figure of it. A decimal before a small
	// letter is one: 3.5 km of drains were cleaned.
	englishNumbering = regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2})+[.)]?\s+|\d{1,2}[.)]\s+|[(](?:\d{1,2}|[a-z])[)]\s*)`)
	englishRunIn     = regexp.MustCompile(`^([A-Z][A-Za-z&,/' -]{2,40})\.\s+([A-Z0-9£$€].*)$`)
	englishSections  = []struct {
		words   *regexp.Regexp
		section OldSection
	}{
		{regexp.MustCompile(`(?i)\bdut(?:y|ies)\b|\bmandate\b|\bresponsibilit|\bfunctions\b`), OldDuties},
		{regexp.MustCompile(`(?i)^(?:our |the )?(?:staff|staffing|personnel|organi[sz]ation and staff(?:ing)?)$`), OldStaffing},
		{regexp.MustCompile(`(?i)staff|^(?:our )?people$|about (?:us|the)\b|who we are|overview|background|our organi[sz]ation|` +
			`introduction`), OldOverview},
		{regexp.MustCompile(`(?i)^basic (?:expenditure|spending)`), OldBasic},
		{regexp.MustCompile(`(?i)^project (?:expenditure|spending)`), OldProject},
		{regexp.MustCompile(`(?i)budget|expenditure|spending|financial review|accounts`), OldGeneral},
		{regexp.MustCompile(`(?i)problem|challenge|difficult|\brisks\b|what did not`), OldProblems},
		{regexp.MustCompile(`(?i)next|\bplans?\b|looking ahead|improvement|future`), OldImprovements},
		{regexp.MustCompile(`(?i)publication|use of (?:the )?results`), OldPublication},
		{regexp.MustCompile(`(?i)^(?:any )?other (?:matters|information|business|notes)$`), OldOther},
	}
	// englishWhole is a heading of all the work, not of one area.
	englishWhole = regexp.MustCompile(`(?i)^(?:overall |our |the )?(?:performance|results|achievements|work done|activities)` +
		`(?: (?:by area|in|of|for|this) ?.*)?$`)
)

// englishTitle enters the section that a line names, and returns what stands behind its heading on the same line, with
// the number of a paragraph that has no heading.
func (r *oldReader) englishTitle(text string) (number, rest string) {
	number = englishNumbering.FindString(text)
	behind := text[len(number):]
	if behind == "" || number != "" && strings.ContainsAny(number[:len(number)-1], ".") &&
		(behind[0] < 'A' || behind[0] > 'Z') {
		number, behind = "", text
	}
	if m := englishHeading.FindStringSubmatch(text); m != nil && len(strings.Fields(m[1])) <= 8 {
		if text == m[1] && r.numbered && r.section == OldNone {
			return "", "" // the title page
		}
		r.englishEnter(m[1])
		return "", ""
	}
	if m := englishRunIn.FindStringSubmatch(behind); number != "" && m != nil && len(strings.Fields(m[1])) <= 5 {
		r.englishEnter(m[1])
		return "", m[2]
	}
	return number, behind
}

func (r *oldReader) englishEnter(title string) {
	r.section, r.title, r.area = OldWork, title, title
	if englishWhole.MatchString(title) {
		r.area = ""
	}
	for _, known := range englishSections {
		if known.words.MatchString(title) {
			r.section, r.area = known.section, ""
			break
		}
	}
}

// isNumbered reports whether the headings of a text bear numbers.
func isNumbered(lines []Line) bool {
	for _, l := range lines {
		text := strings.TrimSpace(l.Text)
		if number := englishNumbering.FindString(text); l.Table == 0 && number != "" &&
			englishHeading.MatchString(strings.TrimSuffix(text, ".")) {
			return true
		}
	}
	return false
}

package help

import "strings"

// sectionOf are the sections that pages belong to, by the last part of their address that stands here.
var sectionOf = map[string]string{
	"setup": "the-first-hour-of-a-new-office", "start": "the-first-hour-of-a-new-office",
	"invite": "in-three-minutes", "login": "in-three-minutes",

	"overview": "leaders", "trends": "leaders", "compare": "leaders", "areas": "leaders", "card": "leaders",
	"indicators": "leaders", "questions": "leaders", "notices": "leaders",

	"mine": "staff", "entry": "staff", "updates": "staff", "drafts": "staff", "file": "exporting-the-log",
	"evidence": "evidence", "grid": "many-figures-at-once",
	"completeness": "who-has-reported-reminders-and-bulletins", "letters": "who-has-reported-reminders-and-bulletins",
	"import": "importing-from-excel", "imports": "importing-from-excel",

	"plan": "setting-the-year-indicators-and-targets", "adopt": "setting-the-year-indicators-and-targets",
	"targets": "setting-the-year-indicators-and-targets",

	"review": "reviewers", "reviews": "reviewers", "audit": "auditors",

	"accounts": "administrators", "channels": "administrators", "displays": "administrators", "locks": "administrators",
	"person": "administrators", "settings": "administrators", "sign-in-rules": "administrators", "units": "administrators",

	"report": "the-year-end-report", "papers": "the-year-end-report", "projects": "the-year-end-report",
	"staffing": "the-year-end-report",

	"handup": "handing-figures-up", "below": "handing-figures-up", "packages": "handing-figures-up",

	"score": "the-score", "ruleset": "the-score", "budget": "the-budget", "account": "language-and-colours",
}

// For returns where the guide tells of a page, by its address: its contents where none of its sections does.
func For(address string) string {
	path, _, _ := strings.Cut(address, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if section, ok := sectionOf[parts[i]]; ok {
			return Path + "/" + section
		}
	}
	if parts[0] == "years" {
		return Path + "/leaders" // the board
	}
	return Path
}

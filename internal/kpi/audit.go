package kpi

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// AuditEntry is one entry of the audit log: who did what to what, when. Each carries the hash of
// the one before, so that a removed or changed entry is noticed.
type AuditEntry struct {
	ID      int64
	At      UnixMilli
	Actor   string
	Action  string // one of AuditActions
	Subject string // what it was done to: "update 17", "year 2022"
	Detail  string // JSON: what changed
	Hash    string // hex

	// Records is what the records that it changed were afterwards, in JSON; "" if there are none, and in lists.
	Records string
}

// Program is who acts, in the audit log, where the program does something by itself.
const Program = "dabiao"

// AuditActions are the actions that are logged, in the order in which a list offers them.
var AuditActions = []string{
	"session.open", "session.fail", "update.log", "update.correct", "update.withdraw", "update.load", "update.import",
	"evidence.add", "evidence.mark", "evidence.unmark", "evidence.download",
	"evidence.read", "evidence.original", "evidence.pack",
	"evidence.erase", "evidence.move", "review.submit", "review.approve", "review.return",
	"review.set", "month.lock", "month.unlock", "indicator.create", "indicator.edit", "indicator.order",
	"indicator.archive", "indicator.restore", "indicator.explain", "area.create", "area.edit", "area.order",
	"target.set", "owner.set", "score.set", "rules.set", "budget.set", "staffing.set", "project.create",
	"project.edit", "project.remove", "outlook.set", "report.set_text", "report.set_outline",
	"report.set_cover", "report.set_rows", "report.set_forms",
	"report.set_template", "report.drop_template", "report.rekey", "report.check", "report.mark", "report.unmark",
	"report.sign", "report.seal", "report.download", "log.download", "file.download",
	"audit.export", "report.take_returned",
	"report.settle_note",
	"plan.propose", "plan.adopt", "plan.adopt_undo",
	"year.open", "year.closed", "year.add_indicator", "year.public", "year.private", "unit.create",
	"unit.rename",
	"unit.move", "unit.import", "account.add", "account.password", "account.disable", "account.enable", "account.invite",
	"account.set_end", "account.export",
	"account.factor_set", "account.factor_drop", "account.factor_reset", "account.recovery_codes",
	"account.recovery_used", "account.link", "account.unlink", "session.set_rules", "session.end",
	"token.add", "token.end", "office.set", "channel.add", "channel.end", "display.add", "display.end",
	"display.language",
	"package.set_dictionary", "package.map", "package.make", "package.set_upward", "package.send", "package.set_units",
	"package.bring", "package.take", "package.decline",
	"question.ask", "question.answer", "view.save", "view.delete", "records.begin", "records.keep",
	"backup.make", "backup.fail", "backup.drill",
}

// AuditFilter narrows the audit log; what is empty does not narrow it.
type AuditFilter struct {
	Action   string
	Actor    string    // the sign-in name
	From, To UnixMilli // from the first moment on, up to before the second
	Subject  string    // with what is part of it: "year 2026" and "year 2026 project roads"
	Unit     string    // code: what is of it or of a unit below
}

// maxAuditWord limits what a filter asks for, in characters.
const maxAuditWord = 200

// Check adds what no entry could ever match: an action that is none, a name or object that holds what
// cannot be typed, or is longer than any.
func (f AuditFilter) Check(m *Mistakes) {
	if f.Action != "" && !slices.Contains(AuditActions, f.Action) {
		m.Add("action", "audit_action_unknown", f.Action)
	}
	for field, text := range map[string]string{"person": f.Actor, "object": f.Subject, "unit": f.Unit} {
		switch {
		case utf8.RuneCountInString(text) > maxAuditWord:
			m.Add(field, "text_too_long", maxAuditWord)
		case !utf8.ValidString(text) || slices.ContainsFunc([]rune(text), unicode.IsControl):
			m.Add(field, "text_malformed")
		}
	}
}

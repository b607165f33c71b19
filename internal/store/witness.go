package store

import (
	"fmt"
	"slices"
	"strings"
)

// The audit log is a witness of the records: with each act it keeps what the rows that the act changed were
// afterwards, so that verify can hold a row against the last entry that speaks of it (docs/adr/0077). That
// happens below the methods that write, so that none can forget it: a statement that writes a witnessed table
// returns the rows it wrote, and the next audit entry of its change carries them.

// witnessed is a table whose rows the audit log holds.
type witnessed struct {
	table   string
	columns []string // those the log holds, its key first; new ones are added at the end
	keys    int      // how many of them are the key
	sealed  []string // columns that the log holds by their digest only, however short: they open something

	// grows says that rows are only ever added, with rising numbers as their keys. The log holds many of them by
	// one digest.
	grows bool

	// ours says whether a row must be in the log; nil: each must. Others may be: a draft becomes a record.
	ours func(row []any) bool
}

// columnsOf splits the words of a list.
func columnsOf(list string) []string { return strings.Fields(list) }

// record names a table of which every row must be in the log; the first of its columns is the key.
func record(table, columns string) witnessed {
	return witnessed{table: table, columns: columnsOf(columns), keys: 1}
}

// keyed names a table whose first keys columns are the key.
func keyed(keys int, table, columns string) witnessed {
	return witnessed{table: table, columns: columnsOf(columns), keys: keys}
}

// Witnessed are the tables whose rows the audit log holds.
var witnesses = []witnessed{
	{table: "settings", columns: columnsOf("name value"), keys: 1, ours: namedSetting},
	record("units", "id code name name_en parent_id sort added_at"),
	keyed(2, "unit_parents", "unit_id until parent_id since"),
	{table: "accounts", keys: 1, sealed: columnsOf("password_hash"),
		columns: columnsOf("id name full_name role unit_id password_hash disabled created_at ends_on password_at")},
	record("invitations", "hash account_id made_by made_at ends_at"),
	record("second_factors", "account_id sealed set_at"),
	record("recovery_codes", "hash account_id"),
	record("identities", "account_id issuer subject linked_at"),
	record("tokens", "hash account_id name created_at scope ends_on unit_id"),
	record("views", "id account_id name query shared saved_at"),
	record("displays", "id hash name unit_id made_by made_at ended_at language"),
	record("years", "year state sample opened_at closed_at"),
	record("public_years", "year indexed set_by set_at"),
	record("areas", "id code name name_en sort"),
	record("indicators", `id code area_id name name_en kind measure decimals direction category definition source owner
		owner_at partners numerator_id denominator_id factor part_of_id sum_of units_rule starts note sort archived_at`),
	keyed(2, "year_indicators", "year indicator_id archived added_at"),
	keyed(2, "owners", "account_id indicator_id added_at"),
	record("targets", `id year indicator_id unit_id sign amount level weight document issuer dated reason curve set_by
		set_at`),
	record("rule_sets", "year body set_by set_at"),
	{table: "reviews", columns: columnsOf("id update_id act state reason done_by done_at"), keys: 1, grows: true},
	record("doubts", "update_id question"),
	record("locks", "id year month act reason seen done_by done_at"),
	record("evidence", `id update_id year indicator_id unit_id name media_type size sha256 sensitive added_by
		added_at warning erased_at erased_by erased_why`),
	record("imports", "id year sha256 name taken refused entries author at"),
	keyed(2, "import_columns", "shape heading role"),
	record("explanations", "id year month unit_id indicator_id reason next_step planned set_by set_at"),
	keyed(3, "outlooks", "year month indicator_id possibility causes reason remark set_by set_at"),
	keyed(4, "expectations", "year month indicator_id unit_id amount precision wording set_by set_at"),
	record("questions", `id year indicator_id unit_id as_of light amount prec wording target rate text asked_by asked_at
		answer answered_by answered_at`),
	record("scores", "id year indicator_id points proposed weight reason set_by set_at"),
	keyed(3, "budget_lines", "year fund nature opening initial full_year income spent closing months"),
	record("budget_revisions", "id year fund nature initial full_year dated document reason set_by set_at"),
	keyed(2, "budget_sources", "year source amount"),
	record("budget_others", "id year name amount note"),
	record("projects", "id year code name name_en supervisor implementer fund expected achieved set_by set_at"),
	keyed(2, "project_money", "project_id source initial full_year spent"),
	keyed(2, "project_indicators", "project_id indicator_id weight points reason"),
	keyed(2, "staffing", "year kind posts people"),
	keyed(2, "official_costs", "year kind last_year initial full_year spent"),
	keyed(3, "report_texts", "year section language body"),
	record("report_versions", "id year section language body author at"),
	record("report_notes", `id year section language author written quote body file added_by added_at done_by
		done_at`),
	record("outlines", "year body set_by set_at"),
	record("covers", "year body set_by set_at"),
	record("form_values", "year body set_by set_at"),
	record("report_checks", "id year sha256 errors warnings note author at"),
	record("report_signings", "id year number sha256 as_of body errors reason author at"),
	keyed(2, "report_templates", "year form name content set_by set_at"),
	keyed(3, "rekeyed", "year form line printed ticked_by ticked_at"),
	keyed(2, "check_marks", "year finding code said reason author at"),
	{table: "adoptions", columns: columnsOf("id year source state author at body made"), keys: 1, ours: noDraft},
	record("dictionaries", "year name body unit set_by set_at"),
	keyed(3, "dictionary_map", "office code name indicator_id set_by set_at"),
	record("packages_made", "id year number first_month last_month sha256 content made_by made_at"),
	record("packages_taken", `id unit_id year number first_month last_month sha256 key content state came_by came_at
		decided_by decided_at`),
	{table: "package_entries", columns: columnsOf("update_id package_id"), keys: 1, grows: true},
	record("package_keys", "unit_id office key trusted_by trusted_at"),
	record("upward", "address set_by set_at"),
	record("channels", "id kind name address security account sender recipients events language made_by made_at ended_at"),
}

// unwitnessed are the other tables, with the reason why the log holds none of their rows.
var unwitnessed = map[string]string{
	"audit":            "is the log, and chained",
	"audit_units":      "find entries of the log by unit, which these say themselves (see replay_units.go)",
	"updates":          "are in the log's own entries, or by one digest where many came at once (see witness_update.go)",
	"rollups":          "are computed from the log, and verify computes them again",
	"stamps":           "name a state and say nothing",
	"idempotency":      "are answers to give again, forgotten in time",
	"sessions":         "begin and end by themselves; the log says who signed in",
	"old_passwords":    "let nobody in any more",
	"kept_forms":       "are nobody's word yet, and wait for some minutes",
	"attempts":         "count failures for some minutes",
	"report_drafts":    "are nobody's word yet, saved as somebody types",
	"notice_states":    "are what the figures were when they were last looked at",
	"notices":          "are made from figures by the program, and said nobody's word",
	"outbox":           "is what is still to be sent",
	"audit_heads":      "are the log's own ends, as they are sent away",
	"evidence_chunks":  "are contents of evidence, each under its hash, which the log holds",
	"package_sendings": "are what is still to be sent",
	"late_backups":     "say what the copies outside were, as it is sent away",
}

// unwitnessedColumns are columns of witnessed tables that the log does not hold, with the reason.
var unwitnessedColumns = map[string]string{ //nolint:gosec // no credentials: columns and reasons
	"displays.seen_at":         "changes with every look",
	"tokens.used_at":           "changes with use",
	"second_factors.used_step": "changes with each sign-in",
	"tokens.used_from":         "changes with use",
	"upward.token":             "opens the office above, and is that office's to end",
	"channels.secret":          "is chosen by people, so that a digest of it could be guessed",
}

// settingsHeld are the settings that people make.
var settingsHeld = []string{"office_name", "office_name_en", "review", "sign_in", "reporting_units"}

func namedSetting(row []any) bool { return slices.Contains(settingsHeld, fmt.Sprint(row[0])) }

// noDraft reports whether a plan was taken over: before that it is changed with every line that is looked at.
func noDraft(row []any) bool { return row[3] != "draft" }

var byTable = func() map[string]*witnessed {
	out := map[string]*witnessed{}
	for i := range witnesses {
		out[witnesses[i].table] = &witnesses[i]
	}
	return out
}()

package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// personal names, for each table that tells of accounts, the columns that hold an account's number and those that hold
// its sign-in name.
var personal = []struct{ table, numbers, names string }{
	{"accounts", "id", ""}, {"sessions", "account_id", ""}, {"tokens", "account_id", ""},
	{"invitations", "account_id", "made_by"}, {"views", "account_id", ""}, {"owners", "account_id", ""},
	{"report_drafts", "account_id", ""}, {"second_factors", "account_id", ""}, {"recovery_codes", "account_id", ""},
	{"old_passwords", "account_id", ""}, {"identities", "account_id", ""},
	{"updates", "", "author"}, {"reviews", "", "done_by"}, {"evidence", "", "added_by erased_by"},
	{"imports", "", "author"},
	{"explanations", "", "set_by"}, {"outlooks", "", "set_by"}, {"expectations", "", "set_by"},
	{"questions", "", "asked_by answered_by"}, {"scores", "", "set_by"}, {"targets", "", "set_by"},
	{"rule_sets", "", "set_by"}, {"budget_revisions", "", "set_by"}, {"projects", "", "set_by"}, {"locks", "", "done_by"},
	{"report_versions", "", "author"}, {"report_notes", "", "author added_by done_by"}, {"report_checks", "", "author"},
	{"report_signings", "", "author"}, {"report_templates", "", "set_by"}, {"rekeyed", "", "ticked_by"},
	{"check_marks", "", "author"}, {"adoptions", "", "author"}, {"outlines", "", "set_by"}, {"covers", "", "set_by"},
	{"form_values", "", "set_by"}, {"channels", "", "made_by"}, {"displays", "", "made_by"},
	{"public_years", "", "set_by"},
	{"dictionaries", "", "set_by"}, {"dictionary_map", "", "set_by"}, {"packages_made", "", "made_by"},
	{"packages_taken", "", "came_by decided_by"}, {"package_keys", "", "trusted_by"}, {"upward", "", "set_by"},
	{"audit", "", "actor"},
}

// kept are the columns that are not told even to the person: they open something, or are another's.
var kept = []string{"password_hash", "hash", "csrf", "secret", "sealed", "content", "token"}

// PersonRows are the rows of a table that tell of an account.
type PersonRows struct {
	Table   string
	Columns []string
	Rows    [][]any
}

// Person returns everything that is stored about an account under its number or its sign-in name, table by table;
// tables without any are left out.
func (r *Reader) Person(ctx context.Context, account kpi.Account) (out []PersonRows, err error) {
	for _, of := range personal {
		var where []string
		var args []any
		for _, column := range strings.Fields(of.numbers) {
			args = append(args, account.ID)
			where = append(where, fmt.Sprintf("%s = $%d", column, len(args)))
		}
		for _, column := range strings.Fields(of.names) {
			args = append(args, account.Name)
			where = append(where, fmt.Sprintf("%s = $%d", column, len(args)))
		}
		found, err := r.personRows(ctx, of.table, strings.Join(where, " OR "), args)
		if err != nil {
			return nil, err
		}
		if len(found.Rows) > 0 {
			out = append(out, found)
		}
	}
	return out, nil
}

func (r *Reader) personRows(ctx context.Context, table, where string, args []any) (out PersonRows, err error) {
	text := `SELECT * FROM ` + table + ` WHERE ` + where + ` ORDER BY 1, 2`
	rows, err := r.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return out, failed(text, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return out, err
	}
	out.Table = table
	for _, c := range columns {
		if !slices.Contains(kept, c) {
			out.Columns = append(out.Columns, c)
		}
	}
	for rows.Next() {
		row, err := scanRow(rows, len(columns))
		if err != nil {
			return out, failed(text, err)
		}
		told := make([]any, 0, len(out.Columns))
		for i, v := range row {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			if !slices.Contains(kept, columns[i]) {
				told = append(told, v)
			}
		}
		out.Rows = append(out.Rows, told)
	}
	return out, rows.Err()
}

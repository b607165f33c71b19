package app_test

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// Whoever changes records in the database itself is told by verify: which record, what the log says of it and
// what the record says.
func TestVerifyNamesWhatWasChangedBehindTheLog(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		b := newBureau(t, db)
		_, err := b.app.SetTarget(ctx, b.staff, app.NewTarget{Indicator: "screened", Unit: "east",
			Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(52), Document: "1号文"}})
		b.must(err)
		first := b.log("screened", "east", "2026-02-10", 80)
		_, err = b.app.AttachEvidence(ctx, b.staff, first.ID, app.NewEvidence{Name: "名单.pdf",
			Content: strings.NewReader("%PDF-1.4\n%%EOF\n")})
		b.must(err)
		_, err = b.app.LogUpdates(ctx, b.staff, "book.xlsx", []kpi.NewUpdate{entry("disputes", "east", "2026-03-01", 1),
			entry("disputes", "west", "2026-03-02", 2), entry("disputes", "west", "2026-03-03", 3)})
		b.must(err)
		b.must(b.app.SetBudget(ctx, b.staff, 2026, []kpi.BudgetLine{{Fund: kpi.GeneralBudget, Nature: "basic",
			Opening: 0, Income: kpi.Whole(100), Spent: kpi.Whole(60), Closing: kpi.Whole(40)}}))
		_, err = b.app.AskQuestion(ctx, kpi.Operator, app.NewQuestion{Query: app.Query{Year: 2026, Unit: "east"},
			Indicator: "screened", Text: "为什么？"})
		b.must(err)
		_, err = b.app.ExplainIndicator(ctx, b.staff, 2026, app.NewExplanation{Indicator: "screened", Unit: "east",
			Reason: "下雪", Next: "补做"})
		b.must(err)
		b.wantVerified()
		for _, c := range []struct {
			what, change, undo string
			want               []string // each in one line
		}{
			{"half a target", `UPDATE targets SET amount = amount / 2`, `UPDATE targets SET amount = amount * 2`,
				[]string{"target 1 (2026, indicator screened screened, unit east east): amount: " +
					"the log says 52, the record says 26 (audit entry", "target.set", "clerk)"}},
			{"an author", `UPDATE updates SET author = 'admin' WHERE id = 1`, `UPDATE updates SET author = 'clerk' WHERE id = 1`,
				[]string{`update 1: author: the log says "clerk", the record says "admin"`}},
			{"a note", `UPDATE updates SET note = '已核' WHERE id = 1`, `UPDATE updates SET note = '' WHERE id = 1`,
				[]string{`update 1: note: the log says "", the record says "已核"`}},
			{"a time", `UPDATE updates SET logged_at = logged_at - 86400000 WHERE id = 1`,
				`UPDATE updates SET logged_at = logged_at + 86400000 WHERE id = 1`,
				[]string{"update 1: logged_at: the log says 2026-06-15 09:00:00, the record says 2026-06-14 09:00:00"}},
			{"the note of one of several", `UPDATE updates SET note = '假' WHERE id = 3`,
				`UPDATE updates SET note = '' WHERE id = 3`,
				[]string{"update 3 (", "unit west west", `it is not what the log holds by a digest`, `note "假"`, "update.load"}},
			{"a reporter made an administrator", `UPDATE accounts SET role = 'admin', unit_id = NULL WHERE name = 'east'`,
				`UPDATE accounts SET role = 'reporter', unit_id = (SELECT id FROM units WHERE code = 'east') WHERE name = 'east'`,
				[]string{"(east", `role: the log says "reporter", the record says "admin"`,
					"unit_id: the log says unit east east, the record says nothing"}},
			{"a password", `UPDATE accounts SET password_hash = password_hash || 'x' WHERE name = 'east'`,
				`UPDATE accounts SET password_hash = SUBSTR(password_hash, 1, LENGTH(password_hash) - 1) WHERE name = 'east'`,
				[]string{"(east", "password_hash: the log says a text of SHA-256"}},
			{"an administrator more", `INSERT INTO accounts (name, full_name, role, password_hash, created_at)
				VALUES ('ghost', 'ghost', 'admin', 'x', 1)`, `DELETE FROM accounts WHERE name = 'ghost'`,
				[]string{"(ghost", "the log does not speak of it", `role "admin"`}},
			{"other evidence", `UPDATE evidence SET name = '名单2.pdf'`, `UPDATE evidence SET name = '名单.pdf'`,
				[]string{"evidence 1 (", `name: the log says "名单.pdf", the record says "名单2.pdf"`, "evidence.add"}},
			{"a question", `UPDATE questions SET text = '好'`, `UPDATE questions SET text = '为什么？'`,
				[]string{`question 1 (`, `text: the log says "为什么？", the record says "好"`}},
			{"an explanation", `UPDATE explanations SET reason = '无'`, `UPDATE explanations SET reason = '下雪'`,
				[]string{`explanation 1 (`, `reason: the log says "下雪", the record says "无"`}},
			{"a budget", `UPDATE budget_lines SET spent = spent + 10000000, closing = closing - 10000000`,
				`UPDATE budget_lines SET spent = spent - 10000000, closing = closing + 10000000`,
				[]string{`spent: the log says 60, the record says 70`, "budget.set"}},
			{"a name", `UPDATE units SET name = '西镇' WHERE code = 'west'`, `UPDATE units SET name = 'west' WHERE code = 'west'`,
				[]string{`name: the log says "west", the record says "西镇"`, "unit.create"}},
			{"a name that looks like a digest", `UPDATE units SET name = '{"sha256"' WHERE code = 'west'`,
				`UPDATE units SET name = 'west' WHERE code = 'west'`,
				[]string{`name: the log says "west", the record says "{\"sha256\""`}},
			{"a key with a line of its own", "INSERT INTO import_columns (shape, heading, role) VALUES ('x', 'y\nverified, 0 differences', '')",
				`DELETE FROM import_columns`, []string{`"y\nverified, 0 differences"`, "the log does not speak of it"}},
			{"a name, and a line of the log that is none", `UPDATE units SET name = '西镇' WHERE code = 'west';
				CREATE TABLE kept AS SELECT * FROM audit;
				UPDATE audit SET packed = NULL, detail = '{}', records = '[["units",1],[]]' WHERE subject = 'unit west'`,
				`UPDATE units SET name = 'west' WHERE code = 'west';
				UPDATE audit SET detail = '', records = '', packed = (SELECT packed FROM kept WHERE kept.id = audit.id)
				WHERE subject = 'unit west'; DROP TABLE kept`,
				[]string{`what it says of records cannot be read`}},
			{"an author, and an entry of the log that is none", `UPDATE updates SET author = 'admin' WHERE id = 1;
				UPDATE audit SET detail = 'x' WHERE subject = 'update 1' AND action = 'update.log'`,
				`UPDATE updates SET author = 'clerk' WHERE id = 1;
				UPDATE audit SET detail = '' WHERE subject = 'update 1' AND action = 'update.log'`,
				[]string{`what it says of records cannot be read`}},
			{"a setting", `UPDATE settings SET value = '别的局' WHERE name = 'office_name'`,
				`UPDATE settings SET value = '某县某局' WHERE name = 'office_name'`,
				[]string{`setting office_name`, `value: the log says "某县某局", the record says "别的局"`}},
		} {
			behind(c.change)
			differences, err := b.app.Verify(ctx)
			b.must(err)
			if !inOneLine(differences, c.want) {
				t.Errorf("%s: verify says\n%s\nwant a line with %q", c.what, strings.Join(differences, "\n"), c.want)
			}
			behind(c.undo)
		}
		b.wantVerified()
		behind(`DELETE FROM audit WHERE id > (SELECT MAX(id) FROM audit) - 5`)
		differences, err := b.app.Verify(ctx)
		b.must(err)
		for _, want := range []string{"update 2", "explanation 1", "question 1"} {
			if !inOneLine(differences, []string{want, "the log does not speak of it"}) {
				t.Errorf("without the newest audit entries verify does not tell of %s:\n%s", want, strings.Join(differences, "\n"))
			}
		}
	})
}

func inOneLine(lines, want []string) bool {
	for _, line := range lines {
		all := true
		for _, w := range want {
			all = all && strings.Contains(line, w)
		}
		if all {
			return true
		}
	}
	return false
}

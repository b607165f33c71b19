//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/blob"
	"dabiao/internal/store/pgtest"
)

// lackingEverywhere is what a pooler or an engine that spreads records over machines does without, so that no statement
// may need it. Sources: PgBouncer, https://www.pgbouncer.org/features.html (SQL feature map, transaction pooling);
// Citus, https://docs.citusdata.com/en/stable/develop/reference_workarounds.html (limitations of all models of
// operation) and github.com/citusdata/citus/pull/3858, /5705 (triggers); YugabyteDB,
// https://docs.yugabyte.com/latest/explore/ysql-language-features/postgresql-compatibility/ (unsupported features) and
// github.com/yugabyte/yugabyte-db/issues/3642 (advisory locks).
var lackingEverywhere = []struct {
	name, why string
	statement *regexp.Regexp
}{
	{"another schema", "an office's schema is what the search path says (ADR 108)", regexp.MustCompile(
		`(?i)\b(FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|ONLY)\s+"?(public|[a-z_][a-z0-9_]*)"?\."?[a-z_]`)},
	{"search path", "whose a transaction is, is said in one place", regexp.MustCompile(`(?i)search_path`)},
	{"session setting", "PgBouncer: never; use SET LOCAL", regexp.MustCompile(
		`(?i)(^|;)\s*(SET\s+(SESSION|TIME|[a-z_.]+\s*(=|TO\b))|RESET\s)|set_config\([^)]*,\s*false\s*\)`)},
	{"LISTEN, NOTIFY", "PgBouncer: never; YugabyteDB: 1872", regexp.MustCompile(
		`\b(UN)?LISTEN\b|\bNOTIFY\b|pg_notify`)},
	{"temporary table", "PgBouncer: never but ON COMMIT DROP", regexp.MustCompile(
		`(?i)CREATE\s+(GLOBAL\s+|LOCAL\s+)?TEMP|INTO\s+TEMP`)},
	{"advisory lock", "PgBouncer: those of sessions never; YugabyteDB: 3642", regexp.MustCompile(
		`(?i)pg_(try_)?advisory`)},
	{"cursor of a session", "PgBouncer: WITH HOLD never", regexp.MustCompile(`(?i)WITH\s+HOLD`)},
	{"statement of a session", "PgBouncer: PREPARE never", regexp.MustCompile(
		`(^|;)\s*(PREPARE|DEALLOCATE|DISCARD|LOAD)\s`)},
	{"number of a session", "the next statement may go over another connection", regexp.MustCompile(
		`(?i)\b(currval|lastval)\s*\(`)},
	{"lock of a table", "YugabyteDB: 5384", regexp.MustCompile(`(?m)^\s*LOCK\s`)},
	{"deferrable constraint", "YugabyteDB: 1709", regexp.MustCompile(
		`\b(DEFERRABLE|INITIALLY\s+DEFERRED)\b|SET\s+CONSTRAINTS`)},
	{"inheritance", "YugabyteDB: 5956", regexp.MustCompile(`\bINHERITS\b`)},
	{"exclusion constraint", "YugabyteDB: 3944", regexp.MustCompile(`\bEXCLUDE\s+USING\b`)},
	{"generated column", "YugabyteDB: 10695", regexp.MustCompile(`\bGENERATED\s+ALWAYS\s+AS\s*\(`)},
	{"rule", "Citus: the rule system", regexp.MustCompile(`\bCREATE\s+(OR\s+REPLACE\s+)?RULE\b`)},
	{"trigger", "Citus: 3858; 5705: none for statements", regexp.MustCompile(
		`\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b`)},
	{"function", "Citus: it is to be spread by hand", regexp.MustCompile(
		`\bCREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b|\bDO\s+\$`)},
	{"subquery of a value", "Citus: subqueries within INSERT", regexp.MustCompile(
		`(?is)\bINSERT\s+INTO\b[^;]*\bVALUES\s*\([^;]*\(\s*SELECT\b`)},
	{"chance in an update", "Citus: functions of UPDATE must not be volatile", regexp.MustCompile(
		`(?is)\bUPDATE\s+\w+\s+SET\b[^;]*\b(random|nextval|clock_timestamp|gen_random_uuid)\s*\(`)},
	{"another database", "neither", regexp.MustCompile(
		`(?i)\bdblink\b|postgres_fdw|FOREIGN\s+(TABLE|SERVER)|CREATE\s+EXTENSION`)},
	{"view", "Citus: changes of views; YugabyteDB: views that are kept", regexp.MustCompile(
		`\bCREATE\s+(OR\s+REPLACE\s+|MATERIALIZED\s+)*VIEW\b`)},
	{"number narrower than BIGINT", "Citus: sequences smaller than BIGINT", regexp.MustCompile(
		`(?i)\b(small)?serial\b|\binteger\s+PRIMARY\s+KEY\s+GENERATED`)},
}

// allowedAll are the statements that need such a thing, and why they may. A piece of the statement names it.
var allowedAll = map[string]struct{ piece, why string }{
	"advisory lock": {"pg_advisory_xact_lock_shared(4701)",
		"where the address names no schema, a server of 0.1.0 may be, which knows no other lock"},
	"trigger":     {"dabiao_moved()", "likewise: it asks for no mark"},
	"function":    {"dabiao_moved()", "likewise"},
	"search path": {"SET LOCAL search_path = ", "this is the place"},
	"number narrower than BIGINT": {"goose_db_version",
		"goose's own list of migrations, which one server at a time adds to from where the database is reached"},
}

// objections says what a statement needs that not everybody has, but for what is allowed.
func objections(statement string, used map[string]bool) (out []string) {
	for _, l := range lackingEverywhere {
		if !l.statement.MatchString(statement) {
			continue
		}
		if a := allowedAll[l.name]; a.piece != "" && strings.Contains(statement, a.piece) {
			used[l.name] = true
			continue
		}
		out = append(out, fmt.Sprintf("%s (%s): %.200q", l.name, l.why, statement))
	}
	return out
}

// writtenTexts returns every text in the program that can be sent to PostgreSQL: those of this package and of the one
// below it, joined as the program joins them, and the migrations as PostgreSQL gets them.
func writtenTexts(t *testing.T) (out map[string]string) {
	t.Helper()
	out = map[string]string{}
	set := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	more, err2 := filepath.Glob("shared/*.go")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, more...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			e, is := n.(ast.Expr)
			if !is {
				return true
			}
			text, is := joined(e)
			if is && strings.TrimSpace(text) != "" {
				out[text] = set.Position(n.Pos()).String()
			}
			return !is
		})
	}
	files := postgresDialect.migrationFiles()
	err = fs.WalkDir(migrations, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		out[string(text)] = name
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// someName stands in a text for what is put in there: a name, a list, another text.
const someName = "\x00"

// joined returns a text that is written in pieces; what stands between them and is no text is a name.
func joined(e ast.Expr) (text string, is bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, isLeft := joined(e.X)
		right, isRight := joined(e.Y)
		if e.Op != token.ADD || !isLeft && !isRight {
			return "", false
		}
		if !isLeft {
			left = someName
		}
		if !isRight {
			right = someName
		}
		return left + right, true
	case *ast.ParenExpr:
		return joined(e.X)
	}
	return "", false
}

// No statement in the program's text needs what a pooler of transactions or an engine of many machines lacks.
func TestNoStatementNeedsWhatIsNotEverywhere(t *testing.T) {
	used := map[string]bool{}
	all := writtenTexts(t)
	if len(all) < 500 {
		t.Fatalf("%d texts were found", len(all))
	}
	for text, where := range all {
		for _, o := range objections(text, used) {
			t.Errorf("%s: %s", where, o)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(allowedAll)) {
		if name != "number narrower than BIGINT" && !used[name] { // that one is goose's, see below
			t.Errorf("nothing needs leave for: %s", name)
		}
	}
	for _, bad := range []string{
		"SELECT 1 FROM public.units", "SET statement_timeout = 0", "LISTEN a", "CREATE TEMP TABLE a (b INT)",
		"SELECT pg_advisory_lock(1)", "DECLARE a CURSOR WITH HOLD FOR SELECT 1", "PREPARE a AS SELECT 1",
		"LOCK TABLE units", "SELECT set_config('a', 'b', false)", "INSERT INTO a (b) VALUES ((SELECT 1))",
		"UPDATE a SET b = random()", "SELECT 1 FROM other.units", `SELECT 1 FROM "other"."units"`,
		"SELECT lastval()", "RESET ALL", "SET search_path = a",
	} {
		if len(objections(bad, used)) == 0 {
			t.Errorf("nobody objects to %s", bad)
		}
	}
	for _, good := range []string{"SET LOCAL statement_timeout = 0", "UPDATE units SET name = $1 WHERE id = $2",
		"SELECT u.id FROM units u JOIN areas a ON a.id = u.area_id"} {
		if o := objections(good, used); len(o) > 0 {
			t.Errorf("somebody objects: %v", o)
		}
	}
}

// What a server really says to PostgreSQL for an office with a schema, as PostgreSQL wrote it down, needs nothing of
// this, is known from the program's text, and runs in a transaction that says first whose it is.
func TestEverythingSaidIsOfATransactionThatSaysWhose(t *testing.T) {
	url, said := pgtest.Logged(t)
	ctx := t.Context()
	db := openSchema(t, schema(url, "east", "application_name=story"), "east")
	for n := range 3 {
		name := fmt.Sprint("story ", n)
		if err := errors.Join(db.Write(ctx, asked(name)), db.Write(ctx, noted(name))); err != nil {
			t.Fatal(err)
		}
		sharedRound(t, db, "east", name+" again")
	}
	tellStory(ctx, t, db, openSchema(t, schema(url, "west", "application_name=story"), "west"))
	var known [][]string
	for text := range writtenTexts(t) {
		known = append(known, piecesOf(text))
	}
	used, statements := map[string]bool{}, 0
	for session, all := range said() {
		if !strings.HasPrefix(session, "story ") {
			continue
		}
		open, whose := false, false
		for _, text := range all {
			statements++
			for part := range strings.SplitSeq(text, ";") {
				part = strings.TrimSpace(part)
				switch word := strings.ToUpper(strings.SplitN(part, " ", 2)[0]); {
				case part == "", part == "-- ping", part == "SELECT pg_backend_pid()": // of no records: is it a pooler?
				case word == "BEGIN":
					open, whose = true, false
				case word == "COMMIT", word == "ROLLBACK" && !strings.Contains(part, "SAVEPOINT"):
					open = false
				case strings.HasPrefix(part, `SET LOCAL search_path = "east", pg_temp`),
					strings.HasPrefix(part, `SET LOCAL search_path = "west", pg_temp`):
					whose = true
				case (!open || !whose) && !strings.Contains(text, "$"): // a migration's text may hold a semicolon
					t.Errorf("in no transaction that says whose it is: %.200q", part)
				}
			}
			for _, o := range objections(text, used) {
				t.Errorf("said: %s", o)
			}
			if !isKnown(text, known) {
				t.Errorf("this text was not found in the program: %.300q", text)
			}
		}
	}
	if statements < 300 || !used["search path"] || !used["number narrower than BIGINT"] || used["advisory lock"] {
		t.Errorf("%d statements, with %v", statements, used)
	}
}

// tellStory does what else a server does with an office's records.
func tellStory(ctx context.Context, t *testing.T, db, other *DB) {
	t.Helper()
	done, ok, err := db.Turn(ctx, "a turn")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	done()
	chunks, err := db.Chunks()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := chunks.Put(ctx, blob.Staged{Path: file, SHA256: "sum"}); err != nil {
		t.Fatal(err)
	}
	content, err := chunks.Get(ctx, "sum")
	if err != nil {
		t.Fatal(err)
	}
	_, sized := chunks.Size(ctx, "sum")
	_, counted := db.Stats(ctx)
	_, coded := db.OfficeCode(ctx)
	err = errors.Join(content.Close(), sized, counted, coded, chunks.Remove(ctx, "sum"),
		db.WriteFile(ctx, filepath.Join(t.TempDir(), "copy.db"), tellNobody),
		db.HandOver(ctx, other, "elsewhere", tellNobody), db.UnmarkMoved(ctx),
		db.HandOver(ctx, other, "elsewhere", tellNobody), db.HandedOver(ctx, "elsewhere"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(ctx, noted("too late")); err == nil || !strings.Contains(err.Error(), "records_moved") {
		t.Errorf("after it was handed over: %v", err)
	}
}

// plainly writes a text without what formatting changes.
func plainly(text string) string { return strings.Join(strings.Fields(text), " ") }

// piecesOf returns what of a text stands in every statement that is made from it.
func piecesOf(text string) (out []string) {
	for piece := range strings.SplitSeq(placeholder.ReplaceAllString(text, someName), someName) {
		if piece = plainly(piece); piece != "" {
			out = append(out, piece)
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`%[sdqv]|%\[\d\][sdqv]`)

// isKnown reports whether a statement has all pieces of one of the program's texts, in their order, or is a part of
// one: a migration has many.
func isKnown(text string, known [][]string) bool {
	plain := plainly(text)
	for _, pieces := range known {
		rest, letters, all := plain, 0, true
		for _, piece := range pieces {
			i := strings.Index(rest, piece)
			if all = i >= 0; !all {
				break
			}
			rest, letters = rest[i+len(piece):], letters+len(piece)
		}
		if all && letters >= 10 || len(pieces) == 1 && strings.Contains(pieces[0], plain) {
			return true
		}
	}
	return strings.Contains(plain, "goose_db_version") || slices.Contains(othersTexts, plain) ||
		bySchema.MatchString(plain)
}

// bySchema matches what PostgreSQL itself words, when it is asked for its references (see side.loosen).
var bySchema = regexp.MustCompile(`^ALTER TABLE \w+ (DROP|ADD) CONSTRAINT \w+( FOREIGN KEY [^;]*)?$`)

// othersTexts are what the driver says, and this test.
var othersTexts = []string{"-- ping", "begin", "commit", "rollback", "SELECT current_schema()::text",
	"DELETE FROM nothing_of_the_kind"}

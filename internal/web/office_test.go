package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/demo"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
	"dabiao/internal/web/middleware"
)

// office is a served office for tests: real SQLite, real files, a clock that the test sets.
type office struct {
	*middleware.Server
	app    *app.App
	db     *store.DB
	dir    string
	clock  time.Time
	tokens map[string]string // by account
}

var ctx = context.Background()

// morning is when every test takes place: 23 November 2026, nine o'clock in the office.
var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("office", 8*60*60))

const goodPassword = "correct horse"

// emptyOffice serves a database nobody has set up yet.
func emptyOffice(dir string) (*office, error) { return emptyOfficeAt(dir, morning) }

// emptyOfficeAt is emptyOffice at a time of its own, whose zone is the office's.
func emptyOfficeAt(dir string, clock time.Time) (*office, error) {
	where, err := storetest.Put(dir)
	if err != nil {
		return nil, err
	}
	return emptyOfficeOver(where, dir, clock)
}

// emptyOfficeOver is emptyOfficeAt with its records somewhere else; dir is for the evidence.
func emptyOfficeOver(where store.Config, dir string, clock time.Time) (*office, error) {
	db, err := store.Open(ctx, where)
	if err != nil {
		return nil, err
	}
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		return nil, err
	}
	o := &office{db: db, dir: dir, clock: clock, tokens: map[string]string{}}
	o.app = app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return o.clock }, Zone: clock.Location(),
		Passwords: app.CheapPasswords})
	o.Server, err = New(middleware.Config{App: o.app, Log: slog.New(slog.DiscardHandler), SetupToken: "the-link"})
	return o, err
}

// demoOffice serves the shipped demo, loaded once for all tests. Tests only read it, or send what
// must be refused.
func demoOffice(t *testing.T) *office {
	t.Helper()
	o, err := loadedDemo()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var loadedDemo = sync.OnceValues(func() (*office, error) {
	return demoAt(demoDir, morning)
})

// demoAt serves the shipped demo as of a time.
func demoAt(dir string, clock time.Time) (*office, error) {
	o, err := emptyOfficeAt(dir, clock)
	if err != nil {
		return nil, err
	}
	accounts, err := demo.Load(ctx, o.app, o.app.Today())
	for _, a := range accounts {
		o.tokens[a.Name] = a.Token
	}
	return o, err
}

var demoDir string // made and removed by TestMain

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dabiao-web")
	if err != nil {
		panic(err)
	}
	demoDir = dir
	code := m.Run()
	os.RemoveAll(dir) //nolint:errcheck // a leftover of a test
	os.Exit(code)
}

// smallOffice is a county with the townships east and west, 2026 open and 2025 closed, one account
// per role (the reporter is east's) and a handful of indicators. A test may change it at will.
func smallOffice(t *testing.T) *office {
	t.Helper()
	o, err := emptyOffice(t.TempDir())
	must(t, err)
	o.furnish(t)
	return o
}

// furnish makes an empty office the small one.
func (o *office) furnish(t *testing.T) {
	t.Helper()
	t.Cleanup(func() { must(t, o.db.Close()) })
	now := o.clock
	o.clock = time.Date(2026, 1, 1, 9, 0, 0, 0, now.Location()) // nothing is due from before it was there
	must(t, o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某县某局", NameEn: "A bureau"}, UnitCode: "county",
		Year: 2026, Name: "admin", Password: goodPassword}))
	for _, code := range []string{"east", "west"} {
		_, err := o.app.CreateUnit(ctx, kpi.Operator, app.NewUnit{Code: code, Name: code, Parent: "county"})
		must(t, err)
	}
	_, err := o.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2025})
	must(t, err)
	o.indicator(t, "screened", kpi.Flow, "人")
	o.indicator(t, "users", kpi.Running, "户")
	o.indicator(t, "settled", kpi.Flow, "起")
	o.clock = now
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2025, "done"))
	o.tokens["admin"] = o.token(t, "admin")
	for _, role := range []kpi.Role{kpi.Leader, kpi.Staff, kpi.Reviewer, kpi.Reporter, kpi.Auditor} {
		o.account(t, string(role), role)
	}
}

func (o *office) account(t *testing.T, name string, role kpi.Role) {
	t.Helper()
	n := app.NewAccount{Name: name, Role: role, Password: goodPassword}
	if role == kpi.Reporter {
		n.Unit = "east"
	}
	_, err := o.app.AddAccount(ctx, kpi.Operator, n)
	must(t, err)
	o.tokens[name] = o.token(t, name)
}

func (o *office) token(t *testing.T, name string) string {
	t.Helper()
	_, secret, err := o.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: name, Name: "test"})
	must(t, err)
	return secret
}

func (o *office) indicator(t *testing.T, code string, kind kpi.Kind, measure kpi.Measure) {
	t.Helper()
	_, err := o.app.CreateIndicator(ctx, kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: code,
		Name: "secret " + code, Kind: kind, Measure: measure}})
	must(t, err)
}

// log logs 7 at a unit and gives back the entry's ID.
func (o *office) log(t *testing.T, unit string) kpi.UpdateID {
	t.Helper()
	u, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: unit, Dated: "2026-11-02",
		Quantity: kpi.Exactly(kpi.Whole(7)), Origin: kpi.FromForm})
	must(t, err)
	return u.ID
}

// attach adds a picture to an entry and gives back the file's ID.
func (o *office) attach(t *testing.T, id kpi.UpdateID) kpi.EvidenceID {
	t.Helper()
	e, err := o.app.AttachEvidence(ctx, kpi.Operator, id,
		app.NewEvidence{Name: "照片.png", Content: strings.NewReader(tinyPNG)})
	must(t, err)
	return e.ID
}

const tinyPNG = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"

// browser is the cookie and CSRF token of a signed-in account.
func (o *office) browser(t *testing.T, name string) (cookie, csrf string) {
	t.Helper()
	entered, err := o.app.SignIn(ctx, name, goodPassword, app.Browser{Address: "192.0.2.1"})
	must(t, err)
	at, err := o.app.Stamp(ctx)
	must(t, err)
	session, err := o.app.Session(ctx, at, entered.Secret)
	must(t, err)
	return "dabiao=" + entered.Secret, session.CSRF
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// request is one request; what is empty is not sent.
type request struct {
	method, path string
	as           string // account whose token is sent
	cookie       string
	body         string
	media        string // of the body; with a body and none, JSON below /api and a form elsewhere
	header       map[string]string
}

// got is what came back.
type got struct {
	*http.Response
	body string
}

func (o *office) send(t *testing.T, r request) got {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), r.method, "http://localhost"+r.path, strings.NewReader(r.body))
	must(t, err)
	switch {
	case r.media != "":
		req.Header.Set("Content-Type", r.media)
	case r.body != "" && strings.HasPrefix(r.path, "/api/"):
		req.Header.Set("Content-Type", "application/json")
	case r.body != "":
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.as != "" {
		req.Header.Set("Authorization", "Bearer "+o.tokens[r.as])
	}
	if r.cookie != "" {
		req.Header.Set("Cookie", r.cookie)
	}
	for name, value := range r.header {
		if name == "Host" {
			req.Host = value
		}
		req.Header.Set(name, value)
	}
	resp, err := o.HTTP().Test(req, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	must(t, err)
	return got{resp, string(raw)}
}

func (o *office) get(t *testing.T, as, path string) got {
	t.Helper()
	return o.send(t, request{method: "GET", path: path, as: as})
}

// problem is the error in an answer of the API.
func (g got) problem(t *testing.T) middleware.ProblemJSON {
	t.Helper()
	var p middleware.ProblemJSON
	if err := json.Unmarshal([]byte(g.body), &p); err != nil || g.Header.Get("Content-Type") != middleware.MIMEProblem {
		t.Fatalf("%d %s is no problem+json (%v): %s", g.StatusCode, g.Header.Get("Content-Type"), err, g.body)
	}
	return p
}

func (g got) want(t *testing.T, status int) got {
	t.Helper()
	if g.StatusCode != status {
		t.Errorf("status %d, want %d: %.400s", g.StatusCode, status, g.body)
	}
	return g
}

// upload is a multipart body with a CSRF token and one file.
func upload(csrf, name, content string, fields ...string) (body, media string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("csrf", csrf) //nolint:errcheck // into memory
	for i := 0; i+1 < len(fields); i += 2 {
		w.WriteField(fields[i], fields[i+1]) //nolint:errcheck // into memory
	}
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="evidence"; filename="%s"`,
		strings.ReplaceAll(name, `"`, `\"`)))
	h.Set("Content-Type", "application/octet-stream")
	part, _ := w.CreatePart(h)    //nolint:errcheck // into memory
	io.WriteString(part, content) //nolint:errcheck // into memory
	w.Close()
	return b.String(), w.FormDataContentType()
}

// appLogOf2026 asks for the latest entries of the whole county.
var appLogOf2026 = app.LogQuery{Year: 2026, Unit: "county"}

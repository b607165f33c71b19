package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// identity is an account of the matrix: a role, with the unit east or for the whole office.
type identity struct {
	role kpi.Role
	unit string // "": the whole office
}

func (i identity) name() string {
	if i.unit == "" || i.role == kpi.Reporter { // the small office's own accounts
		return string(i.role)
	}
	return string(i.role) + "-" + i.unit
}

// is reports whether the role is one of several, for the whole office.
func (i identity) is(roles ...kpi.Role) bool {
	for _, r := range roles {
		if i.role == r && i.unit == "" {
			return true
		}
	}
	return false
}

// identities are all roles with and without a unit. A reporter has one, and an account of a role that is the
// office's got its unit from an earlier version.
var identities = func() (all []identity) {
	for _, role := range kpi.Roles {
		if role != kpi.Reporter {
			all = append(all, identity{role, ""})
		}
		all = append(all, identity{role, "east"})
	}
	return all
}()

// marker is a word that stands in one text only.
type marker struct {
	word string
	of   string                // what text it is
	may  func(i identity) bool // who may read it
}

// matrixOffice is the small office with all identities, and with a marker in every text that people write.
type matrixOffice struct {
	*office
	markers      []marker
	wall         string            // the address of a display
	ids          map[string]string // what addresses name: {w}, {e}, {c} entries, {wf} … files, {wq} … questions
	cookie, csrf map[string]string
}

func (o *matrixOffice) mark(of string, may func(identity) bool) string {
	word := fmt.Sprintf("MARK%03dX", len(o.markers))
	o.markers = append(o.markers, marker{word, of, may})
	return word
}

func ofOffice(i identity) bool { return i.unit == "" && i.role != kpi.Reporter } // MayReport
func ofWhole(i identity) bool  { return i.unit == "" }
func ofAll(identity) bool      { return true }
func ofNobody(identity) bool   { return false }
func ofAdmin(i identity) bool  { return i.is(kpi.Admin, kpi.Auditor) } // the audit tells of it

func newMatrixOffice(t *testing.T) *matrixOffice {
	t.Helper()
	o := &matrixOffice{office: smallOffice(t), ids: map[string]string{}, cookie: map[string]string{},
		csrf: map[string]string{}}
	o.people(t)
	o.plantLog(t)
	o.plantReport(t)
	o.plantSettings(t)
	return o
}

// people adds the accounts with a unit. Those that are refused one now are written as they were before.
func (o *matrixOffice) people(t *testing.T) {
	t.Helper()
	for _, i := range identities {
		if i.name() != string(i.role) {
			must(t, o.db.Write(ctx, func(w *store.Writer) error {
				east, err := w.Unit(ctx, "east")
				if err != nil {
					return err
				}
				hash, err := w.PasswordHash(ctx, "staff")
				if err != nil {
					return err
				}
				_, err = w.InsertAccount(ctx, kpi.Account{Name: i.name(), FullName: i.name(), Role: i.role, Unit: east.ID},
					hash, 1)
				return err
			}))
			o.tokens[i.name()] = o.token(t, i.name())
		}
		o.cookie[i.name()], o.csrf[i.name()] = o.browser(t, i.name())
	}
}

// plantLog writes entries, files, targets, explanations and questions at each unit.
func (o *matrixOffice) plantLog(t *testing.T) {
	t.Helper()
	leader := kpi.Actor{}
	accounts, err := o.app.Accounts(ctx, kpi.Operator)
	must(t, err)
	for _, a := range accounts {
		if a.Name == "leader" {
			leader = a.Actor()
		}
	}
	for unit, may := range map[string]func(identity) bool{"county": ofWhole, "west": ofWhole, "east": ofAll} {
		short := unit[:1]
		of := func(text string) string { return o.mark(unit+"'s "+text, may) }
		u, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: unit, Dated: "2026-11-02",
			Quantity: kpi.Exactly(kpi.Whole(7)), Origin: kpi.FromForm, Note: of("note")})
		must(t, err)
		o.ids["{"+short+"}"] = fmt.Sprint(u.ID)
		f, err := o.app.AttachEvidence(ctx, kpi.Operator, u.ID,
			app.NewEvidence{Name: of("evidence") + ".png", Content: strings.NewReader(tinyPNG + unit)})
		must(t, err)
		o.ids["{"+short+"f}"] = fmt.Sprint(f.ID)
		worksWith := func(i identity) bool { return may(i) && !i.is(kpi.Leader) }
		_, err = o.app.AttachEvidence(ctx, kpi.Operator, u.ID, app.NewEvidence{Sensitive: true,
			Name: o.mark(unit+"'s sensitive evidence", worksWith) + ".png", Content: strings.NewReader(tinyPNG + unit + "2")})
		must(t, err)
		_, err = o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened", Unit: unit,
			Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(100), Weight: 20_00,
				Document: of("target's document"), Reason: of("target's reason")}})
		must(t, err)
		_, err = o.app.ExplainIndicator(ctx, kpi.Operator, 2026, app.NewExplanation{Indicator: "screened", Unit: unit,
			Reason: of("explanation"), Next: of("next step")})
		must(t, err)
		for _, answered := range []bool{false, true} {
			q, err := o.app.AskQuestion(ctx, leader, app.NewQuestion{Query: app.Query{Year: 2026, Unit: unit},
				Indicator: "screened", Text: of("question")})
			must(t, err)
			o.ids["{"+short+"q}"] = fmt.Sprint(q.ID)
			if answered {
				must(t, o.app.AnswerQuestion(ctx, kpi.Operator, q.ID, of("answer")))
			}
		}
		must(t, o.app.SaveView(ctx, leader, kpi.View{Name: of("shared comparison"), Query: "unit=" + unit, Shared: true}))
	}
	private := o.mark("the leader's own comparison", func(i identity) bool { return i.is(kpi.Leader) || ofAdmin(i) })
	must(t, o.app.SaveView(ctx, leader, kpi.View{Name: private, Query: "unit=county"}))
	_, err = o.app.RenameUnit(ctx, kpi.Operator, "west", o.mark("west's name", ofWhole), "")
	must(t, err)
	must(t, o.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 3}, o.mark("the reason of a lock", ofWhole)))
}

// plantReport writes what the report, its papers and the budget say.
func (o *matrixOffice) plantReport(t *testing.T) {
	t.Helper()
	of := func(text string) string { return o.mark(text, ofOffice) }
	for _, language := range report.Languages {
		must(t, o.app.SetReportText(ctx, kpi.Operator, 2026, "problems", language, of("report section "+language)))
	}
	_, err := o.app.SetOutlook(ctx, kpi.Operator, 2026, app.NewOutlook{Indicator: "screened",
		Month: kpi.Period{Year: 2026, Month: 11}, Possibility: kpi.Possibilities[1], Causes: kpi.Causes[:1],
		Reason: of("outlook's reason"), Remark: of("outlook's remark")})
	must(t, err)
	must(t, o.app.SetCover(ctx, kpi.Operator, 2026, report.Cover{Contact: of("cover's contact")}))
	name, fund := of("project"), kpi.Funds[0]
	_, err = o.app.CreateProject(ctx, kpi.Operator, 2026, "p", app.ProjectEdit{Name: &name, Fund: &fund}, "")
	must(t, err)
	full := kpi.Whole(100)
	must(t, o.app.ChangeBudget(ctx, kpi.Operator, 2026, app.BudgetChange{Document: of("budget's document"),
		Reason: of("budget's reason"), Lines: []kpi.BudgetLine{{Year: 2026, Fund: kpi.Funds[0], Nature: "basic",
			Full: &full, Income: full, Spent: kpi.Whole(40), Closing: kpi.Whole(60)}}}))
	points := kpi.Percent(10_00)
	_, err = o.app.ScoreIndicator(ctx, kpi.Operator, 2026, app.NewScore{Indicator: "screened", Points: &points,
		Reason: of("score's reason")})
	must(t, err)
	_, err = o.app.CheckReport(ctx, kpi.Operator, 2026, of("report's check"))
	must(t, err)
	_, err = o.app.SignReport(ctx, kpi.Operator, 2026, app.NewSigning{Reason: of("report's signing")})
	must(t, err)
	must(t, o.db.Write(ctx, func(w *store.Writer) error {
		place := kpi.TextPlace{Year: 2026, Section: "problems", Language: "zh-CN"}
		_, err := w.InsertReportNote(ctx, kpi.ReportNote{TextPlace: place, Body: of("reviewer's remark"),
			Author: of("reviewer's name"), AddedBy: "staff", AddedAt: 1})
		return err
	}))
	outline := report.Outline{Name: of("outline"), Entries: []report.Entry{{Key: "problems", Title: of("heading")}}}
	must(t, o.app.SetOutline(ctx, kpi.Operator, 2026, outline, ""))
}

// plantSettings writes what administrators keep.
func (o *matrixOffice) plantSettings(t *testing.T) {
	t.Helper()
	_, secret, err := o.app.AddDisplay(ctx, kpi.Operator,
		app.NewDisplay{Name: o.mark("display", ofAdmin), Language: "zh-CN"})
	must(t, err)
	o.wall = "/wall/" + secret
	_, err = o.app.AddChannel(ctx, kpi.Operator, kpi.Channel{Kind: kpi.JSONChannel, Name: o.mark("channel", ofAdmin),
		Address: "http://203.0.113.1:1/" + o.mark("channel's address", ofNobody),
		Events:  []kpi.NoticeKind{kpi.NoticeRed}, Language: "zh-CN"})
	must(t, err)
	_, _, err = o.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "admin", Name: o.mark("token", ofAdmin)})
	must(t, err)
	_, err = o.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: o.mark("account", ofAdmin), Role: kpi.Leader,
		Password: goodPassword})
	must(t, err)
	must(t, o.app.ReopenYear(ctx, kpi.Operator, 2025, o.mark("reason of reopening, in the audit only", ofAdmin)))
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2025, o.mark("reason of closing, in the audit only", ofAdmin)))
}

var xmlTag = regexp.MustCompile(`<[^>]*>`)

// readable is all text of an answer: of an archive that of its files, without tags, and its files' names.
func readable(t *testing.T, body string) string {
	t.Helper()
	if !strings.HasPrefix(body, "PK") {
		return body
	}
	archive, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	must(t, err)
	var out strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		must(t, err)
		raw, err := io.ReadAll(r)
		must(t, err)
		r.Close()
		out.WriteString(f.Name + "\n")
		if strings.HasPrefix(string(raw), "PK") {
			out.WriteString(readable(t, string(raw)))
			continue
		}
		out.WriteString(string(raw) + "\n" + xmlTag.ReplaceAllString(string(raw), "") + "\n")
	}
	return out.String()
}

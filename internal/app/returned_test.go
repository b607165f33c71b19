package app_test

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"
	"dabiao/internal/report/returned"
)

// returns hands in the year's report as the program writes it, with words of it replaced and one remark.
func (b *bureau) returns(language string, replace ...string) app.ReturnedFile {
	b.Helper()
	in, err := b.app.Report(ctx, b.staff, app.Query{Year: 2026}, language)
	b.must(err)
	in.Language = report.Printer(language)
	var file bytes.Buffer
	b.must(paper.WriteDocx(&file, report.Build(in)))
	edited := papertest.Rewritten(b.T, file.Bytes(), strings.NewReplacer(replace...), map[string]string{
		"word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="张主席" w:date="2026-12-01T09:30:00Z">` +
			`<w:p><w:r><w:t>再核一下。</w:t></w:r></w:p></w:comment></w:comments>`})
	f, err := b.app.StageImport("退回.docx", bytes.NewReader(edited))
	b.must(err)
	return app.ReturnedFile{File: f, Language: "zh-CN"}
}

const remarked = `<w:commentRangeStart w:id="0"/>`

// What reviewers changed is compared with the texts of now, taken over by section, and their remarks become
// notes until they are settled.
func TestAReturnedReportIsTakenOverBySection(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-01", 7)
		first, err := b.write(b.staff, report.Problems, "筛查⟦screened⟧，不够。", 0)
		b.must(err)
		_, err = b.write(b.staff, report.Improvements, "继续筛查。", 0)
		b.must(err)
		f := b.returns("zh-CN", "，不够。", "，还不够。", "继续筛查。", "继续抓好筛查。",
			`<w:r><w:t xml:space="preserve">筛查`, remarked+`<w:r><w:t xml:space="preserve">筛查`)
		v, err := b.app.Returned(ctx, b.staff, app.Query{Year: 2026}, f)
		b.must(err)
		changed := map[report.SectionKey]string{}
		for _, s := range v.Result.Sections {
			if s.State == returned.Changed {
				changed[s.Key] = s.Text
			} else if s.State != returned.Unchanged {
				t.Errorf("%s is %s: %+v", s.Key, s.State, s.Lines)
			}
		}
		if len(changed) != 2 || changed[report.Problems] != "筛查⟦screened·完成数⟧，还不够。" || !v.MayTake {
			t.Fatalf("changed: %q", changed)
		}

		take := app.Taking{ReturnedFile: f, Notes: true,
			Sections: map[report.SectionKey]kpi.TextVersionID{report.Problems: first.ID}}
		done, err := b.app.TakeReturned(ctx, b.staff, app.Query{Year: 2026}, take)
		b.must(err)
		w := b.writing(report.Problems)
		if done != (app.Taken{Texts: 1, Notes: 1}) || w.Version.Body != "筛查⟦screened·value⟧，还不够。" ||
			b.writing(report.Improvements).Text != "继续筛查。" {
			t.Errorf("%+v: %q", done, w.Version.Body)
		}
		if len(w.Notes) != 1 || w.Notes[0].Author != "张主席" || w.Notes[0].Body != "再核一下。" {
			t.Fatalf("notes: %+v", w.Notes)
		}
		again, err := b.app.TakeReturned(ctx, b.staff, app.Query{Year: 2026}, app.Taking{ReturnedFile: f, Notes: true})
		if b.must(err); again.Notes != 0 {
			t.Errorf("the same file adds %d notes again", again.Notes)
		}
		for _, done := range []bool{true, true, false} {
			_, err = b.app.SettleNote(ctx, b.staff, 2026, w.Notes[0].ID, done)
			b.must(err)
			if open := len(b.writing(report.Problems).Notes); (open == 0) != done {
				t.Errorf("settled %v: %d open", done, open)
			}
		}
		_, err = b.app.SettleNote(ctx, b.staff, 2026, 99, true)
		wantRefusal(t, err, kpi.NotFound, "report_note_not_found")
		_, err = b.app.SettleNote(ctx, b.east, 2026, w.Notes[0].ID, true)
		wantRefusal(t, err, kpi.Forbidden)
		b.wantVerified()
	})
}

// Nobody overwrites what they have not seen, and all is taken over or nothing.
func TestAReturnedReportOverwritesNothingUnseen(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		first, err := b.write(b.staff, report.Problems, "不够。", 0)
		b.must(err)
		second, err := b.write(b.staff, report.Improvements, "继续。", 0)
		b.must(err)
		f := b.returns("zh-CN", "不够。", "还不够。", "继续。", "接着做。")
		_, err = b.write(b.account("colleague", kpi.Staff, ""), report.Improvements, "同事改过。", second.ID)
		b.must(err)
		take := func(sections map[report.SectionKey]kpi.TextVersionID) error {
			_, err := b.app.TakeReturned(ctx, b.staff, app.Query{Year: 2026}, app.Taking{ReturnedFile: f, Sections: sections})
			return err
		}
		wantRefusal(t, take(map[report.SectionKey]kpi.TextVersionID{report.Problems: first.ID,
			report.Improvements: second.ID}), kpi.Conflict, "returned_changed_since")
		if w := b.writing(report.Problems); w.Text != "不够。" {
			t.Errorf("half of it was taken: %q", w.Text)
		}
		wantRefusal(t, take(nil), kpi.Invalid, "returned_nothing_chosen")
		wantRefusal(t, take(map[report.SectionKey]kpi.TextVersionID{"nowhere": 0}), kpi.NotFound, "section_unknown")
		wantRefusal(t, take(map[report.SectionKey]kpi.TextVersionID{report.Other: 0}), kpi.Conflict, "returned_not_changed")
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		wantRefusal(t, take(map[report.SectionKey]kpi.TextVersionID{report.Problems: first.ID}), kpi.Conflict, "year_closed")
	})
}

// A report is compared in its own language, whatever the reader's is.
func TestAReturnedReportIsReadInItsOwnLanguage(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Problems, "en", "Too few."))
		v, err := b.app.Returned(ctx, b.staff, app.Query{Year: 2026}, b.returns("en", "Too few.", "Still too few."))
		b.must(err)
		for _, s := range v.Result.Sections {
			if s.Key == report.Problems && (v.Language != "en" || s.Text != "Still too few.") {
				t.Errorf("in %s: %+v", v.Language, s)
			}
		}
	})
}

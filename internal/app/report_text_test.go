package app_test

import (
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

func (b *bureau) writing(section report.SectionKey) app.Writing {
	b.Helper()
	w, err := b.app.Writing(ctx, b.staff, app.Query{Year: 2026}, section, "zh-CN")
	b.must(err)
	return w
}

func (b *bureau) write(who kpi.Actor, section report.SectionKey, text string,
	base kpi.TextVersionID) (kpi.TextVersion, error) {
	return b.app.WriteText(ctx, who, 2026, app.NewText{Section: section, Language: "zh-CN", Text: text, Base: base})
}

func TestTwoPeopleDoNotOverwriteEachOther(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-01", 7)
		other := b.account("colleague", kpi.Staff, "")
		first, err := b.write(b.staff, report.Problems, "筛查[[screened]]。", 0)
		b.must(err)
		if first.Body != "筛查⟦screened·value⟧。" {
			t.Errorf("kept as %q", first.Body)
		}
		second, err := b.write(other, report.Problems, "同事写的。", first.ID)
		b.must(err)
		latest, err := b.write(b.staff, report.Problems, "我写的。", first.ID)
		wantRefusal(t, err, kpi.Conflict, "text_changed_since")
		if latest.ID != second.ID || latest.Body != "同事写的。" {
			t.Errorf("the conflict shows %+v", latest)
		}
		if w := b.writing(report.Problems); w.Text != "同事写的。" || len(w.Versions) != 2 || w.Versions[1].Body != first.Body {
			t.Errorf("after a conflict: %q, %d versions", w.Text, len(w.Versions))
		}
		_, err = b.write(b.staff, report.Problems, "我写的。", second.ID)
		b.must(err)
		again, err := b.write(other, report.Problems, "我写的。", second.ID) // identical words are no conflict
		b.must(err)
		if w := b.writing(report.Problems); len(w.Versions) != 3 || again.ID != w.Version.ID {
			t.Errorf("the same text again made a version: %+v", w.Versions)
		}
	})
}

func TestADraftIsItsWritersAloneAndGoesWithTheText(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		draft := app.NewText{Section: report.Problems, Language: "zh-CN", Text: "还没写完⟦scre"}
		b.must(b.app.KeepTextDraft(ctx, b.staff, 2026, draft)) // half a token may be in a draft
		if w := b.writing(report.Problems); w.Draft == nil || w.Draft.Body != draft.Text || w.Text != "" {
			t.Errorf("the writer sees %+v", w.Draft)
		}
		other := b.account("colleague", kpi.Staff, "")
		if w, err := b.app.Writing(ctx, other, app.Query{Year: 2026}, report.Problems, "zh-CN"); err != nil ||
			w.Draft != nil {
			t.Errorf("a colleague sees %+v, %v", w.Draft, err)
		}
		_, err := b.write(b.staff, report.Problems, "写完了。", 0)
		b.must(err)
		if w := b.writing(report.Problems); w.Draft != nil || w.Text != "写完了。" {
			t.Errorf("after saving: %+v", w.Draft)
		}
		b.must(b.app.KeepTextDraft(ctx, b.staff, 2026, draft))
		b.must(b.app.DropTextDraft(ctx, b.staff, kpi.TextPlace{Year: 2026, Section: string(report.Problems),
			Language: "zh-CN"}))
		if w := b.writing(report.Problems); w.Draft != nil {
			t.Error("a discarded draft is still there")
		}
	})
}

func TestATextThatCannotBeKeptChangesNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for text, key := range map[string]string{
			"⟦没有的⟧": "token_unknown",
			"⟦每项：全部⟧⟦每项：全部⟧⟦完⟧⟦完⟧": "token_nested",
			"一\n粘贴\x01的":                       "text_malformed_line",
			"从右往左\u202e写":                      "text_malformed_line",
			strings.Repeat("长", 20_001):        "text_too_long",
			strings.Repeat("⟦screened⟧", 1001): "token_too_many",
		} {
			_, err := b.write(b.staff, report.Problems, text, 0)
			wantRefusal(t, err, kpi.Invalid, key)
		}
		_, err := b.write(b.staff, "performance/nowhere", "a", 0)
		wantRefusal(t, err, kpi.NotFound, "section_unknown")
		_, err = b.write(b.east, report.Problems, "a", 0)
		wantRefusal(t, err, kpi.Forbidden)
		b.must(b.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
		_, err = b.write(b.staff, report.Problems, "a", 0)
		wantRefusal(t, err, kpi.Conflict, "year_closed")
		if w := b.writing(report.Problems); len(w.Versions) != 0 || w.MayWrite {
			t.Errorf("something was kept: %+v", w.Versions)
		}
		b.wantVerified()
	})
}

// Line ends as Word and other programs write them are recognized.
func TestATextIsTakenAsWordCopiesIt(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		v, err := b.write(b.staff, report.Problems, "一是\v二是\r三是\u2028四是\r\n五是", 0)
		b.must(err)
		if v.Body != "一是\n二是\n三是\n四是\n五是" {
			t.Errorf("kept %q", v.Body)
		}
	})
}

// A text carried over from last year shows this year's figures, and numbers typed by hand are marked.
func TestLastYearsTextIsCarriedOver(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-03-01", 7)
		b.must(b.app.SetReportText(ctx, b.staff, 2026, report.Problems, "zh-CN", "筛查⟦screened⟧，走访37户。"))
		_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: 2027, From: 2026})
		b.must(err)
		b.clock = b.clock.AddDate(1, 0, 0).Add(time.Hour)
		_, err = b.app.LogUpdate(ctx, b.staff, entry("screened", "east", "2027-03-01", 9))
		b.must(err)
		w, err := b.app.Writing(ctx, b.staff, app.Query{Year: 2027}, report.Problems, "zh-CN")
		b.must(err)
		if w.Text != "" || w.LastYear != "筛查⟦screened·完成数⟧，走访37户。" {
			t.Errorf("last year's text: %q", w.LastYear)
		}
		line := w.Input.Marked(w.LastYear)[0]
		if len(line) != 5 || line[1].Text != "9人" || line[1].Ref == nil || line[3].Text != "37户" || line[3].Mark.Key == "" {
			t.Errorf("marked: %+v", line)
		}
	})
}

package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// Cover is what a year's papers say of themselves. The office decides all of it: what is not stated prints
// as a blank, never as a guess.
type Cover struct {
	Title    string   `json:"title"` // empty: the usual one, with the office's name
	TitleEn  string   `json:"title_en"`
	Annex    int      `json:"annex"`    // the report is itself 附件n of what it is sent with; 0: it is not
	Document string   `json:"document"` // 文号
	Date     kpi.Date `json:"date"`     // "" for an open one
	Contact  string   `json:"contact"`  // whom to ask
	Phone    string   `json:"phone"`
	FilledBy string   `json:"filled_by"` // 填表人
	Head     string   `json:"head"`      // 单位负责人
	// the people in English papers; empty: as in Chinese ones
	ContactEn  string `json:"contact_en"`
	FilledByEn string `json:"filled_by_en"`
	HeadEn     string `json:"head_en"`
}

// Bounds of a cover.
const (
	maxAnnex      = 20
	maxCoverTitle = 80 // characters
	maxCoverLine  = 60
)

// Check refuses a cover that cannot be printed.
func (c Cover) Check() error {
	var m kpi.Mistakes
	for _, f := range []struct {
		name, text string
		limit      int
	}{{"title", c.Title, maxCoverTitle}, {"title_en", c.TitleEn, 2 * maxCoverTitle},
		{"document", c.Document, maxCoverLine},
		{"contact", c.Contact, maxCoverLine}, {"phone", c.Phone, maxCoverLine}, {"filled_by", c.FilledBy, maxCoverLine},
		{"head", c.Head, maxCoverLine}, {"contact_en", c.ContactEn, 2 * maxCoverLine},
		{"filled_by_en", c.FilledByEn, 2 * maxCoverLine}, {"head_en", c.HeadEn, 2 * maxCoverLine}} {
		if utf8.RuneCountInString(f.text) > f.limit {
			m.Add(f.name, "text_too_long", f.limit)
		}
	}
	if c.Annex < 0 || c.Annex > maxAnnex {
		m.Add("annex", "cover_annex_range", maxAnnex)
	}
	if c.Date != "" {
		_, err := kpi.ParseDate(string(c.Date))
		m.Check("date", err)
	}
	return m.Err()
}

// Next is the cover that the next year begins with: what does not change from year to year.
func (c Cover) Next() Cover {
	return Cover{Annex: c.Annex, Contact: c.Contact, Phone: c.Phone, FilledBy: c.FilledBy, Head: c.Head,
		ContactEn: c.ContactEn, FilledByEn: c.FilledByEn, HeadEn: c.HeadEn}
}

// Unnamed is the cover without its people: what an office's web site shows names nobody.
func (c Cover) Unnamed() Cover {
	return Cover{Title: c.Title, TitleEn: c.TitleEn, Annex: c.Annex, Document: c.Document, Date: c.Date}
}

// reportTitle is the office's own, or the usual one with the office's name.
func (b *Draft) reportTitle() string {
	own := b.p.Name(b.Cover.Title, b.Cover.TitleEn)
	return cmp.Or(own, b.p.T("report.title", b.office(), int(b.Board.Year.Year)))
}

// UsualTitle is the report's title if the office has set none.
func (in Input) UsualTitle() string {
	in.Cover = Cover{}
	return NewDraft(in).reportTitle()
}

// dated returns the office's date, or one to be filled in by hand.
func (b *Draft) dated() string { return dated(b.p, b.Dated) }

func dated(p lang.Printer, day kpi.Date) string {
	if day == "" {
		return p.T("report.date_open")
	}
	return p.Date(day)
}

// annexNumber is the number of an annex by its place: the one that the report itself has is left out.
func (b *Draft) annexNumber(place int) int {
	if b.Cover.Annex > 0 && place >= b.Cover.Annex {
		return place + 1
	}
	return place
}

// said lists what a cover states.
func (c Cover) said(b *Draft) string {
	annex, date := "", ""
	if c.Annex > 0 {
		annex = b.p.T("report.annex", c.Annex)
	}
	if c.Date != "" {
		date = b.p.Date(c.Date)
	}
	all := []string{c.Title, c.TitleEn, c.Document, annex, date, c.Contact, c.ContactEn, c.Phone, c.FilledBy, c.FilledByEn,
		c.Head, c.HeadEn}
	stated := slices.DeleteFunc(all, func(s string) bool { return s == "" })
	return strings.Join(stated, " · ")
}

// cover fills in what the cover and the first page say.
func (b *Draft) cover(d *paper.Document) {
	d.Title = b.reportTitle()
	if b.Cover.Annex > 0 {
		d.Mark = b.p.T("report.annex", b.Cover.Annex)
	}
	d.Number, d.Dated = b.Cover.Document, b.dated()
	for _, line := range []struct{ key, value string }{
		{"report.cover.contact", b.p.Name(b.Cover.Contact, b.Cover.ContactEn)}, {"report.cover.phone", b.Cover.Phone}} {
		if line.value != "" {
			d.Lines = append(d.Lines, b.p.T(line.key, line.value))
		}
	}
}

// attached lists the annexes below the text (附件说明), as GB/T 9704 wants it: numbered if there are several.
func (b *Draft) attached(annexes []paper.Annex) []string {
	var out []string
	for i, a := range annexes {
		name := a.Title
		if len(annexes) > 1 {
			name = b.p.T("report.attached.item", strconv.Itoa(b.annexNumber(i+1)), a.Title)
		}
		if i == 0 {
			name = b.p.T("report.attached.first", name)
		}
		out = append(out, name)
	}
	return out
}

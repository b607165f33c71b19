// Package keypage owns the page on which the key of encrypted backups is printed, to be put away: what it opens, the
// key as text and as a QR code, how to restore, in both languages. It is the only place where the key ever stands.
package keypage

import (
	"strings"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// Document is the page of a key.
func Document(key depot.Key, made kpi.Date) (paper.Document, error) {
	zh, en := lang.For(lang.Chinese), lang.For(lang.English)
	d := paper.Document{Language: lang.Chinese, Title: zh.T("key_page.title") + " · " + en.T("key_page.title"),
		Office: zh.T("key_page.name"), Dated: zh.Date(made), Date: made}
	code, err := paper.NewQR(key.Text(), zh.T("key_page.qr"))
	if err != nil {
		return d, err
	}
	d.Sections = append(d.Sections, paper.Section{Key: "key", Heading: zh.T("key_page.key"), Blocks: []paper.Block{
		said(Grouped(key.Text())), {QR: &code},
		said(zh.T("key_page.recipient", key.Recipient())), said(en.T("key_page.recipient", key.Recipient()))}})
	for _, p := range []lang.Printer{zh, en} {
		s := paper.Section{Key: string(p.Tag()), Heading: p.T("key_page.use")}
		for _, key := range []string{"opens", "keep", "restore", "lost"} {
			s.Blocks = append(s.Blocks, said(p.T("key_page."+key)))
		}
		d.Sections = append(d.Sections, s)
	}
	return d, nil
}

func said(text string) paper.Block { return paper.NewParagraph(paper.Run{Text: text}) }

// group is how many letters of a key stand together, for whoever types it.
const group = 4

// Grouped writes a key in groups of letters; spaces are none of it.
func Grouped(key string) string {
	begins, rest := key[:strings.LastIndex(key, "-")+2], key[strings.LastIndex(key, "-")+2:]
	words := []string{begins}
	for len(rest) > group {
		words, rest = append(words, rest[:group]), rest[group:]
	}
	return strings.Join(append(words, rest), " ")
}

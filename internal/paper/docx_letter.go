package paper

import (
	"io"
	"strconv"
	"unicode/utf8"
)

// WriteLetters writes letters as one Word file laid out by GB/T 9704—2012, each on pages of its own.
// The same letters give the same bytes. There is at least one. An error is the writer's.
func WriteLetters(w io.Writer, letters []Letter) error {
	first := letters[0]
	d := Document{Language: first.Language, Title: first.Title, Author: first.From, Date: first.Date,
		Sample: first.Notice != "", Notice: first.Notice}
	var x Markup
	x.Add(XMLHead + `<w:document xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:body>` + "\n")
	for i, l := range letters {
		x.letter(l, i > 0)
	}
	x.WriteString(pagesEnd(d, false, true) + `</w:body></w:document>`)
	return writeDocx(w, d, x.String())
}

func (x *Markup) letter(l Letter, newSheet bool) {
	before := ""
	if newSheet {
		before = newPage
	}
	x.para("Title", before, Run{Text: l.Title})
	x.para("LetterTo", "")
	x.para("LetterTo", "", Run{Text: l.To})
	for i, b := range l.Body {
		if b.Table != nil {
			x.table(*b.Table, TextWidth, false)
			if i+1 < len(l.Body) {
				x.para("TableGap", "")
			}
			continue
		}
		x.blocks(l.Body[i:i+1], TextWidth)
	}
	x.para("LetterTo", keepNext)
	x.para("LetterFrom", keepNext+right(signing(l.From, l.Dated)), Run{Text: l.From})
	x.para("LetterFrom", right(dateIndent), Run{Text: l.Dated})
}

const keepNext = `<w:keepNext/>`

// dateIndent is how far a letter's date stands from the right edge, in hundredths of a character: the
// standard's four, which leave room for the seal.
const dateIndent = 400

// signing is how far the sender's name stands from it: its middle over the date's, but no further out.
func signing(from, dated string) int {
	return max(0, dateIndent+(breadth(dated)-breadth(from))/2)
}

// breadth is a text's width in hundredths of a character.
func breadth(s string) (n int) {
	for _, r := range s {
		if n += 50; utf8.RuneLen(r) > 1 {
			n += 50
		}
	}
	return n
}

func right(hundredths int) string {
	return `<w:ind w:rightChars="` + strconv.Itoa(hundredths) + `" w:right="` + strconv.Itoa(hundredths*320/100) + `"/>`
}

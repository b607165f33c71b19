package paper

import (
	"io"
	"strconv"
	"unicode/utf8"
)

// WriteLetters writes letters, at least one, as one Word file laid out by GB/T 9704—2012, each with pages of
// its own, numbered from 1. The same letters give the same bytes. It returns the writer's errors.
func WriteLetters(w io.Writer, letters []Letter) error {
	first := letters[0]
	d := Document{Language: first.Language, Title: first.Title, Author: first.From, Date: first.Date,
		Sample: first.Notice != "", Notice: first.Notice}
	x := Markup{letters: lettererOf(first.Language), tag: first.Language, height: textHeight}
	x.Add(XMLHead + `<w:document xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:body>` + "\n")
	for i, l := range letters {
		x.letter(l)
		if end := pagesEnd(d, false, true); i < len(letters)-1 {
			x.para("TableGap", end)
		} else {
			x.WriteString(end)
		}
	}
	x.WriteString(`</w:body></w:document>`)
	return writeDocx(w, d, &x)
}

func (x *Markup) letter(l Letter) {
	x.para("Title", "", Run{Text: l.Title})
	x.para("LetterTo", "")
	x.para("LetterTo", "", Run{Text: l.To})
	title := letterer{size: titleSize, latin: x.letters.latin}
	x.text, x.down = textOf(l.Language), titleLine*len(title.lines(l.Title, TextWidth))+2*pitchLine
	for i, b := range l.Body {
		if b.Table != nil {
			x.table(*b.Table, x.letters.fit([]Table{*b.Table}, TextWidth), 0)
			if i+1 < len(l.Body) {
				x.para("TableGap", "")
			}
			continue
		}
		if i == len(l.Body)-1 && b.Paragraph != nil { // no page has the signature alone
			x.para("Body", keepNext, b.Paragraph.Runs...)
			continue
		}
		x.blocks(l.Body[i:i+1], TextWidth)
	}
	x.para("LetterTo", keepNext)
	x.para("LetterFrom", keepNext+right(signing(l.From, l.Dated)), Run{Text: l.From})
	if l.Contact == "" {
		x.para("LetterFrom", right(dateIndent), Run{Text: l.Dated})
		return
	}
	x.para("LetterFrom", keepNext+right(dateIndent), Run{Text: l.Dated})
	x.para("Body", "", Run{Text: l.Contact})
}

const keepNext = `<w:keepNext/>`

// dateIndent is the distance of a letter's date from the right edge, in hundredths of a character: the
// standard's four characters, which leave room for the seal.
const dateIndent = 400

// signing returns the distance of the sender's name from the right edge, in hundredths of a character:
// centred over the date, but not beyond the edge.
func signing(from, dated string) int {
	return max(0, dateIndent+(breadth(dated)-breadth(from))/2)
}

// breadth returns a text's width in hundredths of a character.
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

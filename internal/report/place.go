package report

import "strconv"

// ParagraphKey names a paragraph of a document, from 1.
func ParagraphKey(n int) SectionKey { return paragraphPrefix + SectionKey(strconv.Itoa(n)) }

// RowKey names a row of a document's table, both from 1.
func RowKey(table, row int) SectionKey {
	return rowPrefix + SectionKey(strconv.Itoa(table)+"/"+strconv.Itoa(row))
}

// NoteKey names a footnote or endnote of a document, from 1.
func NoteKey(n int) SectionKey { return notePrefix + SectionKey(strconv.Itoa(n)) }

const (
	paragraphPrefix SectionKey = "paragraph/"
	rowPrefix       SectionKey = "row/"
	notePrefix      SectionKey = "note/"
)

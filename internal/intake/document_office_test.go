package intake

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// officeFile is a .docx whose document part is exactly as given.
func officeFile(t testing.TB, document string, parts ...string) []byte {
	t.Helper()
	return wordFile(t, "", append([]string{"word/document.xml=" + document}, parts...)...)
}

const (
	transitional = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"`
	strict  = `xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:conformance="strict"`
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"
)

func inUTF16(s string, order binary.AppendByteOrder, mark bool) string {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xFEFF)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// What Word and WPS write around and between words changes nothing of what they say.
func TestDocumentsAsWordAndWPSWriteThem(t *testing.T) {
	document := func(ns, body string) string {
		return xmlHead + `<w:document ` + ns + `><w:body>` + body +
			`<w:sectPr w:rsidR="00A77B3E"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`
	}
	plain := `<w:p><w:r><w:t>培训妇女1259人次。</w:t></w:r></w:p>`
	sixteen := strings.Replace(document(transitional, plain), "UTF-8", "UTF-16", 1)
	for _, c := range []struct{ name, document, want string }{
		{"runs split by revision ids and proofing marks", document(transitional,
			`<w:p w:rsidR="00D1" w14:paraId="1A2B3C4D"><w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr>`+
				`<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:r w:rsidRPr="00A1"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>培训</w:t></w:r>`+
				`<w:proofErr w:type="spellStart"/><w:r><w:t>妇女</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r w:rsidR="00B2"><w:t>12</w:t></w:r>`+
				`<w:r w:rsidR="00C3"><w:lastRenderedPageBreak/><w:t>59</w:t></w:r><w:bookmarkEnd w:id="0"/><w:r><w:t xml:space="preserve">人次。 </w:t></w:r></w:p>`),
			"培训妇女1259人次。"},
		{"content controls, smart tags and links", document(transitional,
			`<w:sdt><w:sdtPr><w:alias w:val="标题"/></w:sdtPr><w:sdtContent><w:p><w:smartTag w:element="chsdate"><w:r><w:t>培训</w:t></w:r></w:smartTag>`+
				`<w:sdt><w:sdtContent><w:r><w:t>妇女1259</w:t></w:r></w:sdtContent></w:sdt><w:hyperlink w:anchor="x"><w:r><w:t>人次。</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>`),
			"培训妇女1259人次。"},
		{"tracked changes", document(transitional,
			`<w:p><w:r><w:t>培训妇女</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>1180</w:delText></w:r></w:del>`+
				`<w:ins w:id="2" w:author="甲"><w:r><w:t>1259</w:t></w:r></w:ins><w:r><w:t>人次。</w:t></w:r></w:p>`), "培训妇女1259人次。"},
		{"a text box said twice for old readers", document(transitional,
			`<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>`+plain+
				`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+plain+
				`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`), "正文。|培训妇女1259人次。"},
		{"a field's code and result", document(transitional,
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> SEQ 表 \* ARABIC </w:instrText></w:r>`+
				`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>培训妇女</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>1259人次。</w:t></w:r></w:p>`),
			"培训妇女1259人次。"},
		{"a table in a table", document(transitional,
			`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>`+plain),
			"内|外|培训妇女1259人次。"},
		{"the strict namespace", document(strict, plain), "培训妇女1259人次。"},
		{"UTF-16, little end first", inUTF16(sixteen, binary.LittleEndian, true), "培训妇女1259人次。"},
		{"UTF-16, big end first", inUTF16(sixteen, binary.BigEndian, true), "培训妇女1259人次。"},
		{"UTF-16 without a mark", inUTF16(sixteen, binary.LittleEndian, false), "培训妇女1259人次。"},
	} {
		file := officeFile(t, c.document)
		lines, err := Document(t.Context(), "报告.docx", bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, l := range lines {
			if text := strings.TrimSpace(l.Text); text != "" {
				got = append(got, text)
			}
		}
		if said := strings.Join(got, "|"); said != c.want {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
	notes := officeFile(t, document(transitional, plain), "word/footnotes.xml="+xmlHead+`<w:footnotes `+transitional+
		`><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>`+
		`<w:r><w:t>数据来自台账。</w:t></w:r></w:p></w:footnote></w:footnotes>`)
	lines, err := Document(t.Context(), "报告.docx", bytes.NewReader(notes), int64(len(notes)))
	if err != nil || len(lines) != 2 || lines[1].Note != 1 || lines[1].Text != "数据来自台账。" {
		t.Errorf("a footnote: %v %v", lines, err)
	}
}

// A file that is no Word file says what it is.
func TestWhatIsNoWordFileIsNamed(t *testing.T) {
	compound := func(stream string) []byte { return []byte(oldOffice + strings.Repeat("\x00", 504) + stream) }
	for _, c := range []struct {
		name, key string
		file      []byte
	}{
		{"报告.docx", "document_pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")},
		{"报告.pdf", "document_pdf", []byte("%PDF-1.4\n1 0 obj<<>>endobj")},
		{"扫描.jpg", "document_picture", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01")},
		{"报告.doc", "document_type", compound("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")},
		{"报告.wps", "document_type", compound("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")},
		{"报告.docx", "document_old", compound("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")},
		{"报告.docx", "document_encrypted", compound(string(encryptedPart))},
		{"报告.docx", "file_empty", nil},
		{"报告.docx", "file_not_what_it_says", []byte("就是一段文字")},
		{"报告.docx", "document_damaged", officeFile(t, "<w:document><w:body><w:p>")},
		{"报告.docx", "document_damaged", officeFile(t, `<?xml version="1.0" encoding="big5"?><w:document/>`)},
	} {
		_, err := Document(t.Context(), c.name, bytes.NewReader(c.file), int64(len(c.file)))
		wantRefusal(t, c.name+" "+c.key, err, c.key)
	}
}

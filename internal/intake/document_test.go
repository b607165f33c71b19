package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// wordFile is a .docx with the given body and further parts.
func wordFile(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, content string) {
		t.Helper()
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if body != "" {
		put("word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>`+body+`</w:body></w:document>`)
	}
	for _, name := range parts {
		name, content, _ := strings.Cut(name, "=")
		put(name, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paragraphs(t testing.TB, file []byte) ([]Line, error) {
	t.Helper()
	return Document(t.Context(), "老报告.docx", bytes.NewReader(file), int64(len(file)))
}

func TestTheTextOfADocument(t *testing.T) {
	got, err := paragraphs(t, wordFile(t,
		`<w:p><w:r><w:t>培训妇女</w:t></w:r><w:r><w:t xml:space="preserve">1259</w:t></w:r><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>人。</w:t></w:r></w:p>`+
			`<w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`+
			`<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>`+
			"<w:p><w:r><w:t>粘贴\u202e的</w:t></w:r></w:p>"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, l := range got {
		texts = append(texts, l.Text)
	}
	if want := []string{"培训妇女1259人。", "", "指标\t12", "框", "粘贴的"}; !slices.Equal(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
}

// A row keeps its columns: cells that cover several, that are empty, that hold several paragraphs or a table.
func TestTheTablesOfADocument(t *testing.T) {
	cell := func(inside string) string { return `<w:tc>` + inside + `</w:tc>` }
	p := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	got, err := paragraphs(t, wordFile(t,
		`<w:tbl><w:tr>`+cell(`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+p("合计"))+cell(p("12"))+`</w:tr><w:tr>`+
			cell(`<w:p/>`)+cell(p("a")+p("b\tc"))+cell(
			p("外")+`<w:tbl><w:tr>`+cell(p("里"))+`</w:tr></w:tbl><w:p/>`)+
			`</w:tr></w:tbl><w:tbl><w:tr>`+cell(p("二"))+`</w:tr></w:tbl>`+p("后")))
	if err != nil {
		t.Fatal(err)
	}
	row := func(text string, table, row int, cells ...string) Line {
		return Line{Text: text, Table: table, Row: row, Cells: cells}
	}
	want := []Line{row("合计\t\t12", 1, 1, "合计", "", "12"), row("里", 2, 1, "里"), row("\ta\nb c\t外", 1, 2, "", "a\nb c", "外"),
		row("二", 3, 1, "二"), {Text: "后"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestABadDocumentIsOneSentence(t *testing.T) {
	for key, file := range map[string][]byte{
		"file_not_what_it_says":      []byte("plain text"),
		"document_damaged":           wordFile(t, `<w:p><w:r>`),
		"document_macros":            wordFile(t, `<w:p/>`, "word/vbaProject.bin"),
		"document_unpacks_too_large": wordFile(t, strings.Repeat("<w:p/>", maxParagraphs+1)),
	} {
		_, err := paragraphs(t, file)
		wantRefusal(t, key, err, key)
	}
	_, err := paragraphs(t, wordFile(t, "", "xl/workbook.xml"))
	wantRefusal(t, "a workbook", err, "file_not_what_it_says")
	_, err = paragraphs(t, wordFile(t, "<!DOCTYPE a><w:p/>"))
	wantRefusal(t, "a declared type", err, "document_damaged")
	file := wordFile(t, "<w:p/>")
	_, err = Document(t.Context(), "老报告.doc", bytes.NewReader(file), int64(len(file)))
	wantRefusal(t, "an old format", err, "document_type")
	_, err = Document(t.Context(), "a.docx", bytes.NewReader(file), MaxGridFile+1)
	wantRefusal(t, "20 MB", err, "file_too_large")
}

func wantRefusal(t *testing.T, name string, err error, key string) {
	t.Helper()
	if e, ok := err.(*kpi.Error); !ok || e.Text.Key != key { //nolint:errorlint // refusals come unwrapped
		t.Errorf("%s: %v, want %s", name, err, key)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte("<w:p><w:r><w:t>1</w:t></w:r></w:p>"))
	f.Add([]byte("<w:tr><w:del><mc:Fallback>"))
	f.Add([]byte("<!DOCTYPE a>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := paragraphs(t, wordFile(t, string(body)+" "))
		if _, refusal := err.(*kpi.Error); err != nil && !refusal { //nolint:errorlint // as above
			t.Fatalf("a fault: %v", err)
		}
		for _, l := range got {
			Mentions(l.Text, nil, nil)
		}
	})
}

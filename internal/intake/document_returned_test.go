package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func returned(t testing.TB, rejected bool, body string, parts ...string) (ReturnedDocument, error) {
	t.Helper()
	file := wordFile(t, body, parts...)
	return Returned(t.Context(), "退回.docx", bytes.NewReader(file), int64(len(file)), rejected)
}

const byZhang = ` w:id="7" w:author="张主席" w:date="2026-12-01T09:30:00Z"`

// Changes as Word and WPS track them, read as accepted and as rejected.
func TestTrackedChangesAreReadBothWays(t *testing.T) {
	r := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	ins := func(s string) string { return `<w:ins` + byZhang + `>` + r(s) + `</w:ins>` }
	del := func(s string) string {
		return `<w:del` + byZhang + `><w:r><w:delText xml:space="preserve">` + s + `</w:delText></w:r></w:del>`
	}
	p := func(inside string) string { return `<w:p>` + inside + `</w:p>` }
	mark := func(kind string) string { return `<w:pPr><w:rPr><w:` + kind + byZhang + `/></w:rPr></w:pPr>` }
	for _, c := range []struct{ name, body, accepted, rejected string }{
		{"insertion and deletion", p(r("培训") + del("1259") + ins("1260") + r("人。")), "培训1260人。", "培训1259人。"},
		{"runs split by rsid", p(`<w:r w:rsidR="00A1"><w:t>培</w:t></w:r><w:r w:rsidRPr="00B2"><w:t>训</w:t></w:r>` +
			`<w:proofErr w:type="spellStart"/>` + r("12") + r("59")), "培训1259", "培训1259"},
		{"smart tags, links and content controls", p(`<w:smartTag w:element="place">` + r("某县") +
			`</w:smartTag><w:hyperlink r:id="rId9">` + r("附件") + `</w:hyperlink><w:sdt><w:sdtContent>` + r("在此") +
			`</w:sdtContent></w:sdt>`), "某县附件在此", "某县附件在此"},
		{"an insertion that was deleted again", p(r("甲") + `<w:ins` + byZhang + `>` + del("乙") + `</w:ins>` + r("丙")),
			"甲丙", "甲丙"},
		{"moved", p(`<w:moveFromRangeStart w:id="1" w:name="move1"/><w:moveFrom`+byZhang+`>`+r("一是旧处。")+
			`</w:moveFrom><w:moveFromRangeEnd w:id="1"/>`) + p(r("二是中间。")) + p(`<w:moveToRangeStart w:id="2" w:name="move1"/>`+
			`<w:moveTo`+byZhang+`>`+r("一是旧处。")+`</w:moveTo><w:moveToRangeEnd w:id="2"/>`),
			"|二是中间。|一是旧处。", "一是旧处。|二是中间。|"},
		{"formatting only", p(`<w:pPr><w:pPrChange` + byZhang + `><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr>` +
			`<w:r><w:rPr><w:b/><w:rPrChange` + byZhang + `><w:rPr/></w:rPrChange></w:rPr><w:t>加粗</w:t></w:r>`),
			"加粗", "加粗"},
		{"a paragraph broken in two", p(mark("ins")+r("前")) + p(r("后")), "前|后", "|前后"},
		{"two paragraphs joined", p(mark("del")+r("前")) + p(r("后")), "|前后", "前|后"},
		{"a new paragraph", p(r("旧")) + p(mark("ins")+ins("新")), "旧|新", "旧|"},
		{"a field", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("3") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`),
			"3", "3"},
	} {
		for _, rejected := range []bool{false, true} {
			d, err := returned(t, rejected, c.body)
			if err != nil {
				t.Fatal(c.name, err)
			}
			var texts []string
			for _, l := range d.Lines {
				texts = append(texts, l.Text)
			}
			want := c.accepted
			if rejected {
				want = c.rejected
			}
			if got := strings.Join(texts, "|"); strings.Trim(got, "|") != strings.Trim(want, "|") {
				t.Errorf("%s, rejected %v: %q, want %q", c.name, rejected, got, want)
			}
		}
	}
	d, err := returned(t, false, p(ins("新")+del("旧"))+p(`<w:ins w:id="9" w:author="李局">`+r("又")+`</w:ins>`))
	if err != nil || d.Tracked != 3 || strings.Join(d.Authors, "、") != "张主席、李局" {
		t.Errorf("%+v %v", d, err)
	}
}

// Remarks come with their author, day, place and passage; those that are settled in Word say so.
func TestCommentsAreReadWithTheirPlaces(t *testing.T) {
	d, err := returned(t, false,
		`<w:p><w:r><w:t>一、基本情况</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t>培训</w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>1259</w:t></w:r><w:r><w:t>人</w:t></w:r>`+
			`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>。</w:t></w:r>`+
			`<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`+
			`<w:tbl><w:tr><w:tc><w:p><w:commentRangeStart w:id="1"/><w:r><w:t>格</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p></w:tc></w:tr></w:tbl>`,
		`word/comments.xml=<w:comments xmlns:w="w" xmlns:w14="w14"><w:comment w:id="0" w:author="张主席" `+
			`w:date="2026-12-01T09:30:00Z" w:initials="张"><w:p w14:paraId="0A1"><w:r><w:annotationRef/></w:r><w:r><w:t>与台账`+
			`</w:t></w:r><w:r><w:t>不一致？</w:t></w:r></w:p><w:p w14:paraId="0A2"><w:r><w:t>请核。</w:t></w:r></w:p></w:comment>`+
			`<w:comment w:id="1" w:author="李局"><w:p w14:paraId="0B1"><w:r><w:t>好</w:t></w:r></w:p></w:comment>`+
			`<w:comment w:id="5" w:author="李局"><w:p/></w:comment><w:comment w:id="6"><w:p><w:r><w:t>无处</w:t></w:r></w:p></w:comment></w:comments>`,
		`word/commentsExtended.xml=<w15:commentsEx xmlns:w15="w15"><w15:commentEx w15:paraId="0A2" w15:done="0"/>`+
			`<w15:commentEx w15:paraId="0B1" w15:done="1"/></w15:commentsEx>`,
		`word/footnotes.xml=<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>`+
			`<w:footnote w:id="2"><w:p><w:r><w:t>据统计局。</w:t></w:r></w:p></w:footnote></w:footnotes>`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Comment{
		{Author: "张主席", At: "2026-12-01T09:30:00Z", Text: "与台账不一致？\n请核。", Quote: "1259人", Line: 1},
		{Author: "李局", Text: "好", Quote: "格", Line: 2, Resolved: true},
		{Text: "无处", Line: -1},
		{Text: "据统计局。", Line: 1, Footnote: true},
	}
	if fmt.Sprintf("%+v", d.Comments) != fmt.Sprintf("%+v", want) || len(d.Lines) != 3 {
		t.Errorf("got  %+v\nwant %+v\n%+v", d.Comments, want, d.Lines)
	}
}

func TestHeadingsAreKnownByTheirStyle(t *testing.T) {
	d, err := returned(t, false,
		`<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>部门概况</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:pStyle w:val="a9"/></w:pPr><w:r><w:t>人员</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>直接</w:t></w:r></w:p><w:p><w:r><w:t>正文</w:t></w:r></w:p>`,
		`word/styles.xml=<w:styles xmlns:w="w"><w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>`+
			`</w:pPr></w:style><w:style w:styleId="2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>`+
			`<w:style w:styleId="a9"><w:basedOn w:val="2"/></w:style></w:styles>`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 2, 3, 0} {
		if d.Lines[i].Level != want {
			t.Errorf("%s: level %d, want %d", d.Lines[i].Text, d.Lines[i].Level, want)
		}
	}
}

func FuzzReturned(f *testing.F) {
	f.Add([]byte(`<w:p><w:ins><w:r><w:t>1</w:t></w:r></w:ins></w:p>`), []byte(`<w:comment w:id="0"><w:p/></w:comment>`))
	f.Add([]byte(`<w:p><w:commentRangeStart w:id="0"/><w:commentRangeEnd/><w:del><w:r><w:delText>a`), []byte(`<w:commentEx`))
	f.Fuzz(func(t *testing.T, body, comments []byte) {
		for _, rejected := range []bool{false, true} {
			d, err := returned(t, rejected, string(body)+" ", "word/comments.xml=<w:comments>"+string(comments)+"</w:comments>")
			if _, refusal := err.(*kpi.Error); err != nil && !refusal { //nolint:errorlint // refusals come unwrapped
				t.Fatalf("a fault: %v", err)
			}
			for _, c := range d.Comments {
				if c.Line >= len(d.Lines)+1 {
					t.Fatalf("a remark on line %d of %d", c.Line, len(d.Lines))
				}
			}
		}
	})
}

package intake

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestADocumentIsReadAsItIsSeen(t *testing.T) {
	file, err := os.ReadFile("testdata/document/b36_special_runs.docx")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Document(t.Context(), "b36.docx", bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	want := []Line{
		{Text: "全年举办培训12期，培训妇女560人。"}, {Text: "图注：共3张", Box: true}, {Text: "甲：发放120份。"},
		{Text: "乙：走访35户，调解41起，宣讲52场，63名。"}, {Text: "丙：收到74封，移来88个。"},
		{Text: "丁：10-12月办班95期，隐藏。", Hidden: true}, {Text: "戊：脚注见后；上标¹500人参加。"}, {Text: "脚注里还有66户。", Note: 1},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i].Text != want[i].Text || got[i].Box != want[i].Box || got[i].Note != want[i].Note ||
			got[i].Hidden != want[i].Hidden {
			t.Errorf("line %d: got %+v, want %+v", i+1, got[i], want[i])
		}
	}
	if m := Mentions(got[6].Text, nil, nil); len(m) != 1 || m[0].Written != "500人" {
		t.Errorf("a raised mark before a number: %+v", m)
	}
}

// run is a run with its looks.
func run(looks, text string) string {
	return `<w:r><w:rPr>` + looks + `</w:rPr><w:t>` + text + `</w:t></w:r>`
}

const (
	hides  = `<w:vanish/>`
	raises = `<w:vertAlign w:val="superscript"/>`
	lowers = `<w:vertAlign w:val="subscript"/>`
	styles = `word/styles.xml=<w:styles xmlns:w="w"><w:style w:styleId="Secret"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>` +
		`<w:style w:styleId="Shown"><w:basedOn w:val="Secret"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style><w:style w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>` +
		`<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style><w:style w:styleId="Table"><w:tblStylePr><w:rPr><w:vanish/></w:rPr></w:tblStylePr></w:style></w:styles>`
)

// boxOf is a text box as Word writes it for itself and for those before it.
func boxOf(inside string) string {
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + inside +
		`</w:txbxContent></wps:txbx></w:drawing></mc:Choice>` +
		`<mc:Fallback><w:pict><v:textbox><w:txbxContent>` + inside +
		`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

// What a reader sees of a paragraph, whatever Word keeps around it; lines are parted by bars.
func TestWhatIsSeenOfAParagraph(t *testing.T) {
	field := func(kinds ...string) string {
		var b strings.Builder
		for _, k := range kinds {
			switch {
			case strings.HasPrefix(k, "="):
				b.WriteString(`<w:r><w:instrText>` + k[1:] + `</w:instrText></w:r>`)
			case strings.HasPrefix(k, "'"):
				b.WriteString(run("", k[1:]))
			default:
				b.WriteString(`<w:r><w:fldChar w:fldCharType="` + k + `"/></w:r>`)
			}
		}
		return b.String()
	}
	p := func(inside string) string { return `<w:p>` + inside + `</w:p>` }
	for name, c := range map[string]struct{ body, want string }{
		"a box inside a sentence": {p(run("", "共12") + boxOf(p(run("", "图1"))) + run("", "期")), "共12期|图1"},
		"an old box": {p(run("", "甲") + `<w:r><w:pict><v:textbox><w:txbxContent>` + p(run("", "框一")) +
			p(run("", "框二")) + `</w:txbxContent></v:textbox></w:pict></w:r>` + run("", "乙")), "甲乙|框一|框二"},
		"a box in a box": {p(run("", "外") + boxOf(p(run("", "中")+boxOf(p(run("", "里"))))) + run("",
			"面")), "外面|里|中"},
		"a box in a cell": {`<w:tbl><w:tr><w:tc>` + p(run("", "12")+boxOf(p(run("", "注")))+run("", "人")) +
			`</w:tc><w:tc>` + p(run("", "乙")) + `</w:tc></w:tr></w:tbl>`, "12人\t乙|注"},
		"an empty box":               {p(run("", "甲") + boxOf(`<w:p/>`) + run("", "乙")), "甲乙"},
		"only an old way to show it": {p(`<w:r><mc:AlternateContent><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "旧"},
		"two new ways to show it":    {p(`<w:r><mc:AlternateContent><mc:Choice Requires="a"><w:t>一</w:t></mc:Choice><mc:Choice Requires="b"><w:t>二</w:t></mc:Choice><mc:Fallback><w:t>三</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "一"},
		"a deletion and an insertion": {p(`<w:del><w:r><w:delText>100</w:delText></w:r></w:del><w:ins>` + run("",
			"120") + `</w:ins>` + run("", "份")), "120份"},
		"an inserted deletion": {p(`<w:ins><w:del><w:r><w:delText>1</w:delText></w:r></w:del>` + run("", "2") +
			`</w:ins>`), "2"},
		"a move": {p(`<w:moveFrom>`+run("", "88个")+`</w:moveFrom>`) +
			p(`<w:moveTo>`+run("", "88个")+`</w:moveTo>`), "|88个"},
		"paragraphs made one": {`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + run("", "培训") +
			`</w:p>` + p(run("", "12期")), "|培训12期"},
		"an inserted mark": {`<w:p><w:pPr><w:rPr><w:ins w:id="1"/></w:rPr></w:pPr>` + run("", "甲") +
			`</w:p>` + p(run("", "乙")), "甲|乙"},
		"looks that were changed": {p(`<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>12人</w:t></w:r>`), "12人"},
		"cells that were split":   {`<w:tbl><w:tr><w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange></w:tcPr>` + p(run("", "甲")) + `</w:tc><w:tc>` + p(run("", "乙")) + `</w:tc></w:tr></w:tbl>`, "甲\t乙"},
		"a row that begins further in": {`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>` +
			p(run("", "12")) + `</w:tc></w:tr></w:tbl>`, "\t\t12"},
		"hidden words":                  {p(run("", "共12") + run(hides, "34") + run("", "人")), "共12人 hidden"},
		"hidden by a character style":   {p(run(`<w:rStyle w:val="Secret"/>`, "34") + run("", "12人")), "12人 hidden"},
		"hidden by a style it rests on": {p(run(`<w:rStyle w:val="Child"/>`, "34") + run("", "12人")), "12人 hidden"},
		"hidden by the paragraph's style": {`<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr>` + run("", "34人") + `</w:p>`,
			" hidden"},
		"shown in a hidden paragraph": {`<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr>` + run("", "34") +
			run(`<w:vanish w:val="false"/>`, "12人") + `</w:p>`, "12人 hidden"},
		"a style that shows again":     {p(run(`<w:rStyle w:val="Shown"/>`, "12人")), "12人"},
		"a style that rests on itself": {p(run(`<w:rStyle w:val="Loop"/>`, "12人")), "12人"},
		"not hidden after all":         {p(run(`<w:vanish w:val="0"/>`, "12人")), "12人"},
		"hidden on the web only":       {p(run(`<w:webHidden/>`, "12人")), "12人"},
		"a hidden paragraph mark": {`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + run("", "12人") +
			`</w:p>`, "12人"},
		"a hidden space": {p(run("", "12") + run(hides, " ") + run("", "人")), "12人"},
		"a hidden cell": {`<w:tbl><w:tr><w:tc>` + p(run("", "甲")+run(hides, "34")) +
			`</w:tc></w:tr></w:tbl>`, "甲 hidden"},
		"a hidden box mark": {p(run("", "甲") + boxOf(`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>`+run("",
			"注")+`</w:p>`) + run("", "乙")), "甲乙|注"},
		"a square metre":               {p(run("", "面积10 m") + run(raises, "2") + run("", "，12人")), "面积10 m²，12人"},
		"a power":                      {p(run("", "10") + run(raises, "2") + run("", "人")), "10²人"},
		"a power of ten below nothing": {p(run("", "10") + run(raises, "-3")), "10⁻³"},
		"a raised word":                {p(run("", "21") + run(raises, "st")), "21st"},
		"a lowered digit":              {p(run("", "CO") + run(lowers, "2") + run("", "减排12吨")), "CO₂减排12吨"},
		"raised by a style":            {p(run("", "500人") + run(`<w:rStyle w:val="Mark"/>`, "1")), "500人¹"},
		"back on the line": {p(run(`<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>`,
			"500人")), "500人"},
		"a formula's power": {p(`<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>`), "10²"},
		"a fraction":        {p(`<m:oMath><m:f><m:num><m:r><m:t>210</m:t></m:r></m:num><m:den><m:r><m:t>223</m:t></m:r></m:den></m:f></m:oMath>`), "210/223"},
		"a simple field": {p(`<w:fldSimple w:instr=" PAGE ">` + run("", "12") + `</w:fldSimple>` + run("",
			"期")), "12期"},
		"a field": {p(field("begin", "= =1+2 999", "separate", "'74", "end") + run("",
			"封")), "74封"},
		"a field in a field's codes": {p(field("begin", "= IF ", "begin", "= X ", "separate", "'5", "end", "= 1",
			"separate", "'74", "end") + run("", "封")), "74封"},
		"a field in a field's result": {p(field("begin", "= TOC ", "separate", "'甲", "begin", "= PAGEREF", "separate",
			"'3", "end", "end")), "甲3"},
		"a field without a result":          {p(run("", "甲") + field("begin", "= XE ", "end") + run("", "12人")), "甲12人"},
		"a field that never ends":           {p(field("begin", "= PAGE ")) + p(run("", "12人")), "|12人"},
		"a hyphen that does not break":      {p(`<w:r><w:t>10</w:t><w:noBreakHyphen/><w:t>12月</w:t></w:r>`), "10-12月"},
		"a hyphen that shows at a line end": {p(`<w:r><w:t>9</w:t><w:softHyphen/><w:t>5期</w:t></w:r>`), "95期"},
		"a stop for tabs is none":           {`<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="10"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>`, "甲\t乙"},
		"a sign of Wingdings":               {p(`<w:r><w:t>12</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>5</w:t></w:r>`), "12✓5"},
		"a sign of Symbol":                  {p(`<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>90%</w:t></w:r>`), "≥90%"},
		"a digit of Symbol":                 {p(`<w:r><w:sym w:font="Symbol" w:char="F032"/><w:t>0人</w:t></w:r>`), "20人"},
		"a sign nobody knows":               {p(`<w:r><w:t>12</w:t><w:sym w:font="Own" w:char="F041"/><w:t>5</w:t></w:r>`), "12□5"},
		"a reading above a word": {p(`<w:r><w:ruby><w:rt>` + run("", "yi") + `</w:rt><w:rubyBase>` + run("", "一") +
			`</w:rubyBase></w:ruby></w:r>`), "一"},
		"a control": {p(`<w:sdt><w:sdtPr><w:alias w:val="9"/></w:sdtPr><w:sdtContent>` + run("",
			"41起") + `</w:sdtContent></w:sdt>`), "41起"},
		"a comment's mark": {p(run("", "12") + `<w:r><w:commentReference w:id="1"/></w:r>` + run("",
			"人")), "12人"},
		"a note's mark": {p(run("", "12") + `<w:r><w:rPr>` + raises +
			`</w:rPr><w:footnoteReference w:id="2"/></w:r>` + run("", "人")), "12人"},
	} {
		got, err := paragraphs(t, wordFile(t, c.body, styles))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var seen []string
		for _, l := range got {
			if l.Hidden {
				l.Text += " hidden"
			}
			seen = append(seen, l.Text)
		}
		if strings.Join(seen, "|") != c.want {
			t.Errorf("%s: read %q, want %q", name, strings.Join(seen, "|"), c.want)
		}
	}
}

// Notes come at the end, numbered as they stand; what parts them from the text is none.
func TestDocumentReadsNotes(t *testing.T) {
	got, err := paragraphs(t, wordFile(t, `<w:p>`+run("", "正文12人")+`</w:p>`,
		`word/footnotes.xml=<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p>`+run("",
			"——")+`</w:p></w:footnote><w:footnote w:id="1"><w:p>`+run("", "其中8人。")+`</w:p><w:p>`+run("",
			"另行")+`</w:p></w:footnote></w:footnotes>`,
		`word/endnotes.xml=<w:endnotes xmlns:w="w"><w:endnote w:type="normal" w:id="1"><w:p>`+run(hides, "隐")+run("",
			"尾注3户。")+`</w:p></w:endnote></w:endnotes>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"正文12人 0", "其中8人。 1", "另行 1", "尾注3户。 2"}
	var seen []string
	for _, l := range got {
		seen = append(seen, l.Text+" "+string(rune('0'+l.Note)))
	}
	if !slices.Equal(seen, want) || !got[3].Hidden {
		t.Errorf("read %q", seen)
	}
}

package paper

import (
	"strings"
	"testing"
)

// The same walk writes a document's own page and what another page shows of it; neither lets a name be markup.
func TestFragmentEscapesTextAndUsesTheGivenLinks(t *testing.T) {
	said := `<script>"&` + "\x01"
	table := Table{Widths: []int{1, 1}, Head: 1, Caption: said}
	table.Add(Label(said), Label("").Over(1, 2))
	table.Add(Words("二\n行").AtLeft().Anchored("1-1"))
	f := Fragment{Blocks: []Block{NewHeading(2, said), NewParagraph(Live(said, &Ref{Number: "1-1"}), Run{Text: said}),
		NewNote(Run{Text: said}), {Table: &table}},
		Link: func(r Run) Link {
			if r.Ref == nil {
				return Link{}
			}
			return Link{Href: `/a?b="c"&d`, Later: said}
		}}
	const safe = `&lt;script&gt;&quot;&amp;`
	want := `<h3>` + safe + "</h3>\n" +
		`<p><a class="live" href="/a?b=&quot;c&quot;&amp;d">` + safe + `</a> <ins class="later">（` + safe + `）</ins>` +
		safe + "</p>\n" +
		`<p>` + safe + "</p>\n" +
		`<div class="scroll" tabindex="0"><table class="plain ruled form-table"><tbody>` + "\n" +
		`<tr><th>` + safe + `</th><td rowspan="2"></td></tr>` + "\n" +
		`<tr><td id="f-1-1" class="left">二` + "\n" + `行</td></tr>` + "\n</tbody>\n</table></div>\n"
	if got := f.HTML(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (Fragment{}).HTML(); got != "" {
		t.Errorf("nothing reads %q", got)
	}
	var page strings.Builder
	if err := WriteHTML(&page, Document{Title: said, Notice: said, Office: said, Author: said, Sample: true,
		Sections: []Section{{Key: "a", Heading: said, Blocks: f.Blocks}}}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<script") || !strings.Contains(page.String(), `<p class="note">`) {
		t.Errorf("the page reads\n%s", page.String())
	}
}

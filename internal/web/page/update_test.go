package page

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/lang"
)

// A refused form keeps what was typed and says every mistake at its field and at the top.
func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "indicator_show",
		pageFull(t, lang.Chinese)["indicator_show:refused"]); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`value="七百二"`, `value="2026-07-09"`, `第二批</textarea>`,
		`<option value="wenping" selected>`, `href="#f-value"`, `href="#f-date"`,
		`aria-describedby="f-value-error f-value-hint" aria-invalid="true"`, `name="key" value="key-1"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the form lacks %s", want)
		}
	}
}

// The server reads a form with a file as it streams in: what the file depends on must come first.
func TestTheUpdateFormEndsWithItsFiles(t *testing.T) {
	var b bytes.Buffer
	if err := pageSet(t, lang.For(lang.Chinese)).Render(&b, "indicator_show",
		pageFull(t, lang.Chinese)["indicator_show"]); err != nil {
		t.Fatal(err)
	}
	form, _, _ := strings.Cut(b.String()[strings.Index(b.String(), `enctype="multipart/form-data"`):], "</form>")
	file := strings.Index(form, `name="evidence"`)
	for _, field := range []string{"csrf", "key", "unit", "date", "value", "note", "sensitive"} {
		if at := strings.LastIndex(form, `name="`+field+`"`); at < 0 || at > file {
			t.Errorf("%s stands at %d, the file at %d", field, at, file)
		}
	}
}

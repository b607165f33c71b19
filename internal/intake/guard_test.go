package intake

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// decoded reads XML through a guard and returns why it ended.
func decoded(ctx context.Context, text string) error {
	d := xml.NewDecoder(&xmlGuard{ctx: ctx, from: strings.NewReader(text)})
	for {
		if _, err := d.RawToken(); err != nil {
			return err
		}
	}
}

func TestWhatTheGuardLetsThrough(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"a sheet":                        {`<?xml version="1.0"?><a b="x>y" c='">--'><!-- > --><![CDATA[<a]]>text</a>`, io.EOF},
		"many short pieces":              {`<a>` + many(`<b c="d"/>e`, 500_000) + `</a>`, io.EOF},
		"a long text in pieces":          {`<a>` + many(many("t", maxTextRun-1)+`<b/>`, 3) + `</a>`, io.EOF},
		"a text":                         {`<a>` + many("t", maxTextRun+1) + `</a>`, errOverlong},
		"a value":                        {`<a b="` + many("t", maxTag) + `"/>`, errOverlong},
		"a value of brackets":            {`<a b="` + many(">", maxTag) + `"/>`, errOverlong},
		"a value of brackets, single":    {`<a b='` + many(`">`, maxTag) + `'/>`, errOverlong},
		"many values":                    {`<a ` + many(`b="" `, maxTag) + `/>`, errOverlong},
		"a name":                         {`<` + many("a", maxTag) + `/>`, errOverlong},
		"a comment":                      {`<a><!--` + many("<>", maxTag) + `--></a>`, errOverlong},
		"a comment of dashes":            {`<a><!--` + many("- ", maxTag) + `--></a>`, errOverlong},
		"a CDATA section":                {`<a><![CDATA[` + many("]>", maxTag) + `]]></a>`, errOverlong},
		"an instruction":                 {`<?xml ` + many("<a>", maxTag) + `?><a/>`, errOverlong},
		"a document type":                {`<!DOCTYPE a><a/>`, errDamaged},
		"a document type with a comment": {`<!-D><a/>`, errDamaged},
	} {
		if err := decoded(t.Context(), c.text); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := decoded(ctx, `<a/>`); !errors.Is(err, context.Canceled) {
		t.Errorf("it reads on: %v", err)
	}
}

// FuzzGuard holds that the guard changes nothing of what a decoder reads of short pieces.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{`<a b="c">d</a>`, `<a><!-- b --></a>`, `<a><![CDATA[b]]></a>`, `<?a b?><c/>`, `<a b='"'>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxTag || strings.Contains(text, "<!") {
			return
		}
		plain, guarded := xml.NewDecoder(strings.NewReader(text)), xml.NewDecoder(&xmlGuard{ctx: t.Context(),
			from: strings.NewReader(text)})
		for {
			want, wrong := plain.RawToken()
			got, err := guarded.RawToken()
			if (wrong == nil) != (err == nil) {
				t.Fatalf("%v and %v", wrong, err)
			}
			if wrong != nil {
				return
			}
			if a, b := xml.CopyToken(want), xml.CopyToken(got); !equalTokens(a, b) {
				t.Fatalf("%v and %v", a, b)
			}
		}
	})
}

func equalTokens(a, b xml.Token) bool {
	x, ok := a.(xml.CharData)
	y, is := b.(xml.CharData)
	return ok == is && string(x) == string(y)
}

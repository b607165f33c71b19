package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// pieces are the parts of an Office file; a part is written by pieces that repeat.
type pieces map[string][]piece

type piece struct {
	text  string
	times int
}

func said(text string) piece { return piece{text, 1} }

// packed zips the parts of an Office file.
func packed(t *testing.T, parts pieces) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, all := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			const atOnce = 1 << 10
			many := strings.Repeat(p.text, min(p.times, atOnce))
			for left := p.times; left > 0 && err == nil; left -= atOnce {
				_, err = io.WriteString(w, many[:len(p.text)*min(left, atOnce)])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// bombs are files of a few KB up to some MB that ask for far more memory or time than their size.
func bombs(t *testing.T) map[string][]byte {
	sheet := func(body ...piece) pieces {
		all := append([]piece{said(`<worksheet><sheetData>`)}, body...)
		return pieces{
			"xl/workbook.xml":            {said(`<workbook><sheets><sheet name="s" id="a"/></sheets></workbook>`)},
			"xl/_rels/workbook.xml.rels": {said(`<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>`)},
			"xl/worksheets/s.xml":        append(all, said(`</sheetData></worksheet>`)),
		}
	}
	document := func(body ...piece) pieces {
		all := append([]piece{said(`<w:document><w:body>`)}, body...)
		return pieces{"word/document.xml": append(all, said(`</w:body></w:document>`))}
	}
	long := piece{strings.Repeat("A", 1<<10), 12 << 10} // 12 MiB
	shared := sheet(said(`<row r="1">`), piece{`<c t="s"><v>0</v></c>`, 290}, said(`</row>`))
	shared["xl/sharedStrings.xml"] = []piece{said(`<sst><si><t>`), long, said(`</t></si></sst>`)}
	referred := sheet(piece{`<row>` + strings.Repeat(`<c t="s"><v>0</v></c>`, 290) + `</row>`, 800})
	referred["xl/sharedStrings.xml"] = []piece{said(`<sst><si><t>`), {"字 ", 2_000}, said(`</t></si></sst>`)}
	return map[string][]byte{
		"attribute.xlsx":  packed(t, sheet(said(`<row spans="`), long, said(`"/>`))),
		"attributes.xlsx": packed(t, sheet(said(`<row `), piece{`a="" `, 1 << 20}, said(`/>`))),
		"brackets.xlsx":   packed(t, sheet(said(`<row spans="`), piece{`>`, 12 << 20}, said(`"/>`))),
		"text.xlsx":       packed(t, sheet(said(`<row r="1"><c t="inlineStr"><is><t>`), long, said(`</t></is></c></row>`))),
		"comment.xlsx":    packed(t, sheet(said(`<!--`), long, said(`-->`))),
		"cdata.xlsx":      packed(t, sheet(said(`<![CDATA[`), long, said(`]]>`))),
		"empty.xlsx":      packed(t, sheet(said(`<row r="1">`), piece{`<c/>`, 2_100_000}, said(`</row>`))),
		"rows.xlsx":       packed(t, sheet(piece{`<row/>`, 1_000_000})),
		"shared.xlsx":     packed(t, shared),
		"referred.xlsx":   packed(t, referred),
		"attribute.docx":  packed(t, document(said(`<w:p w:a="`), long, said(`"/>`))),
		"text.docx":       packed(t, document(said(`<w:p><w:r><w:t>`), long, said(`</w:t></w:r></w:p>`))),
		"paragraphs.docx": packed(t, document(piece{`<w:p/>`, 1_000_000})),
		"deep.docx":       packed(t, document(piece{`<w:tbl>`, 1_000_000})),
		"commas.csv":      bytes.Repeat([]byte(","), intake.MaxTextFile),
		"lines.csv":       bytes.Repeat([]byte("a,b\n"), intake.MaxTextFile/4),
		"quotes.csv":      append([]byte("a,b\n"), bytes.Repeat([]byte(`"`), intake.MaxTextFile-5)...),
		"wide.csv":        append([]byte("\xFF\xFE"), bytes.Repeat([]byte{'a', 'N'}, intake.MaxTextFile/2-1)...),
	}
}

// heapOver runs a function and returns how far the heap rose over what was there before, in bytes.
func heapOver(fn func()) int64 {
	sample := func() int64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return int64(s[0].Value.Uint64())
	}
	runtime.GC()
	idle, most := sample(), int64(0)
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for tick := time.NewTicker(2 * time.Millisecond); ; {
			most = max(most, sample())
			select {
			case <-over:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	}()
	fn()
	close(over)
	<-ended
	return most - idle
}

// Whatever a file claims, three at once cost less than 150 MB, garbage included, and each is answered by a sentence.
func TestThreeBombsAtOnceStaySmall(t *testing.T) {
	for name, content := range bombs(t) {
		var refused [3]error
		rose := heapOver(func() {
			var all sync.WaitGroup
			for i := range refused {
				all.Go(func() { _, refused[i] = app.ReadAdoption(t.Context(), name, content, 2026) })
			}
			all.Wait()
		})
		t.Logf("%s, %d KB: %d MB over idle, %v", name, len(content)>>10, rose>>20, refused[0])
		if rose > 150<<20 {
			t.Errorf("%s: three at once take %d MB", name, rose>>20)
		}
		for _, err := range refused {
			var e *kpi.Error
			if !errors.As(err, &e) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A reader that is no longer waited for stops at once, wherever it is in a file.
func TestAReadingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, content := range map[string][]byte{"a.csv": []byte("指标,目标\nA,1\n"), "a.xlsx": []byte("PK"),
		"a.docx": []byte("PK")} {
		if _, err := app.ReadAdoption(ctx, name, content, 2026); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package keypage_test

import (
	"strings"
	"testing"

	"dabiao/internal/depot"
	"dabiao/internal/paper"
	"dabiao/internal/report/keypage"
)

// What the page prints opens what was encrypted: the text as it is typed, and the code as a telephone reads it.
func TestThePageHoldsTheKey(t *testing.T) {
	key, err := depot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	d, err := keypage.Document(key, "2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	blocks := d.Sections[0].Blocks
	if typed, err := depot.ParseKey(blocks[0].Paragraph.Text()); err != nil || typed.Text() != key.Text() {
		t.Errorf("typed, %q is another key: %v", blocks[0].Paragraph.Text(), err)
	}
	if blocks[1].QR.Content != key.Text() {
		t.Errorf("the code holds %q", blocks[1].QR.Content)
	}
	var page strings.Builder
	if err := paper.WriteHTML(&page, d); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{key.Recipient(), "2026年11月30日", "保险柜", "separate safe places"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page.String(), "<script") || strings.Contains(page.String(), "http") {
		t.Error("the page asks something of others")
	}
}

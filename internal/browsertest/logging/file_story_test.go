package logging

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"dabiao/internal/browsertest"
)

// A server that refuses an upload in its middle is not heard: browsers show a broken connection instead.
func TestAFileThatIsTooLargeIsToldBeforeItIsSent(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, size int64) string {
		at := filepath.Join(dir, name)
		if err := os.WriteFile(at, []byte("%PDF-1.7\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(at, size); err != nil {
			t.Fatal(err)
		}
		return at
	}
	p := browsertest.Open(t, "staff")
	for _, c := range []struct {
		at, field string
		megabytes int64
	}{
		{"/years/2026/entry?indicator=consultations&unit=wenping", "#f-evidence", 20},
		{"/years/2026/import", "[name=file]", 20},
		{"/years/2026/report/template", "[name=file]", 4},
	} {
		p.Go(c.at)
		fits := file("合适.pdf", c.megabytes<<20)
		p.Choose(c.field, fits)
		if said := p.Text("[data-each-says]"); said != "" {
			t.Errorf("%s: of a file that fits it says %q", c.at, said)
		}
		p.Choose(c.field, file("扫描件.pdf", c.megabytes<<20+1))
		want := fmt.Sprintf("文件“扫描件.pdf”超过 %d MB。", c.megabytes)
		if said := p.Text("[data-each-says]"); said != want {
			t.Errorf("%s: it says %q, want %q", c.at, said, want)
		}
		p.Click("form:has([data-each-says]) .actions button")
		if sent := p.Count("form[data-sent]"); sent > 0 || p.Text("[data-each-says]") != want {
			t.Errorf("%s: it is sent nevertheless", c.at)
		}
		p.Choose(c.field, fits)
		if said := p.Text("[data-each-says]"); said != "" {
			t.Errorf("%s: of another file it still says %q", c.at, said)
		}
	}

	p.Go("/years/2026/entry?indicator=consultations&unit=wenping")
	p.Type(entryForm+"[name=value]", "5")
	var scans []string
	for n := range 4 {
		scans = append(scans, file(fmt.Sprintf("%d.pdf", n), 16<<20))
	}
	p.Choose("#f-evidence", scans...)
	p.Axe()
	p.Shot("entry-files-too-large")
	if said := p.Text("[data-each-says]"); said != "所选文件共 64.0 MB，一次最多上传 60 MB，请分次上传。" {
		t.Errorf("of four files it says %q", said)
	}
}

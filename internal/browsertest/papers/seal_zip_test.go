package papers

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// packedAgain writes an archive anew with more files before those that are in it.
func packedAgain(t *testing.T, archive []byte, more ...[2]string) string {
	t.Helper()
	old, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, content []byte) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range more {
		add(m[0], []byte(m[1]))
	}
	for _, f := range old.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		add(f.Name, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "again.zip")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Whatever is put into the archive beside what was sealed is named, whatever it is called: words that every object of a
// script knows, and the name of a file that is there already, of which readers take the one or the other.
func TestWhatIsAddedToASealedArchiveIsNamed(t *testing.T) {
	staff, leader := browsertest.Open(t, "staff"), browsertest.Open(t, "leader")
	archive := sealed(t, staff, leader, 2026)
	dir, _ := unpacked(t, archive)
	p := browsertest.Open(t, "")
	for _, name := range []string{"constructor", "__proto__", "toString", "report.docx", "index.html", "manifest.json",
		"figures.json"} {
		p.OpenFile(filepath.Join(dir, "index.html"))
		if said := fileSaid(p, packedAgain(t, archive, [2]string{name, "forged"})); strings.Contains(said, "0 个不一致") ||
			!strings.Contains(said, name) {
			t.Errorf("another %s: %s", name, said)
		}
	}
	p.OpenFile(filepath.Join(dir, "index.html"))
	if said := fileSaid(p, packedAgain(t, archive)); !strings.HasSuffix(said, "0 个尚未核对，0 个不一致。") {
		t.Errorf("packed again as it was: %s", said)
	}
	raw, err := os.ReadFile(packedAgain(t, archive))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(raw, []byte("report.docx")) // in the header before its content, not in the list at the end
	copy(raw[at:], "Report.docx")
	renamed := filepath.Join(t.TempDir(), "renamed.zip")
	if err := os.WriteFile(renamed, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	p.OpenFile(filepath.Join(dir, "index.html"))
	if said := fileSaid(p, renamed); !strings.Contains(said, "Report.docx") {
		t.Errorf("a file that is called otherwise where its content is: %s", said)
	}
}

package papers

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// sealed downloads the package of a year's latest signed version, signing the year first if nobody has.
func sealed(t *testing.T, staff, leader *browsertest.Page, year int) []byte {
	t.Helper()
	leader.Go(fmt.Sprintf("/years/%d/report/sign", year))
	if leader.Count(`a[href*="/sealed/"]`) == 0 {
		checkAndSign(t, staff, leader)
	}
	name, content := leader.Download(`a[href*="/sealed/"]`)
	if !strings.HasSuffix(name, ".zip") {
		t.Errorf("the package is called %s", name)
	}
	return content
}

// unpacked writes an archive's files to a folder and returns it with the names of all.
func unpacked(t *testing.T, archive []byte) (dir string, names []string) {
	t.Helper()
	dir = t.TempDir()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
		if err := extract(filepath.Join(dir, filepath.FromSlash(f.Name)), f); err != nil {
			t.Fatal(err)
		}
	}
	return dir, names
}

func extract(to string, f *zip.File) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// fileSaid gives a file to the page and returns what it says of all files.
func fileSaid(p *browsertest.Page, path string) string {
	p.Choose("#zip", path)
	p.Until("the files are read", `!/正在读取/.test(document.getElementById("files-said").textContent) &&
		!/ [1-9]\d* 个尚未/.test(document.getElementById("files-said").textContent)`)
	return p.Text("#files-said")
}

// said is what the page says of figures, budget and points.
func said(p *browsertest.Page) string {
	return p.Text("#figures-said") + p.Text("#budget-said") + p.Text("#score-said")
}

// A signed year is taken away as one file. Its page, opened from a folder without the program, computes every figure
// again from the entries and finds nothing else than was signed; whatever is changed in it is named.
func TestASealedYearChecksItselfOffline(t *testing.T) {
	staff, leader := browsertest.Open(t, "staff"), browsertest.Open(t, "leader")
	for _, year := range []int{2022, 2026} {
		archive := sealed(t, staff, leader, year)
		dir, _ := unpacked(t, archive)
		p := browsertest.Open(t, "")
		p.OpenFile(filepath.Join(dir, "index.html"))
		said := said(p)
		t.Log(year, said)
		if strings.Count(said, "，0 项不一致。")+strings.Count(said, "，0 行不一致。") != 3 || strings.Contains(said, "：0 ") {
			t.Errorf("%d: %s %v", year, said, p.Texts("td.bad"))
		}
		whole := filepath.Join(t.TempDir(), "whole.zip")
		if err := os.WriteFile(whole, archive, 0o600); err != nil {
			t.Fatal(err)
		}
		if said := fileSaid(p, whole); !strings.HasSuffix(said, "0 个尚未核对，0 个不一致。") {
			t.Errorf("%d: %s", year, said)
		}
		p.Axe()
		for _, wide := range []int64{1366, 390} {
			p.Size(wide, 900)
			p.Shot(fmt.Sprintf("sealed-%d-%d", year, wide))
			if over := p.Overflow(); over > 0 {
				t.Errorf("%d: on a screen of %d the page is %d too wide", year, wide, over)
			}
		}
	}
}

// tampered is what somebody changes in the unpacked page, and how the page names it.
var tampered = []struct{ what, find, put, named string }{
	{"an entry", `("indicator":"two-cancer-screened"[^}]*"amount":")10780`, "${1}10781", "两癌免费检查完成人数"},
	{"a target", `("sign":"\\u003e=","amount":")10361`, "${1}10000", "两癌免费检查完成人数"},
	{"a figure", `("achievement":")10780"`, "${1}10790\"", "两癌免费检查完成人数"},
	{"a rate", `("completion":)10404`, "${1}10504", "两癌免费检查完成人数"},
	{"a light", `("code":"two-cancer-screened".*?"light":")done`, "${1}ahead", "两癌免费检查完成人数"},
	{"what is read", `10780人 · `, "10880人 · ", "两癌免费检查完成人数"},
	{"an entry gone", `\{[^{}]*"indicator":"disputes-mediated"[^{}]*\},`, "", "家庭纠纷调解成功率"},
	{"what was spent", `("whole":")[1-9]\d*("[^}]*"execution")`, "${1}1$2", "一般公共预算·基本支出"},
	{"points for the execution", `("execution":\{"weight":\d+,"score":)\d+`, "${1}1", "预算执行率"},
	{"a weight", `("execution":\{"weight":)\d+`, "${1}500", "预算执行率"},
	{"a sum of points", `("earned":)\d+`, "${1}1", "总分"},
	{"a row gone", `<tr data-code="two-cancer-screened">.*\n`, "", "两癌免费检查完成人数"},
}

func TestWhatIsChangedInASealedYearIsNamed(t *testing.T) {
	staff, leader := browsertest.Open(t, "staff"), browsertest.Open(t, "leader")
	dir, _ := unpacked(t, sealed(t, staff, leader, 2022))
	index := filepath.Join(dir, "index.html")
	raw, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, "")
	for _, c := range tampered {
		changed := regexp.MustCompile(c.find).ReplaceAllString(string(raw), c.put)
		if changed == string(raw) {
			t.Fatalf("%s: nothing was changed", c.what)
		}
		if err := os.WriteFile(index, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		p.OpenFile(index)
		if said := said(p); !strings.Contains(said, c.named) {
			t.Errorf("%s: %s", c.what, said)
		}
	}
}

// One byte of a file of evidence is another, in the archive.
func TestAByteOfSealedEvidenceIsNamed(t *testing.T) {
	staff, leader := browsertest.Open(t, "staff"), browsertest.Open(t, "leader")
	archive := sealed(t, staff, leader, 2026)
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var victim *zip.File
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "evidence/") {
			victim = f
		}
	}
	at, err := victim.DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := unpacked(t, archive)
	archive[at+int64(victim.UncompressedSize64)/2] ^= 1
	changed := filepath.Join(t.TempDir(), "changed.zip")
	if err := os.WriteFile(changed, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, "")
	p.OpenFile(filepath.Join(dir, "index.html"))
	if said := fileSaid(p, changed); !strings.Contains(said, "1 个不一致。 "+victim.Name) {
		t.Errorf("a changed byte: %s", said)
	}
}

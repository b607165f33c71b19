package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/picture"
	"dabiao/internal/progress"
)

// samplePack holds files of four indicators in two areas and of one in none, with names that file
// systems dislike.
func samplePack(tag lang.Tag) Pack {
	areas := []kpi.Area{{ID: 1, Name: "思想引领", NameEn: "Guidance"}, {ID: 2, Name: "空板块"},
		{ID: 3, Name: "权益：保障/维护", NameEn: "Rights"}}
	indicators := []kpi.Indicator{
		{ID: 10, Area: 1, Name: "百场宣讲", NameEn: "Lectures"}, {ID: 11, Area: 1, Name: "没有材料"},
		{ID: 12, Area: 3, Name: "调解<起>数", NameEn: "Disputes"}, {ID: 13, Name: "未归板块的指标"},
	}
	names := []struct {
		of   kpi.IndicatorID
		name string
	}{{12, "告诫令.pdf"}, {10, "现场.jpg"}, {12, "告诫令.pdf"}, {10, `a:b*c?"d".jpg`}, {13, strings.Repeat("很长", 80) + ".docx"},
		{12, "=cmd|x.xlsx"}}
	var files []kpi.Evidence
	for i, n := range names {
		sum := sha256.Sum256([]byte(content(kpi.EvidenceID(i + 1))))
		files = append(files, kpi.Evidence{ID: kpi.EvidenceID(i + 1), Indicator: n.of, Year: 2026, Name: n.name,
			Size:   int64(len(content(kpi.EvidenceID(i + 1)))),
			SHA256: hex.EncodeToString(sum[:]), AddedAt: 1780000000000 + kpi.UnixMilli(i)*1000, Sensitive: i == 2})
	}
	p := Pack{Office: kpi.Name{Name: "某县妇联", NameEn: "An office"}, Year: kpi.YearInfo{Year: 2026}, Zone: time.UTC,
		Language: lang.For(tag),
		Files:    progress.NumberEvidence(areas, indicators, files), Open: func(e kpi.Evidence, original bool) (File, error) {
			return fileOf(content(e.ID)), nil
		}}
	for i := range p.Files {
		p.Files[i].Unit = kpi.Unit{Name: "荆竹镇", NameEn: "Jingzhu"}
		p.Files[i].Withdrawn = p.Files[i].ID == 4
	}
	return p
}

func fileOf(content string) File {
	return File{picture.Whole(strings.NewReader(content), int64(len(content))), io.NopCloser(nil)}
}

func content(id kpi.EvidenceID) string { return strings.Repeat(string(rune('a'+id)), 3000+int(id)) }

func packOf(t *testing.T, p Pack) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePackHoldsTheFilesUnderTheirNumbers(t *testing.T) {
	parts := papertest.Unzip(t, packOf(t, samplePack(lang.Chinese)))
	long := strings.Repeat("很长", 80)
	for path, id := range map[string]kpi.EvidenceID{
		"1 思想引领/1-1 百场宣讲/1-1-1 现场.jpg": 2, "2 权益：保障_维护/2-1 调解_起_数/2-1-1 告诫令.pdf": 1,
		"2 权益：保障_维护/2-1 调解_起_数/2-1-3 =cmd_x.xlsx":                          6,
		"3 未归入板块/3-1 未归板块的指标/3-1-1 " + string([]rune(long)[:75]) + ".docx": 5,
	} {
		if parts[path] != content(id) {
			t.Errorf("%s is not file %d", path, id)
		}
		delete(parts, path)
	}
	for _, index := range []string{"index.xlsx", "index.html", "SHA256SUMS.txt"} {
		if parts[index] == "" {
			t.Errorf("no %s", index)
		}
		delete(parts, index)
	}
	for path := range parts {
		t.Errorf("%s should not be in the pack", path)
	}
}

// What stays out keeps its number, so that no other file is cited under it, and its name stays out too.
func TestThePackSaysWhatStaysOutAndWhy(t *testing.T) {
	p := samplePack(lang.Chinese)
	page := papertest.Unzip(t, packOf(t, p))["index.html"]
	for _, want := range []string{"2-1-2", "敏感，未随附", "1-1-2", "填报已撤回，未随附", "共 6 份，随附 4 份，未随附 2 份"} {
		if !strings.Contains(page, want) {
			t.Errorf("the index does not say %q", want)
		}
	}
	if strings.Count(page, "告诫令.pdf</a>") != 1 || strings.Contains(page, "a:b*c") {
		t.Error("the index names a file that stays out")
	}
	p.With.Sensitive = true
	if parts := papertest.Unzip(t, packOf(t, p)); parts["2 权益：保障_维护/2-1 调解_起_数/2-1-2 告诫令.pdf"] != content(3) {
		t.Error("the sensitive file that was asked for is missing")
	}
}

func TestThePackIsTheSameEachTimeAndItsSumsHold(t *testing.T) {
	for _, tag := range lang.Tags {
		first := packOf(t, samplePack(tag))
		if !bytes.Equal(first, packOf(t, samplePack(tag))) {
			t.Errorf("%s: two packs differ", tag)
		}
		parts := papertest.Unzip(t, first)
		lines := strings.Split(strings.TrimSuffix(parts["SHA256SUMS.txt"], "\n"), "\n")
		if len(lines) != 4 {
			t.Errorf("%s: %d sums, want 4", tag, len(lines))
		}
		for _, l := range lines {
			sum, path, _ := strings.Cut(l, "  ")
			if have := sha256.Sum256([]byte(parts[path])); hex.EncodeToString(have[:]) != sum {
				t.Errorf("%s: the sum of %s does not hold", tag, path)
			}
		}
		papertest.Valid(t, "index.xlsx", []byte(parts["index.xlsx"]))
	}
}

// A file that is gone or cut short must not become a pack that looks whole.
func TestABrokenPackIsNoArchive(t *testing.T) {
	for name, open := range map[string]func(kpi.Evidence, bool) (File, error){
		"gone": func(kpi.Evidence, bool) (File, error) { return File{}, errors.New("gone") },
		"short": func(kpi.Evidence, bool) (File, error) {
			return File{picture.Whole(strings.NewReader("x"), 3000), io.NopCloser(nil)}, nil
		},
	} {
		p := samplePack(lang.Chinese)
		p.Open = open
		var b bytes.Buffer
		if err := Write(&b, p); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
			t.Errorf("%s: what was written passes for an archive", name)
		}
	}
}

package review

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// photo is a picture of one colour as a phone would keep it.
func photo(t *testing.T, name string, c color.Color) string {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 1200, 1600))
	for y := range 1600 {
		for x := range 1200 {
			p.Set(x, y, c)
		}
	}
	at := filepath.Join(t.TempDir(), name)
	f, err := os.Create(at)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jpeg.Encode(f, p, nil); err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTwoPhotosOnAPhoneBecomeEvidenceAndAPack(t *testing.T) {
	const name = "女童权益保护宣讲"
	p := browsertest.Open(t, "staff")
	p.Size(390, 844)
	browsertest.OpenIndicator(t, p, name)
	browsertest.FillUpdate(p, "2", "浏览器测试：两张照片")
	p.Choose(browsertest.UpdateForm+`[name=evidence]`, photo(t, "现场一.jpg", color.RGBA{200, 80, 60, 255}),
		photo(t, "现场二.jpg", color.RGBA{60, 120, 200, 255}))
	if status := p.Follow(browsertest.Submit); status != 200 {
		t.Fatalf("log with two photos: status %d: %s", status, p.Text("main"))
	}
	p.Follow(`table.log tbody tr:first-child a[href$="/evidence"]`)
	if got := p.Texts(".file-name"); len(got) != 2 {
		t.Fatalf("the entry shows %q", got)
	}
	var drawn bool
	p.Ask(`Array.from(document.querySelectorAll(".files img")).every(i => { i.loading = "eager"; return i.src.endsWith("/preview.jpg") })`, &drawn)
	if !drawn || p.Count(".files img") != 2 || !strings.HasPrefix(p.Fetched(p.Attribute(".files img", "src")), "200") {
		t.Error("the photos have no previews")
	}
	if n := p.Overflow(); n > 0 {
		t.Errorf("the entry's evidence is %d px wider than the phone", n)
	}
	p.Axe()
	p.Shot("evidence-entry-phone")
	p.Press("标为敏感")
	if p.Count(".files img") != 1 || p.Count(".files .tag") != 1 || strings.Contains(p.Text(".files"), "取消敏感标记") {
		t.Errorf("the mark does not show, or staff may take it off: %s", p.Text(".files"))
	}
	p.Choose(`[name=evidence]`, photo(t, "补充.jpg", color.RGBA{90, 160, 90, 255}))
	if status := p.Press("上传"); status != 200 || p.Count(".file-card") != 3 {
		t.Errorf("a third photo: status %d, %d files", status, p.Count(".file-card"))
	}

	p.Follow(`.head a[href$="/evidence"]`)
	if said := p.Text("main"); !strings.Contains(said, "现场一.jpg") || !strings.Contains(said, "补充.jpg") {
		t.Errorf("the year's evidence lacks the photos: %s", said)
	}
	if n := p.Overflow(); n > 0 {
		t.Errorf("the year's evidence is %d px wider than the phone", n)
	}
	p.Axe()
	p.Shot("evidence-year-phone")
	if got := p.Fetched("/years/2026/evidence.zip"); got != "200 PK" {
		t.Errorf("the pack: %q", got)
	}
}

func TestFromWhoIsLateToTheLetter(t *testing.T) {
	for _, size := range [][2]int64{{1440, 900}, {390, 844}} {
		p := browsertest.Open(t, "leader")
		p.Size(size[0], size[1])
		p.Go("/years/2026/completeness")
		if n := p.Overflow(); n > 0 {
			t.Errorf("%d px wider than a window of %d px", n, size[0])
		}
		p.Axe()
		p.Shot(fmt.Sprintf("completeness-%d", size[0]))
		first := p.Texts(".late-unit summary b")
		if len(first) == 0 {
			t.Fatal("nobody is late in the demo")
		}
		p.Click(".late-unit summary")
		if status := p.Follow(".late-unit .actions a"); status != 200 {
			t.Fatalf("the letter: status %d", status)
		}
		letter := p.Text("article.letter")
		for _, want := range []string{first[0] + "：", "逾期未报", "特此提醒", "武冈市妇女联合会"} {
			if !strings.Contains(letter, want) {
				t.Errorf("the letter lacks %q:\n%s", want, letter)
			}
		}
		p.Axe()
		if n := p.Overflow(); n > 0 {
			t.Errorf("the letter is %d px wider than a window of %d px", n, size[0])
		}
		if got := p.Fetched(p.Attribute(".downloads a", "href")); got != "200 PK" {
			t.Errorf("the letter's file: %q", got)
		}
		p.Shot(fmt.Sprintf("letter-%d", size[0]))
	}
}

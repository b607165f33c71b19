package internal_test

import (
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// widest is how many characters a line of code may have. What goes beyond is one long text: a pattern, markup, a
// sentence that a reader searches for as a whole; or a linter's mark, which must stand on its line.
const widest, longText = 120, 45

func TestNoLineOfCodeIsTooWide(t *testing.T) {
	eachGoFile(t, func(name string) ([]string, error) {
		src, err := os.ReadFile("../" + name)
		if err != nil {
			return nil, err
		}
		return tooWide(name, src), nil
	})
}

// tooWide names the lines of a Go file that a break would make readable.
func tooWide(name string, src []byte) (found []string) {
	texts := longTexts(src)
	for i, line := range strings.Split(string(src), "\n") {
		if n := utf8.RuneCountInString(line); n > widest && !texts[i+1] && !strings.Contains(line, "//nolint:") {
			found = append(found, fmt.Sprintf("%s:%d: %d characters; break it as a reader would", name, i+1, n))
		}
	}
	return found
}

// longTexts are the lines on which a long text or a part of a text of several lines stands.
func longTexts(src []byte) map[int]bool {
	lines := map[int]bool{}
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, 0)
	for {
		at, tok, text := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok != token.STRING {
			continue
		}
		first := file.Line(at)
		rows := strings.Count(text, "\n")
		if rows > 0 || utf8.RuneCountInString(text) >= longText {
			for n := range rows + 1 {
				lines[first+n] = true
			}
		}
	}
}

func TestAWideLineIsFound(t *testing.T) {
	wide := strings.Repeat("word, ", 30)
	for src, want := range map[string]int{
		"package a\n\n// " + wide + "\nvar a = 1\n":                     1,
		"package a\n\nvar a = f(" + wide + "1)\n":                       1,
		"package a\n\nvar a = \"" + wide + "\"\n":                       0,
		"package a\n\nvar a = `\n" + wide + "`\n":                       0,
		"package a\n\nvar 数 = \"" + strings.Repeat("数", 40) + "\"\n":    0,
		"package a\n\nf() //nolint:errcheck // " + wide + "\n":          0,
		"package a\n\nvar a = f(" + strings.Repeat(`"a", `, 30) + ")\n": 1,
	} {
		if got := tooWide("a.go", []byte(src)); len(got) != want {
			t.Errorf("%q: %q, want %d", src, got, want)
		}
	}
}

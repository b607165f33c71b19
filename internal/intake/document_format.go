package intake

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// documentFormats tracks the formatting that changes what a reader sees: hidden, superscript, subscript.
type documentFormats struct {
	styles     map[string]runFormat
	style      string      // being read
	paragraphs []runFormat // of the paragraphs around the current position: their style and level
	runs       []runFormat // of the runs around it
	maths      []string    // sup and sub of formulas
}

// runFormat is the formatting of a run or a style; what it does not set is "".
type runFormat struct {
	style  string // for a run its style, for a style the one it is based on
	vanish string // on, off
	align  string // superscript, subscript, baseline
	level  int    // of headings, from 1
}

func (l *runFormat) say(name string, e xml.StartElement) {
	switch val := attr(e, "val"); name {
	case "vanish", "specVanish":
		l.vanish = "on"
		if val == "0" || val == "false" || val == "off" {
			l.vanish = "off"
		}
	case "vertAlign":
		l.align = val
	case "rStyle", "basedOn":
		l.style = val
	case "outlineLvl":
		if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
			l.level = n + 1
		}
	}
}

// readStyle reads the formatting of a document's styles, but not that of a table's corners, which is
// not for text.
func (l *documentFormats) readStyle(e xml.StartElement) error {
	name := e.Name.Local
	switch name {
	case "style":
		l.style = attr(e, "styleId")
	case "tblStylePr", "rPrDefault":
		l.style = ""
	}
	if l.style != "" {
		at := l.styles[l.style]
		at.say(name, e)
		if l.styles == nil {
			l.styles = map[string]runFormat{}
		}
		l.styles[l.style] = at
	}
	return nil
}

// of returns a style's formatting, including what it inherits.
func (l *documentFormats) of(style string) (out runFormat) {
	for depth := 0; style != "" && depth < 20; depth++ {
		at := l.styles[style]
		if out.vanish == "" {
			out.vanish = at.vanish
		}
		if out.align == "" {
			out.align = at.align
		}
		if out.level == 0 {
			out.level = at.level
		}
		style = at.style
	}
	return out
}

// start applies an element; ofRun means that it is formatting of a run itself.
func (l *documentFormats) start(name string, e xml.StartElement, ofRun bool) {
	switch name {
	case "p":
		l.paragraphs = append(l.paragraphs, runFormat{})
	case "r":
		l.runs = append(l.runs, runFormat{})
	case "sup", "sub":
		l.maths = append(l.maths, name)
	case "pStyle", "outlineLvl":
		if n := len(l.paragraphs); n > 0 {
			l.paragraphs[n-1].say(strings.Replace(name, "pStyle", "rStyle", 1), e)
		}
	}
	if n := len(l.runs); n > 0 && ofRun {
		l.runs[n-1].say(name, e)
	}
}

func (l *documentFormats) end(name string) {
	switch name {
	case "p":
		l.paragraphs = l.paragraphs[:len(l.paragraphs)-1]
	case "r":
		l.runs = l.runs[:len(l.runs)-1]
	case "sup", "sub":
		l.maths = l.maths[:len(l.maths)-1]
	}
}

// now returns the current formatting: the run's own, its style's and its paragraph's.
func (l *documentFormats) now() (run, ofRun, ofParagraph runFormat) {
	if n := len(l.runs); n > 0 {
		run = l.runs[n-1]
	}
	if n := len(l.paragraphs); n > 0 {
		ofParagraph = l.of(l.paragraphs[n-1].style)
	}
	return run, l.of(run.style), ofParagraph
}

// level is that of the heading a paragraph is; 0 for other text.
func (l *documentFormats) level() int {
	n := len(l.paragraphs)
	if n == 0 {
		return 0
	}
	if own := l.paragraphs[n-1].level; own > 0 {
		return own
	}
	return l.of(l.paragraphs[n-1].style).level
}

// hidden reports whether text at the current position is hidden. Two styles that hide text cancel each
// other out, as in Word.
func (l *documentFormats) hidden() bool {
	run, ofRun, ofParagraph := l.now()
	if run.vanish != "" {
		return run.vanish == "on"
	}
	return (ofRun.vanish == "on") != (ofParagraph.vanish == "on")
}

var (
	raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8",
		"⁸", "9", "⁹", "+", "⁺", "-", "⁻")
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆",
		"7", "₇", "8", "₈", "9", "₉")
)

// raisedDigits are the digits that [raised] returns: after a number they are its exponent, not further
// digits.
const raisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"

// set returns a text as it appears: 10 with a superscript 2 is 10², not 102.
func (l *documentFormats) set(text string) string {
	run, ofRun, ofParagraph := l.now()
	align := run.align
	for _, of := range []runFormat{ofRun, ofParagraph} {
		if align == "" {
			align = of.align
		}
	}
	if n := len(l.maths); n > 0 {
		align = map[string]string{"sup": "superscript", "sub": "subscript"}[l.maths[n-1]]
	}
	switch align {
	case "superscript":
		return raised.Replace(text)
	case "subscript":
		return lowered.Replace(text)
	}
	return text
}

// The characters that symbol fonts show: Symbol, and Wingdings and similar fonts.
var (
	symbolFont = map[rune]rune{0xa3: '≤', 0xb3: '≥', 0xb4: '×', 0xb1: '±', 0xb0: '°', 0xb7: '•', 0xb8: '÷', 0xb9: '≠',
		0xbb: '≈', 0xd7: '·', 0xa5: '∞', 0xe5: '∑', 0x25: '%', 0x2d: '−'}
	wingdings = map[rune]rune{0xfc: '✓', 0xfb: '✗', 0xfe: '☑', 0xfd: '☒', 0xa8: '☐', 0x6f: '☐', 0x52: '☑', 0x50: '✓',
		0xa3: '☐', 0x4f: '✗', 0x54: '☒'}
)

// symbol returns the character that a symbol font shows, or a square if it is unknown, so that the text
// around it does not run together.
func symbol(font, char string) string {
	n, err := strconv.ParseInt(char, 16, 32)
	if err != nil {
		return "□"
	}
	c := rune(n)
	if c >= 0xf000 && c <= 0xf0ff {
		c -= 0xf000
	}
	shown, known := rune('□'), false
	switch {
	case strings.HasPrefix(font, "Wingdings"):
		shown, known = wingdings[c]
	case strings.EqualFold(font, "Symbol"):
		shown, known = symbolFont[c]
		if !known && (c >= '0' && c <= '9' || strings.ContainsRune("+=<>/().,", c)) {
			shown, known = c, true
		}
	case c >= 0x20 && rune(n) == c:
		shown, known = c, true
	}
	if !known {
		return "□"
	}
	return string(shown)
}

package intake

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// documentNumbers works out the numbers that Word gives paragraphs by itself, which stand nowhere in their text.
type documentNumbers struct {
	lists  map[string]*[numberLevels]numberLevel // by abstractNumId
	nums   map[string]*numberUse                 // by numId
	styles map[string]numberRef                  // of paragraph styles
	counts map[string]*[numberLevels]int         // by abstractNumId: how far each level has come
	around []numberRef                           // of the paragraphs around what is read

	list, num, style string // being read
	level            int
}

const numberLevels = 9

// numberLevel is one level of a list: （%2） in chineseCounting, from 1.
type numberLevel struct {
	start               int
	format, text, style string
}

// numberUse is a list as paragraphs refer to it, with the levels it starts anew.
type numberUse struct {
	list   string
	starts map[int]int
}

// numberRef is a paragraph's or a style's reference to a list. num is "" for none, "0" for none in spite of the style.
type numberRef struct {
	num, style string // for a style, the one it is based on
	level      int
	levelSet   bool
}

// readList takes up an element of numbering.xml.
func (n *documentNumbers) readList(e xml.StartElement) error {
	val := attr(e, "val")
	switch name := e.Name.Local; name {
	case "abstractNum":
		n.list, n.num = attr(e, "abstractNumId"), ""
		if n.lists == nil {
			n.lists = map[string]*[numberLevels]numberLevel{}
		}
		n.lists[n.list] = &[numberLevels]numberLevel{}
	case "num":
		n.num = attr(e, "numId")
		if n.nums == nil {
			n.nums = map[string]*numberUse{}
		}
		n.nums[n.num] = &numberUse{starts: map[int]int{}}
	case "lvl", "lvlOverride":
		n.level = number(attr(e, "ilvl"))
	case "abstractNumId":
		if use := n.nums[n.num]; use != nil {
			use.list = val
		}
	case "startOverride":
		if use := n.nums[n.num]; use != nil {
			use.starts[n.level] = number(val)
		}
	default:
		n.readLevel(name, val)
	}
	return nil
}

func (n *documentNumbers) readLevel(name, val string) {
	levels := n.lists[n.list]
	if n.num != "" || levels == nil || n.level < 0 || n.level >= numberLevels {
		return // of an override, whose look is the list's nearly always
	}
	switch l := &levels[n.level]; name {
	case "start":
		l.start = number(val)
	case "numFmt":
		l.format = val
	case "lvlText":
		l.text = val
	case "pStyle":
		l.style = val
	}
}

// readStyle takes up an element of styles.xml.
func (n *documentNumbers) readStyle(e xml.StartElement) error {
	if e.Name.Local == "style" {
		n.style = attr(e, "styleId")
	}
	if n.style == "" {
		return nil
	}
	if n.styles == nil {
		n.styles = map[string]numberRef{}
	}
	at := n.styles[n.style]
	at.say(e.Name.Local, attr(e, "val"))
	if e.Name.Local == "basedOn" {
		at.style = attr(e, "val")
	}
	n.styles[n.style] = at
	return nil
}

func (r *numberRef) say(name, val string) {
	switch name {
	case "numId":
		r.num = val
	case "ilvl":
		r.level, r.levelSet = number(val), true
	case "pStyle":
		r.style = val
	}
}

// start takes up an element of the text; in tells whether it stands in a paragraph's numPr, or is its style.
func (n *documentNumbers) start(name string, e xml.StartElement, in bool) {
	switch last := len(n.around) - 1; {
	case name == "p":
		n.around = append(n.around, numberRef{})
	case in && last >= 0:
		n.around[last].say(name, attr(e, "val"))
	}
}

// end returns the number of the paragraph that ends, "" for none.
func (n *documentNumbers) end() string {
	last := len(n.around) - 1
	if last < 0 {
		return ""
	}
	ref := n.around[last]
	n.around = n.around[:last]
	return n.label(n.resolved(ref))
}

// resolved returns a paragraph's list and level, which its style may have.
func (n *documentNumbers) resolved(ref numberRef) numberRef {
	of := ref.style
	for depth := 0; ref.num == "" && of != "" && depth < 20; depth++ {
		style := n.styles[of]
		if style.num != "" {
			ref.num = style.num
			if !ref.levelSet {
				ref.level = style.level
			}
			if !ref.levelSet && !style.levelSet {
				ref.level = n.levelOf(style.num, of)
			}
		}
		of = style.style
	}
	return ref
}

// levelOf returns the level of a list that belongs to a style.
func (n *documentNumbers) levelOf(num, style string) int {
	if use := n.nums[num]; use != nil && n.lists[use.list] != nil {
		for i, l := range n.lists[use.list] {
			if l.style == style {
				return i
			}
		}
	}
	return 0
}

var levelPlace = regexp.MustCompile(`%([1-9])`)

// label counts a paragraph and writes its number.
func (n *documentNumbers) label(ref numberRef) string {
	use := n.nums[ref.num]
	if use == nil || n.lists[use.list] == nil || ref.level < 0 || ref.level >= numberLevels {
		return ""
	}
	levels := n.lists[use.list]
	if n.counts == nil {
		n.counts = map[string]*[numberLevels]int{}
	}
	counts := n.counts[use.list]
	if counts == nil {
		counts = &[numberLevels]int{}
		for i := range counts {
			counts[i] = levels[i].start - 1
		}
		n.counts[use.list] = counts
	}
	if start, anew := use.starts[ref.level]; anew {
		counts[ref.level] = start - 1
		delete(use.starts, ref.level)
	}
	counts[ref.level]++
	for i := ref.level + 1; i < numberLevels; i++ {
		counts[i] = levels[i].start - 1
	}
	if look := levels[ref.level].format; look == "bullet" || look == "none" {
		return ""
	}
	return levelPlace.ReplaceAllStringFunc(levels[ref.level].text, func(place string) string {
		i := int(place[1] - '1')
		return inFormat(max(counts[i], levels[i].start), levels[i].format)
	})
}

// inFormat writes a number as a list's level does.
func inFormat(n int, format string) string {
	switch {
	case strings.HasSuffix(format, "Counting") || strings.HasSuffix(format, "CountingThousand") ||
		format == "chineseLegalSimplified" || format == "ideographDigital":
		return inChinese(n)
	case format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case format == "upperLetter" && n >= 1 && n <= 26:
		return string(rune('A' + n - 1))
	case format == "lowerLetter" && n >= 1 && n <= 26:
		return string(rune('a' + n - 1))
	}
	return strconv.Itoa(n)
}

// inChinese writes 1 to 99: 一, 十, 二十三.
func inChinese(n int) string {
	digits := []rune("〇一二三四五六七八九")
	if n < 0 || n > 99 {
		return strconv.Itoa(n)
	}
	if n < 10 {
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// OldUnit is an organisation below the office, as a report names it. Parent is the name of the one it belongs to; "":
// the office itself.
type OldUnit struct{ Name, Parent string }

// MaxOldUnits is how many are taken from a report or table.
const MaxOldUnits = 500

const (
	townships = `镇|民族乡|乡|街道办事处|街道|办事处|林场|农场|管理区|开发区`
	villages  = `社区居委会|社区|村委会|村`
)

var (
	townshipName = regexp.MustCompile(`^\p{Han}{1,10}?(?:` + townships + `)$`)
	villageName  = regexp.MustCompile(`^\p{Han}{1,12}?(?:` + villages + `)$`)
	villageOf    = regexp.MustCompile(`^(\p{Han}{1,8}?(?:` + townships + `))(\p{Han}{1,8}?(?:` + villages + `))$`)
	// what leads to the first name of a list: 下辖城关镇、水西乡
	unitLead = regexp.MustCompile(`^.*(?:下辖|下设|管辖|辖有?|包括|包含|涉及|覆盖|分别(?:为|是|在)|其中|依次为|前往|深入|走进|走访|奔赴|赴|即|如|在|为|有|对|到|由|的)`)
	unitTail = regexp.MustCompile(`^(\p{Han}{1,10}?(?:` + townships + `))(?:等|共|[0-9一二三四五六七八九十]+个|为|的|开展|举办|组织|召开|实施|建成|建立|设立|新建|试点|推广|$)`)
	// no names but words for all of them
	unitWord = regexp.MustCompile(`^(?:各|全|该|本|某|每|所有|全部|部分|有关|相关|下辖|试点|示范|美丽|重点|先进|其他|\p{Han}{0,2}个|[一二两三四五六七八九十\d]+个?)?(?:各|乡|镇|街|县|市|区|级|和|、)*(?:` + townships + `|` + villages + `)$`)
)

// oldUnits collects units by name, in the order they are named.
type oldUnits struct{ found []OldUnit }

func (u *oldUnits) add(unit OldUnit) {
	named := func(name string) bool {
		return slices.ContainsFunc(u.found, func(o OldUnit) bool { return o.Name == name })
	}
	if len(u.found) >= MaxOldUnits || named(unit.Name) || unitWord.MatchString(unit.Name) {
		return
	}
	if unit.Parent != "" && !named(unit.Parent) {
		u.add(OldUnit{Name: unit.Parent})
	}
	u.found = append(u.found, unit)
}

// readLine takes the townships that a line lists, at least two of them: 辖城关镇、水西乡和东关街道. One alone is rather
// where something happened.
func (u *oldUnits) readLine(text string) {
	if !strings.ContainsAny(text, "镇乡街办场区") || !strings.ContainsAny(text, "、和及与") {
		return
	}
	ends := func(r rune) bool { return strings.ContainsRune("，,。；;：:（）()！\n", r) }
	for clause := range strings.FieldsFuncSeq(text, ends) {
		items := strings.FieldsFunc(clause, func(r rune) bool { return strings.ContainsRune("、和及与", r) })
		var names []string
		for n, item := range items {
			item = strings.TrimSpace(item)
			if cut := unitLead.ReplaceAllString(item, ""); n == 0 && townshipName.MatchString(cut) {
				item = cut
			}
			if m := unitTail.FindStringSubmatch(item); m != nil && n == len(items)-1 {
				item = m[1]
			}
			if townshipName.MatchString(item) && utf8.RuneCountInString(item) > 1 && !unitWord.MatchString(item) {
				names = append(names, item)
			}
		}
		if len(names) < 2 || 2*len(names) < len(items) {
			continue
		}
		for _, name := range names {
			u.add(OldUnit{Name: name})
		}
	}
}

// readGrid takes the townships and villages that a table has a column of, villages with the township beside them.
func (u *oldUnits) readGrid(g Grid) {
	for column := range min(g.width(), 6) {
		var names []OldUnit
		filled, parent := 0, ""
		for _, row := range g.Rows {
			if column > 0 {
				if beside := plainCell(row.Cell(column - 1)); townshipName.MatchString(beside) {
					parent = beside
				}
			}
			name := plainCell(row.Cell(column))
			if name == "" {
				continue
			}
			filled++
			switch m := villageOf.FindStringSubmatch(name); {
			case unitWord.MatchString(name):
			case m != nil:
				names = append(names, OldUnit{Name: m[2], Parent: m[1]})
			case townshipName.MatchString(name):
				names = append(names, OldUnit{Name: name})
			case villageName.MatchString(name) && parent != "":
				names = append(names, OldUnit{Name: name, Parent: parent})
			}
		}
		if len(names) < 2 || 2*len(names) < filled {
			continue
		}
		for _, unit := range names {
			u.add(unit)
		}
	}
}

func plainCell(c Cell) string { return strings.Join(strings.Fields(c.Text), "") }

// UnitsOf are the units that the tables of a file name in a column of their own.
func UnitsOf(grids []Grid) []OldUnit {
	var u oldUnits
	for _, g := range grids {
		u.readGrid(g)
	}
	return u.found
}

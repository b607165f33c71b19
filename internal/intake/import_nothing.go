package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// nothingDone matches words in the place of a number: not begun, not reported, not responsible. Only their author
// knows whether they mean 0.
var nothingDone = regexp.MustCompile(`^(?:暂时?|尚|还|目前|本[月季期年]|当[月季期])*(?:未|没有?|无)(?:开展|发生|产生|实施|启动|开始|举办|组织|安排|进行|统计|上?报|填报?|报送|涉及|新增)(?:此项|该项|这项|相关|过)*(?:工作|活动|业务|任务|情况)?$|` +
	`^(?:暂|尚|本[月季期年])*(?:没有|无)(?:此项|该项|这项|相关|本项)?(?:工作|活动|业务|任务|数据|情况)?$|^不涉及$|^待(?:报|定|统计|核实|上报|填报?)$|` +
	`^(?:not(?:yet)?(?:started|begun|held|done|reported|collected|conducted|carriedout|implemented|applicable|received)(?:yet)?|noneyet|nothing(?:toreport)?|nodata|noactivity|noactivities|pending|tbd|tobeconfirmed)$`)

// maxNothing is the length of the longest of them, in bytes.
const maxNothing = 60

// saysNothing reports whether a cell says in words that there is no figure.
func (c Cell) saysNothing() bool {
	if c.Kind != CellText || len(c.Text) > maxNothing || strings.ContainsAny(c.Text, "0123456789") {
		return false
	}
	name := plainName(c.Text)
	return levelWords[name] == "" && nothingDone.MatchString(name)
}

// leaveNothing leaves such a cell out; the same words are reported once per column.
func (t *table) leaveNothing(row GridRow, c ImportColumn, cell Cell) {
	key := c.Name() + plainName(cell.Text)
	if t.nothing[key]++; t.nothing[key] == 1 {
		t.Left = append(t.Left, Skip{row.Number, c.Index, kpi.T("import_cell_nothing", quote(cell.Text), 1)})
		return
	}
	for i := range t.Left {
		if s := &t.Left[i]; s.Column == c.Index && s.Text.Key == "import_cell_nothing" &&
			plainName(s.Text.Args[0].(string)) == plainName(cell.Text) {
			s.Text.Args[1] = t.nothing[key]
			return
		}
	}
}

// totalBefore matches words before a number that add nothing to it: 共3户, 合计：12.
var totalBefore = regexp.MustCompile(`^(?i:总共|共计|合计|总计|一共|小计|共有|共|计|in total|total|altogether)\s*(?:为|是)?\s*:?\s*`)

// withoutCount removes such words from a folded figure.
func withoutCount(text string) string {
	rest := text[len(totalBefore.FindString(text)):]
	if rest == text || !hasDigit(rest) {
		return text
	}
	return rest
}

// withoutBrackets removes the brackets around what follows a number: 3（户）.
func withoutBrackets(s string) string {
	inner, opened := strings.CutPrefix(strings.TrimSpace(s), "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if opened && closed && inner != "" && !strings.ContainsAny(inner, "()") {
		return strings.TrimSpace(inner)
	}
	return s
}

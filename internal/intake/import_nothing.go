package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// nothingDone are the words people write where a number would stand and there is none: not begun, not reported,
// not theirs. Whether that is 0 only they know.
var nothingDone = regexp.MustCompile(`^(?:暂时?|尚|还|目前|本[月季期年]|当[月季期])*(?:未|没有?|无)(?:开展|发生|产生|实施|启动|开始|举办|组织|安排|进行|统计|上?报|填报?|报送|涉及|新增)(?:此项|该项|这项|相关|过)*(?:工作|活动|业务|任务|情况)?$|` +
	`^(?:暂|尚|本[月季期年])*(?:没有|无)(?:此项|该项|这项|相关|本项)?(?:工作|活动|业务|任务|数据|情况)?$|^不涉及$|^待(?:报|定|统计|核实|上报|填报?)$|` +
	`^(?:not(?:yet)?(?:started|begun|held|done|reported|collected|conducted|carriedout|implemented|applicable|received)(?:yet)?|noneyet|nothing(?:toreport)?|nodata|noactivity|noactivities|pending|tbd|tobeconfirmed)$`)

// maxNothing is the longest of them, in bytes.
const maxNothing = 60

// saysNothing reports whether a text says in words that there is no figure.
func (c Cell) saysNothing() bool {
	if c.Kind != CellText || len(c.Text) > maxNothing || strings.ContainsAny(c.Text, "0123456789") {
		return false
	}
	name := plainName(c.Text)
	return levelWords[name] == "" && nothingDone.MatchString(name)
}

// leaveNothing leaves out a cell of words that say that there is no figure; of the same words in a column it is
// said once.
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

// totalBefore are what stands before a counted number and adds nothing to it: 共3户, 合计：12.
var totalBefore = regexp.MustCompile(`^(?i:总共|共计|合计|总计|一共|小计|共有|共|计|in total|total|altogether)\s*(?:为|是)?\s*:?\s*`)

// withoutCount is a folded figure without such a word before it.
func withoutCount(text string) string {
	rest := text[len(totalBefore.FindString(text)):]
	if rest == text || !hasDigit(rest) {
		return text
	}
	return rest
}

// withoutBrackets is what stands behind a number in brackets: 3（户）.
func withoutBrackets(s string) string {
	inner, opened := strings.CutPrefix(strings.TrimSpace(s), "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if opened && closed && inner != "" && !strings.ContainsAny(inner, "()") {
		return strings.TrimSpace(inner)
	}
	return s
}

package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// Texts below the figures of a table: who filled it in, whom to call, how to read it. A label with a colon or a
// seal is certainly such a text; a label alone may be a name.
const (
	footPeople = `填表人|填报人|填表|制表人|制表|经办人|经办|审核人|审核|审批人|审批|复核人|复核|校对|核对人|统计员|统计人|负责人|单位负责人|部门负责人|主要负责人|` +
		`分管领导|分管负责人|主要领导|领导签字|单位领导|签字|签章|签名|盖章|公章|单位盖章|单位公章|联系人|联系电话|联系方式|电话|手机|手机号码?|传真|邮箱|电子邮箱|` +
		`填报日期|填表日期|填报时间|填表时间|制表日期|制表时间|报送日期|报送时间|上报日期|上报时间|打印日期|打印时间|填报单位|报送单位|制表单位|填表单位|` +
		`preparedby|reviewedby|approvedby|checkedby|signedby|signature|phone|tel|telephone|contact|email|preparedon|dateprepared|printedon`
	footRemarks = `注|备注|附注|说明|填表说明|填报说明|指标说明|口径|口径说明|统计口径|数据来源|资料来源|来源|note|notes|remark|remarks|source|sources`
)

var (
	footLabel  = regexp.MustCompile(`^(?:` + footPeople + `|` + footRemarks + `)(?:[(（][^)）]*[)）])?\s*[:：]`)
	footNumber = regexp.MustCompile(`^(?:` + footRemarks + `)\s*[(（]?[0-9一二三四五六七八九十]{1,2}[)）.、:：]`)
	footSeal   = regexp.MustCompile(`^[^:：]{0,20}[(（](?:盖章|公章|签字|签章|签名)[)）]`)
	footAlone  = regexp.MustCompile(`^(?:` + footPeople + `)(?:[(（][^)）]*[)）])?$`)
	footPage   = regexp.MustCompile(`^第\s*\d+\s*页|^共\s*\d+\s*页|^page\s*\d+`)
	footBlanks = strings.NewReplacer(" ", "", "　", "", "\u00a0", "", "\t", "")
)

// maxFootText is how many bytes of a text are looked at.
const maxFootText = 200

// footText reports whether a text is one of those below figures; certain is false for a label alone.
func footText(text string) (foot, certain bool) {
	if len(text) > maxFootText {
		text = text[:maxFootText]
	}
	text = strings.ToLower(footBlanks.Replace(width.Fold.String(text)))
	switch {
	case footLabel.MatchString(text), footNumber.MatchString(text), footSeal.MatchString(text), footPage.MatchString(text):
		return true, true
	case footAlone.MatchString(text):
		return true, false
	}
	return false, false
}

// isFoot reports whether a row has only such texts: no cell names an indicator or a unit, one is certain, and
// numbers only follow their labels.
func (t *table) isFoot(row GridRow) (column int, is bool) {
	if !t.footIn(row) || slices.ContainsFunc(row.Cells, t.names) {
		return 0, false
	}
	column = -1
	labelled := false
	for i, cell := range row.Cells {
		foot, certain := footText(cell.Text)
		switch {
		case cell.Kind == CellEmpty:
		case foot && cell.Kind == CellText:
			if column < 0 && (certain || t.firstIn(row, i)) {
				column = i
			}
			labelled = true
		case t.valueAt(i) && cell.Kind != CellText && !labelled:
			return 0, false
		case t.valueAt(i) && !labelled:
			if _, number := plainAmount(cell.Text); number {
				return 0, false
			}
		}
	}
	return column, column >= 0
}

// footIn reports whether a row may have such a text. Results are cached, because the same texts occur in many rows.
func (t *table) footIn(row GridRow) bool {
	for _, c := range row.Cells {
		if c.Kind != CellText {
			continue
		}
		foot, ok := t.feet[c.Text]
		if !ok {
			foot, _ = footText(c.Text)
			if len(t.feet) < maxGridRows {
				t.feet[c.Text] = foot
			}
		}
		if foot {
			return true
		}
	}
	return false
}

// names reports whether a cell is the name of an indicator or a unit.
func (t *table) names(c Cell) bool {
	if c.Kind != CellText {
		return false
	}
	if _, why := t.words.indicator(c.Text); why.Key == "" {
		return true
	}
	_, why := t.words.unit(c.Text)
	return why.Key == ""
}

func (t *table) firstIn(row GridRow, column int) bool {
	for i := range column {
		if row.Cells[i].Kind != CellEmpty {
			return false
		}
	}
	return true
}

// valueAt reports whether a column holds values.
func (t *table) valueAt(column int) bool {
	for _, c := range t.Columns {
		if c.Index == column {
			return c.Role.value()
		}
	}
	return false
}

// setAside leaves a row out and records it.
func (t *table) setAside(row GridRow, column int) {
	t.Left = append(t.Left, Skip{row.Number, column, kpi.T("import_row_no_data", quote(row.Cell(column).Text))})
}

// stray returns the column of a text among values, in a row without a name: a remark, a page number. It is not
// readable as a figure.
func (t *table) stray(row GridRow) (column int, is bool) {
	if _, named := t.column(ColIndicator); !named {
		return 0, false
	}
	for _, role := range []ColumnRole{ColCode, ColIndicator, ColUnit, ColDate} { // before the cells, which cost most
		if c, ok := t.column(role); ok && t.shown(row, c.Index).Kind != CellEmpty {
			return 0, false
		}
	}
	column = -1
	for i, cell := range row.Cells {
		switch {
		case cell.Kind == CellEmpty:
		case cell.Kind != CellText:
			return 0, false
		case t.valueAt(i) && column < 0:
			column = i
		}
		if cell.Kind == CellText {
			if _, number := plainAmount(cell.Text); number {
				return 0, false
			}
		}
	}
	return column, column >= 0
}

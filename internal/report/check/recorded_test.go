package check

import (
	"testing"

	"dabiao/internal/report"
)

// What the budget and the staff records hold may be typed; what they do not hold is asked about.
func TestRecordedNumbersMayBeTyped(t *testing.T) {
	for text, asked := range map[string]bool{
		"全年支出192.58万元。":            false,
		"全年支出192.58万元，执行率96.29%。":  false,
		"年初预算191.2万元，调整后预算200万元。":  false,
		"基本支出153.98万元，项目支出38.6万元。": false,
		"县财政批复我会全年预算200万元。":        false,
		"编制6名，在职5人，退休3人。":          false,
		"其中行政编制4名、事业编制2名。":         false,
		"购买服务支出38.6万元由企业捐赠，培训4人。":  true,
		"慰问困难家庭200万元。":             true,
		"获得社会捐赠153.98万元。":          true,
		"走访6人。":                    true,
	} {
		in := corpusYear(t)
		in.Texts = map[report.SectionKey]string{report.Publication: text}
		got := false
		for _, f := range Report(in) {
			got = got || f.Section == report.Publication
		}
		if got != asked {
			t.Errorf("%s: asked about %v, want %v", text, got, asked)
		}
	}
}

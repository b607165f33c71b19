package check

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

const (
	guided  = `领导|指导|支持|关怀|带领|部署|帮助|关心|指示|督导|调研指导`
	qualify = `(?:正确|坚强|精心|悉心|大力|统一|直接|具体|关心|业务|有力|亲切)*`
)

var (
	under    = regexp.MustCompile(`在([^，,。；]{1,40}?)的?` + qualify + `(?:` + guided + `)(?:和|与|、|下)`)
	underToo = regexp.MustCompile(`(?:` + guided + `)(?:和|与|、|以及|及)([^，,。；]{2,24}?)的?` + qualify + `(?:` + guided + `)下`)
	// thanked matches guidance that is received: 感谢X的支持, 得到了X的指导, X给予我单位指导, X来我会调研指导.
	thanked = regexp.MustCompile(`(?:感谢|得益于|离不开|得到了?|受到了?|承蒙|根据|按照|接受)([^，,。；]{1,30}?)` +
		`(?:对我\p{Han}{0,8})?的?` + qualify + `(?:` + guided + `|安排|要求)`)
	guidedUs = regexp.MustCompile(`([^，,。；、]{2,30}?)(?:领导|主席|负责人|有关领导)?` +
		`(?:高度重视|多次|亲自|经常|给予|对|到|来|莅临|深入)\p{Han}{0,4}` +
		`(?:我|本)(?:单位|会|局|馆|办|中心|院|县妇联|部门)[^，,。；]{0,14}(?:` + guided + `)`)
	// sentUp is where an office sends what it has decided: 报X备案.
	sentUp = regexp.MustCompile(`(?:上报|报送|呈报|报请|提请|报经|报)([^，,。；、]{2,20}?)(?:备案|审定|审批|批准|审核|审查|批复|同意)`)
	// lower are bodies that the office itself leads.
	lower = regexp.MustCompile(`乡镇|村|社区|街道|基层|所属|下属|各级|站|志愿|执委|家庭|妇女之家`)
)

// guidance finds the office's own name where that of the office above it belongs, in any order of words.
func (c *checker) guidance(s string) []Finding {
	for _, way := range []*regexp.Regexp{under, underToo, thanked, guidedUs, sentUp} {
		for _, m := range way.FindAllStringSubmatchIndex(s, -1) {
			whole, said := s[m[0]:m[1]], s[m[2]:m[3]]
			if lower.MatchString(s[:m[2]]) || lower.MatchString(said) {
				continue
			}
			for _, name := range []string{c.Office.Name, shortName(c.Office.Name, said), kindName(c.Office.Name, said),
				"本单位", "我单位"} {
				ours := strings.HasPrefix(name, "我") && way != under && way != underToo
				if name == "" || ours || !strings.Contains(said, name) {
					continue
				}
				return []Finding{{Code: "own_name", Severity: SeverityError, Quote: whole,
					Text: kpi.T("check.own_name", whole, name)}}
			}
		}
	}
	return nil
}

// kindName finds the office called by its kind alone: 县妇联 for 安平县妇女联合会. Of a 市 it is left alone, as the
// office above it may be one of a 市 too.
func kindName(office, text string) string {
	place := placeOf.FindString(office)
	if place == "" || strings.HasSuffix(place, "市") {
		return ""
	}
	return abbreviated(place[len(place)-len("县"):], strings.TrimPrefix(office, place), text)
}

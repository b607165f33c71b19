package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

var (
	standing = regexp.MustCompile(`\d[万千百]?(\p{Han}次|\p{Han})([，,。；;、）)：:]|其中|$)?`)
	perOne   = regexp.MustCompile(`每(?:一|个)?(\p{Han}次|\p{Han})`)
	// noCount are characters behind numbers that are no measures.
	noCount = "年月日号时分秒成倍多余来几万千百十亿元岁以左右上下前后的与和至到或及是为有也都已可将在按给度级届第期"
)

// learned returns the measures that a document uses and nobody listed: what stands behind several of its numbers and
// ends their clause, or what it counts by (每讲). 24讲, 1260顶, 63点次.
func learned(text string, known []kpi.Measure) (out []kpi.Measure) {
	seen, ends := map[string]int{}, map[string]bool{}
	for _, m := range standing.FindAllStringSubmatch(text, -1) {
		seen[m[1]]++
		ends[m[1]] = ends[m[1]] || m[2] != ""
	}
	for _, m := range perOne.FindAllStringSubmatch(text, -1) {
		if seen[m[1]] > 0 {
			seen[m[1]]++
		}
	}
	for word, n := range seen {
		if word == "点" {
			continue
		}
		m := kpi.Measure(word)
		if n > 1 && ends[word] && !strings.ContainsAny(strings.TrimSuffix(word, "次"), noCount) &&
			!slices.Contains(known, m) && !intake.Counts(word) {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return out
}

package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

var (
	postsSaid  = regexp.MustCompile(`编制`)
	peopleSaid = regexp.MustCompile(`实有|在编|在岗|在职`)
	retired    = regexp.MustCompile(`退休|离休`)
	otherPosts = regexp.MustCompile(`编外|聘用|临聘|借调|劳务|公益|购买|临时|合同制|雇员|挂职|见习`)
)

// staffed checks posts in each part of a sentence between semicolons, or in the whole sentence if no
// part states both numbers: 编制：5人；实有数：6人.
func staffed(s string, c *checker) (out []Finding) {
	said := false
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '；' || r == ';' }) {
		allowed, inPost, _ := c.postsAndPeople(part)
		if len(allowed) > 0 && len(inPost) > 0 {
			out, said = append(out, posts(part, c)...), true
		}
	}
	if !said {
		return posts(s, c)
	}
	return out
}

// posts finds more people in post than posts: 编制3名，实有4人. Retired people and temporary staff do
// not need a post. Kinds of posts for which both numbers are stated are compared one by one.
func posts(s string, c *checker) []Finding {
	if otherPosts.MatchString(s) || compares(s) {
		return nil
	}
	allowed, inPost, gone := c.postsAndPeople(s)
	if len(allowed) == 0 || len(inPost) == 0 {
		return nil
	}
	var out []Finding
	if n := len(allowed); n > 1 && n == len(inPost) && allowed[0].To < inPost[0].From && inPost[0].To < allowed[1].From {
		for i := range allowed {
			out = append(out, overPosts(inPost[i].Amount, allowed[i].Amount, inPost[i].Written)...)
		}
		return out
	}
	sum, people := kpi.Amount(0), inPost[0].Amount
	for _, m := range allowed {
		if sum += m.Amount; wholeSaid.MatchString(m.words) {
			sum = m.Amount
			break
		}
	}
	if gone.From > inPost[0].To && partsSaid.MatchString(s[inPost[0].To:gone.From]) {
		people -= gone.Amount
	}
	return overPosts(people, sum, inPost[0].Written)
}

func overPosts(people, posts kpi.Amount, written string) []Finding {
	if people <= posts {
		return nil
	}
	return []Finding{{Code: "staffing", Severity: SeverityWarning, Quote: written,
		Text: kpi.T("check.over_posts", people, posts)}}
}

// wholeSaid matches words that refer to all posts, as opposed to those of a kind.
var wholeSaid = regexp.MustCompile(`共|总|合计`)

// postsAndPeople returns the numbers that a sentence states of posts, of people in post and of retired
// people, without parts of posts already stated.
func (c *checker) postsAndPeople(s string) (allowed, inPost []share, gone intake.Mention) {
	from := 0
	for _, m := range c.mentions(s) {
		words := s[from:m.From]
		from = m.To
		switch {
		case m.Precision != kpi.Exact || oneOf(m.Measure) != "人" && m.Measure != "个" && m.Measure != "":
		case retired.MatchString(words):
			gone = m
		case peopleSaid.MatchString(words):
			inPost = append(inPost, share{m, words})
		case postsSaid.MatchString(words) && (len(allowed) == 0 || !partsSaid.MatchString(s[allowed[0].To:m.From])):
			allowed = append(allowed, share{m, words})
		}
	}
	return allowed, inPost, gone
}

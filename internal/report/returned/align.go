package returned

// pair is an old paragraph and what became of it; -1 for none on that side.
type pair struct{ was, is int }

const (
	alike    = 0.35    // how similar two paragraphs are at least, of 1, if one became the other
	maxPairs = 400_000 // of paragraphs that are held against each other
)

// align says which paragraph became which, in the new order; those that went out stand where they were.
func align(was, is []string) []pair {
	if len(was)*len(is) > maxPairs {
		return byText(was, is)
	}
	wasPairs, isPairs := make([]bag, len(was)), make([]bag, len(is))
	for i, s := range was {
		wasPairs[i] = bagOf(s)
	}
	for j, s := range is {
		isPairs[j] = bagOf(s)
	}
	m := len(is)
	at := func(i, j int) int { return i*(m+1) + j }
	like, best := make([]float64, len(was)*m), make([]float64, (len(was)+1)*(m+1))
	for i := len(was) - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := 2.0 // the same text is the same paragraph, whatever else is similar
			if was[i] != is[j] {
				s = wasPairs[i].like(isPairs[j])
			}
			like[i*m+j] = s
			best[at(i, j)] = max(best[at(i+1, j)], best[at(i, j+1)])
			if s >= alike {
				best[at(i, j)] = max(best[at(i, j)], best[at(i+1, j+1)]+s)
			}
		}
	}
	var out []pair
	i, j := 0, 0
	for i < len(was) || j < m {
		switch {
		case i < len(was) && j < m && like[i*m+j] >= alike && best[at(i, j)] == best[at(i+1, j+1)]+like[i*m+j]:
			out = append(out, pair{i, j})
			i, j = i+1, j+1
		case j == m || i < len(was) && best[at(i, j)] == best[at(i+1, j)]:
			out = append(out, pair{i, -1})
			i++
		default:
			out = append(out, pair{-1, j})
			j++
		}
	}
	return out
}

// byText pairs only what is the same: the files of which nothing else can be said in time.
func byText(was, is []string) (out []pair) {
	for _, o := range compare(was, is) {
		out = append(out, pair(o))
	}
	return out
}

// bag counts the pairs of characters of a text.
type bag struct {
	pairs map[[2]rune]int
	size  int
}

func bagOf(s string) bag {
	b := bag{pairs: map[[2]rune]int{}}
	last := rune(0)
	for _, r := range s {
		b.pairs[[2]rune{last, r}]++
		last = r
		b.size++
	}
	return b
}

// like is 1 for the same pairs, 0 for none in common.
func (b bag) like(o bag) float64 {
	if b.size == 0 || o.size == 0 {
		return 0
	}
	shared := 0
	for p, n := range b.pairs {
		shared += min(n, o.pairs[p])
	}
	return 2 * float64(shared) / float64(b.size+o.size)
}

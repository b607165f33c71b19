package check

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

var (
	weightHead   = regexp.MustCompile(`分值|权重|满分|标准分|(?i)weight|points available|max\w*\.? (points|score)`)
	scoreHead    = regexp.MustCompile(`得分|自评分|评分|打分|(?i)\bscore|points (earned|awarded)`)
	noScore      = regexp.MustCompile(`系数|率|标准|说明|办法|依据|细则|方法|理由|原因|扣分|(?i)max|rate|basis|reason`)
	factorHead   = regexp.MustCompile(`得分系数|得分率|评分系数`)
	adjustedHead = regexp.MustCompile(`调整|(?i)adjusted|revised`)
	budgetHead   = regexp.MustCompile(`预算|(?i)budget`)
	signHead     = regexp.MustCompile(`性质|符号|方向|关系|(?i)sign|direction`)
	ceilingName  = regexp.MustCompile(`成本|费用|经费|支出|投诉|差错|事故|发案|违|超|下降|降低|减少|控制|变动率|增长率|时限|时间|时长|天数|(?i)cost|complaint|error`)
)

// isPoints reports whether a column contains points: weights or scores.
func (t *docTable) isPoints(column int) bool {
	return weightHead.MatchString(t.head(column)) || isScore(t.head(column))
}

func isScore(head string) bool { return scoreHead.MatchString(head) && !noScore.MatchString(head) }

// points finds scores above their weight, scores that are not their weight times the row's factor, and
// full points for targets that were missed.
func (t *docTable) points(row docRow) []Finding {
	var out []Finding
	for column := range row.cells {
		score, ok := row.numbers[column]
		weight, weighed := row.numbers[t.weightColumn(column)]
		if !ok || !weighed || !isScore(t.head(column)) || weight.amount <= 0 {
			continue
		}
		switch factor, stated := t.factor(row); {
		case score.amount > weight.amount:
			out = append(out, Finding{Code: "score_band", Severity: SeverityError, Quote: score.written,
				Text: kpi.T("check.score_above", score.amount, weight.amount)})
		case stated && !score.isProduct(weight, factor):
			out = append(out, Finding{Code: "score_band", Severity: SeverityError, Quote: score.written,
				Text: kpi.T("check.score_factor", score.amount, weight.amount, factor.written, product(weight, factor))})
		case score.amount == weight.amount:
			out = append(out, t.unmet(row, score)...)
		}
	}
	return out
}

// weightColumn returns the column of the weight that a score is out of: the nearest before it, else the
// nearest after it, else -1.
func (t *docTable) weightColumn(column int) int {
	for k := column - 1; k >= 0; k-- {
		if weightHead.MatchString(t.head(k)) {
			return k
		}
	}
	for k := column + 1; k < len(t.heads); k++ {
		if weightHead.MatchString(t.head(k)) {
			return k
		}
	}
	return -1
}

// factor returns the share of the weight that a row states is due.
func (t *docTable) factor(row docRow) (f tableNumber, ok bool) {
	for k := range row.cells {
		n, number := row.numbers[k]
		if head := t.head(k); number && factorHead.MatchString(head) &&
			(n.measure == "%" || n.measure == "" && strings.ContainsAny(head, "%％")) {
			return n, true
		}
	}
	return f, false
}

// unmet finds full points for an achievement that misses the target.
func (t *docTable) unmet(row docRow, score tableNumber) []Finding {
	goal, done, ok := t.goalAndDone(row)
	if !ok {
		return nil
	}
	sign, said := goal.sign, goal.sign != ""
	for k, cell := range row.cells {
		if s := signOf(strings.TrimSpace(cell)); s != "" {
			sign, said = s, true
		} else if signHead.MatchString(t.head(k)) && strings.TrimSpace(cell) != "" && !said {
			return nil // 定性, and others
		}
	}
	f := Finding{Code: "score_band", Severity: SeverityError, Quote: score.written}
	if !said {
		sign, f.Severity = kpi.AtLeastSign, SeverityWarning
		if ceilingName.MatchString(strings.Join(row.cells, " ")) {
			return nil
		}
	}
	if sign == kpi.EqualSign {
		sign = kpi.AtLeastSign // more than the target costs no points
	}
	if !done.misses(sign, goal.amount) {
		return nil
	}
	f.Text = kpi.T("check.full_unmet", kpi.Name{Name: symbol(sign, said) + goal.written,
		NameEn: symbol(sign, said) + goal.written}, done.written, score.amount)
	return []Finding{f}
}

func symbol(sign kpi.Sign, said bool) string {
	if !said {
		return ""
	}
	return sign.Symbol()
}

// goalAndDone returns the target and the achievement of a row in one measure; ok is false if the row
// does not identify them or their measures differ.
func (t *docTable) goalAndDone(row docRow) (goal tableNumber, done achieved, ok bool) {
	goals, dones := 0, 0
	for k, cell := range row.cells {
		head := t.head(k)
		if n, number := readGoal(cell); number && t.isGoal(k) && !budgetHead.MatchString(head) {
			if goals == 0 || adjustedHead.MatchString(head) {
				goal = n
			}
			if !initialHead.MatchString(head) {
				goals++
			}
		}
		if n, number := readDone(cell); number && t.isDone(k) {
			done = n
			dones++
		}
	}
	if dones != 1 || goals > 1 || goal.written == "" {
		return goal, done, false
	}
	was := done.amount
	goal, done.tableNumber, ok = inOneMeasure(goal, done.tableNumber)
	if was != done.amount { // 万人 read as 人
		times := done.amount / was
		done.least, done.most = done.least*times, done.most*times
	}
	return goal, done, ok
}

// pointsElsewhere reports whether a total of points includes those of the budget's execution, which are
// in another table. If no table before has them and the document mentions execution, the weights may
// lack its usual points of 100, and the score what these can amount to.
func (t *docTable) pointsElsewhere(at, column int, sum sumOf, written tableNumber) bool {
	ofWeight := weightHead.MatchString(t.head(column))
	if weight, score, ok := t.execution(); ok {
		if ofWeight {
			return written.amount == sum.amount+weight.amount
		}
		return written.amount == sum.amount+score.amount
	}
	if !t.elsewhere {
		return false
	}
	if !ofWeight {
		weights, all := t.weightColumn(column), kpi.Whole(100)
		most := kpi.Whole(20)
		if total, ok := t.rows[at].numbers[weights]; ok {
			all, most = total.amount, total.amount-t.sums(at, weights).all.amount
		}
		return written.amount >= sum.amount && written.amount <= min(sum.amount+most, all)
	}
	missing := written.amount - sum.amount
	return written.amount == kpi.Whole(100) && (missing == kpi.Whole(10) || missing == kpi.Whole(20))
}

// execution returns the weight and score of the budget's execution: those in the nearest earlier table
// with any, unless that table has a total of its own.
func (t *docTable) execution() (weight, score tableNumber, ok bool) {
	for b := t.before; b != nil && !ok; b = b.before {
		for _, row := range b.rows {
			for k := range row.cells {
				w, weighed := row.numbers[b.weightColumn(k)]
				if n, number := row.numbers[k]; number && isScore(b.head(k)) && weighed && !row.isTotal() {
					weight, score, ok = w.exactly(), n.exactly(), true
				}
			}
			if row.isTotal() && ok {
				return weight, score, false // the table has a total of its own
			}
		}
	}
	return weight, score, ok
}

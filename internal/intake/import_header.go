package intake

// headerRows is the number of rows in which headings are searched.
const headerRows = 40

// findHeader finds the rows of headings: the row with the most known headings, and neighbours that complete it. ok
// is false if there are none.
func (t *table) findHeader() (ok bool) {
	best, most := -1, 2
	for i := range min(headerRows, len(t.grid.Rows)) {
		if score := t.headingScore(i); score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		return false
	}
	t.head, t.body = best, best+1
	for range 3 {
		if t.head > 0 && t.completes(t.head-1) {
			t.head--
		}
	}
	for t.body < len(t.grid.Rows)-1 && t.body-t.head < 3 && !t.isData(t.body) && t.completes(t.body) &&
		t.headingScore(t.body) >= 4 {
		t.body++
	}
	t.mergedHead()
	return true
}

// isData reports whether a row is data although it has words of headings (累计12户): it names an indicator below a
// heading of indicators, or a unit below one of units. A group's heading stands above several names.
func (t *table) isData(i int) bool {
	row := t.grid.Rows[i]
	for column, c := range row.Cells {
		if c.Kind != CellText || !t.names(c) {
			continue
		}
		for _, head := range t.grid.Rows[t.head:t.body] {
			above := head.Cell(column)
			if above.Kind == CellEmpty || t.spreads(head.Number, column) || t.names(above) {
				continue
			}
			next := row.Cell(column + 1)
			if head.Cell(column+1).Kind == CellEmpty && next.Kind == CellText && t.names(next) {
				continue
			}
			switch roleOfHeading(above.Text) {
			case ColIndicator, ColCode, ColUnit, colEither, colTask:
				return true
			}
		}
	}
	return false
}

// spreads reports whether a cell is merged over several columns.
func (t *table) spreads(row, column int) bool {
	for _, m := range t.grid.merges {
		if m.top <= row && row <= m.bottom && m.left <= column && column <= m.right && m.right > m.left {
			return true
		}
	}
	return false
}

// maxHeaderRows is the limit for rows of headings.
const maxHeaderRows = 8

// mergedHead extends the headings to the rows that a vertically merged heading covers, whatever else these rows
// contain.
func (t *table) mergedHead() {
	for grown := true; grown; {
		grown = false
		for _, m := range t.grid.merges {
			top, bottom := t.grid.Rows[t.head].Number, t.grid.Rows[t.body-1].Number
			if m.bottom == m.top || m.bottom < top || m.top > bottom {
				continue
			}
			for t.head > 0 && t.grid.Rows[t.head-1].Number >= m.top && t.body-t.head < maxHeaderRows {
				t.head, grown = t.head-1, true
			}
			for t.body < len(t.grid.Rows)-1 && t.grid.Rows[t.body].Number <= m.bottom && t.body-t.head < maxHeaderRows {
				t.body, grown = t.body+1, true
			}
		}
	}
}

// headingScore counts the distinct cells of a row that may be headings; 0 for a row with figures.
func (t *table) headingScore(i int) (score int) {
	row := t.grid.Rows[i]
	if _, ok := t.unitInCells(row); ok {
		return 0
	}
	seen := map[string]bool{}
	known := 0
	for column := range max(len(row.Cells), t.rightmost(row.Number)) {
		c := t.shown(row, column)
		if c.Kind == CellEmpty || seen[c.Text] || t.acrossAll(row, column) {
			continue
		}
		seen[c.Text] = true
		if titleUnit.FindStringIndex(c.Text) != nil && titleUnit.FindStringIndex(c.Text)[0] == 0 ||
			titleDate.MatchString(foldPeriod(c.Text)) {
			return 0
		}
		month := isMonthHeading(c)
		switch {
		case month:
			score += 2
			known++
		case c.Kind == CellNumber || c.Kind == CellPercent:
			return 0
		case roleOfHeading(c.Text) != "":
			score += 2
			known++
		default:
			if _, why := t.words.indicator(c.Text); why.Key == "" || t.held(c.Text) != nil ||
				t.words.countsMeasure(c.Text) != "" {
				score++
				known++
			} else if _, why := t.words.unit(c.Text); why.Key == "" {
				score++
				known++
			} else if _, err := Quantity(c.Text, ""); err == nil {
				return 0
			}
		}
	}
	if known < 2 || len(seen) < 2 {
		return 0
	}
	return score
}

// rightmost returns one more than the last column of a row that merged cells reach.
func (t *table) rightmost(number int) (n int) {
	for _, m := range t.grid.merges {
		if m.top <= number && number <= m.bottom {
			n = max(n, m.right+1)
		}
	}
	return n
}

// completes reports whether a row belongs to the headings beside it: it has several texts, and headings among them.
func (t *table) completes(i int) bool {
	row := t.grid.Rows[i]
	seen := map[string]bool{}
	for column := range max(len(row.Cells), t.rightmost(row.Number)) {
		if c := t.shown(row, column); c.Kind != CellEmpty && !t.acrossAll(row, column) {
			seen[c.Text] = true
		}
	}
	return len(seen) > 1 && t.headingScore(i) >= 2
}

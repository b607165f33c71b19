package paper

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/lang"
)

// levels is a table of rows under headings that span so many of them.
func levels(heading string, spans ...int) Table {
	t := Table{Widths: []int{8, 30, 30}, Head: 1}
	t.Add(Label("一级指标"), Label("指标"), Label("完成值"))
	for _, n := range spans {
		for i := range n {
			var cells []Cell
			if i == 0 {
				cells = []Cell{Label(heading).Over(1, n)}
			}
			t.Add(append(cells, Words("指标"+strconv.Itoa(len(t.Rows))), Words(strings.Repeat("召开会议", 1+len(t.Rows)%9)))...)
		}
	}
	return t
}

// From wherever a table begins: each part of a heading holds its text, no page is overfilled, and no row that is not
// first on its page would have had no room.
func TestRowsFillPages(t *testing.T) {
	table := levels("可持续影响指标", 30, 2, 3, 1, 40, 2, 2)
	widths := lettererOf(lang.Chinese).fit([]Table{table}, TextWidth)
	for down := 0; down < textHeight-1000; down += 197 {
		x := Markup{letters: lettererOf(lang.Chinese), height: textHeight, down: down}
		lines := x.rowLines(table, widths)
		rows := x.turns(table, widths, 600)
		from := 0
		for i := 1; i <= len(table.Rows); i++ {
			if i < len(table.Rows) && !rows.turns[i] {
				continue
			}
			used := sum(rows.heights[from:i]) + down
			if from > 0 {
				used = sum(rows.heights[from:i]) + headHeight(table, rows.heights)
			}
			if used > textHeight {
				t.Errorf("from %d: rows %d to %d are %d high", down, from, i-1, used)
			}
			if i < len(table.Rows) && i > 1 && used+rows.heights[i] <= textHeight-slack && from > 0 && rows.last() != i {
				t.Errorf("from %d: row %d had room", down, i)
			}
			for _, c := range lines {
				first, last := max(c.first, from), min(c.last, i-1)
				if first <= last && c.again && c.lines*lineHeight > sum(rows.heights[first:last+1]) {
					t.Errorf("from %d: rows %d to %d do not hold their heading", down, first, last)
				}
			}
			from = i
		}
	}
}

// A row or two that would be alone on the last page are taken along; small print is not alone there either.
func TestNoRowIsAstray(t *testing.T) {
	x := Markup{letters: lettererOf(lang.Chinese), height: textHeight}
	row := lineHeight + rowSpace
	table := Table{Widths: []int{10, 30}, Head: 1}
	table.Add(Label("序号"), Label("指标"))
	for range textHeight / row {
		table.Add(Words("1"), Words("召开会议"))
	}
	widths := scaled(table.Widths, TextWidth)
	if rows := x.turns(table, widths, 0); len(rows.turns) > 0 || !rows.tight {
		t.Errorf("rows are astray: %v, tight: %v", rows.turns, rows.tight)
	}
	x.down = 0
	table.Rows = table.Rows[:len(table.Rows)-2]
	if rows := x.turns(table, widths, 0); rows.tight || len(rows.turns) > 0 {
		t.Error("rows that have room are tight")
	}
	x.down = 0
	if rows := x.turns(table, widths, 4*lineHeight); len(rows.turns) > 0 || !rows.tight {
		t.Errorf("the note is alone: %v, tight: %v", rows.turns, rows.tight)
	}
}

// A table's head is not alone at the end of a page.
func TestNoHeadIsAlone(t *testing.T) {
	table := levels("产出", 5)
	x := Markup{letters: lettererOf(lang.Chinese), height: textHeight}
	widths := scaled(table.Widths, TextWidth)
	for down, want := range map[int]bool{0: false, textHeight - 500: true, textHeight / 2: false} {
		x.down = down
		if got := x.begins(table, widths); got != want {
			t.Errorf("from %d of %d it begins a page: %v", down, textHeight, got)
		}
	}
}

// Columns give width to those whose text breaks, as far as their own must not be broken.
func TestColumnsTakeTheWidthTheyNeed(t *testing.T) {
	l := lettererOf(lang.Chinese)
	table := Table{Widths: []int{30, 30}}
	for range 5 {
		table.Add(Words("询问被害人同步录音录像覆盖面达到要求"), Words("1"))
	}
	widths := l.fit([]Table{table}, 6000)
	lines := l.lines(table.Rows[0].Cells[0].Text(), widths[0]-cellMargins)
	if len(lines) != 1 || sum(widths) != 6000 || widths[1] < 3000*keptRoom/100 {
		t.Errorf("%v: %q", widths, lines)
	}
	crowded := Table{Widths: []int{10, 10, 10}}
	crowded.Add(Words("¥150,000"), Words("¥150,000"), Words("¥150,000"))
	if widths := l.fit([]Table{crowded}, 2000); slices.Max(widths)-slices.Min(widths) > 100 {
		t.Errorf("columns with no room do not share the lack: %v", widths)
	}
}

// What is weighed is what is printed.
func TestLinesAreCountedAsTheyArePrinted(t *testing.T) {
	for _, tag := range []lang.Tag{lang.Chinese, lang.English} {
		l := lettererOf(tag)
		for _, text := range []string{"", "接受妇女咨询：共192笔填报相加，得1107人次；年度目标≥1200人次；偏差：少93人次", "94.17%（210/223）",
			"at least ¥121,931, 81.28 % of the target", "一\n二三四五六七八九十"} {
			c := l.measured(Placed{Cell: Words(text)})
			for width := l.least(text); width < 6000; width += 130 {
				if got, want := c.lines(width), len(l.lines(text, width)); got != want {
					t.Errorf("%q in %d: %d lines, printed in %d", text, width, got, want)
				}
			}
		}
	}
}

// Lines for signatures below a table are not alone on a page, wherever the table begins.
func TestSignaturesAreNotAlone(t *testing.T) {
	table := levels("产出指标", 30, 6)
	foot := Table{Widths: table.Widths}
	foot.Add(Label("填表人："), Label("填报日期："), Label(""))
	foot.Add(Label("联系电话："), Label("单位负责人（签字盖章）："), Label(""))
	blocks := []Block{{Table: &table}, {Table: &foot}, NewNote(Run{Text: strings.Repeat("未设分值的，不计算得分。", 4)})}
	for down := 0; down < textHeight-1000; down += 97 {
		x := Markup{letters: lettererOf(lang.Chinese), height: textHeight, down: down}
		fitted := x.letters.fitted(blocks, TextWidth)
		x.turns(table, fitted[0], x.below(blocks, fitted, 0, TextWidth))
		x.down += gapHeight
		if foot := x.turns(foot, fitted[1], x.below(blocks, fitted, 1, TextWidth)); len(foot.turns) > 0 || foot.end < 1500 {
			t.Errorf("from %d: the signatures stand on a page of their own, or on two", down)
		}
	}
}

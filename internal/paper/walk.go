package paper

// EachRun calls visit for every run in a document that may be a figure.
func (d Document) EachRun(visit func(*Run)) {
	for _, s := range d.Sections {
		EachRun(s.Blocks, visit)
	}
	for _, a := range d.Annexes {
		EachRun(a.Blocks, visit)
	}
}

// EachRun calls visit for every run in blocks that may be a figure.
func EachRun(blocks []Block, visit func(*Run)) {
	all := func(runs []Run) {
		for i := range runs {
			visit(&runs[i])
		}
	}
	for _, b := range blocks {
		if b.Paragraph != nil {
			all(b.Paragraph.Runs)
		}
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, c := range row.Cells {
					all(c.Runs)
				}
			}
		}
	}
}

// Anchors returns the anchors in a document that figures can link to: those of its source annex.
func (d Document) Anchors() map[string]bool {
	out := map[string]bool{}
	for _, a := range d.Annexes {
		for _, b := range a.Blocks {
			if b.Table == nil {
				continue
			}
			for _, row := range b.Table.Rows {
				for _, c := range row.Cells {
					if c.Anchor != "" {
						out[c.Anchor] = true
					}
				}
			}
		}
	}
	return out
}

package app

import "sync/atomic"

// ImportProgress tracks a running import: how many rows are checked, then written. It may be read from other
// goroutines. Counting on a nil one does nothing.
type ImportProgress struct {
	stage    atomic.Value // ImportStage
	done, of atomic.Int64
}

// ImportStage is what an import is doing.
type ImportStage string

// The stages, in their order. An import that waits for others to write stays in the stage before. One that waits to be
// read has as many done as are read before it.
const (
	ImportWaiting  ImportStage = "waiting"
	ImportReading  ImportStage = "reading"
	ImportChecking ImportStage = "checking"
	ImportWriting  ImportStage = "writing"
)

// Now returns the stage and how many of its rows are done.
func (p *ImportProgress) Now() (stage ImportStage, done, of int) {
	stage, _ = p.stage.Load().(ImportStage)
	return stage, int(p.done.Load()), int(p.of.Load())
}

func (p *ImportProgress) begin(stage ImportStage, of int) {
	if p != nil {
		p.done.Store(0)
		p.of.Store(int64(of))
		p.stage.Store(stage)
	}
}

// wait says how many are read before.
func (p *ImportProgress) wait(ahead int) {
	if p != nil && ahead > 0 {
		p.of.Store(0)
		p.done.Store(int64(ahead))
		p.stage.Store(ImportWaiting)
	}
}

func (p *ImportProgress) add(n int) {
	if p != nil {
		p.done.Add(int64(n))
	}
}

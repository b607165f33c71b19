package disktest

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Image is a folder as a power failure left it: files by their path below it.
type Image map[string][]byte

// sector is what a disk writes whole or not at all.
const sector = 512

// ways are how much of what is pending a disk may have done.
var ways = []struct {
	name string
	keep func(r *rand.Rand, of int) func(i int) bool
	torn bool // single sectors
}{
	{"nothing", func(*rand.Rand, int) func(int) bool { return func(int) bool { return false } }, false},
	{"everything", func(*rand.Rand, int) func(int) bool { return func(int) bool { return true } }, false},
	{"a beginning", func(r *rand.Rand, of int) func(int) bool {
		end := r.IntN(of + 1)
		return func(i int) bool { return i < end }
	}, false},
	{"all but one", func(r *rand.Rand, of int) func(int) bool {
		but := r.IntN(of + 1)
		return func(i int) bool { return i != but }
	}, false},
	{"the last", func(_ *rand.Rand, of int) func(int) bool { return func(i int) bool { return i == of-1 } }, false},
	{"some", some, false},
	{"some sectors", some, true},
}

func some(r *rand.Rand, of int) func(int) bool {
	chosen := make([]bool, of)
	for i := range chosen {
		chosen[i] = r.IntN(2) == 0
	}
	return func(i int) bool { return chosen[i] }
}

// Image returns one of the folders that a power failure could leave now.
func (d *Disk) Image(r *rand.Rand) Image {
	out := Image{}
	names := ways[r.IntN(len(ways))].keep(r, len(d.names))
	d.image(out, "", d.root, d.durableNames(names), r, r.IntN(len(ways)))
	return out
}

func (d *Disk) image(out Image, at string, dir *node, over map[*node]map[string]*node, r *rand.Rand, way int) {
	names := dir.synced
	if changed, ok := over[dir]; ok {
		names = changed
	}
	for base, n := range names {
		path := filepath.Join(at, base)
		if n.now != nil {
			d.image(out, path, n, over, r, way)
			continue
		}
		out[path] = n.left(r, way)
	}
}

// left returns a file's content after a power failure.
func (n *node) left(r *rand.Rand, way int) []byte {
	if len(n.pending) == 0 {
		return n.content
	}
	content := append([]byte(nil), n.content...)
	w := ways[way]
	chosen := w.keep(r, len(n.pending))
	for i, c := range n.pending {
		switch {
		case c.data != nil && w.torn:
			for _, piece := range c.sectors() {
				if r.IntN(2) == 0 {
					content = piece.apply(content)
				}
			}
		case chosen(i):
			content = c.apply(content)
		}
	}
	return content
}

// sectors splits a write where a disk may stop.
func (c change) sectors() (out []change) {
	for from := 0; from < len(c.data); {
		to := min(len(c.data), from+sector-int((c.offset+int64(from))%sector))
		out = append(out, change{c.ended, c.offset + int64(from), c.data[from:to]})
		from = to
	}
	return out
}

// Write makes the folder.
func (m Image) Write(dir string) error {
	for path, content := range m {
		at := filepath.Join(dir, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o700), os.WriteFile(at, content, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

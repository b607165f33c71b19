package disktest

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Disk is a folder as it is for the programs of a machine, and as much of it as is sure to be there after a power
// failure.
type Disk struct {
	root    *node
	names   []*naming // that no sync has made durable yet, oldest first
	offsets map[int]int64

	// Ignore, if set, says of which files and folders a sync does nothing: as if the program did not ask for it.
	Ignore func(path string) bool
}

// node is a file or a folder.
type node struct {
	now, synced map[string]*node // of a folder

	content []byte // of a file, as far as it is durable
	pending []change
}

func folder() *node { return &node{now: map[string]*node{}, synced: map[string]*node{}} }

// change is a write to a file, or, without data, its new length.
type change struct {
	ended  float64
	offset int64
	data   []byte
}

// naming is a change of what names stand for: one for a file that is made or removed, two for a rename, which are
// changed together.
type naming struct {
	ended float64
	names []name
}

type name struct {
	in *node
	of string
	to *node // nil: nothing
}

// From returns a disk on which a folder is durable as it is.
func From(dir string) (*Disk, error) {
	root, err := load(dir)
	return &Disk{root: root, offsets: map[int]int64{}}, err
}

func load(dir string) (*node, error) {
	out := folder()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		at := filepath.Join(dir, e.Name())
		if volatile(e.Name()) {
			continue
		}
		var n *node
		if e.IsDir() {
			n, err = load(at)
		} else {
			n = &node{}
			n.content, err = os.ReadFile(at)
		}
		if err != nil {
			return nil, err
		}
		out.now[e.Name()], out.synced[e.Name()] = n, n
	}
	return out, nil
}

// volatile reports whether a file means nothing after a power failure: the memory that SQLite's processes share.
func volatile(name string) bool { return strings.HasSuffix(name, "-shm") }

// find returns what a path stands for now, nil if nothing.
func (d *Disk) find(at string) *node {
	n := d.root
	for _, part := range strings.Split(at, "/") {
		if part == "." {
			continue
		}
		if n == nil || n.now == nil {
			return nil
		}
		n = n.now[part]
	}
	return n
}

// Do has an event happen.
func (d *Disk) Do(e Event) error {
	if volatile(e.path) {
		return nil
	}
	n, parent, base := d.find(e.path), d.find(path.Dir(e.path)), path.Base(e.path)
	if parent == nil {
		return fmt.Errorf("%s: its folder is not there", e.path)
	}
	switch e.call {
	case create:
		d.offsets[e.fd] = 0
		switch {
		case n == nil:
			d.name(e.Ended, name{parent, base, &node{}})
		case e.size < 0:
			n.pending = append(n.pending, change{e.Ended, 0, nil})
		}
	case makeFolder:
		d.name(e.Ended, name{parent, base, folder()})
	case remove:
		d.name(e.Ended, name{parent, base, nil})
	case rename:
		into := d.find(path.Dir(e.to))
		if into == nil || n == nil {
			return fmt.Errorf("rename %s to %s: one is not there", e.path, e.to)
		}
		d.name(e.Ended, name{parent, base, nil}, name{into, path.Base(e.to), n})
	case write, truncate:
		if n == nil { // it was removed while it was open
			return nil
		}
		c := change{e.Ended, e.offset, e.data}
		if e.call == truncate {
			c = change{e.Ended, e.size, nil}
		} else if c.offset < 0 {
			c.offset = d.offsets[e.fd]
			d.offsets[e.fd] += int64(len(e.data))
		}
		n.pending = append(n.pending, c)
	case sync:
		if n != nil && (d.Ignore == nil || !d.Ignore(e.path)) {
			d.sync(n, e.Began)
		}
	}
	return nil
}

func (d *Disk) name(ended float64, names ...name) {
	for _, n := range names {
		set(n.in.now, n)
	}
	d.names = append(d.names, &naming{ended, names})
}

func set(in map[string]*node, n name) {
	if n.to == nil {
		delete(in, n.of)
		return
	}
	in[n.of] = n.to
}

// sync makes durable what had happened to a file or folder before the sync began.
func (d *Disk) sync(n *node, began float64) {
	var later []change
	for _, c := range n.pending {
		if c.ended > began {
			later = append(later, c)
			continue
		}
		n.content = c.apply(n.content)
	}
	n.pending = later
	if n.now == nil {
		return
	}
	durable := map[*naming]bool{}
	touched := map[name]bool{} // the names that become durable, to take earlier changes of them along
	for i := len(d.names) - 1; i >= 0; i-- {
		x := d.names[i]
		if x.ended > began {
			continue
		}
		for _, of := range x.names {
			if of.in == n || touched[name{of.in, of.of, nil}] {
				durable[x] = true
			}
		}
		if durable[x] {
			for _, of := range x.names {
				touched[name{of.in, of.of, nil}] = true
			}
		}
	}
	var left []*naming
	for _, x := range d.names {
		if !durable[x] {
			left = append(left, x)
			continue
		}
		for _, of := range x.names {
			set(of.in.synced, of)
		}
	}
	d.names = left
}

// apply returns content after a change.
func (c change) apply(content []byte) []byte {
	if c.data == nil {
		if c.offset <= int64(len(content)) {
			return content[:c.offset]
		}
		return append(content, make([]byte, c.offset-int64(len(content)))...)
	}
	if grow := c.offset + int64(len(c.data)) - int64(len(content)); grow > 0 {
		content = append(content, make([]byte, grow)...)
	}
	copy(content[c.offset:], c.data)
	return content
}

// durableNames returns what stands in the folders after a power failure if of the changes of names that no sync made
// durable those happened that chosen says.
func (d *Disk) durableNames(chosen func(i int) bool) map[*node]map[string]*node {
	over := map[*node]map[string]*node{}
	for i, x := range d.names {
		if !chosen(i) {
			continue
		}
		for _, of := range x.names {
			if over[of.in] == nil {
				over[of.in] = maps.Clone(of.in.synced)
			}
			set(over[of.in], of)
		}
	}
	return over
}

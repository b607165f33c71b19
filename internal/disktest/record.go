// Package disktest records what a program does to a folder, call by call, and builds the folder as a power failure
// could have left it: all that was synced, and of the rest whatever a disk may have written on its own account. It
// knows nothing of the program.
package disktest

import (
	"bufio"
	"cmp"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Through returns the command that starts another one and records in a file what that does to files.
func Through(record string) []string {
	return []string{"strace", "-D", "-f", "--seccomp-bpf", "-qqq", "-y", "-xx", "-ttt", "-s", "100000000", "-o",
		record, "-e", "trace=?open,openat,?creat,pwrite64,write,?pwritev,writev,ftruncate,fallocate,fsync,fdatasync," +
			"?rename,renameat,?renameat2,?unlink,unlinkat,?mkdir,mkdirat,?link,linkat,copy_file_range,sendfile"}
}

// Event is a call that changed a folder, or made what was changed durable. Its moments put the calls in the order in
// which they were seen to begin and to end.
type Event struct {
	Began, Ended float64 // seconds since 1970
	call         call
	path, to     string // below the folder; to: of a rename
	fd           int
	offset       int64 // of a write; -1: where the last one ended
	data         []byte
	size         int64
}

type call int

const (
	create call = iota // an open that may have made a file
	write
	truncate
	sync
	rename
	remove
	makeFolder
)

// Read reads recordings of a folder, in the order in which the calls ended.
func Read(folder string, records ...string) (out []Event, err error) {
	for _, name := range records {
		events, err := readOne(folder, name)
		if err != nil {
			return nil, err
		}
		out = append(out, events...)
	}
	slices.SortStableFunc(out, func(a, b Event) int { return cmp.Compare(a.Ended, b.Ended) })
	return out, nil
}

func readOne(folder, name string) (out []Event, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	begun := map[string]line{} // by thread: calls that have not ended yet
	lines := bufio.NewReaderSize(f, 1<<20)
	for {
		text, err := lines.ReadString('\n')
		if err != nil { // the last line of a program that was killed may be cut
			return out, nil
		}
		l, err := readLine(text)
		switch {
		case err != nil:
			return nil, err
		case l.text == "": // about the thread itself
			continue
		case l.unfinished:
			begun[l.thread] = l
			continue
		case l.resumes:
			first := begun[l.thread]
			l.began, l.text = first.began, strings.TrimRight(first.text+l.text, " ")
			delete(begun, l.thread)
		}
		e, ours, err := l.event(folder)
		if err != nil {
			return nil, fmt.Errorf("%.300s: %w", text, err)
		}
		if ours {
			out = append(out, e)
		}
	}
}

// line is one line of a recording.
type line struct {
	thread              string
	began, ended        float64
	text                string // from the call's name on, without what it returned
	returned            string
	unfinished, resumes bool
}

func readLine(text string) (l line, err error) {
	thread, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	moment, rest, _ := strings.Cut(strings.TrimLeft(rest, " "), " ") // numbers of threads are padded
	rest = strings.TrimLeft(rest, " ")
	l.thread = thread
	if l.began, err = strconv.ParseFloat(moment, 64); err != nil {
		return l, fmt.Errorf("a line begins with no moment: %.100s", text)
	}
	l.ended = l.began // nothing was seen of others in between
	if strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "+++") {
		return l, nil
	}
	if head, unfinished := strings.CutSuffix(rest, " <unfinished ...>"); unfinished {
		l.text, l.unfinished = head, true
		return l, nil
	}
	if strings.HasPrefix(rest, "<... ") {
		_, rest, _ = strings.Cut(rest, " resumed>")
		l.resumes = true
	}
	end := strings.LastIndex(rest, ") ")
	if end < 0 {
		return l, fmt.Errorf("a line is not understood: %.100s", text)
	}
	l.text, l.returned = rest[:end], strings.TrimLeft(rest[end+2:], " =")
	if l.resumes && l.text == "" {
		l.text = " "
	}
	return l, nil
}

// event returns what a line says about a folder; ours is false if it is about something else, or the call failed.
func (l line) event(folder string) (e Event, ours bool, err error) {
	name, list, _ := strings.Cut(l.text, "(")
	if strings.HasPrefix(l.returned, "-1") || strings.HasPrefix(l.returned, "?") {
		return e, false, nil
	}
	args := strings.Split(list, ", ")
	e = Event{Began: l.began, Ended: l.ended, offset: -1}
	var paths []string
	for _, a := range args {
		if path, ok := pathIn(a); ok {
			if below, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(below) {
				paths = append(paths, below)
			}
		}
	}
	if len(paths) == 0 {
		return e, false, nil
	}
	e.path = paths[0]
	switch name {
	case "open", "openat", "creat":
		flags := args[min(len(args)-1, 2)]
		if name == "open" {
			flags = args[1]
		}
		if name != "creat" && !strings.Contains(flags, "O_CREAT") && !strings.Contains(flags, "O_TRUNC") {
			return e, false, nil
		}
		e.call, e.fd = create, leading(l.returned)
		if strings.Contains(flags, "O_TRUNC") || name == "creat" {
			e.size = -1
		}
	case "write", "pwrite64":
		e.call, e.fd = write, leading(args[0])
		e.data, err = unhex(args[1])
		e.data = e.data[:min(len(e.data), leading(l.returned))]
		if name == "pwrite64" {
			e.offset = int64(leading(args[3]))
		}
	case "ftruncate":
		e.call, e.size = truncate, int64(leading(args[1]))
	case "fsync", "fdatasync":
		e.call = sync
	case "rename", "renameat", "renameat2":
		if len(paths) != 2 {
			return e, false, fmt.Errorf("a rename into or out of the folder")
		}
		e.call, e.to = rename, paths[1]
	case "unlink", "unlinkat":
		e.call = remove
	case "mkdir", "mkdirat":
		e.call = makeFolder
	default:
		return e, false, fmt.Errorf("%s is not understood", name)
	}
	return e, true, err
}

// pathIn returns the path that an argument names: a string, or a file that is open.
func pathIn(arg string) (path string, ok bool) {
	raw := ""
	switch {
	case strings.HasPrefix(arg, `"`):
		raw = arg
	case strings.HasPrefix(arg, "AT_FDCWD"):
		return "", false // what it stands for is only where names begin, and all of ours are whole
	default:
		_, after, found := strings.Cut(arg, "<")
		if !found {
			return "", false
		}
		raw, _, _ = strings.Cut(after, ">")
		raw = `"` + raw + `"`
	}
	if len(raw) > 4*4096 { // content
		return "", false
	}
	b, err := unhex(raw)
	return string(b), err == nil && strings.HasPrefix(string(b), "/")
}

// unhex reads a string of \x… only.
func unhex(s string) ([]byte, error) {
	return hex.DecodeString(strings.ReplaceAll(strings.Trim(s, `"`), `\x`, ""))
}

// leading returns the number at the beginning of a text.
func leading(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '-' })
	if end < 0 {
		end = len(s)
	}
	n, _ := strconv.Atoi(s[:end]) //nolint:errcheck // what is none is 0
	return n
}

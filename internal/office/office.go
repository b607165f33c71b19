// Package office keeps the list of the offices that one program serves beside its own: each a data folder of its own
// below the program's, with a file that says where people reach it and where its records are. Nothing of an office is
// in another's folder or database, so no statement can name another office's.
package office

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// Folder is where the offices' data folders are, below the program's.
const Folder = "offices"

// fileName is the file of an office in its data folder.
const fileName = "office.json"

// Office is one office.
type Office struct {
	Name     string   `json:"-"`                  // its data folder
	Path     string   `json:"path,omitempty"`     // below which it is reached on any host, such as /gov/wugang
	Hosts    []string `json:"hosts,omitempty"`    // names under which it is reached
	Database string   `json:"database,omitempty"` // PostgreSQL address; "": SQLite in its folder
	Closed   bool     `json:"closed,omitempty"`   // it is not served
}

// Dir returns an office's data folder below the program's.
func Dir(data, name string) string { return filepath.Join(data, Folder, name) }

var (
	nameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)
	pathForm = regexp.MustCompile(`^(/[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?){1,4}$`)
	hostForm = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// reserved are the first parts of the program's own addresses, which an office's path must not hide. A test of the
// routes holds it to be whole.
var reserved = strings.Fields(`account accounts api areas assets audit channels displays evidence healthz help imports indicators
	invite login logout metrics notices packages person preferences public questions reading readyz review reviews session settings setup
	sign-in sign-in-rules start units updates views wall years`)

// Check says what is wrong with an office beside the others.
func (o Office) Check(others []Office) error {
	switch {
	case !nameForm.MatchString(o.Name):
		return fmt.Errorf("%q is no name of an office: write up to 40 of a–z, 0–9 and -", o.Name)
	case o.Path == "" && len(o.Hosts) == 0:
		return fmt.Errorf("say where %s is reached: --at-path /%s or --at-host NAME", o.Name, o.Name)
	case o.Path != "" && !pathForm.MatchString(o.Path):
		return fmt.Errorf("%q is no path of an office: write up to four parts such as /gov/%s, each of a–z, 0–9 and -", o.Path, o.Name)
	case o.Path != "" && Reserved(first(o.Path)):
		return fmt.Errorf("/%s is the program's own: choose another path", first(o.Path))
	}
	for _, host := range o.Hosts {
		if !hostForm.MatchString(host) {
			return fmt.Errorf("%q is no name of a host: write a whole one such as %s.example.cn, in small letters", host, o.Name)
		}
	}
	for _, other := range others {
		if other.Name == o.Name {
			continue
		}
		if o.Path != "" && (below(o.Path, other.Path) || below(other.Path, o.Path)) {
			return fmt.Errorf("%s is reached below %s: neither path may lie in the other", other.Name, other.Path)
		}
		for _, host := range o.Hosts {
			if slices.Contains(other.Hosts, host) {
				return fmt.Errorf("%s is reached as %s", other.Name, host)
			}
		}
		if o.Database != "" && o.Database == other.Database {
			return fmt.Errorf("the records of %s are in that database: each office has one of its own", other.Name)
		}
	}
	return nil
}

// Reserved reports whether addresses of the program begin with this part.
func Reserved(part string) bool { return slices.Contains(reserved, part) }

func first(path string) string {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return part
}

func below(path, of string) bool { return of != "" && strings.HasPrefix(path+"/", of+"/") }

// Bad is an office's data folder that does not say what it should, which removes nobody.
type Bad struct {
	Name string // "": no folder could be looked at
	Err  error
}

func (b Bad) Error() string { return b.Err.Error() }

// List reads the offices of a data folder by name. Those whose file is missing, unreadable or at odds with one before
// it are not among them; bad says why.
func List(data string) (list []Office, bad []Bad) {
	found, err := os.ReadDir(filepath.Join(data, Folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []Bad{{Err: fmt.Errorf("read the list of offices: %w", err)}}
	}
	for _, entry := range found {
		if !entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		o, err := read(data, entry.Name())
		if err == nil {
			err = o.Check(list)
		}
		if err != nil {
			bad = append(bad, Bad{entry.Name(), fmt.Errorf("office %s: %w", entry.Name(), err)})
			continue
		}
		list = append(list, o)
	}
	return list, bad
}

func read(data, name string) (Office, error) {
	text, err := os.ReadFile(filepath.Join(Dir(data, name), fileName))
	if err != nil {
		return Office{}, fmt.Errorf("read where it is reached: %w", err)
	}
	o := Office{Name: name}
	if err := json.Unmarshal(text, &o); err != nil {
		return Office{}, fmt.Errorf("read %s: %w", fileName, err)
	}
	return o, nil
}

// Read reads one office.
func Read(data, name string) (Office, error) {
	o, err := read(data, name)
	if err != nil {
		return o, fmt.Errorf("office %s: %w", name, err)
	}
	return o, nil
}

// In returns the name of the office whose data folder this is; "" if it is none of the list.
func In(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
		return ""
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	return filepath.Base(abs)
}

// Add makes an office's data folder. One that is there already must have no office in it.
func Add(data string, o Office) error {
	list, _ := List(data)
	if err := o.Check(list); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(Dir(data, o.Name), fileName)); err == nil {
		return fmt.Errorf("there is an office %s", o.Name)
	}
	if err := os.MkdirAll(Dir(data, o.Name), 0o700); err != nil {
		return fmt.Errorf("make its data folder: %w", err)
	}
	return o.save(data)
}

// Change changes where an office is reached, or whether it is served.
func Change(data, name string, change func(*Office)) error {
	o, err := read(data, name)
	if err != nil {
		return fmt.Errorf("office %s: %w", name, err)
	}
	change(&o)
	list, _ := List(data)
	if err := o.Check(list); err != nil {
		return err
	}
	return o.save(data)
}

// save writes an office's file whole or not at all.
func (o Office) save(data string) error {
	text, err := json.MarshalIndent(o, "", "\t")
	if err != nil {
		return err
	}
	name := filepath.Join(Dir(data, o.Name), fileName)
	f, err := os.CreateTemp(filepath.Dir(name), ".office-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", fileName, err)
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", fileName, err), os.Remove(f.Name()))
	}
	return sync(filepath.Dir(name))
}

// sync has the folder's list of files on disk: what the file says counts from now on, also after a power failure.
func sync(dir string) error {
	if runtime.GOOS == "windows" { // it opens no folder
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

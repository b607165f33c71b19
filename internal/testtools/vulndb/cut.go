package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// source is the module whose data/osv holds every entry.
const source = "golang.org/x/vulndb"

// entry is what a cut looks at; the rest of an entry is kept as it is.
type entry struct {
	ID        string     `json:"id"`
	Modified  string     `json:"modified"`
	Withdrawn string     `json:"withdrawn"`
	Affected  []affected `json:"affected"`
}

type affected struct {
	Package struct {
		Name string `json:"name"`
	} `json:"package"`
	Ranges []struct {
		Events []event `json:"events"`
	} `json:"ranges"`
}

// event begins or ends a row of versions that are affected.
type event struct {
	Introduced string `json:"introduced"`
	Fixed      string `json:"fixed"`
}

// after reports whether a version at or above low is affected.
func (a affected) after(low string) bool {
	if len(a.Ranges) == 0 {
		return true
	}
	for _, r := range a.Ranges {
		open := len(r.Events) == 0
		for _, e := range r.Events {
			open = e.Fixed == ""
			if e.Fixed != "" && semver.Compare("v"+e.Fixed, low) > 0 {
				return true
			}
		}
		if open {
			return true
		}
	}
	return false
}

// fixed is the last version that mends an entry, "" where there is none.
func (a affected) fixed() (last string) {
	for _, r := range a.Ranges {
		for _, e := range r.Events {
			last = e.Fixed
		}
	}
	return last
}

// lowest lists the modules of go.sum, each with the lowest version whose code stands there, and Go itself under the
// two names that the database has for it.
func lowest(gomod, gosum []byte) (map[string]string, error) {
	mod, err := modfile.ParseLax("go.mod", gomod, nil)
	if err != nil {
		return nil, err
	}
	goes := "v" + mod.Go.Version
	low := map[string]string{"stdlib": goes, "toolchain": goes}
	for line := range strings.Lines(string(gosum)) {
		f := strings.Fields(line)
		if len(f) != 3 || strings.HasSuffix(f[1], "/go.mod") {
			continue
		}
		if had := low[f[0]]; had == "" || semver.Compare(f[1], had) < 0 {
			low[f[0]] = f[1]
		}
	}
	return low, nil
}

// here is lowest of this program.
func here() (map[string]string, error) {
	gomod, err := os.ReadFile("go.mod")
	if err != nil {
		return nil, err
	}
	gosum, err := os.ReadFile("go.sum")
	if err != nil {
		return nil, err
	}
	return lowest(gomod, gosum)
}

// refresh fetches the newest database and cuts the copy from it.
func refresh() error {
	low, err := here()
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "mod", "download", "-json", source+"@latest")
	cmd.Dir = os.TempDir() // in no module: it is none of the program's
	out, err := cmd.Output()
	var got struct{ Version, Dir, Error string }
	if jsonErr := json.Unmarshal(out, &got); jsonErr != nil || got.Error != "" || err != nil {
		return fmt.Errorf("the database could not be fetched through the Go module proxy: %v %s", err, got.Error)
	}
	day, err := dateOf(got.Version)
	if err != nil {
		return err
	}
	kept, err := cut(filepath.Join(got.Dir, "data", "osv"), folder, day, low)
	if err != nil {
		return err
	}
	licence, err := os.ReadFile(filepath.Join(got.Dir, "data", "LICENSE"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "CC-BY-4.0.txt"), licence, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d entries for %d modules, of %s\n", folder, kept, len(low), day)
	return write(filepath.Join(folder, "copy.json"), record{source + "@" + got.Version, day, low})
}

// indexed is an entry in the index of modules.
type indexed struct {
	ID       string `json:"id"`
	Modified string `json:"modified"`
	Fixed    string `json:"fixed,omitempty"`
}

// cut copies the entries that can concern a build into a fresh folder, and makes the index that govulncheck reads.
func cut(from, to, day string, low map[string]string) (kept int, err error) {
	files, err := filepath.Glob(filepath.Join(from, "GO-*.json"))
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("%s holds no entries: %w", from, err)
	}
	if err := os.RemoveAll(to); err != nil {
		return 0, err
	}
	modules := map[string][]indexed{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		var e entry
		if err := json.Unmarshal(raw, &e); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		concerns := false
		for _, a := range e.Affected {
			name := a.Package.Name
			if e.Withdrawn != "" || low[name] == "" || !a.after(low[name]) {
				continue
			}
			if !slices.ContainsFunc(modules[name], func(i indexed) bool { return i.ID == e.ID }) {
				modules[name] = append(modules[name], indexed{e.ID, e.Modified, a.fixed()})
			}
			concerns = true
		}
		if !concerns {
			continue
		}
		kept++
		if err := put(filepath.Join(to, "ID", e.ID+".json"), raw); err != nil {
			return 0, err
		}
	}
	return kept, writeIndex(to, day, modules)
}

func writeIndex(to, day string, modules map[string][]indexed) error {
	type module struct {
		Path  string    `json:"path"`
		Vulns []indexed `json:"vulns"`
	}
	all := []module{}
	for path, vulns := range modules {
		all = append(all, module{path, vulns})
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	if err := write(filepath.Join(to, "index", "modules.json"), all); err != nil {
		return err
	}
	return write(filepath.Join(to, "index", "db.json"), map[string]string{"modified": day + "T00:00:00Z"})
}

func write(path string, what any) error {
	raw, err := json.MarshalIndent(what, "", "  ")
	if err != nil {
		return err
	}
	return put(path, append(raw, '\n'))
}

func put(path string, raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644)
}

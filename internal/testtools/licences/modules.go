package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// part is a module or a vendored folder.
type part struct {
	name string // module path and version, or the folder
	dir  string
}

// modules returns what the packages are built from on any of the systems we release for.
func modules(packages ...string) ([]part, error) {
	seen := map[part]bool{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		args := append([]string{"list", "-deps", "-f",
			"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"}, packages...)
		cmd := exec.Command("go", args...)
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list the modules of %s: %w", packages, err)
		}
		for line := range strings.Lines(string(out)) {
			name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if ok {
				seen[part{name, dir}] = true
			}
		}
	}
	return sorted(seen), nil
}

// vendored returns the folders of ours that hold a licence of others.
func vendored(roots ...string) ([]part, error) {
	seen := map[part]bool{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && isLicence(d.Name()) {
				dir := filepath.ToSlash(filepath.Dir(path))
				seen[part{dir, dir}] = true
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return sorted(seen), nil
}

func sorted(seen map[part]bool) []part {
	var all []part
	for p := range seen {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b part) int { return cmp.Compare(a.name, b.name) })
	return all
}

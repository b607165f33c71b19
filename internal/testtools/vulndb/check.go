package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"
)

// reasons says of vulnerabilities that are called why they are borne: an identifier and the reason, a line each.
const reasons = "internal/testtools/vulndb/reasons.txt"

// releaseGo names the Go that make release builds with, whatever this machine has.
const releaseGo = "internal/testtools/release-go"

// checkProgram runs govulncheck against the copy. A vulnerability whose code the program calls is an error, but where
// a reason stands beside it; a reason for one that is not called is an error too.
func checkProgram() error {
	r, err := present()
	if err != nil {
		return err
	}
	low, err := here()
	if err != nil {
		return err
	}
	if err := r.covers(low); err != nil {
		return err
	}
	dir, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "tool", "-modfile=internal/testtools/go.mod", "govulncheck", "-format", "json",
		"-db", "file://"+filepath.ToSlash(dir), "./...")
	goes, err := os.ReadFile(releaseGo)
	if err != nil {
		return err
	}
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+strings.TrimSpace(string(goes)))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("govulncheck could not look; it needs the Go of %s and the Go module proxy or its cache: %w",
			releaseGo, err)
	}
	found, err := findings(strings.NewReader(string(out)))
	if err != nil {
		return err
	}
	why, err := os.ReadFile(reasons)
	if err != nil {
		return err
	}
	said, err := judge(found, string(why))
	if err != nil {
		return err
	}
	fmt.Printf("  built with %s, against the database of %s: %s\n", strings.TrimSpace(string(goes)), r.Date, said)
	return nil
}

// covers reports whether the copy was cut for what the program is built from now.
func (r record) covers(low map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(low)) {
		had, ok := r.Modules[name]
		if !ok || semver.Compare(low[name], had) < 0 {
			return fmt.Errorf("the copy of the vulnerability database was not cut for %s %s; run make vulndb and commit it",
				name, low[name])
		}
	}
	return nil
}

// finding is a vulnerability of something that the program is built from.
type finding struct {
	OSV   string `json:"osv"`
	Fixed string `json:"fixed_version"`
	Trace []struct {
		Module   string `json:"module"`
		Version  string `json:"version"`
		Package  string `json:"package"`
		Function string `json:"function"`
	} `json:"trace"`
}

// called reports whether the program calls the code that is vulnerable.
func (f finding) called() bool { return len(f.Trace) > 0 && f.Trace[0].Function != "" }

// findings reads what govulncheck says in JSON.
func findings(r io.Reader) (all []finding, err error) {
	for d := json.NewDecoder(r); ; {
		var message struct {
			Finding *finding `json:"finding"`
		}
		err := d.Decode(&message)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read what govulncheck says: %w", err)
		}
		if message.Finding != nil {
			all = append(all, *message.Finding)
		}
	}
}

// judge holds what was found against the reasons, and tells the figures.
func judge(found []finding, why string) (said string, err error) {
	borne := map[string]string{}
	for line := range strings.Lines(why) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason, _ := strings.Cut(line, " ")
		if strings.TrimSpace(reason) == "" {
			return "", fmt.Errorf("%s: %s stands there without a reason", reasons, id)
		}
		borne[id] = reason
	}
	called, carried := map[string]finding{}, map[string]bool{}
	for _, f := range found {
		if f.called() {
			called[f.OSV] = f
		} else {
			carried[f.OSV] = true
		}
	}
	var bad []string
	for _, id := range slices.Sorted(maps.Keys(called)) {
		delete(carried, id)
		if f := called[id].Trace[0]; borne[id] == "" {
			bad = append(bad, fmt.Sprintf("%s: the program calls %s.%s of %s %s; mended in %q. "+
				"Raise the version (that of Go is in %s), or say in %s why it does no harm", id, f.Package, f.Function,
				f.Module, f.Version, called[id].Fixed, releaseGo, reasons))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(borne)) {
		if _, ok := called[id]; !ok {
			bad = append(bad, fmt.Sprintf("%s: the program does not call %s; take its line away", reasons, id))
		}
	}
	if len(bad) > 0 {
		return "", errors.New(strings.Join(bad, "\n"))
	}
	calls := "none is called"
	if len(called) > 0 {
		calls = fmt.Sprintf("%d called, each with its reason", len(called))
	}
	return fmt.Sprintf("%s; %d in modules that are built in, not called", calls, len(carried)), nil
}

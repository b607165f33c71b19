// Vulndb keeps a dated copy of the Go vulnerability database, cut to what this program can be built from, and holds
// the program against it without internet.
//
//	go run -C internal/testtools ./vulndb                      cuts the copy anew (the Go module proxy has the source)
//	go run -C internal/testtools ./vulndb -check               runs govulncheck against the copy
//	go run -C internal/testtools ./vulndb -age 2026-11-30      says how old the copy is on that day; old is an error
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// folder is the copy: in the layout that govulncheck reads, with copy.json saying what it was cut from and to.
const folder = "internal/testtools/vulndb/copy"

// oldest is how many days a copy says enough.
const oldest = 30

// record says what a copy holds.
type record struct {
	Source  string            `json:"source"`  // the module's version that it was cut from
	Date    string            `json:"date"`    // of that version
	Modules map[string]string `json:"modules"` // each module and the lowest version that can be built with
}

func main() {
	check := flag.Bool("check", false, "run govulncheck against the copy")
	age := flag.String("age", "", "say how old the copy is on this `day`, as 2026-11-30")
	flag.Parse()
	err := os.Chdir(filepath.Join("..", ".."))
	switch {
	case err != nil:
	case *check:
		err = checkProgram()
	case *age != "":
		err = tellAge(*age)
	default:
		err = refresh()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "vulndb:", err)
		os.Exit(1)
	}
}

// present reads what the copy says of itself.
func present() (r record, err error) {
	raw, err := os.ReadFile(filepath.Join(folder, "copy.json"))
	if err != nil {
		return r, fmt.Errorf("there is no copy of the vulnerability database; run make vulndb: %w", err)
	}
	return r, json.Unmarshal(raw, &r)
}

// tellAge says how old the copy is, and is an error when that is too old.
func tellAge(day string) error {
	r, err := present()
	if err != nil {
		return err
	}
	days, err := daysBetween(r.Date, day)
	if err != nil {
		return err
	}
	if days > oldest {
		return fmt.Errorf("the copy of the vulnerability database is of %s, %d days old; run make vulndb and commit it",
			r.Date, days)
	}
	fmt.Printf("  the copy of the vulnerability database is of %s, %d days old\n", r.Date, days)
	return nil
}

func daysBetween(from, to string) (int, error) {
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, err
	}
	b, err := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24), err
}

// dateOf reads the day out of a version made of a commit, v0.0.0-20261105234957-e22db6528018.
func dateOf(version string) (string, error) {
	parts := strings.Split(version, "-")
	if len(parts) != 3 || len(parts[1]) != len("20060102150405") {
		return "", fmt.Errorf("the version %s says no day", version)
	}
	day, err := time.Parse("20060102150405", parts[1])
	return day.Format(time.DateOnly), err
}

// Command machine runs `go test` as on machines whose clocks show each of the days, with different
// zones and languages: a test that depends on the machine's day fails there.
//
//	go run ./internal/daytest/machine ./internal/app ./internal/web   on every day
//	go run ./internal/daytest/machine -few ./internal/app             on three
//
// Go asks the system for the time directly, past any library that could fake it, so the standard
// library is overlaid with one whose time.Now is shifted. Only the day differs: timers run as always.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/daytest"
)

// languages are the machines' languages, in turn.
var languages = []string{"zh_CN.UTF-8", "C", "de_DE.UTF-8", "ar_EG.UTF-8"}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "machine:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	dir, err := os.MkdirTemp("", "dabiao-machine-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a leftover of a test
	few := len(args) > 0 && args[0] == "-few"
	if few {
		args = args[1:]
	}
	shifted, err := overlay(dir)
	if err != nil {
		return fmt.Errorf("shift the clock: %w", err)
	}
	var failed []string
	for i, date := range daytest.Dates {
		if date <= daytest.StoryDay {
			continue // no machine with this file has such a clock
		}
		if few && i%5 != 0 {
			continue
		}
		d := daytest.Day{Date: date, Zone: daytest.Zones[i%len(daytest.Zones)]}
		at, err := d.At()
		if err != nil {
			return err
		}
		begun := time.Now()
		cmd := exec.Command("go", append([]string{"test", "-count=1", "-timeout", "60m", "-overlay", shifted}, args...)...)
		cmd.Env = append(os.Environ(), "TZ="+d.Zone, "LC_ALL="+languages[i%len(languages)],
			fmt.Sprintf("%s=%d", shiftVariable, int64(at.Sub(begun).Seconds())))
		said, err := cmd.CombinedOutput()
		fmt.Printf("%s in %s: %s\n", d.Date, d.Zone, map[bool]string{true: "ok", false: "FAIL"}[err == nil])
		if err != nil {
			failed = append(failed, string(date))
			os.Stdout.Write(said) //nolint:errcheck // nobody listens any more
		}
	}
	if len(failed) > 0 {
		return errors.New("not on " + strings.Join(failed, ", "))
	}
	return nil
}

// shiftVariable holds how many seconds the machine's clock is off.
const shiftVariable = "MACHINE_CLOCK_SHIFT"

const (
	asks = "sec, nsec, mono := runtimeNow()"

	shift = `package time

import "syscall"

var machineShift = func() (s int64) {
	text, _ := syscall.Getenv("` + shiftVariable + `")
	sign := int64(1)
	for _, c := range []byte(text) {
		if c == '-' {
			sign = -1
		} else {
			s = 10*s + int64(c-'0')
		}
	}
	return sign * s
}()
`
)

// overlay writes a package time with a shifted clock and returns the file that makes the compiler use
// it.
func overlay(dir string) (file string, err error) {
	said, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	root := filepath.Join(strings.TrimSpace(string(said)), "src", "time")
	raw, err := os.ReadFile(filepath.Join(root, "time.go"))
	if err != nil {
		return "", err
	}
	before, after, ok := strings.Cut(string(raw), asks)
	if !ok || strings.Contains(after, asks) {
		return "", errors.New("time.Now is not written as it was: look at it and at " + shiftVariable)
	}
	files := map[string]string{}
	for name, text := range map[string]string{"time.go": before + asks + "\n\tsec += machineShift" + after,
		"machine_shift.go": shift} {
		files[filepath.Join(root, name)] = filepath.Join(dir, name)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	raw, err = json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		return "", err
	}
	file = filepath.Join(dir, "overlay.json")
	return file, os.WriteFile(file, raw, 0o600)
}

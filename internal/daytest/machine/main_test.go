package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// A program compiled with the shifted clock is off by the given time, forward and back.
func TestTheClockIsShifted(t *testing.T) {
	dir := t.TempDir()
	shifted, err := overlay(dir)
	if err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "say.go")
	if err := os.WriteFile(source, []byte("package main\nimport \"time\"\nfunc main() { print(time.Now().Unix()) }\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "say")
	if said, err := exec.Command("go", "build", "-overlay", shifted, "-o", program, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for _, shift := range []int64{0, 86_400 * 365, -86_400 * 365} {
		begun := time.Now()
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), shiftVariable+"="+strconv.FormatInt(shift, 10))
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatal(err)
		}
		at, err := strconv.ParseInt(string(said), 10, 64)
		if off := at - begun.Unix() - shift; err != nil || off < 0 || off > 600 {
			t.Errorf("shifted by %d it says %s: off by %d s, %v", shift, said, off, err)
		}
	}
}

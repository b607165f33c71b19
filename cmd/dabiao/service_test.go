package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServiceTakesTheFlagsOfServe(t *testing.T) {
	dabiao(t, "", "service").fails(2, "say `dabiao service install`")
	dabiao(t, "", "service", "fly").fails(2, "there is no `dabiao service fly`")
	dabiao(t, "", "service", "start", "now").fails(2, `"now" is not expected here`)
	dabiao(t, "", "service", "install", "--bogus").fails(2, "lists the flags")
	dabiao(t, "", "service", "install", "--data", t.TempDir()).fails(1, "packaging/dabiao.service")
}

// A service's log is put aside when it is large, and goes on after a start.
func TestALogIsPutAsideWhenItIsLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), logName)
	line := strings.Repeat("x", 9) + "\n"
	for range 2 {
		log, err := openLog(path, 35)
		must(t, err)
		for range 3 {
			_, err := log.Write([]byte(line))
			must(t, err)
		}
		must(t, log.file.Close())
	}
	for name, want := range map[string]string{path: strings.Repeat(line, 3), path + ".1": strings.Repeat(line, 3)} {
		got, err := os.ReadFile(name)
		must(t, err)
		if string(got) != want {
			t.Errorf("%s holds %q", filepath.Base(name), got)
		}
	}
}

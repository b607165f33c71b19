// Licences looks at the licence of every module the program or its tests are built from, refuses
// those an office could not accept, and writes the notices and the bill of materials that ship with the program.
//
//	go run -C internal/testtools ./licences          writes docs/third-party-notices.txt
//	go run -C internal/testtools ./licences -check   says whether the file is as it should be
//	go run -C internal/testtools ./licences -bill VERSION dist/dabiao-…   prints what those programs are built from
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const notices = "docs/third-party-notices.txt"

func main() {
	check := flag.Bool("check", false, "compare with the file instead of writing it")
	bill := flag.String("bill", "", "print the bill of materials of the programs of this `version`, named from the clone's root")
	flag.Parse()
	err := os.Chdir(filepath.Join("..", ".."))
	switch {
	case err != nil:
	case *bill != "":
		err = billOf(os.Stdout, *bill, flag.Args())
	default:
		err = run(*check)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	shipped, err := modules("./cmd/dabiao")
	if err != nil {
		return err
	}
	all, err := modules("-test", "./...")
	if err != nil {
		return err
	}
	parts, err := vendored("assets", "views", "internal")
	if err != nil {
		return err
	}
	for _, m := range all {
		if _, err := read(m); err != nil {
			return err
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("find Go's own licence: %w", err)
	}
	parts = append(parts, part{"the Go runtime and standard library", strings.TrimSpace(string(goroot))})
	var text bytes.Buffer
	text.WriteString("Dabiao ships with the work of others, under these licences.\n")
	for _, p := range append(shipped, parts...) {
		l, err := read(p)
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%s\n%s\n%s\n%s\n", strings.Repeat("=", 78), p.name+" · "+l.name,
			strings.Repeat("=", 78), l.text)
	}
	if !check {
		return os.WriteFile(notices, text.Bytes(), 0o644)
	}
	stored, err := os.ReadFile(notices)
	if err != nil || !bytes.Equal(stored, text.Bytes()) {
		return fmt.Errorf("%s does not list what the program is built from; run make notices and commit it", notices)
	}
	fmt.Printf("  %d modules, %d shipped parts\n", len(all), len(shipped)+len(parts))
	return nil
}

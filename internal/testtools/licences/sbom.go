package main

import (
	"cmp"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// billOf writes what programs are built from as a bill of materials (CycloneDX 1.6, JSON): the modules that each was
// linked from, as it says itself, the Go it was built with, and what is vendored. The same programs make the same
// bytes: no time and no random number stand in it.
func billOf(w io.Writer, version string, programs []string) error {
	bom := cdx.NewBOM()
	main := cdx.Component{BOMRef: "dabiao", Type: cdx.ComponentTypeApplication, Name: "dabiao", Version: version,
		Licenses: licensesOf("Apache-2.0")}
	seen := map[string]bool{}
	var files []cdx.Component
	for _, program := range programs {
		built, err := buildinfo.ReadFile(program)
		if err != nil {
			return fmt.Errorf("%s does not say what it is built from: %w", program, err)
		}
		seen["std "+strings.TrimPrefix(built.GoVersion, "go")] = true
		for _, m := range built.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			seen[m.Path+" "+m.Version] = true
		}
		file, err := fileOf(program)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	parts, err := knownParts()
	if err != nil {
		return err
	}
	var components []cdx.Component
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		path, at, _ := strings.Cut(name, " ")
		c := cdx.Component{BOMRef: "pkg:golang/" + path + "@" + at, Type: cdx.ComponentTypeLibrary, Name: path, Version: at}
		c.PackageURL = c.BOMRef
		licence, known := parts[name]
		if !known && path != "std" {
			return fmt.Errorf("%s is built into a program and go.mod does not lead to it: was it built from this clone?", name)
		}
		c.Licenses = licensesOf(cmp.Or(licence, "BSD"))
		components = append(components, c)
	}
	vendor, err := vendoredComponents()
	if err != nil {
		return err
	}
	components = append(components, vendor...)
	var refs []string
	for _, c := range components {
		refs = append(refs, c.BOMRef)
	}
	main.Components = &files
	bom.Metadata = &cdx.Metadata{Component: &main}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: main.BOMRef, Dependencies: &refs}}
	return cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false).Encode(bom)
}

// fileOf is a program as it lies in the release.
func fileOf(program string) (c cdx.Component, err error) {
	f, err := os.Open(program)
	if err != nil {
		return c, err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return c, err
	}
	name := filepath.Base(program)
	return cdx.Component{BOMRef: "file:" + name, Type: cdx.ComponentTypeFile, Name: name,
		Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum.Sum(nil))}}}, nil
}

// knownParts lists the licence of each module of go.mod by its path and version.
func knownParts() (map[string]string, error) {
	all, err := modules("-test", "./...")
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for _, m := range all {
		l, err := read(m)
		if err != nil {
			return nil, err
		}
		known[m.name] = l.name
	}
	return known, nil
}

// versionIn finds the version that a vendored folder's README speaks of.
var versionIn = regexp.MustCompile(`\b\d+\.\d+\.\d+\b`)

// vendoredComponents are the folders of ours that hold the work of others.
func vendoredComponents() (all []cdx.Component, err error) {
	parts, err := vendored("assets", "views", "internal")
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		l, err := read(p)
		if err != nil {
			return nil, err
		}
		about, err := os.ReadFile(filepath.Join(p.dir, "README.md"))
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		all = append(all, cdx.Component{BOMRef: "vendored:" + p.name, Type: cdx.ComponentTypeLibrary, Name: p.name,
			Version: string(versionIn.Find(about)), Licenses: licensesOf(l.name)})
	}
	return all, nil
}

// spdx are the licences that classify names as SPDX does. The others, such as BSD, are several to SPDX.
var spdx = []string{"MIT", "Apache-2.0", "MPL-2.0", "OFL-1.1", "ISC"}

func licensesOf(names string) *cdx.Licenses {
	var all cdx.Licenses
	for name := range strings.SplitSeq(names, ", ") {
		l := cdx.License{Name: name}
		if slices.Contains(spdx, name) {
			l = cdx.License{ID: name}
		}
		all = append(all, cdx.LicenseChoice{License: &l})
	}
	return &all
}

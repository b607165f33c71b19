package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// licence is what a part may be used under.
type licence struct {
	name string
	text string // the files as they are, the NOTICE too
}

// phrases tell licences apart, the first that fits first: MPL names the GPL in its text.
var phrases = []struct {
	phrase, name string
	fine         bool
}{
	{"mozilla public license", "MPL-2.0", true},
	{"gnu affero general public license", "AGPL", false},
	{"gnu lesser general public license", "LGPL", false},
	{"gnu general public license", "GPL", false},
	{"sil open font license", "OFL-1.1", true},
	{"apache license version 2.0", "Apache-2.0", true},
	{"permission is hereby granted, free of charge", "MIT", true},
	{"redistribution and use in source and binary forms", "BSD", true},
	{"permission to use, copy, modify, and/or distribute this software", "ISC or 0BSD", true},
	{"permission to use, copy, modify, and distribute this software", "ISC", true},
}

// isLicence reports whether a file's name says that it holds a licence or a notice. Code and
// catalogues may bear the name too: a notice is also what the program sends.
func isLicence(name string) bool {
	name = strings.ToUpper(name)
	switch filepath.Ext(name) {
	case ".GO", ".JSON", ".HTML":
		return false
	}
	for _, start := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "OFL", "COPYRIGHT"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

// read finds a part's licence and refuses one that nobody may ship.
func read(p part) (licence, error) {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return licence{}, err
	}
	var names, texts []string
	for _, e := range entries {
		if e.IsDir() || !isLicence(e.Name()) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(p.dir, e.Name()))
		if err != nil {
			return licence{}, err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(raw), "\r\n", "\n")))
		name, err := classify(p, string(raw))
		if err != nil {
			return licence{}, err
		}
		if name != "" && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return licence{}, fmt.Errorf("%s: found no licence that this program knows; read it in %s and teach "+
			"internal/testtools/licences, or do without", p.name, p.dir)
	}
	return licence{strings.Join(names, ", "), strings.Join(texts, "\n\n")}, nil
}

// classify names the licence of a text; "" for a text that is none, such as a NOTICE.
func classify(p part, text string) (string, error) {
	words := strings.ToLower(strings.Join(strings.Fields(text), " "))
	words = strings.ReplaceAll(words, "license, version", "license version")
	for _, f := range phrases {
		if !strings.Contains(words, f.phrase) {
			continue
		}
		if !f.fine {
			return "", fmt.Errorf("%s is under the %s: the program is Apache-2.0 and cannot ship it", p.name, f.name)
		}
		return f.name, nil
	}
	return "", nil
}

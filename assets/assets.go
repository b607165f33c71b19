// Package assets holds what a browser fetches besides the pages: styles, scripts, pictures and the
// vendored chart library. Every file is served under a name that contains a hash of its content, so
// that a browser may keep it forever and sees an upgrade at once.
//
// app.css holds the design tokens and what pages share; the sheets of features found on many pages
// (everywhere) are served as part of it.
//
// The package imports no other package of the program and reads nothing at run time: everything is
// embedded.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed css/*.css js/*.js img/*.svg vendor/echarts/echarts.min.js
var files embed.FS

// everywhere lists the sheets of features that any page may show.
var everywhere = []string{"board.css", "overview.css", "compare.css", "evidence.css", "long_names.css", "office.css",
	"papers.css", "project.css", "review.css", "print.css"}

// Prefix is the path under which the files are served.
const Prefix = "/assets/"

// Asset is one file as it is served. Derived content is made on first request: most people never see a
// chart, and the chart library is larger than all other files together.
type Asset struct {
	ContentType string
	read        func() []byte
	hashed      func() string
	zipped      func() []byte
}

// Plain returns the content, read anew on each call.
func (a *Asset) Plain() []byte { return a.read() }

// Gzipped returns the compressed content. It is shared and must not be modified.
func (a *Asset) Gzipped() []byte { return a.zipped() }

// byName maps names without folder and hash to assets.
var byName = mustIndex()

// URL returns the address of a file, named without its folder: "app.css" → "/assets/app.3f2a….css". It
// panics if there is no such file, which is a fault of the build.
func URL(name string) string {
	a, ok := byName[name]
	if !ok {
		panic("assets: no file " + name)
	}
	return Prefix + a.hashed()
}

// File returns a file by its hashed name. ok is false for a name that URL never returned.
func File(hashedName string) (a *Asset, ok bool) {
	ext := path.Ext(hashedName)
	stem := strings.TrimSuffix(hashedName, ext)
	a, ok = byName[strings.TrimSuffix(stem, path.Ext(stem))+ext]
	return a, ok && a.hashed() == hashedName
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func mustIndex() map[string]*Asset {
	index := map[string]*Asset{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		base := path.Base(name)
		if _, twice := index[base]; twice {
			return fmt.Errorf("two files are named %s", base)
		}
		index[base] = newAsset(base, name)
		return nil
	})
	if err != nil {
		panic("assets: " + err.Error())
	}
	return index
}

func newAsset(base, name string) *Asset {
	names := []string{name}
	if base == "app.css" {
		for _, sheet := range everywhere {
			names = append(names, "css/"+sheet)
		}
	}
	a := &Asset{ContentType: contentTypes[path.Ext(base)], read: func() []byte { return mustRead(names) }}
	a.hashed = sync.OnceValue(func() string { return hashedName(base, a.read()) })
	a.zipped = sync.OnceValue(func() []byte { return zip(a.read()) })
	return a
}

// mustRead returns the concatenation of embedded files.
func mustRead(names []string) (content []byte) {
	for i, name := range names {
		more, err := files.ReadFile(name)
		if err != nil {
			panic("assets: " + err.Error())
		}
		if i == 0 {
			content = more
			continue
		}
		content = append(append(content, '\n'), more...)
	}
	if path.Ext(names[0]) == ".css" {
		return remark.ReplaceAll(content, nil)
	}
	return content
}

// remark is a comment of a style sheet with the end of its line: 1.4 kB of each page, packed, that no browser needs.
var remark = regexp.MustCompile(`(?s)/\*.*?\*/\n?`)

// hashedName inserts the hash before the last extension: app.css → app.0123456789abcdef.css.
func hashedName(base string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := path.Ext(base)
	return strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:8]) + ext
}

func zip(content []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // it knows its own level
	}
	w.Write(content) //nolint:errcheck // into memory
	w.Close()        //nolint:errcheck // into memory
	return b.Bytes()
}

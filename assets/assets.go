// Package assets holds what a browser fetches beside the pages: style, script, pictures and the
// vendored chart library. Every file is served under a name that carries a hash of its content, so
// that a browser may keep it forever and an upgrade is seen at once.
//
// app.css holds the tokens and what pages share; the sheets of features that stand on many pages
// (everywhere) are served as part of it.
//
// It imports nothing of ours and reads nothing at run time: all is inside the program.
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
	"strings"
	"sync"
)

//go:embed css/*.css js/*.js img/*.svg vendor/echarts/echarts.min.js
var files embed.FS

// everywhere are the sheets of features that every page may show.
var everywhere = []string{"board.css", "compare.css", "evidence.css", "forms.css", "office.css", "project.css", "review.css"}

// Prefix is the path under which the files are served.
const Prefix = "/assets/"

// Asset is one file as it is served. What is made of it is made when it is first asked for: most
// people never see a chart, and the chart library is larger than all other files together.
type Asset struct {
	ContentType string
	read        func() []byte
	hashed      func() string
	zipped      func() []byte
}

// Plain is the content, read from the program each time.
func (a *Asset) Plain() []byte { return a.read() }

// Gzipped is the content compressed. It is shared: do not write to it.
func (a *Asset) Gzipped() []byte { return a.zipped() }

// byName are the assets by their names without folder and hash.
var byName = mustIndex()

// URL is the address of a file, named without its folder: "app.css" → "/assets/app.3f2a….css". It
// panics on a name that does not exist, which is a fault of the build.
func URL(name string) string {
	a, ok := byName[name]
	if !ok {
		panic("assets: no file " + name)
	}
	return Prefix + a.hashed()
}

// File is a file by its hashed name. ok is false for a name that URL never gave out.
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

// mustRead joins files that are inside the program.
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
	return content
}

// hashedName puts the hash before the last extension: app.css → app.0123456789abcdef.css.
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

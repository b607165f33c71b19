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
var everywhere = []string{"board.css", "compare.css", "evidence.css", "forms.css", "review.css"}

// Prefix is the path under which the files are served.
const Prefix = "/assets/"

// file is one asset; zipped is made when it is first asked for.
type file struct {
	content     []byte
	contentType string
	zipped      func() []byte
}

var byHashedName, hashedNames = mustIndex()

// URL is the address of a file, named without its folder: "app.css" → "/assets/app.3f2a….css". It
// panics on a name that does not exist, which is a fault of the build.
func URL(name string) string {
	hashed, ok := hashedNames[name]
	if !ok {
		panic("assets: no file " + name)
	}
	return Prefix + hashed
}

// File is the content of a file by its hashed name, plain and gzipped. The slices are shared: do
// not write to them. ok is false for a name that was never given out by URL.
func File(hashedName string) (content, gzipped []byte, contentType string, ok bool) {
	f, ok := byHashedName[hashedName]
	if !ok {
		return nil, nil, "", false
	}
	return f.content, f.zipped(), f.contentType, true
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func mustIndex() (map[string]file, map[string]string) {
	byHash, byName := map[string]file{}, map[string]string{}
	keep := func(base string, content []byte) {
		hashed := hashedName(base, content)
		byName[base] = hashed
		byHash[hashed] = file{content, contentTypes[path.Ext(base)], sync.OnceValue(func() []byte { return zip(content) })}
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		base := path.Base(name)
		if base == "app.css" {
			for _, sheet := range everywhere {
				more, err := files.ReadFile("css/" + sheet)
				if err != nil {
					return err
				}
				content = append(append(content, '\n'), more...)
			}
		}
		if _, twice := byName[base]; twice {
			return fmt.Errorf("two files are named %s", base)
		}
		keep(base, content)
		return nil
	})
	if err != nil {
		panic("assets: " + err.Error())
	}
	return byHash, byName
}

// hashedName puts the hash before the last extension: app.css → app.0123456789abcdef.css.
func hashedName(base string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := path.Ext(base)
	return strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:8]) + ext
}

func zip(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

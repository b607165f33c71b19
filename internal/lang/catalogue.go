package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"golang.org/x/text/language"
)

// Tag is a language the program speaks.
type Tag string

// The languages; Chinese is the default.
const (
	Chinese Tag = "zh-CN"
	English Tag = "en"
)

// Tags lists all languages, the default first.
var Tags = []Tag{Chinese, English}

//go:embed catalogue
var files embed.FS

var catalogues = map[Tag]map[string]string{Chinese: mustLoad(Chinese), English: mustLoad(English)}

var matcher = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})

// Match returns the language for an Accept-Language header.
func Match(acceptLanguage string) Tag {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return Chinese
	}
	_, i, confidence := matcher.Match(wanted...)
	if confidence == language.No {
		return Chinese
	}
	return Tags[i]
}

// ParseTag parses a tag as spelled in Tags; ok is false for any other text.
func ParseTag(s string) (t Tag, ok bool) {
	for _, t := range Tags {
		if string(t) == s {
			return t, true
		}
	}
	return "", false
}

// mustLoad merges a language's files. They ship inside the program, so an error in them is a fault of
// the build.
func mustLoad(t Tag) map[string]string {
	names, err := fs.Glob(files, path.Join("catalogue", string(t), "*.json"))
	if err != nil {
		panic(err)
	}
	all := map[string]string{}
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		part := map[string]string{}
		if err := json.Unmarshal(raw, &part); err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		for key, sentence := range part {
			if _, twice := all[key]; twice {
				panic(fmt.Sprintf("%s: key %q stands in another file too", name, key))
			}
			all[key] = sentence
		}
	}
	return all
}

package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// Path is the prefix of the API's addresses.
const Path = "/api/v1"

// queryNames holds the query parameters of each call by method and route, with the values allowed; without
// any, every value is. matching holds the calls that read If-Match. Both come from the description, so that
// it and the program cannot differ.
var queryNames, matching = describedQueries(OpenAPI)

type queryWords map[string][]string

type describedParameter struct {
	Ref    string `json:"$ref"`
	Name   string
	In     string
	Schema describedSchema
}

type describedSchema struct {
	Ref  string `json:"$ref"`
	Enum []any  // strings, or numbers
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// describedQueries reads the description. It is embedded in the program, so a fault in it is a programming
// error and panics.
func describedQueries(raw []byte) (queries map[string]queryWords, matching map[string]bool) {
	var doc struct {
		Paths      map[string]map[string]struct{ Parameters []describedParameter }
		Components struct {
			Parameters map[string]describedParameter
			Schemas    map[string]describedSchema
		}
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		panic(err)
	}
	queries, matching = map[string]queryWords{}, map[string]bool{}
	for address, operations := range doc.Paths {
		for method, operation := range operations {
			words, call := queryWords{}, strings.ToUpper(method)+" "+Path+pathParameter.ReplaceAllString(address, ":$1")
			for _, p := range operation.Parameters {
				if p.Ref != "" {
					p = doc.Components.Parameters[path.Base(p.Ref)]
				}
				matching[call] = matching[call] || p.In == "header" && p.Name == "If-Match"
				if p.In != "query" {
					continue
				}
				if ref := p.Schema.Ref; ref != "" {
					p.Schema = doc.Components.Schemas[path.Base(ref)]
				}
				words[p.Name] = nil
				if p.Name == "form" { // names a paper: the handler refuses an unknown one as not found
					continue
				}
				for _, w := range p.Schema.Enum {
					words[p.Name] = append(words[p.Name], fmt.Sprint(w))
				}
			}
			queries[call] = words
		}
	}
	return queries, matching
}

// checkQuery refuses query parameters that a call does not have (they would be ignored silently), that are
// given twice, or that have a value which is not allowed. Pages are not so strict.
func checkQuery(c *fiber.Ctx) error {
	raw := string(c.Request().URI().QueryString())
	if raw == "" || !middleware.IsAPI(c) {
		return nil
	}
	method := c.Method()
	if method == fiber.MethodHead {
		method = fiber.MethodGet
	}
	takes := queryNames[method+" "+c.Route().Path]
	given, err := url.ParseQuery(raw)
	if err != nil {
		return kpi.Refuse(kpi.Invalid, "query_unreadable")
	}
	var m kpi.Mistakes
	for _, name := range slices.Sorted(maps.Keys(given)) {
		words, known := takes[name]
		value := given[name][0]
		switch {
		case !known:
			m.Add(name, "query_unknown", name)
		case len(given[name]) > 1:
			m.Add(name, "query_twice", name)
		case value != "" && words != nil && !slices.Contains(words, value):
			m.Add(name, "query_word", name, value, strings.Join(words, ", "))
		}
	}
	return m.Err()
}

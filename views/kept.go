package views

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// maxKept bounds the bytes of parts that one page keeps, and as many again of those it used before.
const maxKept = 1 << 20

// kept renders parts of a page and keeps what came of them under the data they were made from. A
// write changes one row of a board; the other rows are not made again. In a page
//
//	{{kept "figure_row" .}}
//
// shows the same as {{template "figure_row" .}}, in text. The part must depend on nothing but its
// data, as every template without functions of its own state does.
type kept struct {
	page       *template.Template
	mu         sync.Mutex
	size       int
	young, old map[part]template.HTML // when young is full it becomes old
}

// part is a template and the content of its data.
type part struct {
	name string
	kind reflect.Type
	data string
}

func (k *kept) render(name string, data any) (template.HTML, error) {
	v := reflect.ValueOf(data)
	content, err := appendContent(make([]byte, 0, 1024), v)
	if err != nil {
		return "", fmt.Errorf("kept %s: %w", name, err)
	}
	if html, ok := k.find(part{name, v.Type(), string(content)}); ok {
		return html, nil
	}
	var b strings.Builder
	if err := k.page.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	html := template.HTML(b.String()) //nolint:gosec // of this page's own templates, which have escaped their data
	k.keep(part{name, v.Type(), string(content)}, html)
	return html, nil
}

func (k *kept) find(p part) (template.HTML, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	html, ok := k.young[p]
	if !ok {
		if html, ok = k.old[p]; ok {
			k.put(p, html)
		}
	}
	return html, ok
}

func (k *kept) keep(p part, html template.HTML) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.put(p, html)
}

func (k *kept) put(p part, html template.HTML) {
	k.size += len(p.data) + len(html)
	if k.young == nil || k.size > maxKept {
		k.young, k.old, k.size = map[part]template.HTML{}, k.young, len(p.data)+len(html)
	}
	k.young[p] = html
}

// appendContent writes all that a value holds, so that two values of one type have the same content
// only when they are shown the same.
func appendContent(b []byte, v reflect.Value) (_ []byte, err error) {
	switch v.Kind() {
	case reflect.String:
		return append(append(strconv.AppendInt(b, int64(v.Len()), 10), ':'), v.String()...), nil
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return append(strconv.AppendInt(b, v.Int(), 10), ';'), nil
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, '-'), nil
		}
		return appendContent(append(b, '+'), v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if b, err = appendContent(b, v.Field(i)); err != nil {
				return b, err
			}
		}
		return b, nil
	case reflect.Slice, reflect.Array:
		b = append(strconv.AppendInt(b, int64(v.Len()), 10), '[')
		for i := range v.Len() {
			if b, err = appendContent(b, v.Index(i)); err != nil {
				return b, err
			}
		}
		return b, nil
	}
	return b, fmt.Errorf("the content of a %s is not told apart", v.Type())
}

package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/programtest"
)

// The harness is tried on a page with every fault it must hear: a harness that hears nothing would
// pass everything.
func TestTheHarnessHears(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprint(w, `<!doctype html><html lang="en"><head><title>t</title><link rel="icon" href="data:,"></head><body>
<p style="color:red">指标 <span lang="zh-CN">武冈</span></p><img src="/missing.png">
<script src="/loud.js"></script><script>var x</script>
<form method="post"><label for="f">Number</label><input id="f" name="f" value="old"><button>Log</button></form></body></html>`)
	})
	mux.HandleFunc("/loud.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `console.error("ouch"); setTimeout(() => { throw new Error("thrown") })`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	heard := &recorder{TB: t}
	p := Shared(t).Open(heard, &programtest.Program{URL: server.URL})
	p.Go("/")
	p.Fill("Number", "12")
	if got := p.Value("Number"); got != "12" {
		t.Errorf("the field holds %q", got)
	}
	if got := p.ChineseOutsideData(); !slices.Equal(got, []string{"指标"}) {
		t.Errorf("Chinese words: %q", got)
	}
	p.Axe()
	if status := p.Press("Log"); status != 200 {
		t.Errorf("the form brought %d", status)
	}
	heard.end()
	for _, want := range []string{"style-src", "script-src", "ouch", "thrown", "status 404", "axe, critical: image-alt"} {
		if !strings.Contains(strings.Join(heard.errors, "\n"), want) {
			t.Errorf("nothing was heard of %q; heard:\n%s", want, strings.Join(heard.errors, "\n"))
		}
	}
}

// recorder is a test that notes failures instead of failing.
type recorder struct {
	testing.TB
	errors   []string
	cleanups []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, Sprintf(format, args))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *recorder) Failed() bool { return false }

func (r *recorder) end() {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
}

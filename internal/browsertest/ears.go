package browsertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// ears record what must not happen on a page.
type ears struct {
	base string

	mu         sync.Mutex
	complaints []string
	expected   []int64
	trouble    bool // whether requests may fail: the server is stopped on purpose
}

func listen(ctx context.Context, base string) *ears {
	e := &ears{base: base}
	chromedp.ListenTarget(ctx, e.hear)
	return e
}

// enable turns on the browser's events.
func (e *ears) enable() []chromedp.Action {
	return []chromedp.Action{network.Enable(), log.Enable(), runtime.Enable(), audits.Enable()}
}

func (e *ears) expect(status int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.expected = append(e.expected, status)
}

func (e *ears) expectTrouble() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.trouble = true
}

func (e *ears) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.complaints)
}

func (e *ears) complain(format string, args ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.complaints = append(e.complaints, fmt.Sprintf(format, args...))
}

func (e *ears) hear(event any) {
	switch ev := event.(type) {
	case *audits.EventIssueAdded:
		if d := ev.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			e.complain("content security policy: %s %s %s%s", d.ViolatedDirective,
				d.ContentSecurityPolicyViolationType, d.BlockedURL, place(d.SourceCodeLocation))
		}
	case *log.EventEntryAdded:
		// Failed requests are reported with their status below.
		if ev.Entry.Source != log.SourceNetwork && ev.Entry.Level != log.LevelVerbose && ev.Entry.Level != log.LevelInfo {
			e.complain("log %s: %s %s", ev.Entry.Level, ev.Entry.Text, ev.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.APITypeError || ev.Type == runtime.APITypeWarning || ev.Type == runtime.APITypeAssert {
			e.complain("console %s: %s", ev.Type, words(ev.Args))
		}
	case *runtime.EventExceptionThrown:
		e.complain("exception: %s", ev.ExceptionDetails.Error())
	case *page.EventJavascriptDialogOpening:
		e.complain("dialog: %s", ev.Message)
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, e.base+"/") && !strings.HasPrefix(u, "data:") &&
			!strings.HasPrefix(u, "blob:") && !strings.HasPrefix(u, "file:///") { // no server's page can open a file
			e.complain("request to another host: %s", u)
		}
	case *network.EventLoadingFailed:
		e.mu.Lock()
		trouble := e.trouble
		e.mu.Unlock()
		if !trouble && !ev.Canceled && ev.ErrorText != "net::ERR_ABORTED" {
			e.complain("request failed: %s %s", ev.Type, ev.ErrorText)
		}
	case *network.EventResponseReceived:
		e.mu.Lock()
		known := slices.Contains(e.expected, ev.Response.Status)
		e.mu.Unlock()
		if ev.Response.Status >= 400 && !known {
			e.complain("status %d: %s", ev.Response.Status, ev.Response.URL)
		}
	}
}

func place(l *audits.SourceCodeLocation) string {
	if l == nil {
		return ""
	}
	return fmt.Sprintf(" at %s:%d", l.URL, l.LineNumber)
}

func words(args []*runtime.RemoteObject) string {
	var all []string
	for _, a := range args {
		if a.Description != "" {
			all = append(all, a.Description)
		} else {
			all = append(all, string(a.Value))
		}
	}
	return strings.Join(all, " ")
}

package browsertest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	chrome "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// asBrowser runs an action of the browser for this tab's profile.
func (p *Page) asBrowser(what string, action func(ctx context.Context, profile cdp.BrowserContextID) error) {
	p.T.Helper()
	p.Do(what, chromedp.ActionFunc(func(ctx context.Context) error {
		tab, err := target.GetTargetInfo().Do(ctx)
		if err != nil {
			return err
		}
		return action(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser), tab.BrowserContextID)
	}))
}

// Download clicks an element that starts a download and returns the file's name and content.
func (p *Page) Download(selector string) (name string, content []byte) {
	p.T.Helper()
	dir := p.T.TempDir()
	p.asBrowser("take files", func(ctx context.Context, profile cdp.BrowserContextID) error {
		return chrome.SetDownloadBehavior(chrome.SetDownloadBehaviorBehaviorAllowAndName).
			WithBrowserContextID(profile).WithDownloadPath(dir).WithEventsEnabled(true).Do(ctx)
	})
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	begun, ended := make(chan *chrome.EventDownloadWillBegin, 1), make(chan *chrome.EventDownloadProgress, 1)
	chromedp.ListenBrowser(ctx, func(event any) {
		switch e := event.(type) {
		case *chrome.EventDownloadWillBegin:
			begun <- e
		case *chrome.EventDownloadProgress:
			if e.State != chrome.DownloadProgressStateInProgress {
				ended <- e
			}
		}
	})
	p.Click(selector)
	var file *chrome.EventDownloadWillBegin
	select {
	case file = <-begun:
	case <-ctx.Done():
		p.T.Fatalf("%s brings no file (at %s): %s", selector, p.Address(), p.Text("main"))
	}
	select {
	case e := <-ended:
		if e.State != chrome.DownloadProgressStateCompleted {
			p.T.Fatalf("the file %s: %s", file.SuggestedFilename, e.State)
		}
	case <-ctx.Done():
		p.T.Fatalf("the file %s does not end", file.SuggestedFilename)
	}
	content, err := os.ReadFile(filepath.Join(dir, file.GUID))
	if err != nil {
		p.T.Fatal(err)
	}
	return file.SuggestedFilename, content
}

// Copied returns the text in the clipboard, which the page is allowed to use from then on.
func (p *Page) Copied() (text string) {
	p.T.Helper()
	p.MayCopy()
	p.Do("read the clipboard", page.BringToFront(), chromedp.Evaluate(`navigator.clipboard.readText()`, &text,
		func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	return strings.ReplaceAll(text, "\r\n", "\n")
}

func (p *Page) MayCopy() {
	p.T.Helper()
	p.asBrowser("allow the clipboard", func(ctx context.Context, profile cdp.BrowserContextID) error {
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			if err := chrome.SetPermission(&chrome.PermissionDescriptor{Name: name}, chrome.PermissionSettingGranted).
				WithBrowserContextID(profile).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// Fetched returns the status and the first two characters of the answer that this person gets from an
// address.
func (p *Page) Fetched(path string) (out string) {
	p.T.Helper()
	p.Ask(fmt.Sprintf(`(() => { const r = new XMLHttpRequest(); r.open("GET", %s, false); r.overrideMimeType("text/plain; charset=x-user-defined");
		r.send(); return r.status + " " + r.responseText.slice(0, 2) })()`, Quote(path)), &out)
	return out
}

// InZip returns the content of a part of a Word or Excel file.
func InZip(t *testing.T, file []byte, part string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%d bytes are no such file: %v", len(file), err)
	}
	r, err := z.Open(part)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// OpenFile opens a web page from a folder, as a double click does.
func (p *Page) OpenFile(path string) {
	p.T.Helper()
	p.Do("open "+path, chromedp.Navigate("file://"+path), chromedp.WaitReady("body"))
}

package browsertest

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	chrome "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// asBrowser runs an action of the whole browser for this tab's cookies.
func (p *Page) asBrowser(what string, action func(ctx context.Context, profile cdp.BrowserContextID) error) {
	p.t.Helper()
	p.do(what, chromedp.ActionFunc(func(ctx context.Context) error {
		tab, err := target.GetTargetInfo().Do(ctx)
		if err != nil {
			return err
		}
		return action(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser), tab.BrowserContextID)
	}))
}

// Download clicks what brings a file and returns the name it came with and what is in it.
func (p *Page) Download(selector string) (name string, content []byte) {
	p.t.Helper()
	dir := p.t.TempDir()
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
		p.t.Fatalf("%s brings no file (at %s): %s", selector, p.Address(), p.Text("main"))
	}
	select {
	case e := <-ended:
		if e.State != chrome.DownloadProgressStateCompleted {
			p.t.Fatalf("the file %s: %s", file.SuggestedFilename, e.State)
		}
	case <-ctx.Done():
		p.t.Fatalf("the file %s does not end", file.SuggestedFilename)
	}
	content, err := os.ReadFile(filepath.Join(dir, file.GUID))
	if err != nil {
		p.t.Fatal(err)
	}
	return file.SuggestedFilename, content
}

// Copied is what the clipboard holds, which the page may use from now on.
func (p *Page) Copied() (text string) {
	p.t.Helper()
	p.mayCopy()
	p.do("read the clipboard", page.BringToFront(), chromedp.Evaluate(`navigator.clipboard.readText()`, &text,
		func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	return strings.ReplaceAll(text, "\r\n", "\n")
}

func (p *Page) mayCopy() {
	p.t.Helper()
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

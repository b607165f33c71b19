package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Browser is a running Chromium with a fresh profile. Every page has its own cookies.
type Browser struct {
	ctx  context.Context
	stop func()
}

// idleFeatures are of Chromium's own window, which nobody sees here: each window would start three more processes for
// its bar and menus, which took half of a story's processor time. The first three are what chromedp switches off.
const idleFeatures = "site-per-process,Translate,BlinkGenPropertyTrees," +
	"PreloadTopChromeWebUI,InitialWebUI,WebUIReloadButton,WebUIOmniboxPopup,WebUITabStrip"

// OpenBrowser starts a Chromium.
func OpenBrowser() (*Browser, error) {
	path, err := chromium()
	if err != nil {
		return nil, err
	}
	// Only the program under test is ever opened, so no sandbox is needed, which root and most
	// containers cannot have. The other flags keep Chromium from contacting other hosts.
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", idleFeatures),
		chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN,zh"),
		chromedp.Flag("force-prefers-reduced-motion", true), // on a busy machine a click misses what is still scrolling
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.WSURLReadTimeout(60*time.Second))
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stopBrowser := chromedp.NewContext(alloc)
	stop := func() { stopBrowser(); stopAlloc() }
	if err := chromedp.Run(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("start Chromium: %w", err)
	}
	return &Browser{ctx, stop}, nil
}

// Close terminates the browser.
func (b *Browser) Close() { b.stop() }

// newTab opens a tab in a window with its own cookies. (chromedp's own way to do so opens no window,
// and in Chromium's present headless mode a tab needs one.)
func (b *Browser) newTab() (id target.ID, dispose func() error, err error) {
	ctx := cdp.WithExecutor(b.ctx, chromedp.FromContext(b.ctx).Browser)
	profile, err := target.CreateBrowserContext().Do(ctx)
	if err != nil {
		return "", nil, err
	}
	id, err = target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(ctx)
	return id, func() error { return target.DisposeBrowserContext(profile).Do(ctx) }, err
}

// chromium finds the browser. The headless shell is Chromium without windows of its own: a third of the processor
// time, where it can be had. Debian's command of that name is a script that would leave it running when it is killed.
func chromium() (string, error) {
	for _, name := range []string{
		"/usr/lib/chromium/chromium-headless-shell", "chromium-headless-shell", "chromium",
		"chromium-browser", "google-chrome", "google-chrome-stable",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium on this machine; run make tools, or install it (Debian: apt-get install chromium fonts-noto-cjk)")
}

// Root returns the folder of the module.
func Root() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "Makefile")); missing == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("not inside a clone of the program")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

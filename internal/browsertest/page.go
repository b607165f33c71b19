package browsertest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"dabiao/internal/programtest"
)

// patience is the time limit for anything on a page on a slow machine.
const patience = 30 * time.Second

// Page is a tab. Its methods fail the test themselves.
type Page struct {
	T       testing.TB
	ctx     context.Context
	Base    string
	Program *programtest.Program
	ears    *ears
	axed    string // state at the last run of Axe
}

// Open opens an empty tab of 1440 × 900 with its own cookies. When the test ends, it fails if the tab's
// ears have recorded anything.
func (b *Browser) Open(t testing.TB, program *programtest.Program) *Page {
	t.Helper()
	tab, dispose, err := b.newTab()
	if err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithTargetID(tab))
	p := &Page{T: t, ctx: ctx, Base: program.URL, Program: program, ears: listen(ctx, program.URL)}
	// Not p.Do: chromedp keeps the context of the first run for the tab's lifetime.
	if err := chromedp.Run(ctx, p.ears.enable()...); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.Size(1440, 900)
	t.Cleanup(func() {
		for _, c := range p.ears.all() {
			t.Errorf("the browser complains: %s", c)
		}
		if t.Failed() {
			p.Shot("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
		cancel()
		if err := dispose(); err != nil {
			t.Errorf("close the tab: %v", err)
		}
	})
	return p
}

// Do runs actions; if they fail, the test fails with what was attempted.
func (p *Page) Do(what string, actions ...chromedp.Action) {
	p.T.Helper()
	p.doWithin(patience, what, actions...)
}

func (p *Page) doWithin(patience time.Duration, what string, actions ...chromedp.Action) {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := again(func() error { return chromedp.Run(ctx, actions...) }); err != nil {
		p.T.Fatalf("%s: %v (at %s)", what, err, p.Address())
	}
}

// again retries what failed because a live page had replaced the node that was found. In that case
// nothing was clicked or typed.
func again(do func() error) error {
	err := do()
	for range 3 {
		if err == nil || !strings.Contains(err.Error(), "(-32000)") || !strings.Contains(err.Error(), "node") {
			return err
		}
		err = do()
	}
	return err
}

// Load runs actions that open a page, waits for it and returns its status.
func (p *Page) Load(what string, actions ...chromedp.Action) int {
	p.T.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	var resp *network.Response
	err := again(func() (err error) {
		resp, err = chromedp.RunResponse(ctx, actions...)
		return err
	})
	if err != nil {
		p.T.Fatalf("%s: %v (at %s)", what, err, p.Address())
	}
	if resp == nil {
		return 0
	}
	return int(resp.Status)
}

// Address returns the tab's address without the host.
func (p *Page) Address() string {
	var at string
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.Location(&at)); err != nil {
		return "?"
	}
	return strings.TrimPrefix(at, p.Base)
}

// Go opens a path and fails unless the status is 200.
func (p *Page) Go(path string) {
	p.T.Helper()
	if status := p.Load("open "+path, chromedp.Navigate(p.Base+path)); status != 200 {
		p.T.Fatalf("open %s: status %d", path, status)
	}
}

// Size sets the window's size in CSS pixels.
func (p *Page) Size(width, height int64) {
	p.T.Helper()
	p.Do("set the window's size", emulation.SetDeviceMetricsOverride(width, height, 1, false))
}

// Dark selects the dark or the light colours.
func (p *Page) Dark(dark bool) {
	p.T.Helper()
	value := "light"
	if dark {
		value = "dark"
	}
	p.Do("set the colours", emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: value}}))
}

// WithoutScripts turns JavaScript off for the pages opened from then on.
func (p *Page) WithoutScripts() {
	p.T.Helper()
	p.Do("switch JavaScript off", emulation.SetScriptExecutionDisabled(true))
}

// AtFirst runs a script in the pages opened from then on, before anything of theirs.
func (p *Page) AtFirst(script string) {
	p.T.Helper()
	p.Do("run a script first", chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// SlowConnection loads what comes next, and keeps nothing, at so many bits a second and with such a delay.
func (p *Page) SlowConnection(bits float64, delay time.Duration) {
	p.T.Helper()
	p.connection(true, float64(delay.Milliseconds()), bits/8)
}

// FastConnection ends SlowConnection.
func (p *Page) FastConnection() {
	p.T.Helper()
	p.connection(false, 0, -1)
}

// connection sets the delay in milliseconds and the bytes a second, and what scripts are told of them.
func (p *Page) connection(empty bool, delay, bytes float64) {
	p.T.Helper()
	p.Do("change the connection", network.SetCacheDisabled(empty),
		network.OverrideNetworkState(false, delay, bytes, bytes),
		chromedp.ActionFunc(func(ctx context.Context) error {
			as := network.Conditions{Latency: delay, DownloadThroughput: bytes, UploadThroughput: bytes}
			_, err := network.EmulateNetworkConditionsByRule([]*network.Conditions{&as}).Do(ctx)
			return err
		}))
}

// Expect declares that answers with this status, such as 422, are part of the story.
func (p *Page) Expect(status int64) { p.ears.expect(status) }

// ExpectTrouble declares that the server is stopped as part of the story.
func (p *Page) ExpectTrouble() { p.ears.expectTrouble() }

// SignIn signs in through the form with the demo's account for a role.
func (p *Page) SignIn(role string) {
	p.T.Helper()
	a, err := p.Program.Account(role)
	if err != nil {
		p.T.Fatal(err)
	}
	p.Go("/")
	const form = `form:has(input[type=password]) `
	p.Do("fill in the sign-in form",
		chromedp.SendKeys(form+`input:not([type=hidden]):not([type=password]):not([type=checkbox])`,
			a.Name, chromedp.ByQuery),
		chromedp.SendKeys(form+`input[type=password]`, a.Password, chromedp.ByQuery))
	if status := p.Load("sign in", clickSelector(form+`button`)); status != 200 {
		p.T.Fatalf("sign in as %s: status %d: %s", role, status, p.Text("body"))
	}
	if p.Count(`input[type=password]`) > 0 {
		p.T.Fatalf("sign in as %s: still at the form: %s", role, p.Text("main"))
	}
}

// session returns the tab's session cookie.
func (p *Page) session() (found *network.Cookie) {
	p.T.Helper()
	p.Do("read the session's cookie", chromedp.ActionFunc(func(ctx context.Context) error {
		all, err := network.GetCookies().WithURLs([]string{p.Base}).Do(ctx)
		for _, c := range all {
			if c.Name == "dabiao" {
				found = c
			}
		}
		return err
	}))
	if found == nil {
		p.T.Fatal("signed in, and there is no cookie of a session")
	}
	return found
}

// useSession signs the tab in with another tab's session.
func (p *Page) useSession(c *network.Cookie) {
	p.T.Helper()
	p.Do("use a session", network.SetCookie(c.Name,
		c.Value).WithURL(p.Base).WithHTTPOnly(c.HTTPOnly).WithSameSite(c.SameSite))
}

// Screen is one of the four ways a page is displayed: at a desktop's or a phone's width, in light or dark
// colours.
type Screen struct {
	Width int64
	Dark  bool
}

func (l Screen) String() string {
	return map[bool]string{false: "light", true: "dark"}[l.Dark] + "-" +
		map[int64]string{Desk: "desk", Phone: "phone"}[l.Width]
}

const Desk, Phone = 1440, 390

// Screens opens a path at a width and calls see with the page in both colours. The page is loaded once,
// in light colours on a desktop and in dark ones on a phone, so that both pages loaded in dark and
// pages turned dark are tested.
func (p *Page) Screens(path string, width int64, see func(Screen)) {
	p.T.Helper()
	first := width == Phone
	p.Size(width, map[int64]int64{Desk: 900, Phone: 844}[width])
	p.Dark(first)
	p.Go(path)
	see(Screen{width, first})
	p.Dark(!first)
	p.Frame()
	see(Screen{width, !first})
}

// Frame waits until pending changes are drawn.
func (p *Page) Frame() {
	p.T.Helper()
	p.Do("wait for a frame", chromedp.Evaluate(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => 0)`, nil,
		func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
}

// Shot saves a screenshot of the whole page in the folder DABIAO_SCREENSHOTS, if that is set.
func (p *Page) Shot(name string) {
	p.T.Helper()
	dir := os.Getenv("DABIAO_SCREENSHOTS")
	if dir == "" {
		return
	}
	var picture []byte
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	err := chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		picture, err = page.CaptureScreenshot().WithCaptureBeyondViewport(true).WithFromSurface(true).Do(ctx)
		return err
	}))
	if err == nil {
		if err = os.MkdirAll(dir, 0o755); err == nil {
			err = os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644)
		}
	}
	if err != nil {
		p.T.Errorf("take a picture: %v", err)
	}
}

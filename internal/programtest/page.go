package programtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Browser is somebody who has signed in on the pages. It runs no scripts.
type Browser struct {
	p      *Program
	client *http.Client
}

// SignIn signs an account of a role in on the pages.
func (p *Program) SignIn(role string) (*Browser, error) {
	a, err := p.Account(role)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	b := &Browser{p, &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	if _, _, err := b.Get("/login"); err != nil {
		return nil, err
	}
	status, body, err := b.Send("/login", url.Values{"name": {a.Name}, "password": {a.Password}})
	if err == nil && (status != http.StatusOK || strings.Contains(body, `name="password"`)) {
		err = fmt.Errorf("sign in as %s: %d", role, status)
	}
	return b, err
}

// Get fetches a page.
func (b *Browser) Get(path string) (status int, body string, err error) {
	return b.do(http.NewRequest(http.MethodGet, b.p.URL+path, nil))
}

// Send sends a form.
func (b *Browser) Send(path string, form url.Values) (status int, body string, err error) {
	req, err := http.NewRequest(http.MethodPost, b.p.URL+path, strings.NewReader(form.Encode()))
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", b.p.URL)
	}
	return b.do(req, err)
}

func (b *Browser) do(req *http.Request, err error) (status int, body string, _ error) {
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Accept-Language", "zh-CN")
	resp, err := b.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw), err
}

var links = regexp.MustCompile(`href="(/[^"#]*)"`)

// Crawl fetches pages and those that they lead to, at most so many, and returns the status of each.
func (b *Browser) Crawl(from string, most int) (map[string]int, error) {
	seen, next := map[string]int{}, []string{from}
	for len(next) > 0 && len(seen) < most {
		path := strings.ReplaceAll(next[0], "&amp;", "&")
		next = next[1:]
		bare, _, _ := strings.Cut(path, "?")
		if _, known := seen[bare]; known || strings.HasPrefix(path, "/assets/") {
			continue
		}
		status, body, err := b.Get(path)
		if err != nil {
			return seen, fmt.Errorf("%s: %w", path, err)
		}
		seen[bare] = status
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			next = append(next, m[1])
		}
	}
	return seen, nil
}

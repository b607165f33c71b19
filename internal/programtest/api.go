package programtest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// client keeps enough connections for tests with many writers.
var client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}

// JSON requests path from the program's API as the given role and decodes the answer into to.
func (p *Program) JSON(role, path string, to any) error {
	return p.send(role, http.MethodGet, path, "", nil, to)
}

// Post sends body to the program's API as the given role and decodes the answer into to, unless that is
// nil. It returns an error for any status other than success.
func (p *Program) Post(role, path string, body, to any) error {
	return p.PostOnce(role, path, rand.Text(), body, to)
}

// Patch is Post for a change of what is there.
func (p *Program) Patch(role, path string, body, to any) error {
	return p.send(role, http.MethodPatch, path, rand.Text(), body, to)
}

// PostOnce is Post with an idempotency key: sending again with the same key has no further effect.
func (p *Program) PostOnce(role, path, key string, body, to any) error {
	return p.send(role, http.MethodPost, path, key, body, to)
}

func (p *Program) send(role, method, path, key string, body, to any) error {
	sent, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return p.sendBody(role, method, path, key, "application/json", bytes.NewReader(sent), to)
}

func (p *Program) sendBody(role, method, path, key, kind string, body io.Reader, to any) error {
	a, err := p.Account(role)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, p.URL+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+a.Token)
	req.Header.Set("Accept-Language", "zh-CN")
	if method != http.MethodGet {
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode/100 != 2:
		return fmt.Errorf("%s %s as %s: %s: %s", method, path, role, resp.Status, answer)
	case to == nil:
		return nil
	}
	return json.Unmarshal(answer, to)
}

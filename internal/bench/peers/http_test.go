//go:build peers

package peers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
)

// line is a program's HTTP API.
type line struct {
	address string
	headers map[string]string
	client  http.Client
}

func newLine(address string) *line {
	return &line{address: address, headers: map[string]string{},
		client: http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}}}
}

// try sends a request and decodes the answer into out unless that is nil.
func (l *line) try(method, path string, body, out any) error {
	var send io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		send = bytes.NewReader(text)
	}
	req, err := http.NewRequest(method, "http://"+l.address+path, send)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	for k, v := range l.headers {
		req.Header.Set(k, v)
	}
	resp, err := l.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode >= 300:
		return fmt.Errorf("%s %s: %d %.400s", method, path, resp.StatusCode, text)
	case out == nil:
		return nil
	}
	return json.Unmarshal(text, out)
}

func (l *line) ask(t *testing.T, method, path string, body, out any) {
	t.Helper()
	if err := l.try(method, path, body, out); err != nil {
		t.Error(err)
		panic(err) // of a client's own goroutine too: what follows would measure refusals
	}
}

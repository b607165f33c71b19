package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/torture"
	"dabiao/internal/web/middleware"
)

// largeFile is a piece of evidence of nearly the size that one may have.
func (o *office) largeFile(t *testing.T) (path string, size int64) {
	t.Helper()
	noise := rand.NewChaCha8(sha256.Sum256(nil))
	size = app.MaxEvidence - 1024
	e, err := o.app.AttachEvidence(ctx, kpi.Operator, o.log(t, "east"), app.NewEvidence{Name: "scan.pdf",
		Content: io.MultiReader(strings.NewReader("%PDF-1.7\n"), io.LimitReader(noise, size-9))})
	must(t, err)
	return fmt.Sprintf("/evidence/%d", e.ID), size
}

// download asks for a file on a connection of its own and returns the answer before its body is read.
func (o *office) download(t *testing.T, base, path string) (net.Conn, *http.Response) {
	t.Helper()
	var dialled net.Conn
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		var d net.Dialer
		var err error
		dialled, err = d.DialContext(ctx, network, address)
		if tcp, ok := dialled.(*net.TCPConn); ok && err == nil {
			err = tcp.SetReadBuffer(64 << 10)
		}
		return dialled, err
	}}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+o.tokens["staff"])
	resp, err := transport.RoundTrip(r)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status)
	}
	return dialled, resp
}

// slowly reads so many bytes evenly within a time, and then what is left at once.
func slowly(from io.Reader, size int64, within time.Duration) (read int64, err error) {
	const steps = 20
	for range steps {
		time.Sleep(within / steps)
		n, err := io.CopyN(io.Discard, from, size/steps)
		if read += n; err != nil {
			return read, err
		}
	}
	n, err := io.Copy(io.Discard, from)
	return read + n, err
}

// Who downloads when the server is told to end gets the whole file, however slowly he reads; who comes anew is refused.
func TestDownloadsAreFinishedBeforeAServerEnds(t *testing.T) {
	o := smallOffice(t)
	path, size := o.largeFile(t)
	base := o.listening(t)
	_, resp := o.download(t, base, path)
	long := time.Duration(torture.Times(t, 2, 40)) * time.Second
	type result struct {
		read int64
		err  error
	}
	got := make(chan result, 1)
	go func() {
		n, err := slowly(resp.Body, size, long)
		got <- result{n, err}
	}()
	o.Stop()
	if said, err := http.Get(base + "/readyz"); err != nil || said.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("before it ends, /readyz says %v, %v", said, err)
	}
	ended := make(chan error, 1)
	begun := time.Now()
	go func() { ended <- o.Close(2 * long) }()
	time.Sleep(200 * time.Millisecond)
	if _, err := net.Dial("tcp", strings.TrimPrefix(base, "http://")); err == nil {
		t.Error("it takes new connections though it ends")
	}
	if r := <-got; r.err != nil || r.read != size {
		t.Errorf("%d of %d bytes arrived: %v", r.read, size, r.err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > long+5*time.Second {
		t.Errorf("it took %s to end a download of %s", took, long)
	}
}

// Nobody keeps a server from ending for longer than it was told.
func TestAServerEndsInTimeThoughSomebodyDoesNotRead(t *testing.T) {
	o := smallOffice(t)
	path, _ := o.largeFile(t)
	base := o.listening(t)
	conn, _ := o.download(t, base, path)
	begun := time.Now()
	err := o.Close(time.Second)
	if took := time.Since(begun); took > 3*time.Second || !errors.Is(err, middleware.ErrCut) {
		t.Errorf("it ended after %s with %v", took, err)
	}
	must(t, conn.Close())
}

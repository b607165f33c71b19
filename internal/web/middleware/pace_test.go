package middleware

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// An answer to a reader who goes on reading is not cut, however long it takes; one to a reader who stands still, or
// takes a little now and then, is.
func TestAnAnswerLastsWhileItsReaderReads(t *testing.T) {
	const megabit = 125_000 // bytes a second
	for _, c := range []struct {
		name        string
		size, bite  int
		every       time.Duration
		stops       int // he stops after so many bytes; 0: never
		whole       bool
		least, most time.Duration
	}{
		{"20 MB at a megabit", 20 << 20, megabit, time.Second, 0, true, 160 * time.Second, 175 * time.Second},
		{"20 MB at 8 KB a second", 20 << 20, 8 << 10, time.Second, 0, true, 40 * time.Minute, 45 * time.Minute},
		{"a bite every 50 s", 10 << 20, 1 << 20, 50 * time.Second, 0, true, 400 * time.Second, 600 * time.Second},
		{"it stands still at once", 1 << 20, 0, time.Second, 1, false, 60 * time.Second, 60 * time.Second},
		{"it stands still in the middle", 20 << 20, megabit, time.Second, 10 << 20, false, 140 * time.Second,
			150 * time.Second},
		{"10 bytes a second", 1 << 20, 10, time.Second, 0, false, 60 * time.Second, 70 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, client := net.Pipe()
				defer client.Close()
				paced := &pacedConn{Conn: server}
				begun := time.Now()
				if err := paced.SetWriteDeadline(begun.Add(writeTimeout)); err != nil {
					t.Fatal(err)
				}
				got := 0
				var reader sync.WaitGroup
				defer reader.Wait()
				reader.Go(func() {
					bite := make([]byte, max(c.bite, 1))
					for c.stops == 0 || got < c.stops && c.bite > 0 {
						n, err := io.ReadFull(client, bite)
						got += n
						if err != nil {
							return
						}
						time.Sleep(c.every)
					}
				})
				_, err := io.Copy(paced, bytes.NewReader(make([]byte, c.size)))
				took := time.Since(begun)
				server.Close()
				if c.whole != (err == nil) || err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("it ended with %v after %s", err, took)
				}
				if took < c.least || took > c.most {
					t.Errorf("it took %s, want %s to %s", took, c.least, c.most)
				}
			})
		})
	}
}

// A shorter deadline than that of answers holds, and each answer begins anew.
func TestEachDeadlineCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := net.Pipe()
		defer client.Close()
		paced := &pacedConn{Conn: server}
		for _, within := range []time.Duration{5 * time.Second, time.Minute, 0} {
			begun := time.Now()
			if err := paced.SetDeadline(begun.Add(within)); err != nil {
				t.Fatal(err)
			}
			_, err := paced.Write(make([]byte, 100))
			if took := time.Since(begun); took.Round(time.Microsecond) != within || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%v after %s, want %s", err, took, within)
			}
		}
		if err := paced.SetDeadline(time.Time{}); err != nil {
			t.Fatal(err)
		}
		go func() {
			time.Sleep(time.Hour)
			io.CopyN(io.Discard, client, 100) //nolint:errcheck // the writer tells
		}()
		if _, err := paced.Write(make([]byte, 100)); err != nil {
			t.Errorf("without a deadline: %v", err)
		}
	})
}

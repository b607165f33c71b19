package depot

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// S3 says how storage that speaks S3 is reached.
type S3 struct {
	Endpoint string        // https://HOST[:PORT]
	Region   string        // "": us-east-1, which storage without regions takes
	Access   string        // the key's name
	Secret   Secret        // the key
	Style    string        // where the bucket's name stands: StyleAuto, StylePath or StyleHost
	Silence  time.Duration // after so long without a sign the storage counts as silent; 0: as usual
}

// Where the name of the bucket stands in addresses.
const (
	StyleAuto = "auto"
	StylePath = "path"
	StyleHost = "host"
)

const (
	usualSilence = time.Minute
	usualRegion  = "us-east-1"
	longestDial  = 10 * time.Second
)

// Secret is a text that nobody prints.
type Secret string

// String returns dots.
func (Secret) String() string { return "…" }

// GoString returns dots.
func (Secret) GoString() string { return "…" }

// host reads the endpoint.
func (s S3) host() (host string, secure bool, err error) {
	u, err := url.Parse(s.Endpoint)
	if err != nil || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" ||
		u.Scheme != "https" && u.Scheme != "http" {
		return "", false, fmt.Errorf("the S3 endpoint must be an address such as https://s3.example.com")
	}
	return u.Host, u.Scheme == "https", nil
}

func (s S3) lookup() minio.BucketLookupType {
	switch s.Style {
	case StylePath:
		return minio.BucketLookupPath
	case StyleHost:
		return minio.BucketLookupDNS
	}
	return minio.BucketLookupAuto
}

// newTransport returns a transport whose connections end when the other side is silent for too long, however much was
// sent or read before.
func newTransport(silence time.Duration) *http.Transport {
	d := net.Dialer{Timeout: min(longestDial, silence)}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := d.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return awake{c, silence}, nil
		},
		TLSHandshakeTimeout: min(longestDial, silence),
		MaxIdleConnsPerHost: 2,
		IdleConnTimeout:     30 * time.Second,
	}
}

// awake is a connection with a deadline that each reading and writing puts off.
type awake struct {
	net.Conn
	silence time.Duration
}

func (a awake) putOff() error { return a.SetDeadline(time.Now().Add(a.silence)) }

// Read reads what comes in time.
func (a awake) Read(b []byte) (int, error) {
	if err := a.putOff(); err != nil {
		return 0, err
	}
	return a.Conn.Read(b)
}

// Write writes what is taken in time. Who writes is not held to answer meanwhile.
func (a awake) Write(b []byte) (int, error) {
	if err := a.putOff(); err != nil {
		return 0, err
	}
	return a.Conn.Write(b)
}

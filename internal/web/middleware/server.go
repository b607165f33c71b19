package middleware

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"dabiao/internal/app"
	"dabiao/internal/lang"
	"dabiao/internal/spent"
	"dabiao/internal/sso"
	"dabiao/internal/web/page"
	"dabiao/views"
)

// Config configures a server.
type Config struct {
	App        *app.App
	Base       Base // where below the host the office is reached; "" for one alone
	Log        *slog.Logger
	Dev        bool              // read templates from ./views at every request
	TLS        bool              // the connection is encrypted: cookies are Secure, HSTS is sent
	Exposed    bool              // plain HTTP beyond this machine: every page says so
	Hosts      []string          // names with a dot under which the server may be addressed
	Proxies    []string          // addresses or networks whose X-Forwarded-For is believed
	Metrics    Metrics           // who may read /metrics; "": nobody
	Reach      func() page.Reach // where it is reached from other machines; nil: not known
	SetupToken string            // opens /setup on an empty database; "" : no set-up
	Version    string
	SSO        *sso.Provider // the identity provider; nil: there is none
	SlowAfter  time.Duration // how long a request may take before the log says what it waited for; 0: it never does

	// Beside answers for other offices on this listener, and passes the rest on; nil: there are none.
	Beside func(own fasthttp.RequestHandler) fasthttp.RequestHandler
	// BesideSay is what /readyz says of them; nil: nothing.
	BesideSay func() string
}

// Server is the HTTP server. Make one with New.
type Server struct {
	Config
	Http    *fiber.App
	pages   map[lang.Tag]*views.Set
	metrics *metrics      // nil: there are none
	answers *answerCache  // shared answers
	changes *changeSignal // tells open pages of changes
	Writing writings      // logs being written to files

	stopping atomic.Bool
	inside   atomic.Int64 // requests that Handler answers now
	slow     spent.Lines
}

// Limits of a connection and a request.
const (
	ReadTimeout    = 15 * time.Second
	writeTimeout   = 60 * time.Second // how long an answer waits for its reader (see Paced)
	idleTimeout    = 60 * time.Second
	uploadTimeout  = 5 * time.Minute // for a body with a file; 20 MB at half a megabit per second
	HandlerTimeout = 30 * time.Second
	maxHeader      = 8 << 10                   // bytes; each connection that is heard has as many
	MaxForm        = 256 << 10                 // bytes of a form or JSON body
	MaxTable       = 2 << 20                   // bytes of one that holds a table of indicators
	maxUpload      = app.MaxUpload + (1 << 20) // bytes of a form with files, streamed to the disk
	MaxConnsPerIP  = 64
	maxConns       = 12_000 // in all; open boards do not count
	calmConns      = 1000   // above, a connection ends with its answer
)

// New returns a server without routes.
func New(c Config) (*Server, error) {
	s := &Server{Config: c, pages: map[lang.Tag]*views.Set{}, answers: newAnswerCache(answerCacheSize)}
	s.changes = newChangeSignal(func(ctx context.Context) (int64, error) {
		at, err := c.App.Stamp(ctx)
		return at.Figures, err
	}, s.Event)
	for _, tag := range lang.Tags {
		set, err := parseViews(c.Dev, tag)
		if err != nil {
			return nil, err
		}
		s.pages[tag] = set
	}
	s.Http = fiber.New(fiber.Config{
		Immutable:                    true, // strings outlive the request
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		CaseSensitive:                true, // one address for each page
		BodyLimit:                    maxUpload,
		Concurrency:                  maxConns,
		ReduceMemoryUsage:            true, // who waits holds no buffers
		ReadBufferSize:               maxHeader,
		ReadTimeout:                  ReadTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		DisableStartupMessage:        true,
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               c.Proxies,
		ErrorHandler:                 s.answerError,
		ServerHeader:                 "",
		AppName:                      "dabiao",
		GETOnly:                      false,
	})
	if len(c.Proxies) == 0 {
		s.Http.Server().MaxConnsPerIP = MaxConnsPerIP
	}
	s.Http.Server().NoDefaultServerHeader = true
	s.Http.Server().CloseOnShutdown = true
	s.Http.Server().KeepHijackedConns = true // by changeSignal
	s.Http.Server().Handler = knownMethods(s.Http.Server().Handler)
	if c.Beside != nil {
		s.Http.Server().Handler = c.Beside(s.Http.Server().Handler)
	}
	s.Http.Server().Logger = quietLogger{c.Log}
	if c.Metrics == MetricsLocal || c.Metrics == MetricsOn {
		s.metrics = newMetrics(c.App, &s.slow)
	}
	return s, nil
}

// knownMethods turns methods that fiber does not know into TRACE, which is routed nowhere. Fiber would
// answer them by itself, bypassing the guard and the error page.
func knownMethods(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if !slices.Contains(fiber.DefaultMethods, string(ctx.Method())) {
			ctx.Request.Header.SetMethod(fiber.MethodTrace)
		}
		next(ctx)
	}
}

// HTTP returns the underlying fiber application, for listening and for tests.
func (s *Server) HTTP() *fiber.App { return s.Http }

// Serve answers what comes in at a listener, whose connections are Paced, until Close.
func (s *Server) Serve(l net.Listener) error { return s.Http.Listener(l) }

// Crowded reports whether more connections are open than people at work need.
func (s *Server) Crowded() bool { return s.Http.Server().GetOpenConnectionsCount() > calmConns }

// Stop has /readyz say from now on that this server ends. It answers as before.
func (s *Server) Stop() { s.stopping.Store(true) }

// Stopping reports whether this server ends.
func (s *Server) Stopping() bool { return s.stopping.Load() }

// Close refuses new connections, ends event streams and connections on which nothing is asked, and waits for running
// requests, downloads among them, for at most the given time: ErrCut says that some were not finished.
func (s *Server) Close(within time.Duration) error {
	s.Stop()
	s.changes.close()
	err := s.Http.ShutdownWithTimeout(within)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %d", ErrCut, s.Http.Server().GetOpenConnectionsCount())
	}
	return err
}

// ErrCut says that a server ended before all that it was doing was finished.
var ErrCut = errors.New("connections were cut off")

// quietLogger sends fasthttp's own complaints about broken connections to the debug log.
type quietLogger struct{ log *slog.Logger }

func (q quietLogger) Printf(format string, args ...any) {
	q.log.LogAttrs(context.Background(), slog.LevelDebug, fmt.Sprintf(format, args...))
}

var _ fasthttp.Logger = quietLogger{}

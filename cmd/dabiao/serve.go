package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"dabiao/internal/app"
	"dabiao/internal/notice"
	"dabiao/internal/spent"
	"dabiao/internal/sso"
	"dabiao/internal/store"
	"dabiao/internal/web"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// server is the configuration of the server.
type server struct {
	records
	addr, host, trustProxy, tlsCert, tlsKey string
	metrics                                 string
	insecure, open, dev                     bool

	copies string // places of backups, as written
	places places

	replica string // folder of the copy that follows the database; "": none

	stopAfter, stopWithin time.Duration // see the flags

	sso      sso.Config
	ssoRoles string

	near notice.Near // the other offices of this program
}

// shutdownGone is how long running requests may take to finish if the data folder is gone.
const shutdownGone = 2 * time.Second

func (s *server) flags(f flags) {
	s.records.flags(f)
	f.StringVar(&s.copies, "backups", "", backupsUsage)
	s.places.flags(f, &s.storage)
	f.StringVar(&s.replica, "replica", "", replicaUsage)
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 picks a free one")
	f.StringVar(&s.host, "host", "",
		"names under which people reach the server, comma-separated; plain names and addresses always work")
	f.StringVar(&s.trustProxy, "trust-proxy", "",
		"addresses or networks of proxies whose X-Forwarded-For is believed, comma-separated")
	f.StringVar(&s.tlsCert, "tls-cert", "", "certificate file (PEM); with --tls-key the server speaks HTTPS")
	f.StringVar(&s.tlsKey, "tls-key", "", "key file of the certificate (PEM)")
	f.BoolVar(&s.insecure, "insecure-http", false, "serve other machines without encryption; every page warns")
	f.StringVar(&s.metrics, "metrics", "",
		"who may read /metrics: off, local (programs on this machine) or on (whoever reaches the server); local while only this machine can reach it, else off")
	f.StringVar(&s.sso.Issuer, "oidc-issuer", "",
		"address of an identity provider (OpenID Connect) that people may sign in by")
	f.StringVar(&s.sso.Client, "oidc-client", "", "this server's client ID at the identity provider")
	f.StringVar(&s.sso.Secret, "oidc-secret", "", "its secret; better in the environment than on the command line")
	f.StringVar(&s.sso.URL, "oidc-url", "", "address at which people open this server, such as https://dabiao.example")
	f.StringVar(&s.sso.Label, "oidc-label", "", "what the button on the sign-in page says")
	f.StringVar(&s.sso.Scopes, "oidc-scopes", "profile", "what is asked of the identity provider beside openid")
	f.StringVar(&s.sso.NameClaim, "oidc-name-claim", "preferred_username",
		"claim that holds the sign-in name; one that people cannot change")
	f.StringVar(&s.sso.RoleClaim, "oidc-role-claim", "",
		"claim that holds groups, which must give the account's role")
	f.StringVar(&s.ssoRoles, "oidc-roles", "", "role of each group: GROUP=ROLE, comma-separated")
	f.StringVar(&s.sso.UnitClaim, "oidc-unit-claim", "",
		"claim that holds the code of the unit of a new account")
	f.BoolVar(&s.sso.Create, "oidc-create", false,
		"make accounts for people who have none; without, only accounts that are here get in")
	f.DurationVar(&s.stopWithin, "stop-within", time.Minute,
		"how long running requests, uploads and downloads may take to finish when the server is told to end")
	f.DurationVar(&s.stopAfter, "stop-after", 0,
		"how long it says so at /readyz before it takes no more connections; for load balancers")
	f.DurationVar(&s.slowAfter, "slow-after", time.Second,
		"how long a request or a statement of the database may take before the log says so; 0: it never does")
	f.BoolVar(&s.open, "open", false, "open the browser when ready")
	f.BoolVar(&s.dev, "dev", false, "read templates from ./views at every request")
}

func runServe(ctx context.Context, io streams, args []string) error {
	var s server
	f := newFlags(io, "serve")
	s.flags(f)
	if err := f.parseAlone(args); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(io.err, nil))
	if err := s.records.backUpInto(s.copies, s.places); err != nil {
		return err
	}
	if err := s.mayFollow(); err != nil {
		return err
	}
	for {
		again, err := s.serveRecords(ctx, log, func(ctx context.Context, a *app.App) error {
			return s.serve(ctx, a, log, func(url, setup string) {
				fmt.Fprintln(io.out, "dabiao:", url)
				if setup != "" {
					fmt.Fprintln(io.out, "set-up:", setup)
				}
			})
		})
		if err != nil || !again {
			return err
		}
		log.Info("the data folder takes writes again")
	}
}

// awaitEvery is how often a data folder that takes no writes is looked at.
const awaitEvery = 2 * time.Second

// serveRecords opens the records and serves them. again says that they were only read, because their folder took no
// writes, and can be opened in full now.
func (s *server) serveRecords(ctx context.Context, log *slog.Logger,
	serve func(context.Context, *app.App) error,
) (again bool, err error) {
	unlock, err := s.lock()
	if err != nil {
		return false, err
	}
	defer unlock()
	if err := s.mustNotBeOrphaned(); err != nil {
		return false, err
	}
	s.slow = logSlowQueries(log)
	s.upgrade, s.before = true, s.records.backUpBefore(ctx, log)
	a, db, err := s.records.open(ctx)
	if err != nil {
		return false, err
	}
	defer db.Close()
	if err := db.CheckKey(); err != nil {
		return false, err
	}
	if err := store.Private(s.data); err != nil { // somebody else's files do not keep the office from working
		log.Warn("others may read the data folder", "error", err.Error())
	}
	serving, end := context.WithCancel(ctx)
	defer end()
	if db.Lies() {
		go func() {
			store.AwaitWrites(serving, s.data, awaitEvery)
			end()
		}()
	} else {
		defer s.follow(a, log)() // until nobody writes any more
	}
	err = serve(serving, a)
	return db.Lies() && ctx.Err() == nil, err
}

// lock keeps a second server off the same folder, where both would consider themselves the only writer
// of evidence. Where no lock can be made and none is, nobody can write either.
func (s server) lock() (unlock func(), err error) {
	if err := os.MkdirAll(s.data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	name := filepath.Join(s.data, "lock")
	lock := flock.New(name)
	held, err := lock.TryLock()
	switch {
	case err != nil && missing(name) && !store.TakesWrites(s.data):
		return func() {}, nil
	case err != nil:
		return nil, fmt.Errorf("lock the data folder: %w", err)
	case !held:
		return nil, fmt.Errorf("another dabiao is serving %s: stop it or name another folder with --data", s.data)
	}
	return func() { lock.Unlock() }, nil //nolint:errcheck // the lock ends with the process anyway
}

func missing(name string) bool {
	_, err := os.Stat(name)
	return errors.Is(err, os.ErrNotExist)
}

// serve listens until ctx ends, then lets running requests finish. ready is called with the address,
// and with the setup link while nobody can sign in.
func (s *server) serve(ctx context.Context, a *app.App, log *slog.Logger, ready func(url, setup string)) error {
	if err := s.checkExposure(); err != nil {
		return err
	}
	token, err := setUpToken(ctx, a)
	if err != nil {
		return err
	}
	listener, err := s.listen(ctx)
	if err != nil {
		return err
	}
	s.addr = listener.Addr().String() // the same when it is opened again
	s.sso.Roles, s.sso.Now = sso.ReadRoles(s.ssoRoles), time.Now
	provider, err := sso.New(s.sso)
	if err != nil {
		return errors.Join(fmt.Errorf("%w: %w", errUse, err), listener.Close())
	}
	config := s.config(a, log, token)
	config.SSO, config.Reach = provider, func() page.Reach { return s.reach(listener.Addr()) }
	others := newOffices(s, log)
	config.Beside, config.BesideSay = others.handler, others.say
	s.near = others.near(a)
	w, err := web.New(config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	url := s.url(listener.Addr())
	setup := ""
	if token != "" {
		setup = url + "/setup?token=" + token
	}
	defer beside(ctx, others.serve, func(ctx context.Context) { saveMoreMemory(ctx, w) },
		func(ctx context.Context) { watchdog(ctx, log) })()
	defer lookAfter(ctx, a, s.near, log)()
	stopped := make(chan error, 1)
	saveMemory()
	go func() { stopped <- w.Serve(listener) }()
	ready(url, setup)
	tellManager(log, "READY=1")
	if s.open {
		openBrowser(url, setup)
	}
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
		if a.RecordsGone() { // nothing that is still running can be kept
			w.Close(shutdownGone) //nolint:errcheck // what is told is why
			return fmt.Errorf("the database is no longer in %s: nothing was saved since; look for the folder or restore a backup",
				s.data)
		}
		return errors.Join(s.end(w, log), <-stopped)
	}
}

// config is what every office's server is made from.
func (s *server) config(a *app.App, log *slog.Logger, setUp string) web.Config {
	return web.Config{App: a, Log: log, Dev: s.dev, TLS: s.tlsCert != "", Exposed: s.insecure, Hosts: split(s.host),
		Proxies: split(s.trustProxy), Metrics: s.whoReadsMetrics(), SetupToken: setUp, Version: version,
		SlowAfter: s.slowAfter}
}

// setUpToken returns what opens the set-up of an office that nobody has set up; "" for others.
func setUpToken(ctx context.Context, a *app.App) (string, error) {
	isNew, err := a.IsNew(ctx)
	if err != nil || !isNew {
		return "", err
	}
	return newToken(), nil
}

// lookAfter does what an office's records need while they are served; near are the other offices here. end
// stops it, before the database is closed.
func lookAfter(ctx context.Context, a *app.App, near notice.Near, log *slog.Logger) (end func()) {
	logged := func(job func(context.Context, *slog.Logger)) func(context.Context) {
		return func(ctx context.Context) { job(ctx, log) }
	}
	return beside(ctx, logged(a.RunSelfChecks), logged(a.WatchState), logged(a.WatchEvidence),
		logged(a.RunTidying), logged(a.RunBackups), func(ctx context.Context) { notice.Run(ctx, a, near, log) })
}

// beside runs jobs until their context ends. end ends them and waits.
func beside(ctx context.Context, jobs ...func(context.Context)) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	for _, job := range jobs {
		all.Go(func() { job(ctx) })
	}
	return func() {
		stop()
		all.Wait()
	}
}

// logSlowQueries writes statements that took long: their text, which holds no values.
func logSlowQueries(log *slog.Logger) func(store.SlowQuery) {
	lines := new(spent.Lines)
	return func(q store.SlowQuery) {
		write, untold := lines.Another(time.Now())
		if !write {
			return
		}
		said := []any{"statement", q.Text, "ms", q.Took.Milliseconds(), "rows", q.Rows}
		if untold > 0 {
			said = append(said, "not_logged", untold)
		}
		log.Warn("slow statement", said...)
	}
}

// end stops a server that may finish what it is doing.
func (s server) end(w *web.Server, log *slog.Logger) error {
	w.Stop()
	tellManager(log, "STOPPING=1")
	log.Info("stopping", "after", s.stopAfter.String(), "within", s.stopWithin.String())
	time.Sleep(s.stopAfter)
	err := w.Close(s.stopWithin)
	if errors.Is(err, middleware.ErrCut) {
		log.Warn("stopped before all was finished", "error", err.Error())
		return nil
	}
	return err
}

// checkExposure refuses plain HTTP beyond this machine unless asked for.
func (s server) checkExposure() error {
	host, _, err := net.SplitHostPort(s.addr)
	if err != nil {
		return fmt.Errorf("%w: --addr %q: write HOST:PORT", errUse, s.addr)
	}
	if (s.tlsCert == "") != (s.tlsKey == "") {
		return fmt.Errorf("%w: --tls-cert and --tls-key go together", errUse)
	}
	switch middleware.Metrics(s.metrics) {
	case "", middleware.MetricsOff, middleware.MetricsLocal, middleware.MetricsOn:
	default:
		return fmt.Errorf("%w: --metrics %q: write off, local or on", errUse, s.metrics)
	}
	if s.stopAfter < 0 || s.stopWithin < 0 {
		return fmt.Errorf("%w: --stop-after and --stop-within are no less than 0", errUse)
	}
	if !isLocal(host) && s.tlsCert == "" && !s.insecure {
		return fmt.Errorf("%w: %s is reached from other machines: give --tls-cert and --tls-key, or accept plain HTTP with --insecure-http", errUse, s.addr)
	}
	return nil
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// whoReadsMetrics returns the configured choice; by default only this machine may, and only while
// nobody else reaches the server, nor a proxy on this machine for them.
func (s server) whoReadsMetrics() middleware.Metrics {
	host, _, err := net.SplitHostPort(s.addr)
	switch {
	case s.metrics != "":
		return middleware.Metrics(s.metrics)
	case err == nil && isLocal(host) && s.host == "" && s.trustProxy == "":
		return middleware.MetricsLocal
	}
	return middleware.MetricsOff
}

func (s server) listen(ctx context.Context) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", s.addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; another program may use the port: choose one with --addr", s.addr, err)
	}
	listener = middleware.Paced(listener)
	if s.tlsCert == "" {
		return listener, nil
	}
	pair, err := tls.LoadX509KeyPair(s.tlsCert, s.tlsKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the certificate: %w", err), listener.Close())
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}), nil
}

// url is where a person at this machine opens the server.
func (s server) url(addr net.Addr) string {
	scheme := "http"
	if s.tlsCert != "" {
		scheme = "https"
	}
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() { // no browser opens 0.0.0.0
		return scheme + "://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return scheme + "://" + addr.String()
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func newToken() string {
	raw := make([]byte, 24)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// openBrowser opens the start page; if that fails, the printed address is enough.
func openBrowser(url, setup string) {
	if setup != "" {
		url = setup
	}
	switch runtime.GOOS {
	case "windows":
		exec.Command("rundll32", "url.dll,FileProtocolHandler", url).Start() //nolint:errcheck,gosec // our own address
	case "darwin":
		exec.Command("open", url).Start() //nolint:errcheck,gosec // our own address
	default:
		exec.Command("xdg-open", url).Start() //nolint:errcheck,gosec // our own address
	}
}

// How much the heap may grow, in percent of what is in use, before garbage is collected: an office PC misses ten
// megabytes more than one percent of its processor, and a crowd of open connections is held in less.
const (
	usualGrowth   = 75
	crowdedGrowth = 25
)

// saveMoreMemory has garbage collected more often while the server is crowded. GOGC takes precedence.
func saveMoreMemory(ctx context.Context, w *web.Server) {
	if os.Getenv("GOGC") != "" {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for was := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		switch now := w.Crowded(); {
		case now == was:
			continue
		case now:
			debug.SetGCPercent(crowdedGrowth)
		default:
			debug.SetGCPercent(usualGrowth)
			debug.FreeOSMemory() // of the crowd that is gone
		}
		was = !was
	}
}

// saveMemory returns memory used during start-up to the system and makes the garbage collector run a
// little more often than by default. GOGC takes precedence.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(usualGrowth)
	}
	debug.FreeOSMemory()
}

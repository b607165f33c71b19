package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/notice"
	"dabiao/internal/office"
	"dabiao/internal/store"
	"dabiao/internal/web"
	"dabiao/internal/web/middleware"
)

// offices serves the offices below the program's data folder on the program's listener. Each has its folder, lock,
// database, evidence, audit log, backups and self-checks; what keeps one from being served keeps no other.
type offices struct {
	of  *server // whose flags hold for all
	log *slog.Logger

	at      atomic.Pointer[addresses]
	running map[string]*running
	wait    sync.WaitGroup
	opening chan struct{}   // held while an office's records are opened, and upgraded
	told    string          // the last line about how many are open
	said    map[string]bool // what was said of the list
}

// addresses says who answers under which host and path.
type addresses struct {
	hosts, paths map[string]*running
	all          []*running
}

// running is an office that is served, or could not be so far.
type running struct {
	office.Office
	end  context.CancelFunc
	over chan struct{} // closed when its records are
	open atomic.Pointer[ways]

	failed atomic.Bool // it could not be opened when it was tried last
	app    atomic.Pointer[app.App]
}

// ways are the servers of an office: one for each way in which it is reached, since addresses differ.
type ways struct{ host, path *way }

// listEvery is how often the list of offices is read: an office that is added or closed while the program runs.
const listEvery = 2 * time.Second

// againAfter is how long after it failed an office is opened again.
const againAfter = 3 * time.Second

// openAtOnce is how many offices are opened, and upgraded, at the same time.
const openAtOnce = 8

func newOffices(of *server, log *slog.Logger) *offices {
	return &offices{of: of, log: log, running: map[string]*running{}, said: map[string]bool{},
		opening: make(chan struct{}, openAtOnce)}
}

// serve serves them until ctx ends.
func (o *offices) serve(ctx context.Context) {
	for {
		o.look(ctx)
		select {
		case <-ctx.Done():
			o.wait.Wait()
			return
		case <-time.After(listEvery):
		}
	}
}

// look reads the list, opens who is new and ends who is gone, closed or reached elsewhere now.
func (o *offices) look(ctx context.Context) {
	list, bad := office.List(o.of.data)
	for _, err := range bad {
		o.sayOnce(err)
	}
	now := map[string]bool{}
	for _, b := range bad { // a file that cannot be read removes nobody: its office goes on as it was
		for name := range o.running {
			now[name] = now[name] || b.Name == name || b.Name == ""
		}
	}
	for _, each := range list {
		was := o.running[each.Name]
		if was != nil && (each.Closed || !sameOffice(was.Office, each)) {
			was.stop()
			delete(o.running, each.Name)
			was = nil
		}
		if each.Closed {
			continue
		}
		now[each.Name] = true
		if was == nil {
			o.start(ctx, each)
		}
	}
	for name, r := range o.running {
		if !now[name] {
			r.stop()
			delete(o.running, name)
		}
	}
	at := addresses{hosts: map[string]*running{}, paths: map[string]*running{}}
	for _, r := range o.running {
		at.all = append(at.all, r)
		if r.Path != "" {
			at.paths[r.Path] = r
		}
		for _, host := range r.Hosts {
			at.hosts[host] = r
		}
	}
	o.at.Store(&at)
	for _, r := range o.running {
		if open := r.open.Load(); open != nil {
			open.host.rest(restsAfter)
			open.path.rest(restsAfter)
		}
	}
	o.progress()
}

// progress says in the log how many offices are open, whenever that changed, while there are any that are not.
func (o *offices) progress() {
	if said := strings.TrimSpace(o.say()); said != o.told && said != "" {
		o.told = said
		o.log.Info(said)
	}
}

// say says how many offices are open, for /readyz: that some are not is no reason to send nobody here.
func (o *offices) say() string {
	at := o.at.Load()
	if at == nil || len(at.all) == 0 {
		return ""
	}
	open, failed := 0, 0
	for _, r := range at.all {
		switch {
		case r.open.Load() != nil:
			open++
		case r.failed.Load():
			failed++
		}
	}
	said := fmt.Sprintf("offices: %d of %d are open", open, len(at.all))
	if failed > 0 {
		said += fmt.Sprintf(", %d cannot be opened", failed)
	}
	return said + "\n"
}

func sameOffice(a, b office.Office) bool {
	return a.Path == b.Path && a.Database == b.Database && slices.Equal(a.Hosts, b.Hosts)
}

func (o *offices) sayOnce(err error) {
	if !o.said[err.Error()] {
		o.said[err.Error()] = true
		o.log.Error("not served", "error", err.Error())
	}
}

func (r *running) stop() {
	r.end()
	<-r.over
}

// start serves an office until its end, and tries again where it cannot.
func (o *offices) start(ctx context.Context, of office.Office) {
	ctx, end := context.WithCancel(ctx)
	r := &running{Office: of, end: end, over: make(chan struct{})}
	o.running[of.Name] = r
	log := o.log.With("office", of.Name)
	s, err := o.of.forOffice(of)
	o.wait.Go(func() {
		defer close(r.over)
		defer end()
		for last := ""; ctx.Err() == nil; {
			if err == nil {
				err = o.serveOne(ctx, s, log, r)
			}
			if err != nil && err.Error() != last {
				last = err.Error()
				log.Error("not served", "error", last)
			}
			if err != nil {
				r.failed.Store(true)
				select {
				case <-ctx.Done():
				case <-time.After(againAfter):
				}
			}
			err = nil
		}
	})
}

// serveOne opens an office's records, few at a time, and serves them until ctx ends. A thousand that all begin at once
// would each be ready when the last one is.
func (o *offices) serveOne(ctx context.Context, s *server, log *slog.Logger, r *running) error {
	select {
	case o.opening <- struct{}{}:
	case <-ctx.Done():
		return nil
	}
	opened := sync.OnceFunc(func() { <-o.opening })
	defer opened()
	_, err := s.serveRecords(ctx, log, func(ctx context.Context, a *app.App) error {
		return s.serveBelow(ctx, a, log, r, opened)
	})
	return err
}

// forOffice returns the flags as they hold for an office: its own records, and a place of its own below each place of
// backups. Signing in by an identity provider is the program's own office's.
func (s *server) forOffice(of office.Office) (*server, error) {
	out := *s
	if of.Database != "" && of.Database == s.database {
		return nil, fmt.Errorf("office %s: its database is the program's own: each office has one of its own", of.Name)
	}
	out.records = records{data: office.Dir(s.data, of.Name), database: of.Database, zone: s.zone, slowAfter: s.slowAfter,
		evidenceAt: s.evidenceOf(of), storage: s.storage}
	out.host = strings.Join(append(slices.Clone(of.Hosts), split(s.host)...), ",")
	copies := s.copies
	if copies != "" && copies != noBackups {
		var each []string
		for address := range strings.SplitSeq(copies, ",") {
			place := placeBelow(strings.TrimSpace(address), of.Name)
			if !depot.IsBucket(place) {
				os.Mkdir(place, 0o700) //nolint:errcheck // where the folder above is not there, the copy is told to be late
			}
			each = append(each, place)
		}
		copies = strings.Join(each, ",")
	}
	out.replica = s.replicaOf(of)
	return &out, out.backUpInto(copies, s.places)
}

// evidenceOf returns where an office's evidence lies: below the program's bucket, or in its own database if it has one.
func (s *server) evidenceOf(of office.Office) string {
	switch {
	case depot.IsBucket(s.evidenceAt):
		return placeBelow(s.evidenceAt, of.Name)
	case s.evidenceAt == store.InDatabase && of.Database == "":
		return blob.InFolder
	}
	return s.evidenceAt
}

// replicaOf returns the folder of an office's replica, below the program's; PostgreSQL has standbys of its own.
func (s *server) replicaOf(of office.Office) string {
	if s.replica == "" || of.Database != "" {
		return ""
	}
	all := filepath.Join(s.replica, "offices")
	place := filepath.Join(all, of.Name)
	go func() { // a share may not answer; where the folder is not there, the replica says so and tries again
		os.Mkdir(all, 0o700)   //nolint:errcheck // see above
		os.Mkdir(place, 0o700) //nolint:errcheck // see above
	}()
	return place
}

func placeBelow(address, name string) string {
	if depot.IsBucket(address) {
		return strings.TrimRight(address, "/") + "/" + name
	}
	return filepath.Join(address, name)
}

// serveBelow answers for an office until ctx ends.
func (s *server) serveBelow(ctx context.Context, a *app.App, log *slog.Logger, r *running, opened func()) error {
	token, err := setUpToken(ctx, a)
	if err != nil {
		return err
	}
	reached := func(base string) *way {
		config := s.config(a, log, token)
		config.Base = middleware.Base(base)
		return &way{log: log, make: func() (*web.Server, error) { return web.New(config) }}
	}
	open := &ways{reached(""), reached(r.Path)}
	if token != "" {
		log.Info("set-up", "path", r.Path+"/setup?token="+token)
	}
	defer lookAfter(ctx, a, s.near, log)()
	r.app.Store(a)
	defer r.app.Store(nil)
	r.open.Store(open)
	r.failed.Store(false)
	opened()
	<-ctx.Done()
	r.open.Store(nil)
	if a.RecordsGone() {
		return fmt.Errorf("the database is no longer in %s: nothing was saved since", s.data)
	}
	return errors.Join(open.host.end(s.stopWithin), open.path.end(s.stopWithin))
}

// near returns the office that answers at an address, of those beside own: nil where that leads to another server.
// Under a name that is this server's, or its own address on this machine, that is the one of its path, else own.
func (o *offices) near(own *app.App) notice.Near {
	return func(address string) *app.App {
		to, err := url.Parse(address)
		at := o.at.Load()
		if err != nil || at == nil {
			return nil
		}
		if r := at.hosts[strings.ToLower(to.Hostname())]; r != nil {
			return r.app.Load()
		}
		ip := net.ParseIP(to.Hostname())
		_, port, _ := net.SplitHostPort(o.of.addr) //nolint:errcheck // "" is no port of an address
		if here := ip != nil && ip.IsLoopback() && to.Port() == port; !here &&
			!slices.Contains(split(o.of.host), strings.ToLower(to.Hostname())) {
			return nil
		}
		if r := at.paths[strings.TrimRight(to.Path, "/")]; r != nil {
			return r.app.Load()
		}
		if strings.Trim(to.Path, "/") != "" {
			return nil
		}
		return own
	}
}

// handler answers for the offices, and by main for the program's own.
func (o *offices) handler(main fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		host, path := string(ctx.Host()), string(ctx.URI().PathOriginal())
		way, there := o.wayTo(host, path)
		for until := time.Now().Add(opensWithin); there && way == nil && time.Now().Before(until); {
			time.Sleep(opensWithin / 50) // its records may just be opened elsewhere
			way, there = o.wayTo(host, path)
		}
		switch {
		case !there:
			main(ctx)
		case way == nil:
			closed(ctx)
		default:
			way.serve(ctx)
		}
	}
}

// opensWithin is how long a request waits for records that are not open.
const opensWithin = 3 * time.Second

// wayTo returns what answers at an address: nil if the office's records are not open. there is false if it is none of
// an office.
func (o *offices) wayTo(host, path string) (answers *way, there bool) {
	at := o.at.Load()
	if at == nil || len(at.hosts)+len(at.paths) == 0 {
		return nil, false
	}
	r, byHost := at.find(host, path)
	if r == nil {
		return nil, false
	}
	switch open := r.open.Load(); {
	case open == nil || r.failed.Load():
		return nil, true
	case byHost:
		return open.host, true
	default:
		return open.path, true
	}
}

// closed answers for an office whose records are not open.
func closed(ctx *fasthttp.RequestCtx) {
	ctx.Response.Header.Set(fasthttp.HeaderRetryAfter, "5")
	ctx.SetStatusCode(fasthttp.StatusServiceUnavailable)
	ctx.SetContentType("text/plain; charset=utf-8")
	ctx.SetBodyString("本单位的数据暂时打不开，没有保存任何内容，请稍后再试。\nThis office's records cannot be opened right now and nothing was saved; " +
		"please try again in a moment.\n")
}

// find returns the office that is reached at an address, and whether by its host, which is somebody's own and goes
// before paths; nil for the program's own.
func (a *addresses) find(host, path string) (r *running, byHost bool) {
	host = strings.ToLower(host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if r := a.hosts[host]; r != nil {
		return r, true
	}
	for end := strings.IndexByte(path+"/", '/'); end < len(path); {
		next := strings.IndexByte(path[end+1:]+"/", '/') + end + 1
		if r := a.paths[path[:next]]; r != nil {
			return r, false
		}
		end = next
	}
	return nil, false
}

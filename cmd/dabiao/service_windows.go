package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"
)

// serviceName is what the service is called.
const serviceName = "dabiao"

// stopPatience is how long `service stop` and `service remove` wait for the service to end.
const stopPatience = 2 * time.Minute

// manageService installs, removes, starts or stops the service. args are the command line that it runs.
func manageService(does string, args []string) error {
	m, err := mgr.Connect()
	if err != nil {
		return fmt.Errorf("reach the services of Windows: %w; run the command as administrator", err)
	}
	defer m.Disconnect() //nolint:errcheck // it is over either way
	if does == "install" {
		return installService(m, args)
	}
	s, err := m.OpenService(serviceName)
	if err != nil {
		return fmt.Errorf("find the service %s: %w; `dabiao service install` makes it", serviceName, err)
	}
	defer s.Close()
	switch does {
	case "start":
		return s.Start()
	case "stop":
		return stopService(s)
	}
	if err := stopService(s); err != nil {
		return err
	}
	return s.Delete()
}

func installService(m *mgr.Mgr, args []string) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	c := mgr.Config{DisplayName: "Dabiao 达标", StartType: mgr.StartAutomatic,
		Description: "Yearly targets and what was achieved · 年度目标与完成情况"}
	s, err := m.CreateService(serviceName, program, c, args...)
	if err != nil {
		return fmt.Errorf("make the service %s: %w", serviceName, err)
	}
	defer s.Close()
	return settleService(s)
}

// settleService has the system start the service after what is urgent, and again when it ends by itself. A system that
// cannot keeps a service that starts with it, which is told.
func settleService(s *mgr.Service) error {
	c, err := s.Config()
	if err == nil {
		c.DelayedAutoStart = true
		err = s.UpdateConfig(c)
	}
	if err != nil {
		return fmt.Errorf("the service is there, but starts at once with the system: %w", err)
	}
	err = s.SetRecoveryActions([]mgr.RecoveryAction{{Type: mgr.ServiceRestart, Delay: 2 * time.Second},
		{Type: mgr.ServiceRestart, Delay: 30 * time.Second}}, uint32((24 * time.Hour).Seconds()))
	if err != nil {
		return fmt.Errorf("the service is there, but is not started again when it ends by itself: %w", err)
	}
	return nil
}

// stopService stops the service and waits until it has ended.
func stopService(s *mgr.Service) error {
	status, err := s.Query()
	if err == nil && status.State != svc.Stopped {
		status, err = s.Control(svc.Stop)
	}
	for until := time.Now().Add(stopPatience); err == nil && status.State != svc.Stopped; status, err = s.Query() {
		if time.Now().After(until) {
			return errors.New("the service did not end in time")
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}

// asService runs the program as a service if the system started it as one.
func asService(args []string) (code int, is bool) {
	if is, err := svc.IsWindowsService(); err != nil || !is {
		return 0, false
	}
	w := &windowsService{args: args}
	if err := svc.Run(serviceName, w); err != nil && w.code == 0 {
		return 1, true
	}
	return w.code, true
}

// windowsService runs a command line until the system says stop.
type windowsService struct {
	args []string
	code int
}

// Execute implements svc.Handler.
func (w *windowsService) Execute(_ []string, asked <-chan svc.ChangeRequest, told chan<- svc.Status) (bool, uint32) {
	const accepts = svc.AcceptStop | svc.AcceptShutdown
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	log, err := serviceLog(w.args)
	if err != nil {
		w.code = 1
		return true, 1
	}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, streams{strings.NewReader(""), log, log}, w.args) }()
	told <- svc.Status{State: svc.Running, Accepts: accepts}
	for {
		select {
		case w.code = <-ended:
			return w.code != 0, uint32(w.code) //nolint:gosec // 0, 1 or 2
		case r := <-asked:
			switch r.Cmd {
			case svc.Interrogate:
				told <- r.CurrentStatus
			case svc.Stop, svc.Shutdown:
				told <- svc.Status{State: svc.StopPending, WaitHint: uint32(stopPatience.Milliseconds())}
				stop()
			}
		}
	}
}

// serviceLog opens the log in the data folder of a command line of serve.
func serviceLog(args []string) (io.Writer, error) {
	var s server
	f := newFlags(streams{strings.NewReader(""), io.Discard, io.Discard}, "serve")
	s.flags(f)
	if len(args) > 0 {
		if err := f.parse(args[1:]); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(s.data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	return openLog(filepath.Join(s.data, logName), mostLog)
}

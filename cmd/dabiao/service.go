package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// The program as a service of Windows. On other systems the service manager starts `dabiao serve` itself; for systemd
// there is packaging/dabiao.service.

func runService(_ context.Context, io streams, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: say `dabiao service install`, remove, start or stop", errUse)
	}
	does, rest := args[0], args[1:]
	switch does {
	case "install":
		var s server // its flags are those of serve, and are looked at now
		f := newFlags(io, "service install")
		s.flags(f)
		if err := f.parseAlone(rest); err != nil {
			return err
		}
		data, err := filepath.Abs(s.data)
		if err != nil {
			return fmt.Errorf("find the data folder: %w", err)
		}
		// Later flags win, and a service starts in a folder of the system.
		return manageService(does, append(append([]string{"serve"}, rest...), "--data", data))
	case "remove", "start", "stop":
		if err := newFlags(io, "service "+does).parseAlone(rest); err != nil {
			return err
		}
		return manageService(does, nil)
	}
	return fmt.Errorf("%w: there is no `dabiao service %s`", errUse, does)
}

// logName is the file in the data folder that a service without a console writes its log to, mostLog its size in
// bytes; one older is kept.
const (
	logName = "dabiao.log"
	mostLog = 20 << 20
)

// logFile is a log that is put aside when it is large.
type logFile struct {
	mu   sync.Mutex
	path string
	most int64
	file *os.File
	size int64
}

// openLog goes on with the log at path.
func openLog(path string, most int64) (*logFile, error) {
	l := &logFile{path: path, most: most}
	return l, l.open()
}

func (l *logFile) open() error {
	file, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	l.file, l.size = file, info.Size()
	return nil
}

func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > 0 && l.size+int64(len(p)) > l.most {
		err := errors.Join(l.file.Close(), os.Rename(l.path, l.path+".1"))
		if err = errors.Join(l.open(), err); l.file == nil || err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(p)
	l.size += int64(n)
	return n, err
}

package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"strconv"
	"time"
)

// tellManager tells whoever started the program, if that is systemd, how it stands with it (sd_notify(3)).
func tellManager(log *slog.Logger, state string) {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return
	}
	if socket[0] == '@' { // of the abstract kind
		socket = "\x00" + socket[1:]
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err == nil {
		_, err = conn.Write([]byte(state))
		conn.Close() //nolint:errcheck // nothing comes back
	}
	if err != nil {
		log.Warn("the service manager is not told", "state", state, "error", err.Error())
	}
}

// watchdog tells it twice in each time that it waits for a sign of life, until ctx ends.
func watchdog(ctx context.Context, log *slog.Logger) {
	wait, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || wait <= 0 {
		return
	}
	tick := time.NewTicker(time.Duration(wait) * time.Microsecond / 2)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			tellManager(log, "WATCHDOG=1")
		}
	}
}

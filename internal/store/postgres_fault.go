package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// dialer connects such that a peer that is gone without a word is noticed within seconds: while something was sent
// and not acknowledged (RFC 5482), and while nothing is sent (RFC 9293, 3.8.4).
var dialer = &net.Dialer{
	Timeout:         5 * time.Second,
	KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3},
	Control:         limitSilence,
}

// silence is how long sent data may stay unacknowledged.
const silence = 10 * time.Second

// passing are the errors of PostgreSQL, beside those of class 08 (connections), that end a transaction for reasons
// that pass (PostgreSQL documentation, appendix A).
var passing = map[string]bool{
	"40001": true, // serialization_failure
	"40P01": true, // deadlock_detected
	"55P03": true, // lock_not_available
	"25P03": true, // idle_in_transaction_session_timeout
	"25006": true, // read_only_sql_transaction: a former leader
	"53300": true, // too_many_connections
	"57P01": true, // admin_shutdown
	"57P02": true, // crash_shutdown
	"57P03": true, // cannot_connect_now
}

// postgresPassing reports whether err is one that passes, or of a connection that broke.
func postgresPassing(err error) bool {
	if err == nil {
		return false
	}
	if said := (*pgconn.PgError)(nil); errors.As(err, &said) {
		return passing[said.Code] || strings.HasPrefix(said.Code, "08")
	}
	return errors.As(err, new(*pgconn.ConnectError)) || errors.As(err, new(net.Error)) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err)
}

// postgresUndone reports whether the server refused a commit. One that is shut down while it commits says FATAL, and
// may have committed.
func postgresUndone(err error) bool {
	said := (*pgconn.PgError)(nil)
	return errors.As(err, &said) && said.SeverityUnlocalized == "ERROR"
}

// postgresTrouble returns the Trouble that an error of PostgreSQL means, "" if none.
func postgresTrouble(err error) string {
	said := (*pgconn.PgError)(nil)
	switch {
	case elsewhereBy(err) != "":
		return elsewhereBy(err)
	case errors.As(err, &said) && said.Code == "53100":
		return "disk_full"
	}
	return ""
}

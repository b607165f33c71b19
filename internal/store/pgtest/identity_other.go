//go:build !unix

package pgtest

import (
	"errors"
	"syscall"
)

func identity(string) (*syscall.SysProcAttr, error) {
	return nil, errors.New("the tests start their own PostgreSQL on Unix only; run them there, or in WSL")
}

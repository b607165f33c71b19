//go:build !unix

package programtest

import (
	"errors"
	"syscall"
)

var ownGroup *syscall.SysProcAttr

func kill(int) error {
	return errors.New("the tests start the program on Unix only; run them there, or in WSL")
}

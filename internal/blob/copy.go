package blob

import (
	"errors"
	"io"
	"runtime"
)

// copyAtOnce is how much of a file is taken in at once.
const copyAtOnce = 64 << 10

// taking bounds how many files are hashed and written at the same moment, so that a processor is left for everybody
// else: without, a page waits behind each of a hundred uploads whenever it waits for anything. What is still on its
// way holds no place.
var taking = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))

// takeIn copies what arrives, piece by piece, and returns how much it was.
func takeIn(to io.Writer, from io.Reader) (size int64, err error) {
	piece := make([]byte, copyAtOnce)
	for {
		n, readErr := fillUp(from, piece)
		taking <- struct{}{}
		_, err := to.Write(piece[:n])
		<-taking
		size += int64(n)
		switch {
		case err != nil:
			return size, err
		case errors.Is(readErr, io.EOF):
			return size, nil
		case readErr != nil:
			return size, readErr
		}
	}
}

// fillUp reads until a piece is full or nothing more comes.
func fillUp(from io.Reader, piece []byte) (n int, err error) {
	for n < len(piece) && err == nil {
		var more int
		more, err = from.Read(piece[n:])
		n += more
	}
	return n, err
}

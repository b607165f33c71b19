package middleware

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// A fault while a file is written breaks it off, and not the server.
func TestAPanicBreaksAFileOffAlone(t *testing.T) {
	var said strings.Builder
	s := &Server{Config: Config{Log: slog.New(slog.NewTextHandler(&said, nil))}}
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error {
		return s.Stream(c, "x.csv", "text/csv", func(io.Writer) error { panic("no such row") })
	})
	res, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil), -1)
	if err == nil {
		defer res.Body.Close()
		_, err = io.ReadAll(res.Body)
	}
	if err == nil || !strings.Contains(said.String(), "no such row") {
		t.Errorf("%v; the log says %q", err, said.String())
	}
}

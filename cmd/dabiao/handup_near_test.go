package main

import (
	"log/slog"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/office"
)

// A package goes to an office of the same program without a network only where its address is this program's.
func TestAnAddressIsNearOnlyWhereItIsOurs(t *testing.T) {
	own, byPath, byHost := new(app.App), new(app.App), new(app.App)
	of := &server{addr: "127.0.0.1:8080", host: "board.example.cn"}
	o := newOffices(of, slog.New(slog.DiscardHandler))
	serving := func(a *app.App) *running {
		r := &running{Office: office.Office{}}
		r.app.Store(a)
		return r
	}
	o.at.Store(&addresses{hosts: map[string]*running{"city.example.cn": serving(byHost)},
		paths: map[string]*running{"/gov/city": serving(byPath)}})
	near := o.near(own)
	for address, want := range map[string]*app.App{
		"https://city.example.cn": byHost, "https://CITY.example.cn:8443/": byHost,
		"https://board.example.cn/gov/city": byPath, "https://board.example.cn/gov/city/": byPath,
		"http://127.0.0.1:8080/gov/city": byPath, "https://board.example.cn": own, "http://127.0.0.1:8080/": own,
		"http://127.0.0.1:9090/gov/city": nil, "https://elsewhere.example.cn/gov/city": nil,
		"https://board.example.cn/gov/other": nil, "://": nil, "": nil,
	} {
		if got := near(address); got != want {
			t.Errorf("%q leads to another office", address)
		}
	}
}

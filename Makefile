# Dabiao 达标 — what there is to run. `make` alone prints this list.
#
#   make run       the demo on http://127.0.0.1:8080, templates and assets read from disk
#   make test      the whole suite; installs what it needs (Chromium, PostgreSQL, two npm tools)
#   make check     format, vet, lint, vulnerabilities, licences, house rules, races where things happen at once
#   make build     bin/dabiao for this machine
#   make release   dist/: every platform, what each is built from (CycloneDX), SHA256SUMS
#   make twice     two releases of one commit, made in two places, are the same byte for byte (long; PLATFORMS="linux/amd64 windows/amd64" is fewer)
#   make packages  dist/: .deb and .rpm of the Linux programs, which it builds where they are not there yet
#   make cleanroom installs, uses, upgrades and removes the .deb in a Debian made for it (needs root and debootstrap)
#   make wine      the Windows program under Wine, through stories of browser, kills and upgrades (needs root, Debian)
#   make cluster   a database that takes over, two servers, balancers, on five machines of its own, broken while people write (needs root, Debian)
#   make bench     figures beside their ceilings; BENCH_SIZE=county (default), prefecture, province
#   make peers     PocketBase, Directus and a sheet of Calc beside this program, on the same county (needs root, Debian, 2 GB)
#   make torture   the suite with long counts: TORTURE=10 is ten times the usual, 1 by default
#   make fuzz      every fuzz test for FUZZTIME=10s each, going on where the last run ended
#   make days      what depends on dates: on sixteen days in three zones, and on machines whose clocks stand there
#   make papers    the printed report through LibreOffice: page, lines, margins, numbers, and where pages turn there and in the browser (needs LibreOffice Writer, poppler)
#   make race      the suite under the race detector (needs a C compiler)
#   make notices   writes docs/third-party-notices.txt anew after a dependency changed
#   make vulndb    cuts the copy of the Go vulnerability database anew, after a dependency changed or once a month
#   make vulnage   is red when that copy is older than 30 days: for a job that runs daily, not for a submission
#   make clean     removes bin/ and dist/

VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TORTURE  ?= 1
CLUSTER  ?=
FUZZTIME ?= 10s
BENCH_SIZE ?= county
PLATFORMS ?= linux/amd64 linux/arm64 linux/loong64 linux/riscv64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64
# The Go that releases are built with: make check holds the program built with it against the known vulnerabilities.
RELEASE_GO = $(shell cat internal/testtools/release-go)
BUILD     = CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)"

help:
	@sed -n '2,/^$$/s/^#  \{0,1\}//p' Makefile

run:
	DABIAO_DEV=1 go run ./cmd/dabiao demo

test: tools
	TMPDIR=$$(internal/testtools/scratch) go test -count=1 -timeout 30m ./...

check:
	@internal/testtools/check

build:
	$(BUILD) -o bin/dabiao ./cmd/dabiao

release:
	rm -rf dist && mkdir dist
	@cd internal/testtools/pack && go tool go-winres make --in ../../../packaging/windows/winres.json --arch amd64,arm64 \
		--product-version $(VERSION) --file-version $(VERSION) --out ../../../cmd/dabiao/rsrc
	@set -e; trap 'rm -f cmd/dabiao/rsrc_windows_*.syso' EXIT; for platform in $(PLATFORMS); do \
		os=$${platform%/*} arch=$${platform#*/}; \
		name=dabiao-$(VERSION)-$$os-$$arch; \
		if [ $$os = windows ]; then name=$$name.exe; fi; \
		echo "dist/$$name"; \
		GOTOOLCHAIN=$(RELEASE_GO) GOOS=$$os GOARCH=$$arch $(BUILD) -o dist/$$name ./cmd/dabiao; \
	done
	go run -C internal/testtools ./licences -bill $(VERSION) dist/dabiao-$(VERSION)-* >dist.cdx.json
	mv dist.cdx.json dist/dabiao-$(VERSION).cdx.json
	cp LICENSE NOTICE docs/third-party-notices.txt dist/
	$(MAKE) packages VERSION=$(VERSION)
	cd dist && if command -v sha256sum >/dev/null; then sha256sum *; else shasum -a 256 *; fi > ../dist.sums && mv ../dist.sums SHA256SUMS

twice:
	@internal/testtools/twice

# The version as packages write it: a digit first; the time is the commit's, so that one commit gives one package.
PACKAGE_VERSION = $(if $(filter v%,$(VERSION)),$(VERSION:v%=%),0.0.0+$(VERSION))
PACKAGES = $(foreach how,deb rpm,$(foreach arch,amd64 arm64 loong64 riscv64,$(how)/$(arch)))

packages:
	@mkdir -p dist
	@sed 's,/usr/local/bin/,/usr/bin/,' packaging/dabiao.service >dist/.dabiao.service
	@set -e; nfpm=$$(cd internal/testtools/pack && go tool -n nfpm); for package in $(PACKAGES); do \
		how=$${package%/*} arch=$${package#*/} binary=dist/dabiao-$(VERSION)-linux-$${package#*/}; \
		[ -e $$binary ] || GOTOOLCHAIN=$(RELEASE_GO) GOOS=linux GOARCH=$$arch $(BUILD) -o $$binary ./cmd/dabiao; \
		echo "dist/dabiao-$(VERSION)-linux-$$arch.$$how"; \
		ARCH=$$arch PACKAGE_VERSION=$(PACKAGE_VERSION) PACKAGE_BINARY=$$binary PACKAGE_UNIT=dist/.dabiao.service \
			SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) \
			$$nfpm package --config packaging/nfpm.yaml --packager $$how --target dist/dabiao-$(VERSION)-linux-$$arch.$$how; \
	done
	@rm dist/.dabiao.service

cleanroom:
	$(MAKE) packages VERSION=$(VERSION) PACKAGES=deb/$$(go env GOARCH)
	internal/testtools/cleanroom dist/dabiao-$(VERSION)-linux-$$(go env GOARCH).deb

wine:
	@internal/testtools/wine

cluster:
	CLUSTER=$(CLUSTER) internal/testtools/cluster

bench:
	@BENCH_SIZE=$(BENCH_SIZE) CGO_ENABLED=0 go test -count=1 -timeout 0 -v -run '^Test(Figures|Costs|PostgreSQL)$$' ./internal/bench | grep -E '^([a-z_0-9-]+ [-0-9.]+ [^ ]+ [-0-9.]+|FAIL.*| +[a-z_]+\.go:.*)$$'

peers:
	@internal/testtools/peers

torture: tools
	DABIAO_TORTURE=$(TORTURE) go test -count=1 -timeout 0 ./...

fuzz:
	@FUZZTIME=$(FUZZTIME) internal/testtools/fuzz

days: tools
	DABIAO_DAYS=all go test -count=1 -timeout 60m -run 'OnAnyDay$$' ./internal/demo ./internal/web/... ./internal/browsertest/...
	go run ./internal/daytest/machine ./cmd/dabiao ./internal/app ./internal/demo ./internal/web/...

papers:
	go test -count=1 -tags papers -run '^TestThePrintedReport' ./internal/report
	go test -count=1 -tags papers -run '^TestPagesTurn' ./internal/browsertest/papers

race: tools
	CGO_ENABLED=1 go test -race -count=1 -timeout 60m ./...

notices:
	go run -C internal/testtools ./licences

vulndb:
	go run -C internal/testtools ./vulndb

vulnage:
	@go run -C internal/testtools ./vulndb -age "$$(date -u +%F)"

tools:
	@internal/testtools/setup

clean:
	rm -rf bin dist

.PHONY: help run test check build release twice packages cleanroom wine cluster bench peers torture fuzz days papers race notices vulndb vulnage tools clean

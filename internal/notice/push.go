package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// Near returns the office that this program serves at an address, nil if it serves none there. It may be nil itself.
type Near func(address string) *app.App

// PushDue sends the packages that are due to the office above, oldest first. One that did not arrive, or of which
// nobody knows whether it did, is sent again later: above, the same content is one package.
func PushDue(ctx context.Context, a *app.App, near Near, log *slog.Logger) error {
	due, err := a.DueSendings(ctx)
	if err != nil {
		return err
	}
	for _, d := range due {
		got := push(context.WithoutCancel(ctx), d, near, log)
		if err := a.Sent(context.WithoutCancel(ctx), d.MadePackage, got); err != nil {
			return err
		}
	}
	return nil
}

// push sends one package, over the network or to an office of this program.
func push(ctx context.Context, d app.DueSending, near Near, log *slog.Logger) app.SendingResult {
	p := lang.For(lang.Chinese) // what an office keeps about itself is in its own language
	ctx, cancel := context.WithTimeout(ctx, 2*sendTimeout)
	defer cancel()
	if d.To.Address == "" {
		return app.SendingResult{Final: true, Said: p.T("upward_missing")}
	}
	if near != nil {
		if above := near(d.To.Address); above != nil {
			return pushNear(ctx, p, above, d)
		}
	}
	got, err := pushFar(ctx, p, d)
	if err != nil {
		log.Error("package not delivered", "address", d.To.Address, "year", int(d.Year), "version", d.Number,
			"error", err.Error())
		return app.SendingResult{Said: p.T("push_unreachable")}
	}
	return got
}

// pushNear hands a package to an office of this program, by the token as over the network.
func pushNear(ctx context.Context, p lang.Printer, above *app.App, d app.DueSending) app.SendingResult {
	at, err := above.Stamp(ctx)
	var actor kpi.Actor
	if err == nil {
		actor, err = above.TokenActor(ctx, at, d.To.Token, "127.0.0.1")
	}
	if err == nil {
		err = actor.MayChange(true)
	}
	var got app.PackageResult
	if err == nil {
		got, err = above.PushPackage(ctx, actor, d.File)
	}
	var refusal *kpi.Error
	switch {
	case errors.As(err, &refusal):
		text := refusal.Text
		if len(refusal.Fields) > 0 {
			text = refusal.Fields[0].Text
		}
		return app.SendingResult{Final: !refusal.StopsAll(), Said: p.Text(text)}
	case err != nil:
		return app.SendingResult{Said: p.T("push_unreachable")}
	}
	var asked string
	for _, q := range got.Questions {
		asked = p.Text(q.Text)
		break
	}
	return cameTo(p, got.Package.State, asked)
}

// cameTo is what became of a package above.
func cameTo(p lang.Printer, state kpi.PackageState, asked string) app.SendingResult {
	switch state {
	case kpi.PackageTaken:
		return app.SendingResult{}
	case kpi.PackageWaiting:
		return app.SendingResult{Held: true, Said: asked}
	}
	return app.SendingResult{Final: true, Said: p.T("push_declined")}
}

// pushFar sends a package over the network. The error says why nobody knows whether it arrived.
func pushFar(ctx context.Context, p lang.Printer, d app.DueSending) (app.SendingResult, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", fmt.Sprintf("package-%d-%d.zip", d.Year, d.Number))
	if err == nil {
		_, err = part.Write(d.File)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		return app.SendingResult{}, err
	}
	address := strings.TrimSuffix(d.To.Address, "/") + "/api/v1/packages"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, &body)
	if err != nil {
		return app.SendingResult{}, err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Authorization", "Bearer "+d.To.Token)
	req.Header.Set("Accept-Language", string(p.Tag()))
	answer, err := hookClient().Do(req)
	if err != nil {
		return app.SendingResult{}, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return app.SendingResult{}, err
	}
	return pushAnswer(p, answer.StatusCode, raw)
}

// pushAnswer reads what the office above answers: what became of the package, or why it is refused. What no Dabiao
// would answer is not passed on.
func pushAnswer(p lang.Printer, status int, raw []byte) (app.SendingResult, error) {
	var said struct {
		State     kpi.PackageState `json:"state"`
		Detail    string           `json:"detail"`
		Code      string           `json:"code"`
		Questions []struct {
			Message string `json:"message"`
		} `json:"questions"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return app.SendingResult{}, fmt.Errorf("status %d, and no answer of an office", status)
	}
	switch {
	case status == http.StatusOK || status == http.StatusAccepted:
		asked := ""
		if len(said.Questions) > 0 {
			asked = said.Questions[0].Message
		}
		if said.State == "" {
			break
		}
		return cameTo(p, said.State, asked), nil
	case status == http.StatusTooManyRequests || status >= http.StatusInternalServerError:
	case status >= http.StatusBadRequest && said.Detail != "":
		text := said.Detail
		if len(said.Errors) > 0 {
			text = said.Errors[0].Message
		}
		return app.SendingResult{Final: true, Said: text}, nil
	}
	return app.SendingResult{}, fmt.Errorf("status %d: %.200s", status, said.Detail)
}

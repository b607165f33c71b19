package depot

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/minio/minio-go/v7"

	"dabiao/internal/kpi"
)

// refuse tells people why storage that speaks S3 does not do what was asked: s3_bucket_missing, s3_denied, s3_clock,
// s3_silent, s3_away,
// s3_busy, s3_full, s3_certificate, s3_gone. What else it answers is a fault.
func (b *Bucket) refuse(err error) error {
	var refusal *kpi.Error
	if err == nil || errors.As(err, &refusal) || errors.Is(err, context.Canceled) {
		return err
	}
	key := refusalOf(err)
	if key == "" {
		return err
	}
	return fmt.Errorf("%w: %w", kpi.Refuse(kpi.Conflict, key, b.String()), err)
}

func refusalOf(err error) string {
	var (
		answer      minio.ErrorResponse
		network     net.Error
		operation   *net.OpError
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		unknown     x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &answer) && answer.Code != "":
		key := answers[answer.Code]
		if key == "" && (answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden) {
			return "s3_denied"
		}
		return key
	case errors.As(err, &certificate), errors.As(err, &unknown):
		return "s3_certificate"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "s3_silent"
	case errors.As(err, &name), errors.As(err, &operation):
		return "s3_away"
	}
	return ""
}

// answers are the words of S3 that people can do something about.
var answers = map[string]string{
	"NoSuchBucket":             "s3_bucket_missing",
	"AccessDenied":             "s3_denied",
	"AllAccessDisabled":        "s3_denied",
	"InvalidAccessKeyId":       "s3_denied",
	"SignatureDoesNotMatch":    "s3_denied",
	"XAdminUserNotFound":       "s3_denied", // a gateway's word for an unknown key
	"InvalidSecurity":          "s3_denied",
	"ExpiredToken":             "s3_denied",
	"RequestTimeTooSkewed":     "s3_clock",
	"NoSuchKey":                "s3_gone",
	"RequestTimeout":           "s3_silent",
	"SlowDown":                 "s3_busy",
	"ServiceUnavailable":       "s3_busy",
	"QuotaExceeded":            "s3_full",
	"EntityTooLarge":           "s3_full",
	"XMinioStorageFull":        "s3_full",
	"InsufficientStorageSpace": "s3_full",
}

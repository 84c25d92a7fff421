//! TLS by rustls, trusting what the platform trusts and what the user adds.

use super::address::host_of;
use super::{Phase, WireError};
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use signoff_oidc::Origin;
use std::error::Error;
use std::io;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Host;

/// Whom to trust. Built on first use: loading the platform's authorities takes some ten milliseconds, and a
/// target on loopback http needs none.
#[derive(Debug)]
pub(super) struct Trust {
    extra: Vec<CertificateDer<'static>>,
    config: Option<Arc<ClientConfig>>,
}

impl Trust {
    /// Reads the additional authorities; PEM that holds none, or holds something else, is a mistake.
    pub(super) fn new(extra_ca_pem: Option<&[u8]>) -> Result<Self, WireError> {
        let extra = extra_ca_pem.map_or_else(|| Ok(Vec::new()), authorities)?;
        Ok(Trust {
            extra,
            config: None,
        })
    }

    /// The client configuration for `origin`.
    pub(super) fn config(&mut self, origin: &Origin) -> Result<Arc<ClientConfig>, WireError> {
        if let Some(config) = &self.config {
            return Ok(Arc::clone(config));
        }
        let built = self
            .build()
            .map_err(|error| WireError::tls(origin, error))?;
        self.config = Some(Arc::clone(&built));
        Ok(built)
    }

    fn build(&self) -> Result<Arc<ClientConfig>, rustls::Error> {
        // The provider is given, not looked up: a process-wide default may be missing or somebody else's.
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = Arc::new(Verifier::new_with_extra_roots(
            self.extra.iter().cloned(),
            Arc::clone(&provider),
        )?);
        // "dangerous" is rustls's word for any verifier that is not its own; this one is the platform's.
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

fn authorities(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, WireError> {
    let unusable = |why: &str| WireError::Options {
        what: format!("the additional certificate authorities cannot be used: {why}"),
    };
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| unusable("not PEM"))?;
    if certificates.is_empty() {
        return Err(unusable("no certificate in the PEM text"));
    }
    let mut trial = RootCertStore::empty();
    for certificate in &certificates {
        trial
            .add(certificate.clone())
            .map_err(|_| unusable("not an X.509 certificate"))?;
    }
    Ok(certificates)
}

/// The handshake over an open connection.
pub(super) async fn handshake(
    origin: &Origin,
    config: Arc<ClientConfig>,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, WireError> {
    let name = server_name(origin)
        .ok_or_else(|| WireError::tls(origin, "the host is no name that TLS knows"))?;
    TlsConnector::from(config)
        .connect(name, stream)
        .await
        .map_err(|error| {
            tls_failure(origin, &error).unwrap_or(WireError::Closed {
                phase: Phase::Handshake,
            })
        })
}

fn server_name(origin: &Origin) -> Option<ServerName<'static>> {
    match host_of(origin)? {
        Host::Domain(name) => ServerName::try_from(name).ok(),
        Host::Ipv4(ip) => Some(ServerName::IpAddress(std::net::IpAddr::V4(ip).into())),
        Host::Ipv6(ip) => Some(ServerName::IpAddress(std::net::IpAddr::V6(ip).into())),
    }
}

/// The TLS error behind an error, if there is one.
pub(super) fn tls_failure(origin: &Origin, error: &(dyn Error + 'static)) -> Option<WireError> {
    causes(error)
        .find_map(|cause| cause.downcast_ref::<rustls::Error>())
        .map(|cause| WireError::tls(origin, cause))
}

/// An error and what is behind it, also behind I/O errors, whose `source` skips the error they wrap.
pub(super) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_is_no_certificate_is_a_mistake_in_the_options() {
        for pem in [
            &b""[..],
            b"hello",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
        ] {
            let error = Trust::new(Some(pem)).err();
            assert!(
                matches!(error, Some(WireError::Options { .. })),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_tls_error_is_found_behind_two_io_errors() {
        let origin = Origin::of("https://op.example").expect("an origin");
        let inner = io::Error::new(io::ErrorKind::InvalidData, rustls::Error::DecryptError);
        let outer = io::Error::other(inner);
        assert!(matches!(
            tls_failure(&origin, &outer),
            Some(WireError::Tls { .. })
        ));
        assert_eq!(tls_failure(&origin, &io::Error::other("else")), None);
    }
}

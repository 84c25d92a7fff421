//! TLS with a certificate that is made at the start, signed by an authority that is made with it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use mock_idp_core::Tenant;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use crate::names;

/// Longer ones are refused by browsers of one vendor, whoever signed them.
const DAYS: i64 = 397;

/// That a server speaks TLS, and for which names.
///
/// The certificate is for the address that is listened on, `localhost`, every host that the tenants name in their
/// issuers, pages and custom domains, and the names given here. It is signed by an authority of its own, made at the
/// start: `Server::ca_pem` and `GET /__mock/ca.pem`, which is also answered without TLS, have its certificate for the
/// trust store of the application under test. Its key leaves the process never, so nothing else can be signed with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tls {
    names: Vec<String>,
}

impl Tls {
    /// For the names that are known anyway.
    pub fn new() -> Self {
        Self::default()
    }

    /// For one more host name or IP address.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.names.push(name.into());
        self
    }
}

/// The authority of one server, and what it presents.
pub(crate) struct Secured {
    authority: CertifiedIssuer<'static, KeyPair>,
    provider: Arc<CryptoProvider>,
    presented: Arc<Presented>,
    /// Names that do not come from the tenants.
    fixed_names: Vec<String>,
    pub(crate) acceptor: TlsAcceptor,
}

impl Secured {
    pub(crate) fn new(
        tls: &Tls,
        address: SocketAddr,
        tenants: &[Tenant],
    ) -> Result<Self, TlsError> {
        let authority = authority()?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let fixed_names: Vec<String> = reached_at(address.ip())
            .into_iter()
            .map(|ip| ip.to_string())
            .chain(["localhost".to_owned()])
            .chain(tls.names.iter().cloned())
            .collect();
        let all = all_names(&fixed_names, tenants);
        let presented = Arc::new(Presented(Mutex::new(certified(
            &authority, &provider, all,
        )?)));
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&presented) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![HTTP_2.to_vec(), HTTP_1.to_vec()];
        Ok(Self {
            authority,
            provider,
            presented,
            fixed_names,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }

    /// The authority's certificate.
    pub(crate) fn ca_pem(&self) -> String {
        self.authority.pem()
    }

    /// A certificate for other tenants, for those who are to present it from now on.
    pub(crate) fn certified_for(&self, tenants: &[Tenant]) -> Result<Arc<CertifiedKey>, TlsError> {
        let all = all_names(&self.fixed_names, tenants);
        certified(&self.authority, &self.provider, all)
    }

    pub(crate) fn present(&self, certified: Arc<CertifiedKey>) {
        *self
            .presented
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = certified;
    }
}

/// The names of the application protocols (RFC 7301 section 6, RFC 9113 section 3.3).
pub(crate) const HTTP_2: &[u8] = b"h2";
const HTTP_1: &[u8] = b"http/1.1";

/// The one certificate there is, whichever name the client asks for: a wrong name is then the client's to notice.
struct Presented(Mutex<Arc<CertifiedKey>>);

impl ResolvesServerCert for Presented {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&held))
    }
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented").finish_non_exhaustive()
    }
}

fn reached_at(ip: IpAddr) -> Vec<IpAddr> {
    let loopback = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    if ip.is_unspecified() {
        loopback.to_vec()
    } else {
        vec![ip]
    }
}

fn all_names(fixed: &[String], tenants: &[Tenant]) -> Vec<String> {
    let mut all = fixed.to_vec();
    all.extend(tenants.iter().flat_map(names::of_tenant));
    all.sort_unstable();
    all.dedup();
    all
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, TlsError> {
    let mut params = valid_now(CertificateParams::new(Vec::new())?);
    params
        .distinguished_name
        .push(DnType::CommonName, "mock-idp, for tests only");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

fn certified(
    authority: &CertifiedIssuer<'static, KeyPair>,
    provider: &CryptoProvider,
    names: Vec<String>,
) -> Result<Arc<CertifiedKey>, TlsError> {
    let mut params = valid_now(CertificateParams::new(names)?);
    params
        .distinguished_name
        .push(DnType::CommonName, "mock-idp");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, authority)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let key = provider.key_provider.load_private_key(key)?;
    let chain = vec![certificate.der().clone()];
    Ok(Arc::new(CertifiedKey::new(chain, key)))
}

/// Valid from yesterday, because clocks differ.
fn valid_now(mut params: CertificateParams) -> CertificateParams {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let date = |date: jiff::civil::Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        rcgen::date_time_ymd(date.year().into(), month, day)
    };
    params.not_before = date(today.saturating_sub(1.day()));
    params.not_after = date(today.saturating_add((DAYS - 1).days()));
    params
}

/// TLS that cannot be had.
#[derive(Debug)]
pub(crate) struct TlsError(String);

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<rcgen::Error> for TlsError {
    fn from(error: rcgen::Error) -> Self {
        Self(format!("no certificate: {error}"))
    }
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        Self(error.to_string())
    }
}

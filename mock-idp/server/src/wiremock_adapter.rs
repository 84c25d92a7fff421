//! The provider inside a `wiremock::MockServer`, beside the mocks of the test.

use std::fmt;
use std::sync::Arc;

use http::header::HOST;
use mock_idp_core::{
    Client, Control, ControlAnswer, ControlError, Entry, Request, Response, Tenant, User,
};
use wiremock::{Match, Mock, MockServer, Respond, ResponseTemplate};

use crate::builder::MockIdpBuilder;
use crate::control_surface;
use crate::exchange::as_http;
use crate::expectation::{Expectation, Expected};
use crate::mock::Parts;
use crate::server::StartError;
use crate::site::Site;

/// Below every mock of the test, so that one of those can stand in for an endpoint of the provider.
const PRIORITY: u8 = u8::MAX;

/// A provider inside a `wiremock::MockServer`, for a test that mocks other services at the same origin.
///
/// It matches every request to its tenants and its control surface, and no other; mocks of the test go first. Clones are
/// the same provider.
///
/// ```
/// # #[cfg(feature = "wiremock")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_idp::MockIdp;
/// use wiremock::matchers::path;
/// use wiremock::{Mock, MockServer, ResponseTemplate};
///
/// let server = MockServer::start().await;
/// let idp = MockIdp::builder().mount(&server).await?;
/// Mock::given(path("/api/orders"))
///     .respond_with(ResponseTemplate::new(200))
///     .mount(&server)
///     .await;
///
/// assert!(idp.issuer().starts_with(&server.uri()));
/// assert_eq!(reqwest::get(idp.discovery_url()).await?.status(), 200);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "wiremock"))]
/// # fn main() {}
/// ```
///
/// What wiremock does before the provider sees a request cannot be undone, and differs from a [`MockIdp`]:
///
/// - It parses the target as a URL as browsers do: `/a/../b` arrives as `/b`, and some characters arrive escaped. Tests
///   about exact targets need a [`MockIdp`].
/// - A target that is no such URL, or content that is cut short, closes the connection without an answer.
/// - Content is read without a bound before the provider can refuse it; heads have wiremock's bounds; nothing slow is
///   given up. There is no TLS.
/// - It wants its answers at once: what the provider has to ask another one first, it can only ask its own tenants.
/// - It keeps every request it matched until it is dropped, with recording disabled too: not for many requests.
/// - Dropping many of its servers at once in one task can hang for ever; drop them one by one, with
///   `tokio::task::yield_now` in between.
///
/// [`MockIdp`]: crate::MockIdp
#[derive(Clone)]
pub struct MountedIdp {
    site: Arc<Site>,
    parts: Arc<Parts>,
}

impl MockIdpBuilder {
    /// Mounts the provider into a server of wiremock, whose origin goes into the issuers. Address, patience and host style
    /// are the server's, and not this builder's; TLS is refused.
    pub async fn mount(self, server: &MockServer) -> Result<MountedIdp, StartError> {
        let (config, options) = self.parted(&server.uri());
        if options.tls.is_some() {
            let problem = "a server of wiremock does not speak it".to_owned();
            return Err(StartError::Tls(problem));
        }
        let site = Site::new(config, options, *server.address())?;
        let first = site.described().tenants.first().cloned();
        let idp = MountedIdp {
            site: Arc::new(site),
            parts: Arc::new(Parts::of(first.ok_or(StartError::TooFew)?)?),
        };
        Mock::given(idp.clone())
            .respond_with(idp.clone())
            .with_priority(PRIORITY)
            .mount(server)
            .await;
        Ok(idp)
    }
}

impl MountedIdp {
    /// The issuer identifier of the first tenant.
    pub fn issuer(&self) -> &str {
        &self.parts.tenant.issuer
    }

    /// Where its discovery document is.
    pub fn discovery_url(&self) -> String {
        self.parts.discovery_url()
    }

    /// The first tenant as configured.
    pub fn tenant(&self) -> &Tenant {
        &self.parts.tenant
    }

    /// Its first client, as configured.
    pub fn client_a(&self) -> &Client {
        &self.parts.clients[0]
    }

    /// Its second client, as configured.
    pub fn client_b(&self) -> &Client {
        &self.parts.clients[1]
    }

    /// Its first user, as configured.
    pub fn alice(&self) -> &User {
        &self.parts.users[0]
    }

    /// Its second user, as configured.
    pub fn bob(&self) -> &User {
        &self.parts.users[1]
    }

    /// Carries out a command of the control surface.
    pub fn control(&self, command: Control) -> Result<ControlAnswer, ControlError> {
        self.site.control(command)
    }

    /// What happened so far, oldest first.
    pub fn journal(&self) -> Vec<Entry> {
        self.site.journal()
    }

    /// Expects something to be in the journal from now on.
    pub fn expect(&self, expectation: Expectation) -> Expected {
        Expected::new(expectation, Arc::clone(&self.site))
    }

    fn answer(&self, request: &Request) -> Response {
        control_surface::answer(&self.site, request).unwrap_or_else(|| {
            let response = self.site.handle(request);
            self.site.deliver();
            response
        })
    }
}

impl Match for MountedIdp {
    fn matches(&self, request: &wiremock::Request) -> bool {
        let path = request.url.path();
        let host = request.headers.get(HOST).map(http::HeaderValue::as_bytes);
        let described = self.site.described();
        let for_tenant = |tenant: &Tenant| {
            let domain = tenant.custom_domain.as_deref();
            is_below(path, &tenant.id)
                || domain.is_some_and(|domain| {
                    host.is_some_and(|host| host.eq_ignore_ascii_case(domain.as_bytes()))
                })
        };
        is_below(path, control_surface::PREFIX.trim_start_matches('/'))
            || described.tenants.iter().any(for_tenant)
    }
}

/// Whether a path begins with this segment, or with a well-known path before it (RFC 8414 section 3.1). A tenant without
/// an id has the whole origin.
fn is_below(path: &str, segment: &str) -> bool {
    let path = path
        .strip_prefix("/.well-known/oauth-authorization-server")
        .unwrap_or(path);
    segment.is_empty()
        || path
            .strip_prefix('/')
            .and_then(|path| path.split('/').next())
            == Some(segment)
}

impl Respond for MountedIdp {
    fn respond(&self, request: &wiremock::Request) -> ResponseTemplate {
        let (head, body) = as_http(self.answer(&as_received(request))).into_parts();
        let template = ResponseTemplate::new(head.status).set_body_bytes(body);
        head.headers
            .iter()
            .fold(template, |template, (name, value)| {
                template.append_header(name, value)
            })
    }
}

/// As much of the request as wiremock has left.
fn as_received(request: &wiremock::Request) -> Request {
    let url = &request.url;
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let headers = request.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()));
    Request {
        method: request.method.as_str().to_owned(),
        target,
        secure: false,
        headers: headers.collect(),
        body: request.body.clone(),
    }
}

impl fmt::Debug for MountedIdp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MountedIdp")
            .field("issuer", &self.issuer())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

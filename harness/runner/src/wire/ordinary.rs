//! Requests by a common HTTP client, for sign-in and discovery.

use super::tls::{Trust, causes, tls_failure};
use super::{Phase, WireError, WireOptions};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Method, redirect, retry};
use signoff_oidc::{Origin, Request, Response};

/// Sends requests through reqwest: connections are pooled, the URL is normalised as any client would. Follows no
/// redirect, keeps no cookie, asks for no compression, ignores proxies of the environment.
#[derive(Debug)]
pub struct OrdinaryWire {
    options: WireOptions,
    trust: Trust,
    plain: Option<Client>,
    secure: Option<Client>,
}

impl OrdinaryWire {
    /// A wire without any connection yet. Fails when the additional authorities cannot be read.
    pub fn new(options: WireOptions) -> Result<Self, WireError> {
        Ok(OrdinaryWire {
            trust: Trust::new(options.extra_ca_pem.as_deref())?,
            options,
            plain: None,
            secure: None,
        })
    }

    /// Sends a request when its turn has come, and reads the whole answer.
    pub async fn send(&mut self, request: &Request) -> Result<Response, WireError> {
        let prepared = prepare(&self.client(&request.origin)?, request)?;
        self.options.pacer.turn().await;
        let after = self.options.timeout;
        let mut phase = Phase::Head;
        let exchange = self.exchange(prepared, &request.origin, &mut phase);
        let outcome = tokio::time::timeout(after, exchange).await;
        let response = outcome.unwrap_or(Err(WireError::Timeout { after, phase }))?;
        self.options.pacer.heed(&response);
        Ok(response)
    }

    async fn exchange(
        &self,
        prepared: reqwest::RequestBuilder,
        origin: &Origin,
        phase: &mut Phase,
    ) -> Result<Response, WireError> {
        let sent = prepared.send().await;
        let mut answer = sent.map_err(|error| self.failure(&error, origin, *phase))?;
        *phase = Phase::Body;
        let status = answer.status().as_u16();
        let headers = fields(answer.headers(), self.options.max_head)?;
        let mut body = Vec::new();
        while let Some(part) = answer
            .chunk()
            .await
            .map_err(|error| self.failure(&error, origin, *phase))?
        {
            if part.len() > self.options.max_body.saturating_sub(body.len()) {
                return Err(WireError::too_long("the body", self.options.max_body));
            }
            body.extend_from_slice(&part);
        }
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    /// Building a client with the platform's authorities takes some ten milliseconds, so each kind is built when
    /// it is first needed.
    fn client(&mut self, origin: &Origin) -> Result<Client, WireError> {
        let https = origin.is_https();
        let slot = if https {
            &mut self.secure
        } else {
            &mut self.plain
        };
        if let Some(client) = slot {
            return Ok(client.clone());
        }
        let builder = common(&self.options);
        let builder = if https {
            builder.tls_backend_preconfigured((*self.trust.config(origin)?).clone())
        } else {
            builder.tls_certs_only([])
        };
        let built = builder.build().map_err(|_| WireError::Options {
            what: "the HTTP client cannot be built with these options".to_owned(),
        })?;
        Ok(slot.insert(built).clone())
    }

    /// What a reqwest error means here. Its own text is not used, because it holds the URL.
    fn failure(&self, error: &reqwest::Error, origin: &Origin, phase: Phase) -> WireError {
        if let Some(failure) = tls_failure(origin, error) {
            return failure;
        }
        if error.is_timeout() && error.is_connect() {
            return WireError::Timeout {
                after: self.options.connect_timeout,
                phase: Phase::Connecting,
            };
        }
        if error.is_builder() {
            return WireError::unsendable("the URL or a header field is not one that HTTP allows");
        }
        if error.is_connect() {
            return WireError::connect(origin, innermost(error));
        }
        match causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) {
            Some(cause) if cause.is_parse_too_large() => {
                WireError::too_long("the head", self.options.max_head)
            }
            Some(cause) if cause.is_parse() => WireError::malformed("the head is not HTTP/1.1"),
            Some(cause)
                if phase == Phase::Body && !cause.is_incomplete_message() && !closed(cause) =>
            {
                WireError::malformed("the framing of the body is broken")
            }
            _ => WireError::Closed { phase },
        }
    }
}

fn common(options: &WireOptions) -> ClientBuilder {
    let builder = Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(options.connect_timeout);
    let resolve = options.resolve.iter();
    resolve.fold(builder, |builder, (host, address)| {
        builder.resolve(host, *address)
    })
}

fn prepare(client: &Client, request: &Request) -> Result<reqwest::RequestBuilder, WireError> {
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| WireError::unsendable("the method is no token"))?;
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let (name, value) = HeaderName::from_bytes(name.as_bytes())
            .ok()
            .zip(HeaderValue::from_bytes(value).ok())
            .ok_or_else(|| WireError::unsendable("a header field is not one that HTTP allows"))?;
        headers.append(name, value);
    }
    let is_empty = request.body.is_empty();
    if is_empty && matches!(request.method.as_str(), "POST" | "PUT" | "PATCH") {
        // RFC 9110 section 8.6. The client leaves it out by itself, and some servers then answer 411.
        headers
            .entry(CONTENT_LENGTH)
            .or_insert(HeaderValue::from_static("0"));
    }
    let prepared = client.request(method, request.url()).headers(headers);
    Ok(if is_empty {
        prepared
    } else {
        prepared.body(request.body.clone())
    })
}

fn fields(headers: &HeaderMap, limit: usize) -> Result<Vec<(String, Vec<u8>)>, WireError> {
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if size > limit {
        return Err(WireError::too_long("the head", limit));
    }
    let field = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), value.as_bytes().to_vec())
    };
    Ok(headers.iter().map(field).collect())
}

/// True when the connection broke, as opposed to bytes that cannot be read.
fn closed(error: &hyper::Error) -> bool {
    let io = causes(error).find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| {
        use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        matches!(
            io.kind(),
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
        )
    })
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}

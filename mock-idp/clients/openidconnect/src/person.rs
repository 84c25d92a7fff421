//! Somebody with a browser: it keeps cookies, follows the provider's redirects and stops where one leads away.

use std::collections::BTreeMap;
use std::time::Duration;

use openidconnect::reqwest::Url;
use openidconnect::reqwest::blocking::{Client as Http, RequestBuilder};
use openidconnect::reqwest::redirect::Policy;

use super::Outcome;

/// Longer than any orderly visit.
const MOST_STEPS: usize = 10;

/// No proxy, no redirects of its own: a relying party must follow none (RFC 9700 section 4.12 aside).
pub(crate) fn http() -> Outcome<Http> {
    let http = Http::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(10))
        .build()?;
    Ok(http)
}

pub(crate) struct Person {
    http: Http,
    /// Where the application is: nothing below its origin is opened.
    application: String,
    cookies: BTreeMap<String, String>,
}

impl Person {
    pub(crate) fn new(http: Http, redirect_uri: &str) -> Self {
        let application = Url::parse(redirect_uri).map(|url| url.origin().ascii_serialization());
        Self {
            http,
            application: application.unwrap_or_default(),
            cookies: BTreeMap::new(),
        }
    }

    /// Opens an address and tells where it leads, which is the application.
    pub(crate) fn opens(&mut self, address: &str) -> Outcome<String> {
        match self.visit(self.http.get(address), address)? {
            Rest::Application(address) => Ok(address),
            Rest::Page(address) => Err(format!("the browser rests at {}", address.path()).into()),
        }
    }

    /// Opens an address, gives name and password to the page there, and tells where that leads.
    pub(crate) fn signs_on(
        &mut self,
        address: &str,
        name: &str,
        password: &str,
    ) -> Outcome<String> {
        let Rest::Page(page) = self.visit(self.http.get(address), address)? else {
            return Err("nobody was asked for a password".into());
        };
        let flow = parameter(page.as_str(), "flowId")?;
        let action = page.join("./")?.to_string();
        let mut form = Url::parse("http://form.invalid")?;
        form.query_pairs_mut()
            .append_pair("flowId", &flow)
            .append_pair("username", name)
            .append_pair("password", password);
        let submitted = self
            .http
            .post(&action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned());
        match self.visit(submitted, &action)? {
            Rest::Application(address) => Ok(address),
            Rest::Page(_) => Err("the sign-on was refused".into()),
        }
    }

    fn visit(&mut self, mut request: RequestBuilder, address: &str) -> Outcome<Rest> {
        let mut address = Url::parse(address)?;
        for _ in 0..MOST_STEPS {
            let pairs: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let answer = request.header("Cookie", pairs.join("; ")).send()?;
            for cookie in answer.headers().get_all("Set-Cookie") {
                self.keep(cookie.to_str()?);
            }
            let Some(location) = answer.headers().get("Location") else {
                return Ok(Rest::Page(address));
            };
            address = address.join(location.to_str()?)?;
            if address.origin().ascii_serialization() == self.application {
                return Ok(Rest::Application(address.to_string()));
            }
            request = self.http.get(address.clone());
        }
        Err("the visit never comes to rest".into())
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        match pair.split_once('=') {
            Some((name, "")) => {
                self.cookies.remove(name);
            }
            Some((name, value)) => {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            None => {}
        }
    }
}

enum Rest {
    Page(Url),
    Application(String),
}

/// A parameter of an address.
pub(crate) fn parameter(address: &str, name: &str) -> Outcome<String> {
    let address = Url::parse(address)?;
    let found = address.query_pairs().find(|(known, _)| known == name);
    let value = found.ok_or_else(|| format!("the address has no {name}"))?.1;
    Ok(value.into_owned())
}

//! A browser for tests, just good enough for one provider: it keeps cookies, follows redirects within the provider's
//! own origin and submits forms. It knows no dialect.

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};
use scraper::{ElementRef, Html, Selector};

/// Longer than any orderly visit.
const MOST_STEPS: usize = 20;

pub(crate) struct Browser {
    http: Client,
    origin: String,
    cookies: Vec<(String, String)>,
}

/// Where a visit came to rest.
pub(crate) enum Rest {
    /// A page of the provider.
    Page(Page),
    /// An address of somebody else's, which was not opened.
    Left(Url),
}

pub(crate) struct Page {
    pub(crate) status: u16,
    address: Url,
    html: String,
}

impl Browser {
    pub(crate) fn new(origin: &str) -> Self {
        let http = Client::builder()
            .tls_certs_only([])
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self {
            http,
            origin: origin.to_owned(),
            cookies: Vec::new(),
        }
    }

    /// Opens an address and follows where it leads.
    pub(crate) async fn open(&mut self, address: &str, query: &[(&str, &str)]) -> Rest {
        let address = Url::parse_with_params(address, query).expect("an address");
        self.visit(Method::GET, address, String::new()).await
    }

    /// Fills in the page's form, presses a button and follows where that leads.
    pub(crate) async fn submit(&mut self, page: &Page, filled: &[(&str, &str)]) -> Rest {
        let document = Html::parse_document(&page.html);
        let form = document.select(&selector("form")).next().expect("a form");
        let action = page
            .address
            .join(form.attr("action").unwrap_or_default())
            .expect("an action");
        let mut fields = hidden_fields(form);
        fields.extend(
            filled
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let pairs = Url::parse_with_params("http://form.invalid", &fields).expect("fields");
        let content = pairs.query().unwrap_or_default().to_owned();
        assert!(
            form.attr("method")
                .is_some_and(|method| method.eq_ignore_ascii_case("post")),
            "{}",
            page.html
        );
        self.visit(Method::POST, action, content).await
    }

    /// Gives its cookies away.
    pub(crate) fn take_cookies(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.cookies)
    }

    pub(crate) fn put_cookies(&mut self, cookies: Vec<(String, String)>) {
        self.cookies = cookies;
    }

    async fn visit(&mut self, mut method: Method, mut address: Url, mut content: String) -> Rest {
        for _ in 0..MOST_STEPS {
            if address.origin().ascii_serialization() != self.origin {
                return Rest::Left(address);
            }
            let answer = self.send(method, address.clone(), content).await;
            let Some(location) = answer.headers().get(LOCATION) else {
                let status = answer.status().as_u16();
                return Rest::Page(Page {
                    status,
                    address,
                    html: answer.text().await.expect("a page"),
                });
            };
            address = address
                .join(location.to_str().expect("visible ASCII"))
                .expect("an address");
            (method, content) = (Method::GET, String::new());
        }
        panic!("the visit never comes to rest");
    }

    async fn send(&mut self, method: Method, address: Url, content: String) -> reqwest::Response {
        let mut request = self.http.request(method.clone(), address);
        if method == Method::POST {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(content);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(COOKIE, pairs.join("; "));
        }
        let answer = request.send().await.expect("an answer");
        for cookie in answer.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str().expect("visible ASCII"));
        }
        answer
    }

    fn keep(&mut self, set_cookie: &str) {
        let pair = set_cookie.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').expect("a name and a value");
        self.cookies.retain(|(known, _)| known != name);
        // A provider takes a cookie back by an empty value that has expired.
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

impl Rest {
    #[track_caller]
    pub(crate) fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Left(address) => panic!("left to {}", address.host_str().unwrap_or_default()),
        }
    }

    #[track_caller]
    pub(crate) fn left(self) -> Url {
        match self {
            Self::Left(address) => address,
            Self::Page(page) => panic!(
                "stayed at {} with {}: {}",
                page.address.path(),
                page.status,
                page.html
            ),
        }
    }
}

impl Page {
    /// Whether it asks for a password.
    pub(crate) fn is_sign_on(&self) -> bool {
        self.has("input[type=password]")
    }

    /// Whether it asks before signing off.
    pub(crate) fn asks(&self) -> bool {
        self.has("button[name=answer]")
    }

    fn has(&self, what: &str) -> bool {
        Html::parse_document(&self.html)
            .select(&selector(what))
            .next()
            .is_some()
    }
}

fn hidden_fields(form: ElementRef) -> Vec<(String, String)> {
    let field = |input: ElementRef| {
        Some((
            input.attr("name")?.to_owned(),
            input.attr("value")?.to_owned(),
        ))
    };
    form.select(&selector("input[type=hidden]"))
        .filter_map(field)
        .collect()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

//! Signing in by a browser (`login = { kind = "browser" }`): for pages that only a script can work.
//!
//! Chromium is driven as a person would use it: it opens the authorization request, types the user name and the
//! password where a page asks for them, presses the button beside, and ends where it is sent back to the client. A
//! request to that address is stopped before it leaves the browser, so nobody there learns the code.

use serde_json::{Value, json};
use signoff_browser::thirtyfour::cdp::domains::fetch::{
    Enable, FailRequest, RequestPattern, RequestPaused,
};
use signoff_browser::thirtyfour::cdp::domains::network::ErrorReason;
use signoff_browser::thirtyfour::cdp::{Cdp, CdpEvent, CdpSession};
use signoff_browser::thirtyfour::error::WebDriverError;
use signoff_browser::thirtyfour::{By, WebElement};
use signoff_browser::{Chromium, Options};
use signoff_engine::sign_in::{OutsideAnswer, OutsideEnd, OutsideTask};
use signoff_engine::wire::Failure;
use signoff_oidc::cookies::{Cookie, SameSite};
use signoff_oidc::{Origin, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Finds the fields and the button of the page that is shown, and marks them.
const LOOK: &str = include_str!("browser/look.js");

/// How many pages a sign-in may have.
const PAGES: usize = 12;

/// How long a page may take to go on after a button was pressed.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often it is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(100);

/// A browser that signs people in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrowserSignIn {
    /// The name of the field for the user name, where it is not recognised.
    pub username_field: Option<String>,
    /// The name of the field for the password, where it is not recognised.
    pub password_field: Option<String>,
    /// Whether names besides loopback are resolved: for a provider that is not on this machine.
    pub anywhere: bool,
    /// Host names that are led to loopback.
    pub hosts: Vec<String>,
    /// Whether certificates of unknown authorities are taken, as the target names one of its own.
    pub certificates_unchecked: bool,
}

/// What a page offers.
struct Look {
    user: bool,
    password: bool,
    submit: bool,
    /// Changes when the page does.
    print: String,
    /// What a person would read, cut.
    text: String,
}

impl BrowserSignIn {
    /// Starts the browser. The error says what is not installed.
    pub(crate) async fn start(&self) -> Result<Chromium, Failure> {
        let mut options = Options::new();
        if self.anywhere {
            options = options.anywhere();
        }
        if self.certificates_unchecked {
            options = options.certificates_unchecked();
        }
        for host in &self.hosts {
            options = options.host(host.clone());
        }
        let started = Chromium::start_with(&options).await;
        started.map_err(|error| Failure {
            what: format!(
                "login.kind = \"browser\" needs Chromium and its driver: {error}; or sign in by `form`, `steps` or `command`"
            ),
            unreachable: true,
        })
    }

    /// Signs in with this browser, which holds the cookies of the task and no others.
    pub(crate) async fn sign_in(
        &self,
        browser: &Chromium,
        task: &OutsideTask,
    ) -> Result<OutsideAnswer, Failure> {
        let walked = self.walk(browser, task).await;
        walked.map_err(|what| Failure {
            what: match task.user.password.as_str() {
                "" => what,
                password => what.replace(password, "‹password›"),
            },
            unreachable: false,
        })
    }

    async fn walk(&self, browser: &Chromium, task: &OutsideTask) -> Result<OutsideAnswer, String> {
        let tools = browser.cdp();
        prepare(&tools, task).await.map_err(|error| told(&error))?;
        let fence = Fence::around(&tools, &task.redirect_uri).await?;
        // A redirect to the client at once is a page that cannot be loaded.
        let opened = browser.goto(&task.authorization_url).await;
        let mut password_used = false;
        for page in 1..=PAGES {
            if let Some(url) = fence.stopped() {
                let cookies = cookies(&tools).await.map_err(|error| told(&error))?;
                return Ok(OutsideAnswer {
                    end: OutsideEnd::Redirect(url),
                    cookies,
                    password_used,
                });
            }
            let url = current(browser).await?;
            if page == 1
                && let Err(error) = &opened
            {
                return Err(format!(
                    "the browser could not open the authorization request: {}",
                    told(error)
                ));
            }
            let look = self.settled(browser, &fence).await?;
            if fence.stopped().is_some() {
                continue;
            }
            password_used |= look.password;
            self.fill(browser, task, &look, page).await?;
            self.moved_on(browser, &fence, (&url, &look), page).await?;
        }
        let look = self.look(browser).await?;
        Err(format!(
            "signing in did not end within {PAGES} pages; the last one, at {}, says: {}",
            place(&current(browser).await?),
            look.text
        ))
    }

    /// Fills what the page asks for, and presses the button.
    async fn fill(
        &self,
        browser: &Chromium,
        task: &OutsideTask,
        look: &Look,
        page: usize,
    ) -> Result<(), String> {
        let at = |what: String| format!("page {page} of the sign-in: {what}");
        let mut last: Option<WebElement> = None;
        for (offered, mark, value) in [
            (look.user, "user", task.user.name.as_str()),
            (look.password, "password", task.user.password.as_str()),
        ] {
            if offered {
                let field = marked(browser, mark).await.map_err(at)?;
                let typed = async {
                    field.clear().await?;
                    field.send_keys(value).await
                };
                typed.await.map_err(|error| at(told(&error)))?;
                last = Some(field);
            }
        }
        if look.submit {
            let button = marked(browser, "submit").await.map_err(at)?;
            return button.click().await.map_err(|error| at(told(&error)));
        }
        match last {
            Some(field) => field
                .send_keys("\u{e007}")
                .await
                .map_err(|error| at(told(&error))),
            None => Err(at(format!(
                "at {} there is no field and no button that signing in would need; it says: {}; name fields with login.username_field and login.password_field, or sign in by `steps` or `command`",
                place(&current(browser).await?),
                look.text
            ))),
        }
    }

    /// The page when it offers something, or when it had its time.
    async fn settled(&self, browser: &Chromium, fence: &Fence) -> Result<Look, String> {
        let began = Instant::now();
        loop {
            let look = self.look(browser).await?;
            let over = fence.stopped().is_some() || began.elapsed() > PATIENCE;
            if look.user || look.password || look.submit || over {
                return Ok(look);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until the page is another one.
    async fn moved_on(
        &self,
        browser: &Chromium,
        fence: &Fence,
        (url, before): (&str, &Look),
        page: usize,
    ) -> Result<(), String> {
        let began = Instant::now();
        loop {
            let moved = fence.stopped().is_some()
                || current(browser).await? != url
                || self.look(browser).await?.print != before.print;
            if moved {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!(
                    "page {page} of the sign-in: nothing happened within {} s after it was filled, at {}; it says: {}",
                    PATIENCE.as_secs(),
                    place(url),
                    before.text
                ));
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn look(&self, browser: &Chromium) -> Result<Look, String> {
        let names = vec![json!(self.username_field), json!(self.password_field)];
        let found = browser.execute(LOOK, names).await;
        // While one page makes way for another there is nothing to look at.
        let found = found.map_or(Value::Null, |found| found.json().clone());
        let flag = |name: &str| found[name].as_bool().unwrap_or(false);
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        Ok(Look {
            user: flag("user"),
            password: flag("password"),
            submit: flag("submit"),
            print: text("print"),
            text: text("text"),
        })
    }
}

/// Stops every request to the client before it leaves the browser, and keeps the address of the first.
struct Fence {
    stopped: Arc<Mutex<Option<String>>>,
    watch: JoinHandle<()>,
}

impl Fence {
    async fn around(tools: &Cdp, redirect_uri: &str) -> Result<Self, String> {
        let session = tools.connect().await.map_err(|error| told(&error))?;
        let stopped = Arc::new(Mutex::new(None));
        let watch = tokio::spawn(watch(session.clone(), Arc::clone(&stopped)));
        let fence = Fence { stopped, watch };
        let enabled = session
            .send(Enable {
                patterns: Some(vec![RequestPattern {
                    url_pattern: Some(format!("{}*", literal(redirect_uri))),
                    ..RequestPattern::default()
                }]),
                handle_auth_requests: None,
            })
            .await;
        match enabled {
            Ok(_) => Ok(fence),
            Err(error) => Err(format!(
                "the browser cannot be kept from the client: {error}"
            )),
        }
    }

    /// The address of the client with the answer in it, once the browser was sent there.
    fn stopped(&self) -> Option<String> {
        let stopped = self.stopped.lock();
        stopped.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Fence {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

async fn watch(session: CdpSession, stopped: Arc<Mutex<Option<String>>>) {
    let mut events = session.subscribe_connection();
    while let Ok(event) = events.recv().await {
        if event.method != RequestPaused::METHOD {
            continue;
        }
        let Ok(paused) = serde_json::from_value::<RequestPaused>(event.params) else {
            continue;
        };
        if let Some(url) = paused.request["url"].as_str() {
            let fragment = paused.request["urlFragment"].as_str().unwrap_or_default();
            let mut stopped = stopped.lock().unwrap_or_else(PoisonError::into_inner);
            stopped.get_or_insert_with(|| format!("{url}{fragment}"));
        }
        let failed = FailRequest {
            request_id: paused.request_id,
            error_reason: ErrorReason::BlockedByClient,
        };
        // A page that is gone meanwhile took its request with it.
        drop(session.send(failed).await);
    }
}

/// The address as a pattern of the developer tools that fits it alone.
fn literal(address: &str) -> String {
    let mut literal = String::with_capacity(address.len());
    for letter in address.chars() {
        if matches!(letter, '*' | '?' | '\\') {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal
}

/// An empty browser with the cookies of the task.
async fn prepare(tools: &Cdp, task: &OutsideTask) -> Result<(), WebDriverError> {
    tools.send_raw("Network.enable", json!({})).await?;
    tools
        .send_raw("Network.clearBrowserCookies", json!({}))
        .await?;
    let cookies: Vec<Value> = task.cookies.iter().map(given).collect();
    tools
        .send_raw("Network.setCookies", json!({ "cookies": cookies }))
        .await?;
    Ok(())
}

/// A cookie as the developer tools take it. Without a domain it is for the host of its address alone.
fn given(cookie: &Cookie) -> Value {
    let scheme = if cookie.secure { "https" } else { "http" };
    let mut given = json!({
        "name": cookie.name,
        "value": cookie.value,
        "path": cookie.path,
        "secure": cookie.secure,
        "url": format!("{scheme}://{}{}", cookie.host, cookie.path),
    });
    if !cookie.host_only {
        given["domain"] = json!(format!(".{}", cookie.host));
    }
    match cookie.same_site {
        SameSite::Confined => given["sameSite"] = json!("Lax"),
        SameSite::Everywhere => given["sameSite"] = json!("None"),
        SameSite::Unstated => {}
    }
    if let Some(expires) = cookie.expires {
        given["expires"] = json!(expires.as_second());
    }
    given
}

async fn cookies(tools: &Cdp) -> Result<Vec<Cookie>, WebDriverError> {
    let held = tools.send_raw("Network.getAllCookies", json!({})).await?;
    let held = held["cookies"].as_array().cloned().unwrap_or_default();
    Ok(held.iter().filter_map(taken).collect())
}

fn taken(held: &Value) -> Option<Cookie> {
    let domain = held["domain"].as_str()?;
    let lasts = held["expires"].as_f64().filter(|at| *at > 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seconds of a date, cut to whole ones"
    )]
    let expires = lasts.and_then(|at| Timestamp::from_second(at as i64).ok());
    Some(Cookie {
        name: held["name"].as_str()?.to_owned(),
        value: held["value"].as_str()?.to_owned(),
        host: domain.trim_start_matches('.').to_owned(),
        host_only: !domain.starts_with('.'),
        path: held["path"].as_str().unwrap_or("/").to_owned(),
        secure: held["secure"].as_bool().unwrap_or(false),
        same_site: match held["sameSite"].as_str() {
            Some("Lax" | "Strict") => SameSite::Confined,
            Some("None") => SameSite::Everywhere,
            _ => SameSite::Unstated,
        },
        expires,
    })
}

async fn marked(browser: &Chromium, mark: &str) -> Result<WebElement, String> {
    let found = browser
        .find(By::Css(format!("[data-signoff='{mark}']")))
        .await;
    found.map_err(|error| told(&error))
}

async fn current(browser: &Chromium) -> Result<String, String> {
    browser
        .current_url()
        .await
        .map(|url| url.to_string())
        .map_err(|error| told(&error))
}

/// An address without its query, where state and codes stand.
fn place(url: &str) -> String {
    let whole = url.split(['?', '#']).next().unwrap_or_default();
    match Origin::of(whole) {
        Some(_) => whole.to_owned(),
        None => "no address".to_owned(),
    }
}

/// The first line: what follows are the driver's own frames.
fn told(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

/// The browser, or nothing after a loud line where none is required.
#[cfg(test)]
pub(crate) async fn started_or_skipped(sign_in: &BrowserSignIn) -> Option<Chromium> {
    use std::io::Write as _;

    let required = std::env::var("SIGNOFF_BROWSER").is_ok_and(|value| value == "required");
    match sign_in.start().await {
        Ok(browser) => Some(browser),
        Err(error) if error.what.contains("not installed") && !required => {
            let skipped = format!(
                "######## SKIPPED: a test with a browser: {} ########",
                error.what
            );
            let _ = writeln!(std::io::stderr(), "{skipped}");
            None
        }
        Err(error) => panic!("{}", error.what),
    }
}

#[cfg(test)]
mod tests;

//! The way to a target over HTTP: an ordinary client for sign-in and discovery, exact bytes for the
//! requests under test, and, for our own mock, its control surface.

use crate::browser::BrowserSignIn;
use crate::ears::Ears;
use crate::program::Program;
use crate::wire::{ExactWire, OrdinaryWire, WireError, WireOptions};
use signoff_browser::Chromium;
use signoff_engine::sign_in::{OutsideAnswer, OutsideTask};
use signoff_engine::{Command, Failure, Fidelity, Wire};
use signoff_oidc::params::encode;
use signoff_oidc::{Request, Response, Timestamp};
use std::time::Duration;

/// A target over HTTP.
#[derive(Debug)]
pub struct HttpWire {
    exact: ExactWire,
    ordinary: OrdinaryWire,
    control: Option<MockControl>,
    outside: Option<Outside>,
    /// Who listens at the relying parties' addresses.
    ears: Option<Ears>,
    /// The browser that signs in, once it was needed.
    browser: Option<Chromium>,
    advanced: i64,
    reach: Reach,
}

/// How far a run may send requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To loopback only. A target on loopback is judged without asking anybody, so its metadata must not
    /// lead the run to a server whose owner was never asked.
    Loopback,
    /// Anywhere: the consent was given.
    Anywhere,
}

/// The control surface of a mock that is run by `signoff serve` or by `MockIdp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MockControl {
    /// Its address, which ends in `/__mock`.
    pub url: String,
    /// The tenant under test.
    pub tenant: String,
}

impl HttpWire {
    /// The way to a target; with `control`, its clock can be moved and its clients disabled.
    pub fn new(
        options: &WireOptions,
        control: Option<MockControl>,
        reach: Reach,
    ) -> Result<Self, WireError> {
        Ok(HttpWire {
            exact: ExactWire::new(options.clone())?,
            ordinary: OrdinaryWire::new(options.clone())?,
            control,
            outside: None,
            ears: None,
            browser: None,
            advanced: 0,
            reach,
        })
    }

    /// With something outside that signs in.
    #[must_use]
    pub fn signing_in_by(mut self, outside: Option<Outside>) -> Self {
        self.outside = outside;
        self
    }

    /// With somebody who listens at the back-channel addresses of the relying parties.
    #[must_use]
    pub fn listening_by(mut self, ears: Option<Ears>) -> Self {
        self.ears = ears;
        self
    }

    /// Whether the run may send this request.
    fn allowed(&self, request: &Request) -> Result<(), Failure> {
        if self.reach == Reach::Anywhere || request.origin.is_loopback() {
            return Ok(());
        }
        let what = format!(
            "the target is on loopback, but leads to {}, which is not; add it to own_origins and give consent",
            request.origin
        );
        Err(Failure {
            what,
            unreachable: true,
        })
    }

    async fn tell(&mut self, path: &str, body: String) -> Result<bool, Failure> {
        let Some(control) = &self.control else {
            return Ok(false);
        };
        let url = format!("{}/{path}", control.url.trim_end_matches('/'));
        let mut request = Request::get(&url).ok_or_else(|| Failure {
            what: "the control address is no http(s) URL".to_owned(),
            unreachable: false,
        })?;
        "POST".clone_into(&mut request.method);
        request.body = body.into_bytes();
        let request = request.with_header("Content-Type", "application/json");
        let response = self
            .ordinary
            .send(&request)
            .await
            .map_err(|error| failure(&error))?;
        if response.status < 300 {
            return Ok(true);
        }
        Err(Failure {
            what: format!("the control surface answered {} to {path}", response.status),
            unreachable: false,
        })
    }
}

/// What signs in where the engine cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// A program of the user's.
    Program(Program),
    /// A browser.
    Browser(BrowserSignIn),
}

fn nobody() -> Failure {
    Failure {
        what: "there is nothing to sign in with; login.command names a program".to_owned(),
        unreachable: false,
    }
}

/// What went wrong, and whether it makes sense to go on.
fn failure(error: &WireError) -> Failure {
    let unreachable = error.is_unreachable();
    Failure {
        what: error.to_string(),
        unreachable,
    }
}

impl Wire for HttpWire {
    async fn begin(&mut self, _: u64) -> Result<(), Failure> {
        if self.control.is_some() && self.advanced != 0 {
            self.tell("reset", "{}".to_owned()).await?;
            self.advanced = 0;
        }
        Ok(())
    }

    async fn send(&mut self, request: &Request, fidelity: Fidelity) -> Result<Response, Failure> {
        self.allowed(request)?;
        match fidelity {
            Fidelity::Exact => self
                .exact
                .send(request)
                .await
                .map_err(|error| failure(&error)),
            Fidelity::Ordinary => self
                .ordinary
                .send(request)
                .await
                .map_err(|error| failure(&error)),
        }
    }

    async fn send_twice_at_once(&mut self, request: &Request) -> [Result<Response, Failure>; 2] {
        if let Err(failure) = self.allowed(request) {
            return [Err(failure.clone()), Err(failure)];
        }
        let answers = self.exact.send_twice_at_once(request).await;
        answers.map(|answer| answer.map_err(|error| failure(&error)))
    }

    async fn sign_in(&mut self, task: &OutsideTask) -> Result<OutsideAnswer, Failure> {
        match &self.outside {
            Some(Outside::Program(program)) => program.sign_in(task).await,
            Some(Outside::Browser(sign_in)) => {
                if self.browser.is_none() {
                    self.browser = Some(sign_in.start().await?);
                }
                match &self.browser {
                    Some(browser) => sign_in.sign_in(browser, task).await,
                    None => Err(nobody()),
                }
            }
            None => Err(nobody()),
        }
    }

    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        let tenant = self
            .control
            .as_ref()
            .map_or("", |control| control.tenant.as_str())
            .to_owned();
        match command {
            Command::Advance(seconds) => {
                let done = self
                    .tell("clock", format!("{{\"advance_seconds\":{seconds}}}"))
                    .await?;
                self.advanced += if done { *seconds } else { 0 };
                Ok(done)
            }
            Command::Delete(_) | Command::Configure(_) => Ok(false),
            Command::Disable(client) | Command::Enable(client) => {
                let enabled = matches!(command, Command::Enable(_));
                let path = format!(
                    "clients/{}/{}",
                    encode(tenant.as_bytes()),
                    encode(client.as_bytes())
                );
                self.tell(&path, format!("{{\"enabled\":{enabled}}}")).await
            }
        }
    }

    fn listening(&self) -> Vec<String> {
        let ears = self.ears.as_ref();
        ears.map(|ears| ears.addresses().to_vec())
            .unwrap_or_default()
    }

    async fn received(&mut self, patience: Duration) -> Vec<Request> {
        match &mut self.ears {
            Some(ears) => ears.heard(patience).await,
            None => Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        let advanced = jiff::SignedDuration::from_secs(self.advanced);
        let now = Timestamp::now();
        now.checked_add(advanced).unwrap_or(now)
    }
}

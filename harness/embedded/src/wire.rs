//! The way to the mock in memory. A fresh provider for each case, so that cases cannot see each other.

use crate::world::{Embedded, START};
use mock_idp_core::{
    CallAnswer, Config, Control, DialectId, NoAnswer, Op, Request as MockRequest,
    Response as MockResponse, SignatureMemo, Step, Tenant,
};
use signoff_engine::{Command, Failure, Fidelity, Wire};
use signoff_oidc::{Request, Response, Timestamp};
use signoff_rules::Setting;
use std::time::Duration;

/// A provider in memory, its clock under control.
pub struct EmbeddedWire {
    config: Config,
    /// The configuration of the case, with what was set in it.
    case: Config,
    op: Option<Op>,
    advanced: i64,
    /// What the provider told relying parties and nobody has asked for yet.
    received: Vec<Request>,
}

impl EmbeddedWire {
    /// The way to this mock.
    pub fn new(embedded: &Embedded) -> Self {
        EmbeddedWire::sharing(embedded, SignatureMemo::new())
    }

    /// The same, with signatures shared with other runs.
    pub fn sharing(embedded: &Embedded, signatures: SignatureMemo) -> Self {
        let config = Config {
            signatures: Some(signatures),
            ..embedded.config.clone()
        };
        EmbeddedWire {
            case: config.clone(),
            config,
            op: None,
            advanced: 0,
            received: Vec::new(),
        }
    }

    fn op(&mut self) -> Result<&mut Op, Failure> {
        self.op.as_mut().ok_or_else(|| failure("no case has begun"))
    }

    /// Has a request answered, playing the relying parties that the provider tells something on the way.
    fn carried_through(&mut self, request: &MockRequest) -> Result<MockResponse, Failure> {
        let mut step = self.op()?.begin(request, START);
        loop {
            match step {
                Step::Respond(response) => {
                    for notification in self.op()?.notifications() {
                        let answer = self.called(&notification.request);
                        self.op()?.notified(&notification, &answer, START);
                    }
                    return Ok(response);
                }
                Step::Call(waiting) => {
                    let answer = self.called(waiting.request());
                    step = self.op()?.resume(waiting, answer, START);
                }
            }
        }
    }

    /// A relying party takes whatever it is told, and says that it is well. Nobody else is at hand, but the provider
    /// itself.
    fn called(&mut self, call: &MockRequest) -> CallAnswer {
        if self.op().is_ok_and(|op| op.serves(call)) {
            return self
                .op()
                .map(|op| op.handle(call, START))
                .map_err(|failure| NoAnswer(failure.what));
        }
        if !self.addresses().contains(&call.target) {
            return Err(NoAnswer("nobody is at this address".to_owned()));
        }
        if let Some(received) = heard(call) {
            self.received.push(received);
        }
        Ok(MockResponse {
            status: 200,
            headers: Vec::new(),
            body: Vec::new(),
        })
    }

    /// The back-channel addresses of all clients.
    fn addresses(&self) -> Vec<String> {
        let clients = self.case.tenants.iter().flat_map(|tenant| &tenant.clients);
        let addresses = clients.filter_map(|client| client.back_channel_logout_uri.clone());
        addresses.collect()
    }

    fn control(&mut self, control: Control) -> Result<bool, Failure> {
        self.op()?
            .control(control, START)
            .map_err(|error| failure(&error.to_string()))?;
        Ok(true)
    }

    /// The tenant begins anew with the setting; so do its sessions.
    fn configure(&mut self, setting: &Setting) -> Result<bool, Failure> {
        let Some(tenant) = self.case.tenants.first_mut() else {
            return Ok(false);
        };
        if !apply(setting, tenant) {
            return Ok(false);
        }
        let config = self.case.clone();
        self.op()?
            .reconfigure(config)
            .map_err(|error| failure(&error.to_string()))?;
        Ok(true)
    }
}

/// Writes a setting into the mock's configuration. False when it names a client that is not there, or when the
/// dialect has no such setting.
fn apply(setting: &Setting, tenant: &mut Tenant) -> bool {
    let standard = matches!(setting, Setting::FrontChannelUri { .. });
    if !standard && tenant.dialect != DialectId::PingOne {
        return false;
    }
    let client = match setting {
        Setting::EveryProtocolUris(uris) => {
            tenant
                .logout_settings
                .post_logout_redirect_uris
                .clone_from(uris);
            return true;
        }
        Setting::OthersToo(on) => {
            tenant.logout_settings.enable_cross_protocol_slo = *on;
            return true;
        }
        Setting::HintAlone { client, .. }
        | Setting::FrontChannelUri { client, .. }
        | Setting::OwnPages { client, .. } => client,
    };
    let Some(client) = tenant.clients.iter_mut().find(|known| known.id == *client) else {
        return false;
    };
    match setting {
        Setting::HintAlone { allowed, .. } => client.idp_signoff = *allowed,
        Setting::FrontChannelUri { uri, .. } => {
            client.front_channel_logout_uri = Some(uri.clone());
        }
        Setting::OwnPages { url, .. } => client.login_page_url = Some(url.clone()),
        Setting::EveryProtocolUris(_) | Setting::OthersToo(_) => {}
    }
    true
}

/// A call of the provider as the relying party sees it.
fn heard(call: &MockRequest) -> Option<Request> {
    let mut request = Request::get(&call.target)?;
    request.method.clone_from(&call.method);
    request.headers.clone_from(&call.headers);
    request.body.clone_from(&call.body);
    Some(request)
}

fn failure(what: &str) -> Failure {
    Failure {
        what: what.to_owned(),
        unreachable: false,
    }
}

/// The target as an HTTP server hands it on: without a fragment, which none may have. What is not UTF-8, or has
/// characters in its query that no URI has, never gets past one, which answers with a bare 400.
fn as_served(target: &[u8]) -> Option<String> {
    let whole = target.split(|octet| *octet == b'#').next()?;
    let mut parts = whole.splitn(2, |octet| *octet == b'?');
    let query = parts.nth(1).unwrap_or_default();
    let is_foreign = |octet: &u8| octet.is_ascii_control() || b" \"<>".contains(octet);
    if query.iter().any(is_foreign) {
        return None;
    }
    String::from_utf8(whole.to_vec()).ok()
}

impl Wire for EmbeddedWire {
    async fn begin(&mut self, seed: u64) -> Result<(), Failure> {
        let config = Config {
            seed,
            ..self.config.clone()
        };
        self.case = config.clone();
        self.op = Some(Op::new(config).map_err(|error| failure(&error.to_string()))?);
        self.advanced = 0;
        self.received.clear();
        Ok(())
    }

    async fn send(&mut self, request: &Request, _: Fidelity) -> Result<Response, Failure> {
        let Some(target) = as_served(&request.target) else {
            return Ok(Response {
                status: 400,
                headers: Vec::new(),
                body: Vec::new(),
            });
        };
        let mut headers = vec![(
            "Host".to_owned(),
            request.origin.authority().as_bytes().to_vec(),
        )];
        headers.extend(request.headers.iter().cloned());
        let request = MockRequest {
            method: request.method.clone(),
            target,
            secure: request.origin.is_https(),
            headers,
            body: request.body.clone(),
        };
        let answer = self.carried_through(&request)?;
        let headers = answer
            .headers
            .into_iter()
            .map(|(name, value)| (name, value.into_bytes()))
            .collect();
        Ok(Response {
            status: answer.status,
            headers,
            body: answer.body,
        })
    }

    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        let tenant = self
            .config
            .tenants
            .first()
            .map(|tenant| tenant.id.clone())
            .unwrap_or_default();
        match command {
            Command::Advance(seconds) => {
                self.control(Control::AdvanceClock { seconds: *seconds })?;
                self.advanced += seconds;
                Ok(true)
            }
            Command::Disable(client) => self.control(Control::DisableClient {
                tenant,
                client: client.clone(),
            }),
            Command::Delete(client) => self.control(Control::DeleteClient {
                tenant,
                client: client.clone(),
            }),
            Command::Configure(setting) => self.configure(setting),
            Command::Enable(client) => self.control(Control::EnableClient {
                tenant,
                client: client.clone(),
            }),
        }
    }

    fn listening(&self) -> Vec<String> {
        self.addresses()
    }

    async fn received(&mut self, _: Duration) -> Vec<Request> {
        std::mem::take(&mut self.received)
    }

    fn now(&self) -> Timestamp {
        START
            .checked_add(Duration::from_secs(
                u64::try_from(self.advanced).unwrap_or(0),
            ))
            .unwrap_or(START)
    }
}

//! The way to the mock in memory. A fresh provider for each case, so that cases cannot see each other.

use crate::world::{Embedded, START};
use mock_idp_core::{
    Config, Control, DialectId, Op, Request as MockRequest, SignatureMemo, Tenant,
};
use signoff_engine::{Command, Failure, Fidelity, Wire};
use signoff_oidc::{Request, Response, Timestamp};
use signoff_rules::Setting;

/// A provider in memory, its clock under control.
pub struct EmbeddedWire {
    config: Config,
    /// The configuration of the case, with what was set in it.
    case: Config,
    op: Option<Op>,
    advanced: i64,
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
        }
    }

    fn op(&mut self) -> Result<&mut Op, Failure> {
        self.op.as_mut().ok_or_else(|| failure("no case has begun"))
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

fn failure(what: &str) -> Failure {
    Failure {
        what: what.to_owned(),
        unreachable: false,
    }
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
        Ok(())
    }

    async fn send(&mut self, request: &Request, _: Fidelity) -> Result<Response, Failure> {
        // What is not UTF-8 in a request target never gets past an HTTP server: it answers with a bare 400.
        let Ok(target) = String::from_utf8(request.target.clone()) else {
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
        let answer = self.op()?.handle(&request, START);
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

    fn now(&self) -> Timestamp {
        START
            .checked_add(std::time::Duration::from_secs(
                u64::try_from(self.advanced).unwrap_or(0),
            ))
            .unwrap_or(START)
    }
}

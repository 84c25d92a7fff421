//! Spells an operator's setting for a target.

use crate::resolve::missing;
use crate::target::Target;
use signoff_oidc::{Client, Origin};
use signoff_rules::setting::Setting as Set;
use signoff_scenarios::{Party, Setting};

/// The setting in this target's clients and addresses. The error is the reason why it is not applicable.
pub fn resolve(setting: &Setting, target: &Target) -> Result<Set, String> {
    let client = |party: &Party| target.client_of(*party).ok_or_else(|| missing(*party));
    Ok(match setting {
        Setting::HintAlone(party, allowed) => Set::HintAlone {
            client: client(party)?.id.clone(),
            allowed: *allowed,
        },
        Setting::EveryProtocolUris(parties) => {
            let first = |party| {
                let uris = &client(party)?.post_logout_redirect_uris;
                let uri = uris.first().cloned();
                uri.ok_or_else(|| "the client has no post-logout redirect URI".to_owned())
            };
            Set::EveryProtocolUris(parties.iter().map(first).collect::<Result<_, String>>()?)
        }
        Setting::OthersToo(on) => Set::OthersToo(*on),
        Setting::FrontChannelUri(party) => {
            let client = client(party)?;
            Set::FrontChannelUri {
                client: client.id.clone(),
                uri: beside_callback(client, "/front-channel-logout")?,
            }
        }
        Setting::OwnPages(party) => {
            let client = client(party)?;
            Set::OwnPages {
                client: client.id.clone(),
                url: beside_callback(client, "/sign-on")?,
            }
        }
    })
}

/// An address at the client's own origin.
fn beside_callback(client: &Client, path: &str) -> Result<String, String> {
    let origin = client.redirect_uris.iter().find_map(|uri| Origin::of(uri));
    let origin = origin.ok_or("the client has no redirect URI at an http(s) origin")?;
    Ok(format!("{origin}{path}"))
}

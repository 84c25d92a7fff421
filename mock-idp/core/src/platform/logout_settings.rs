//! What signing off means for the whole environment.

use serde_json::json;

use super::reader::Reader;
use super::{Call, Outcome};
use crate::config::LogoutSettings;
use crate::http::Response;
use crate::realm::Realm;

#[expect(
    clippy::unnecessary_wraps,
    reason = "every action of a route may fail, this one does not"
)]
pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let settings = &realm.tenant.logout_settings;
    let description = json!({
        "_links": { "self": { "href": call.link("/logoutSettings") } },
        "environment": { "id": realm.tenant.id },
        "enableCrossProtocolSLO": settings.enable_cross_protocol_slo,
        "enableAltOidcPostLogoutUriValidation": settings.enable_alt_oidc_post_logout_uri_validation,
        "postLogoutRedirectUris": settings.post_logout_redirect_uris,
    });
    Ok(Response::json(200, &description))
}

pub(super) fn update(realm: &mut Realm, call: &Call) -> Outcome {
    let mut content = Reader::of(call.incoming)?;
    let settings = LogoutSettings {
        enable_cross_protocol_slo: content.flag("enableCrossProtocolSLO").unwrap_or(false),
        enable_alt_oidc_post_logout_uri_validation: content
            .flag("enableAltOidcPostLogoutUriValidation")
            .unwrap_or(false),
        post_logout_redirect_uris: content.uris("postLogoutRedirectUris").unwrap_or_default(),
    };
    content.ignore(&["environment"]);
    content.finish()?;
    realm.tenant.logout_settings = settings;
    read(realm, call)
}

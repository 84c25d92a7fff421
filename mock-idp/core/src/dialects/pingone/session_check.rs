//! OpenID Connect Session Management 1.0: `session_state` for applications that ask for it, and the frame that tells
//! them when it no longer holds. The product only offers this on custom domains; here it is served everywhere.

use sha2::{Digest, Sha256};
use url::Url;

use crate::authorize::Authorization;
use crate::http::Response;
use crate::page;
use crate::realm::Realm;
use crate::sessions::Session;

/// The cookie that the frame reads. The product's name for it is not public.
pub(super) const COOKIE: &str = "ST-STATE";

/// What stands for the state of a browser that has this session cookie. The cookie cannot be told from it.
pub(super) fn browser_state(cookie: &str) -> String {
    hex(&format!("browser state of {cookie}"))
}

/// Whether any application of the environment asks for it.
pub(super) fn is_used(realm: &Realm) -> bool {
    let mut clients = realm.tenant.clients.iter();
    clients.any(|client| client.op_session_check_enabled)
}

/// The `session_state` of an answer (section 3.2); none for an application that does not ask for it.
pub(super) fn state(
    realm: &mut Realm,
    authorization: &Authorization,
    session: &Session,
) -> Option<String> {
    let client = realm.tenant.client(&authorization.client)?;
    if !client.op_session_check_enabled {
        return None;
    }
    let id = client.id.clone();
    let origin = Url::parse(&authorization.reply.redirect_uri).ok()?.origin();
    let salt = realm.random.uuid();
    let state = browser_state(&session.cookie);
    let hash = hex(&format!(
        "{id} {} {state} {salt}",
        origin.ascii_serialization()
    ));
    Some(format!("{hash}.{salt}"))
}

fn hex(text: &str) -> String {
    let digest = Sha256::digest(text);
    let digits: Vec<_> = digest.iter().map(|octet| format!("{octet:02x}")).collect();
    digits.concat()
}

/// Answers a relying party's frame (section 3.2) with `unchanged`, `changed` or `error`.
const SCRIPT: &str = "addEventListener('message',async e=>{\
    const said=String(e.data).split(' '),salt=(said[1]||'').split('.')[1];let answer='error';\
    if(said.length===2&&said[0]&&salt){\
    const mine=document.cookie.split('; ').find(c=>c.startsWith('ST-STATE='))||'';\
    const text=[said[0],e.origin,mine.slice(9),salt].join(' ');\
    const hash=await crypto.subtle.digest('SHA-256',new TextEncoder().encode(text));\
    const hex=[...new Uint8Array(hash)].map(b=>b.toString(16).padStart(2,'0')).join('');\
    answer=hex+'.'+salt===said[1]?'unchanged':'changed'}\
    e.source.postMessage(answer,e.origin)})";

/// `GET /as/checksession`.
pub(super) fn frame() -> Response {
    page::framed_script("Session", SCRIPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_reads_the_cookie_that_is_set() {
        assert!(SCRIPT.contains(&format!("startsWith('{COOKIE}=')")));
        assert!(SCRIPT.contains(&format!("slice({})", COOKIE.len() + 1)));
    }
}

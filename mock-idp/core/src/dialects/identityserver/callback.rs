//! `/connect/endsession/callback`: the page whose frames tell the clients by the front channel.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Version;
use super::context::Notice;
use crate::config::{Client, origin_of};
use crate::http::Response;
use crate::journal::Event;
use crate::page::escape;
use crate::realm::{Incoming, Realm, Site};
use crate::uri;

const STYLE: &str = "iframe{display:none;width:0;height:0;}";
/// The braces are doubled in the product, too.
const DUENDE_STYLE: &str = "iframe{{display:none;width:0;height:0;}}";
/// Tells the page around it once every frame has loaded.
const COMPLETION: &str = "(function(){var frames=document.getElementsByTagName('iframe'),left=frames.length;\
    function done(){window.parent.postMessage('logout-iframes-complete',window.location.origin)}\
    if(!left){done();return}\
    for(var i=0;i<frames.length;i++){frames[i].addEventListener('load',function(){if(--left===0){done()}})}})()";

/// Answers a request. The value is good for ever.
pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if incoming.request.method != "GET" {
        return Response::empty(405);
    }
    let id = incoming.query.text("endSessionId").unwrap_or_default();
    let notices = &realm.store.identity_server.notices;
    let found = notices.find(id).filter(|notice| !notice.clients.is_empty());
    let Some(notice) = found.cloned() else {
        return Response::empty(400);
    };
    let addresses = addresses(realm, &notice);
    for (client, _) in &addresses {
        realm.events.push(Event::FrontChannelLogout {
            client: client.clone(),
        });
    }
    let addresses: Vec<_> = addresses.into_iter().map(|(_, address)| address).collect();
    page(Version::of(&realm.tenant), &addresses)
}

/// Client and address of every frame, in the order of the session.
fn addresses(realm: &Realm, notice: &Notice) -> Vec<(String, String)> {
    let issuer = realm.issuer(Site::Default);
    let with_session = |client: &Client, address: &str| {
        if client.front_channel_logout_session_required {
            let named = [("sid", notice.sid.as_bytes()), ("iss", issuer.as_bytes())];
            uri::with_parameters(address.as_bytes(), &named)
        } else {
            address.to_owned()
        }
    };
    let listeners = notice.listeners(realm).into_iter();
    listeners
        .map(|(client, address)| (client.id.clone(), with_session(client, address)))
        .collect()
}

fn page(version: Version, addresses: &[String]) -> Response {
    let frame = |address: &String| match version {
        Version::Four => format!("<iframe src='{}'></iframe>", escape(address)),
        Version::Seven | Version::Eight => {
            format!(
                "<iframe loading='eager' allow='' src='{}'></iframe>\n",
                escape(address)
            )
        }
    };
    let frames: String = addresses.iter().map(frame).collect();
    let (style, end) = match version {
        Version::Four => (STYLE, "</body></html>".to_owned()),
        Version::Seven => (DUENDE_STYLE, String::new()),
        Version::Eight => (DUENDE_STYLE, format!("<script>{COMPLETION}</script>")),
    };
    let body = format!("<!DOCTYPE html><html><style>{style}</style><body>{frames}{end}");
    let policy = content_security_policy(version, style, addresses);
    Response::content(200, "text/html; charset=UTF-8", body)
        .with("Cache-Control", "no-store, no-cache, max-age=0")
        .with("Pragma", "no-cache")
        .with("Content-Security-Policy", &policy)
        .with("X-Content-Security-Policy", &policy)
}

fn content_security_policy(version: Version, style: &str, addresses: &[String]) -> String {
    let mut policy = format!("default-src 'none'; style-src '{}'", digest(style));
    if version == Version::Eight {
        policy = format!("{policy}; script-src '{}'", digest(COMPLETION));
    }
    let mut origins: Vec<&str> = Vec::new();
    for origin in addresses.iter().map(|address| origin_of(address)) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.is_empty() {
        return policy;
    }
    let origins = origins.join(" ");
    // Duende 7 puts a blank behind each.
    let end = if version == Version::Seven { " " } else { "" };
    format!("{policy}; frame-src {origins}{end}")
}

fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digests_of_the_styles_are_those_that_the_product_is_known_to_send() {
        assert_eq!(
            digest(STYLE),
            "sha256-u+OupXgfekP+x/f6rMdoEAspPCYUtca912isERnoEjY="
        );
        assert_eq!(
            digest(DUENDE_STYLE),
            "sha256-e6FQZewefmod2S/5T11pTXjzE2vn3/8GRwWOs917YE4="
        );
    }

    #[test]
    fn each_version_spells_the_page_its_own_way() {
        let addresses = ["https://a.example/out?sid=1&iss=x".to_owned()];
        let text = |version| String::from_utf8(page(version, &addresses).body).unwrap();
        assert_eq!(
            text(Version::Four),
            "<!DOCTYPE html><html><style>iframe{display:none;width:0;height:0;}</style><body>\
             <iframe src='https://a.example/out?sid=1&amp;iss=x'></iframe></body></html>"
        );
        assert!(
            text(Version::Seven)
                .ends_with("allow='' src='https://a.example/out?sid=1&amp;iss=x'></iframe>\n")
        );
        assert!(text(Version::Eight).ends_with("</script>"));
    }
}

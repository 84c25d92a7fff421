//! Where PingOne sends a browser after sign-off, and where it does not.

use mock_idp_core::{Op, Request};

use super::browser::{ALICE, Browser, OTHER_OUT, OUT, form, p1, pingone, start};

fn followed(with_hint: bool, uri: &str) -> bool {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let own = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let mut fields = vec![("post_logout_redirect_uri", uri)];
    if with_hint {
        fields.push(("id_token_hint", &own.id));
    }
    let answer = browser.get(&mut op, &format!("{}/signoff?{}", p1(), form(&fields)));
    let location = answer.header("Location").unwrap();
    let to_page = location.starts_with("https://apps.pingone.com/");
    assert!(to_page || location == uri, "{location}");
    assert_eq!(
        browser.is_signed_on(&mut op, &p1()),
        location.contains("error="),
        "{uri}"
    );
    !to_page
}

#[test]
fn with_a_hint_its_application_decides_and_without_one_every_enabled_one() {
    let off = "https://off.example/out";
    for (uri, with_hint, without) in [
        (OUT, true, true),
        (OTHER_OUT, false, true),
        (off, false, false),
    ] {
        assert_eq!(
            (followed(true, uri), followed(false, uri)),
            (with_hint, without),
            "{uri}"
        );
    }
}

#[test]
fn nothing_but_the_registered_octets_is_followed() {
    let look_alikes = [
        "https://rp.example/out",
        "https://rp.example/out?from=op&x",
        "https://rp.example/out?from=op#f",
        "https://rp.example/out?from=op ",
        " https://rp.example/out?from=op",
        "https://RP.example/out?from=op",
        "HTTPS://rp.example/out?from=op",
        "https://rp.example:443/out?from=op",
        "https://rp.example./out?from=op",
        "https://rp.example/./out?from=op",
        "https://rp.example/a/../out?from=op",
        "https://rp.example//out?from=op",
        "https://rp.example/%6Fut?from=op",
        "https://rp.example/out?from=%6Fp",
        "https://rp.example/OUT?from=op",
        "https://u@rp.example/out?from=op",
        "https://rp.example@evil.example/out?from=op",
        "https:/\\rp.example/out?from=op",
        "//rp.example/out?from=op",
        "http://rp.example/out?from=op",
        "https://evil.example/?https://rp.example/out?from=op",
        "javascript:alert(1)",
        "data:text/html,x",
        "/out",
        "https://rp.example/cb",
        "https://rp.example/out?from=op\r\nX: y",
        "https://rp.example/out?from=op\u{0}",
    ];
    for uri in look_alikes {
        assert!(!followed(true, uri), "{uri:?}");
    }
}

#[test]
fn the_registered_uri_and_state_have_fewer_than_8192_characters() {
    for (total, redirects) in [(8_191, true), (8_192, false), (8_193, false)] {
        // Each letter is two octets and six characters when encoded: decoded characters count.
        let state = "é".repeat(total - OUT.len());
        let mut op = Op::new(pingone()).unwrap();
        let query = form(&[("post_logout_redirect_uri", OUT), ("state", &state)]);
        let answer = op.handle(&Request::get(format!("{}/signoff?{query}", p1())), start());
        let location = answer.header("Location").unwrap();
        assert_eq!(location.starts_with(OUT), redirects, "{total}");
    }
}

#[test]
fn state_comes_back_octet_by_octet() {
    let mut op = Op::new(pingone()).unwrap();
    for (sent, returned) in [
        ("%ff%00", "%FF%00"),
        ("a%2Bb+c", "a%2Bb+c"),
        ("%0d%0aX:%20y", "%0D%0AX%3A+y"),
        ("%26%3d%23", "%26%3D%23"),
    ] {
        let query = format!(
            "{}&state={sent}",
            form(&[("post_logout_redirect_uri", OUT)])
        );
        let answer = op.handle(&Request::get(format!("{}/signoff?{query}", p1())), start());
        assert_eq!(
            answer.header("Location"),
            Some(format!("{OUT}&state={returned}").as_str())
        );
    }
}

#[test]
fn empty_parameters_are_absent() {
    let mut op = Op::new(pingone()).unwrap();
    let query = "id_token_hint=&post_logout_redirect_uri=&state=";
    let answer = op.handle(&Request::get(format!("{}/signoff?{query}", p1())), start());
    assert!(
        answer
            .header("Location")
            .unwrap()
            .ends_with("/signon/#signedOff")
    );
}

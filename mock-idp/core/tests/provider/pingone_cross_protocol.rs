//! `/xp/signoff`, the environment's logout settings, and the front channel.

use mock_idp_core::{Config, Event, LogoutSettings, Op};

use super::browser::{ALICE, Browser, ENV, OTHER_OUT, OUT, form, p1, pingone, text};

const ENVIRONMENT_OUT: &str = "https://portal.example/bye";

fn xp() -> String {
    format!("https://auth.pingone.com/{ENV}/xp/signoff")
}

fn landing() -> String {
    format!("https://apps.pingone.com/{ENV}/signon/#signedOff")
}

fn settings(slo: bool) -> Config {
    let mut config = pingone();
    let tenant = &mut config.tenants[0];
    tenant.logout_settings = LogoutSettings {
        enable_cross_protocol_slo: slo,
        post_logout_redirect_uris: vec![ENVIRONMENT_OUT.to_owned()],
        ..LogoutSettings::default()
    };
    config
}

fn with_front_channel(mut config: Config) -> Config {
    for client in &mut config.tenants[0].clients {
        client.front_channel_logout_uri = Some(format!("https://{}.example/front?x=1", client.id));
        client.front_channel_logout_session_required = client.id == "other";
    }
    config
}

fn asked(op: &Op) -> Vec<String> {
    let clients = op.journal().filter_map(|entry| match &entry.event {
        Event::FrontChannelLogout { client } => Some(client.clone()),
        _ => None,
    });
    clients.collect()
}

#[test]
fn it_ends_the_session_and_goes_only_to_the_environments_own_uris() {
    for by_post in [false, true] {
        for spelled in ["post_logout_redirect_uri", "postLogoutRedirectUris"] {
            for (asked_for, to) in [
                (ENVIRONMENT_OUT, ENVIRONMENT_OUT.to_owned()),
                (OUT, landing()),
                ("https://portal.example/bye/", landing()),
                ("", landing()),
            ] {
                let mut op = Op::new(settings(false)).unwrap();
                let mut browser = Browser::default();
                browser.sign_on(&mut op, &p1(), "rp", ALICE);
                let saved = browser.clone();
                let fields = [(spelled, asked_for)];
                let answer = if by_post {
                    browser.post(&mut op, &xp(), &fields)
                } else {
                    browser.get(&mut op, &format!("{}?{}", xp(), form(&fields)))
                };
                assert_eq!(
                    (answer.status, answer.header("Location")),
                    (302, Some(to.as_str()))
                );
                assert!(browser.jar.is_empty());
                assert!(!saved.clone().is_signed_on(&mut op, &p1()));
            }
        }
    }
}

#[test]
fn without_a_session_it_is_refused_on_the_hosted_page() {
    let mut op = Op::new(settings(true)).unwrap();
    let fields = [("post_logout_redirect_uri", ENVIRONMENT_OUT)];
    let answer = Browser::default().get(&mut op, &format!("{}?{}", xp(), form(&fields)));
    let location = answer.header("Location").unwrap();
    assert!(location.starts_with(&format!("https://apps.pingone.com/{ENV}/signon/?error=")));
}

#[test]
fn only_with_the_setting_on_a_sign_off_tells_the_sessions_other_applications() {
    for slo in [false, true] {
        let mut op = Op::new(with_front_channel(settings(slo))).unwrap();
        let mut browser = Browser::default();
        let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        browser.sign_on(&mut op, &p1(), "other", ALICE);
        Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
        let fields = [
            ("id_token_hint", tokens.id.as_str()),
            ("post_logout_redirect_uri", OUT),
            ("state", "s"),
        ];
        let answer = browser.get(&mut op, &format!("{}/signoff?{}", p1(), form(&fields)));
        assert!(browser.jar.is_empty());
        if !slo {
            assert_eq!((answer.status, asked(&op)), (302, Vec::new()));
            continue;
        }
        assert_eq!(answer.status, 200);
        assert_eq!(asked(&op), ["other"]);
        let page = text(&answer);
        let claims: serde_json::Value = super::tokens::claims(&tokens.id);
        let sid = claims["sid"].as_str().unwrap();
        let frame = format!(
            "<iframe src=\"https://other.example/front?x=1&amp;iss={}&amp;sid={sid}\" hidden>",
            "https%3A%2F%2Fauth.pingone.com%2F3fa85f64-5717-4562-b3fc-2c963f66afa6%2Fas"
        );
        assert!(page.contains(&frame), "{page}");
        assert!(!page.contains("rp.example/front"), "{page}");
        assert!(
            page.contains("href=\"https://rp.example/out?from=op&amp;state=s\""),
            "{page}"
        );
        let policy = answer.header("Content-Security-Policy").unwrap();
        assert!(
            policy.contains("frame-src http: https:") && policy.contains("script-src 'sha256-")
        );
    }
}

#[test]
fn xp_signoff_tells_every_application_of_the_session() {
    for slo in [false, true] {
        let mut op = Op::new(with_front_channel(settings(slo))).unwrap();
        let mut browser = Browser::default();
        browser.sign_on(&mut op, &p1(), "rp", ALICE);
        browser.sign_on(&mut op, &p1(), "other", ALICE);
        let answer = browser.get(&mut op, &xp());
        assert_eq!(
            (answer.status, asked(&op)),
            (200, vec!["rp".to_owned(), "other".to_owned()])
        );
        assert!(text(&answer).contains(&landing()));
    }
}

#[test]
fn the_alternative_validation_adds_the_environments_uris_to_the_applications() {
    for (alternative, asked_for, redirects) in [
        (false, ENVIRONMENT_OUT, false),
        (true, ENVIRONMENT_OUT, true),
        (true, OUT, true),
        (true, OTHER_OUT, false),
    ] {
        let mut config = settings(false);
        config.tenants[0]
            .logout_settings
            .enable_alt_oidc_post_logout_uri_validation = alternative;
        let mut op = Op::new(config).unwrap();
        let mut browser = Browser::default();
        let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        let fields = [
            ("id_token_hint", tokens.id.as_str()),
            ("post_logout_redirect_uri", asked_for),
        ];
        let answer = browser.get(&mut op, &format!("{}/signoff?{}", p1(), form(&fields)));
        assert_eq!(
            answer.header("Location") == Some(asked_for),
            redirects,
            "{asked_for}"
        );
    }
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let mut config = settings(true);
    config.tenants[0].logout_settings.post_logout_redirect_uris = vec!["/bye".to_owned()];
    let error = Op::new(config).err().unwrap();
    assert_eq!(
        error.at,
        "tenants[0].logout_settings.post_logout_redirect_uris[0]"
    );
    let mut config = super::browser::oidc();
    config.tenants[0].logout_settings.enable_cross_protocol_slo = true;
    assert_eq!(
        Op::new(config).err().unwrap().at,
        "tenants[0].logout_settings"
    );
}

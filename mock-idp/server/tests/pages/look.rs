//! What the pages are to somebody who hears them, and to somebody with a small screen.

use mock_idp::core::DialectId;
use serde_json::{Value, json};

use super::visit::Visit;

/// What a screen reader is told: role, name and, for fields, whether they must be filled in.
async fn accessible(visit: &Visit) -> Vec<(String, String)> {
    let cdp = visit.browser.cdp();
    let tree = cdp
        .send_raw("Accessibility.getFullAXTree", json!({}))
        .await
        .expect("the developer tools");
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    let nodes = tree["nodes"].as_array().expect("the developer tools");
    let mut told: Vec<_> = nodes
        .iter()
        .filter(|node| node["ignored"] != true)
        .map(|node| (text(&node["role"]), text(&node["name"])))
        .filter(|(role, _)| {
            ["main", "heading", "textbox", "button", "alert", "group"].contains(&role.as_str())
        })
        .collect();
    // The tree comes level by level. The order in which people meet it is that of the keys, tested elsewhere.
    told.sort();
    told
}

fn said(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs
        .iter()
        .map(|(role, name)| ((*role).to_owned(), (*name).to_owned()));
    let mut owned: Vec<_> = owned.collect();
    owned.sort();
    owned
}

#[tokio::test]
async fn everything_has_its_role_and_its_name() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    visit.give("alice", "wrong").await;
    let expected = [
        ("main", ""),
        ("heading", "Sign on"),
        ("alert", ""),
        ("textbox", "User name"),
        ("textbox", "Password"),
        ("button", "Sign on"),
        ("group", "This is a mock: sign on without a password as"),
        ("button", "alice"),
        ("button", "bob"),
        ("button", "Go back without signing on"),
    ];
    assert_eq!(accessible(&visit).await, said(&expected));
    visit.end().await;

    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    visit.sign_on().await;
    visit.open_at("/end-session", &[]).await;
    let expected = [
        ("main", ""),
        ("heading", "Sign out"),
        ("button", "Yes, sign out"),
        ("button", "No, stay signed in"),
    ];
    assert_eq!(accessible(&visit).await, said(&expected));
    assert_eq!(
        visit.script("return document.documentElement.lang").await,
        "en"
    );
    visit.end().await;
}

/// Width and height of a screen in CSS pixels, and whether it is a phone's.
const SCREENS: [(&str, u32, u32, bool); 2] =
    [("desktop", 1280, 800, false), ("phone", 360, 740, true)];

async fn fits(visit: &Visit, page: &str) {
    let cdp = visit.browser.cdp();
    for (screen, width, height, mobile) in SCREENS {
        for scheme in ["light", "dark"] {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
            cdp.send_raw("Emulation.setDeviceMetricsOverride", size)
                .await
                .expect("the developer tools");
            let scheme_wanted =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            cdp.send_raw("Emulation.setEmulatedMedia", scheme_wanted)
                .await
                .expect("the developer tools");
            let wide = visit
                .script("return document.documentElement.scrollWidth")
                .await;
            assert_eq!(
                wide, width,
                "{page} at a {screen}: nothing is cut off or scrolled sideways"
            );
            let small = "return [...document.querySelectorAll('button, input:not([type=hidden])')]\
                .filter(e => e.getBoundingClientRect().height < 40).map(e => e.outerHTML).join()";
            assert_eq!(
                visit.script(small).await,
                "",
                "{page} at a {screen}: a finger hits it"
            );
            assert_eq!(
                contrast_too_low(visit).await,
                "",
                "{page}, {scheme}: it can be read"
            );
            visit.picture(&format!("{page}-{screen}-{scheme}")).await;
        }
    }
    cdp.send_raw("Emulation.clearDeviceMetricsOverride", json!({}))
        .await
        .expect("the developer tools");
}

/// The elements whose text has a contrast below 4.5 to 1 (WCAG 2.2, success criterion 1.4.3).
async fn contrast_too_low(visit: &Visit) -> Value {
    let script = "const parts = c => c.match(/[\\d.]+/g).map(Number);\
        const light = c => parts(c).slice(0, 3).map(v => v / 255)\
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)\
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);\
        const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;\
            if (parts(c)[3] !== 0) return c; } return 'rgb(255,255,255)'; };\
        return [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(\
            n => n.nodeType === 3 && n.textContent.trim()) && e.tagName !== 'STYLE').filter(e => {\
            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);\
            return (a + 0.05) / (b + 0.05) < 4.5; }).map(e => e.outerHTML).join()";
    visit.script(script).await
}

#[tokio::test]
async fn every_page_fits_a_phone_and_a_desktop_by_day_and_by_night() {
    let Some(visit) = Visit::to(DialectId::PingOne).await else {
        return;
    };
    visit.authorize(&[]).await;
    fits(&visit, "sign-on").await;
    visit.give("alice", "wrong").await;
    fits(&visit, "sign-on-refused").await;
    let unregistered =
        "https://nobody.example/a-path-that-is-quite-long/so-that-it-must-be-broken-somewhere";
    visit
        .open_at("/signoff", &[("post_logout_redirect_uri", unregistered)])
        .await;
    fits(&visit, "error").await;
    visit.open_at("/signoff", &[]).await;
    fits(&visit, "signed-off").await;
    visit.end().await;

    let Some(visit) = Visit::to(DialectId::Oidc).await else {
        return;
    };
    visit.sign_on().await;
    visit
        .open_at(
            "/end-session",
            &[("post_logout_redirect_uri", unregistered)],
        )
        .await;
    fits(&visit, "question").await;
    visit.end().await;
}

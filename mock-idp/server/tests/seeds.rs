//! The vendor's own pages about signing off, executed: shell scripts that send what the pages say, with curl alone.

use std::io::{ErrorKind, Write as _};

use mock_idp::core::{Client, DialectId, Edition, Tenant};
use mock_idp::{HostStyle, MockIdp, Tls, standard};
use tokio::process::Command;

const ENVIRONMENT: &str = standard::PINGONE_ENVIRONMENT;
const EUROPE: &str = "e0000000-0000-4000-8000-0000000000e0";
const ADMIN: &str = "ad000000-0000-4000-8000-0000000000ad";

/// Runs a script and gives the lines it prints; none where there is no curl.
async fn run(script: &str, arguments: &[&str]) -> Option<Vec<String>> {
    if !curl_is_installed().await {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: {script} was not run, because there is no curl here"
        );
        return None;
    }
    let run = Command::new("sh")
        .arg(format!("{}/tests/{script}", env!("CARGO_MANIFEST_DIR")))
        .args(arguments)
        .output()
        .await
        .expect("a shell");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{script}: {errors}");
    let printed = String::from_utf8_lossy(&run.stdout);
    Some(printed.lines().map(str::to_owned).collect())
}

async fn curl_is_installed() -> bool {
    match Command::new("curl").arg("--version").output().await {
        Ok(version) => version.status.success(),
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

#[tokio::test]
async fn the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated() {
    let idp = MockIdp::builder()
        .tenant_made(|origin| Tenant {
            clients: vec![Client::worker("admin-app", "admin-secret")],
            ..Tenant::pingone(ADMIN, origin)
        })
        .start()
        .await
        .unwrap();
    let (auth, api) = (idp.url().to_owned(), format!("{}/v1", idp.url()));
    let arguments = [&auth, &api, ADMIN, "admin-app", "admin-secret", ENVIRONMENT];
    let Some(lines) = run("walkthrough-seed-000.sh", &arguments).await else {
        return;
    };
    let required = "https://example.com/callback?error=login_required&error_description=User+authentication+is+required.";
    let landing = format!(
        "signed off: 1 redirect, 200 {}/{ENVIRONMENT}/signon/#signedOff",
        idp.url()
    );
    assert_eq!(
        lines,
        [
            "password set: 200",
            "USERNAME_PASSWORD_REQUIRED",
            "COMPLETED",
            "session: 200",
            "my session: 200",
            &landing,
            "session: 404",
            required,
            "USERNAME_PASSWORD_REQUIRED",
            "COMPLETED",
            "deleted: 204",
            required,
        ]
    );
}

#[tokio::test]
async fn the_sign_off_page_with_all_that_is_required_and_optional() {
    let idp = MockIdp::builder()
        .tls_with(Tls::new().name("api.pingone.com"))
        .hosts(HostStyle::PingOne)
        .adjust(|tenant| tenant.custom_domain = Some("login.example.com".into()))
        .tenant_made(|_| {
            let origin = "https://auth.pingone.eu";
            let like_the_first = standard::tenant(DialectId::PingOne, origin);
            Tenant {
                clients: like_the_first.clients,
                users: like_the_first.users,
                ..Tenant::pingone(EUROPE, origin)
            }
        })
        .start()
        .await
        .unwrap();
    let Some(lines) = run("walkthrough-seed-001.sh", &[idp.url()]).await else {
        return;
    };
    let landing =
        |host: &str, environment: &str| format!("302 {host}/{environment}signon/#signedOff, over");
    let default = landing("https://apps.pingone.com", &format!("{ENVIRONMENT}/"));
    let europe = landing("https://apps.pingone.eu", &format!("{EUROPE}/"));
    let custom = landing("https://login.example.com", "");
    let out = "302 https://a.example/signed-off, over";
    let with_state = "302 https://a.example/signed-off?state=s, over";
    let refused = "error id_token_hint, alive";
    let expected = [
        ("nothing but the cookie", default.as_str()),
        ("hint", &default),
        ("redirect URI", out),
        ("state", &default),
        ("hint, state", &default),
        ("redirect URI, state", with_state),
        ("hint, redirect URI", out),
        ("hint, redirect URI, state", with_state),
        ("the same by POST", with_state),
        ("expired hint", &default),
        ("another user's hint", refused),
        ("altered hint", refused),
        ("disabled application's hint", refused),
        ("Europe's hint in Europe", &europe),
        ("the custom domain's hint there", &custom),
        ("Europe's hint in North America", refused),
        ("the custom domain's hint at the region", refused),
        ("the region's hint at the custom domain", refused),
        ("too long by one", "error post_logout_redirect_uri, alive"),
    ];
    for (line, (said, led)) in lines.iter().zip(expected) {
        assert_eq!(*line, format!("{said}: {led}"));
    }
    let longest = "as long as may be: 302 https://a.example/signed-off?state=ssss";
    assert!(lines[expected.len()].starts_with(longest), "{lines:#?}");
    assert_eq!(lines.len(), expected.len() + 1);
}

#[tokio::test]
async fn the_older_guides_steps_with_both_landings_and_the_redirect_error() {
    let idp = MockIdp::builder()
        .edition(Edition::Legacy)
        .adjust(|tenant| {
            let own_pages = "https://b.example/sign-on".to_owned();
            tenant.clients[1].login_page_url = Some(own_pages);
        })
        .start()
        .await
        .unwrap();
    let Some(lines) = run("walkthrough-seed-002.sh", &[idp.url()]).await else {
        return;
    };
    let base = format!("{}/{ENVIRONMENT}", idp.url());
    let expired = format!(
        "ST=; Path=/{ENVIRONMENT}; Secure; HttpOnly; expires=Thu, 01 Jan 1970 00:00:00 GMT"
    );
    let error = format!("{base}/signon/?error=");
    assert_eq!(
        lines,
        [
            "302",
            &format!("{base}/signon/#signedOut"),
            &expired,
            "DELETE /session ST=(masked) 204",
            "session_ended",
            "302",
            &format!("https://b.example/sign-on?environmentId={ENVIRONMENT}"),
            &expired,
            "302",
            "https://a.example/signed-off?state=a+b",
            &expired,
            "302",
            "https://b.example/signed-off",
            &expired,
            "302",
            &error,
            "302",
            &error,
            "204",
            &expired,
        ]
    );
}

#[tokio::test]
async fn the_page_on_single_logout_with_an_identity_provider_behind_the_product() {
    let idp = MockIdp::builder()
        .dialect(DialectId::WorkOs)
        .start()
        .await
        .unwrap();
    let [product, upstream] = [standard::WORKOS_ENVIRONMENT, standard::WORKOS_UPSTREAM]
        .map(|id| format!("{}/{id}", idp.url()));
    let Some(lines) = run("walkthrough-seed-003.sh", &[&product, &upstream]).await else {
        return;
    };
    let redirected = format!("redirected to: {upstream}/end-session");
    assert_eq!(
        lines,
        [
            "profile: prof_01",
            "other application: a code",
            "logout_url has the token",
            &redirected,
            "Signed out",
            "other application: error login_required",
            "used token: 404 ",
            "unknown token: 404 ",
            "no token: 422 ",
            "Unauthorized",
            "Profile not found",
            "profile_id is required",
            "connection_invalid",
            "connection_invalid",
            "unauthorized_client",
            "notice: 302 https://a.example/logged-out",
            "notice with parameters: 302 https://a.example/logged-out",
            "notice with another key: 404 ",
        ]
    );
}

/// The application's own logout endpoint: it clears the cookie of the application, and says where it listens.
async fn application() -> (String, tokio::task::JoinHandle<String>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .expect("a socket");
    let address = format!(
        "http://{}/logged-out",
        listener.local_addr().expect("a socket")
    );
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a socket");
        let mut sent = Vec::new();
        while !sent.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut sent).await.expect("a socket");
        }
        let answer =
            "HTTP/1.1 204 No Content\r\nSet-Cookie: app=; Max-Age=0\r\nConnection: close\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.expect("a socket");
        String::from_utf8(sent).expect("a socket")
    });
    (address, served)
}

#[tokio::test]
async fn a_notice_at_the_registered_address_leads_to_the_application_which_clears_its_cookies() {
    let (endpoint, served) = application().await;
    let configured = endpoint.clone();
    let idp = MockIdp::builder()
        .dialect(DialectId::WorkOs)
        .adjust(|tenant| tenant.workos.connections[0].application_logout = Some(configured))
        .start()
        .await
        .unwrap();
    let tenants = standard::beside(DialectId::WorkOs, idp.url());
    let registered = tenants[0].clients[0].front_channel_logout_uri.clone();
    let registered = registered.expect("the customer registered the product's address");
    assert!(registered.ends_with("/sso/oidc/idp-logout/key1"));

    // As a browser loads it for OpenID Connect Front-Channel Logout 1.0 section 2.
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let notice = format!("{registered}?iss=https://customer.example&sid=1");
    let answer = browser.get(notice).send().await.unwrap();
    assert_eq!(answer.status(), 302);
    assert_eq!(answer.headers()["location"], endpoint.as_str());
    let answer = browser
        .get(&endpoint)
        .header("Cookie", "app=1")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["set-cookie"], "app=; Max-Age=0");
    assert!(
        served
            .await
            .unwrap()
            .starts_with("GET /logged-out HTTP/1.1")
    );
}
#[tokio::test]
async fn the_end_session_page_of_identityserver_sentence_by_sentence() {
    let dialect = DialectId::IdentityServer;
    let idp = MockIdp::builder().dialect(dialect).start().await.unwrap();
    let Some(lines) = run("walkthrough-seed-004.sh", &[idp.url()]).await else {
        return;
    };
    let (url, issuer) = (
        idp.url(),
        idp.issuer().replace(':', "%3A").replace('/', "%2F"),
    );
    let asked = "Would you like to log out of IdentityServer?";
    assert_eq!(
        lines,
        [
            "https://b.example/callback?code=...",
            &format!("{url}/connect/endsession"),
            asked,
            "http://localhost:7017/callback.html?code=...",
            &format!("{url}/Account/Logout"),
            asked,
            "no question",
            "http://localhost:7017/index.html?state=a%20b%26c",
            &format!("https://b.example/signout-oidc?sid=...&iss={issuer}"),
            "http://localhost:7017/callback.html?error=login_required",
            "no link",
        ]
    );
}

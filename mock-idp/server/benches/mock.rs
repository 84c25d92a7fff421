//! What a mock costs: to start, and to sign off with a hint that is verified.
//!
//! `cargo bench -p mock-idp --bench mock`

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and its arguments"
)]

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use criterion::{BatchSize, Criterion};
use mock_idp::core::{Client, Config, DialectId, Op, Request, Response, TokenEndpointAuth, User};
use mock_idp::{MockIdp, standard};
use serde_json::{Value, json};

const ORIGIN: &str = "https://auth.pingone.com";

type Any<T> = Result<T, Box<dyn std::error::Error>>;

fn start(criterion: &mut Criterion) {
    criterion.bench_function("start, bound to a port", |bencher| {
        // Stopping is not measured.
        bencher.iter_with_large_drop(MockIdp::start_blocking);
    });
    criterion.bench_function("a core from its configuration", |bencher| {
        bencher.iter_batched(config, Op::new, BatchSize::SmallInput);
    });
}

fn sign_off(criterion: &mut Criterion) {
    let mut provider = Provider::new().expect("the configuration is good");
    let request = provider.signed_on().expect("the provider signs on");
    let answer = provider.op.handle(&request, provider.now);
    assert_eq!(answer.status, 302, "the sign-off is honoured");
    assert_eq!(
        answer.header("Location"),
        Some("https://a.example/signed-off?state=s")
    );
    // The session is over by now. The hint is still verified each time, and the answer is the same.
    criterion.bench_function("handle a sign-off with a verified hint", |bencher| {
        bencher.iter(|| provider.op.handle(black_box(&request), provider.now));
    });
}

fn config() -> Config {
    let mut tenant = standard::tenant(DialectId::PingOne, ORIGIN);
    for client in &mut tenant.clients {
        client.token_endpoint_auth = TokenEndpointAuth::Post;
    }
    Config::new(1, vec![tenant])
}

/// A provider in memory, with what is needed to sign on at it.
struct Provider {
    op: Op,
    now: jiff::Timestamp,
    client: Client,
    user: User,
    cookies: Vec<String>,
}

impl Provider {
    fn new() -> Any<Self> {
        let tenant = standard::tenant(DialectId::PingOne, ORIGIN);
        let client = tenant.clients.first().ok_or("a client")?.clone();
        let user = tenant.users.first().ok_or("a user")?.clone();
        Ok(Self {
            op: Op::new(config())?,
            now: "2030-01-01T00:00:00Z".parse()?,
            client,
            user,
            cookies: Vec::new(),
        })
    }

    /// Signs on, and gives the request that signs off again.
    fn signed_on(&mut self) -> Any<Request> {
        let id_token = self.id_token()?;
        let query = format!(
            "id_token_hint={id_token}&post_logout_redirect_uri=https%3A%2F%2Fa.example%2Fsigned-off&state=s"
        );
        Ok(self.sent(Request::get(format!(
            "{}/as/signoff?{query}",
            environment()
        ))))
    }

    fn id_token(&mut self) -> Any<String> {
        let authorize = format!(
            "{}/as/authorize?client_id={}&response_type=code&response_mode=pi.flow&scope=openid&redirect_uri={}",
            environment(),
            self.client.id,
            "https%3A%2F%2Fa.example%2Fcallback",
        );
        let flow = json_of(&self.send(Request::get(authorize)))?;
        let flow = flow["id"].as_str().ok_or("a flow with an id")?;

        let mut check = Request::get(format!("{}/flows/{flow}", environment())).with_header(
            "Content-Type",
            "application/vnd.pingidentity.usernamePassword.check+json",
        );
        check.method = "POST".into();
        check.body = json!({ "username": self.user.username, "password": self.user.password })
            .to_string()
            .into();
        self.send(check);

        let resumed = self.send(Request::get(format!(
            "{}/as/resume?flowId={flow}",
            environment()
        )));
        let resumed = json_of(&resumed)?;
        let code = resumed["authorizeResponse"]["code"]
            .as_str()
            .ok_or("a code")?;

        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fa.example%2Fcallback\
             &client_id={}&client_secret={}",
            self.client.id,
            self.client.secret.as_deref().unwrap_or_default(),
        );
        let token = Request::post_form(format!("{}/as/token", environment()), form);
        let tokens = json_of(&self.send(token))?;
        Ok(tokens["id_token"].as_str().ok_or("an ID token")?.to_owned())
    }

    fn sent(&self, request: Request) -> Request {
        request
            .with_header("Host", "auth.pingone.com")
            .with_header("Cookie", self.cookies.join("; "))
            .over_tls()
    }

    fn send(&mut self, request: Request) -> Response {
        let answer = self.op.handle(&self.sent(request), self.now);
        for cookie in answer
            .all("Set-Cookie")
            .filter_map(|cookie| cookie.split(';').next())
        {
            let name = cookie.split('=').next().unwrap_or_default();
            self.cookies
                .retain(|known| known.split('=').next() != Some(name));
            self.cookies.push(cookie.to_owned());
        }
        answer
    }
}

fn environment() -> String {
    format!("/{}", standard::PINGONE_ENVIRONMENT)
}

fn json_of(response: &Response) -> Any<Value> {
    Ok(serde_json::from_slice(&response.body)?)
}

/// The fixed keys are parsed once in the life of a program, so its first start costs more than the later ones that
/// criterion sees. A test in a process of its own pays for the first.
fn first_start() -> Any<()> {
    let began = Instant::now();
    let idp = MockIdp::start_blocking()?;
    let took = began.elapsed();
    drop(idp);
    let line = format!(
        "first start of the program: {:.3} ms\n",
        took.as_secs_f64() * 1000.0
    );
    // Who closed the pipe does not want to read it.
    let _ = std::io::stdout().write_all(line.as_bytes());
    Ok(())
}

fn main() {
    // With a filter or `--list`, and in `cargo test`, nobody asks for it.
    if std::env::args().skip(1).eq(["--bench"]) {
        first_start().expect("the mock starts");
    }
    let mut criterion = Criterion::default().configure_from_args();
    start(&mut criterion);
    sign_off(&mut criterion);
    criterion.final_summary();
}

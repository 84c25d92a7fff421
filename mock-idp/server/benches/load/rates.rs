//! How many sign-offs with a verified hint there are in a second, side by side.

use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use tokio::task::LocalSet;

use crate::process::{Served, own_busy};
use crate::serving::Verification;
use crate::session::{Browser, sign_off};
use crate::wire::{Line, get};
use crate::{median, say};

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 5;
const WARMING: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(3);

/// A server, the request it is asked for and the status that says that it did it.
struct Contender {
    name: &'static str,
    served: Served,
    request: Vec<u8>,
    status: u16,
    rounds: Vec<Round>,
}

#[derive(Clone, Copy)]
struct Round {
    /// Answers in a second.
    rate: f64,
    /// Processor time of the server for one, in microseconds.
    cost: f64,
    /// How much of a processor the server had, and the load generator.
    server: f64,
    generator: f64,
}

pub(crate) fn rates() {
    let mut contenders = vec![limit(), mock()];
    contenders.extend(peers());
    let single = one_verification();
    say(&format!(
        "\nsign-offs with a verified hint, {CONNECTIONS} connections kept, {ROUNDS} rounds of {MEASURED:?} in turns; medians"
    ));
    say(&format!("one RSA-2048 verification alone: {single:.1} µs"));
    for _ in 0..ROUNDS {
        for contender in &mut contenders {
            let _warm = measured(contender, WARMING);
            let round = measured(contender, MEASURED);
            contender.rounds.push(round);
        }
    }
    let of = |contender: &Contender, value: fn(&Round) -> f64| {
        median(contender.rounds.iter().map(value).collect())
    };
    let (mock_rate, mock_cost) = (
        of(&contenders[1], |round| round.rate),
        of(&contenders[1], |round| round.cost),
    );
    say(
        "server                 per second   µs of processor each   server busy   generator busy   the mock is, by rate / by processor time",
    );
    for contender in &contenders {
        let rate = of(contender, |round| round.rate);
        let cost = of(contender, |round| round.cost);
        say(&format!(
            "{:<22} {rate:>10.0}   {cost:>20.1}   {:>10.0} %   {:>13.0} %   {:.2} / {:.2} times as fast",
            contender.name,
            of(contender, |round| round.server * 100.0),
            of(contender, |round| round.generator * 100.0),
            mock_rate / rate,
            cost / mock_cost,
        ));
    }
}

fn one_verification() -> f64 {
    const TIMES: u32 = 20_000;
    let verification = Verification::new();
    let began = own_busy();
    for _ in 0..TIMES {
        verification.done();
    }
    (own_busy() - began) * 1e6 / f64::from(TIMES)
}

fn limit() -> Contender {
    contender("hyper and verification", Served::own("limit"), None, 302)
}

fn mock() -> Contender {
    let served = Served::own("mock");
    let address = served.address();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let id_token = runtime.block_on(async {
        let mut browser = Browser::new(Line::open(address).await);
        let id_token = browser.sign_on("user-0").await;
        browser.sign_off(&id_token).await;
        id_token
    });
    contender("this mock", served, Some(sign_off(&id_token)), 302)
}

/// Each says itself what to ask it for: it has signed a hint of its own.
fn peers() -> Vec<Contender> {
    if !installed() {
        say("no servers from npm: `npm ci` in mock-idp/server/benches/peers did not work");
        return Vec::new();
    }
    vec![
        contender(
            "oauth2-mock-server",
            Served::peer("oauth2-mock-server.mjs"),
            None,
            302,
        ),
        contender(
            "oidc-provider",
            Served::peer("oidc-provider.mjs"),
            None,
            200,
        ),
    ]
}

fn installed() -> bool {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    if folder.join("node_modules").is_dir() {
        return true;
    }
    let mut npm = std::process::Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--silent"]);
    npm.current_dir(folder)
        .status()
        .is_ok_and(|status| status.success())
}

fn contender(name: &'static str, served: Served, target: Option<String>, status: u16) -> Contender {
    let told = served.line["target"].as_str().map(str::to_owned);
    // The bare route answers anything; it is asked with as many octets as the mock.
    let target = target
        .or(told)
        .unwrap_or_else(|| sign_off(&"x".repeat(800)));
    Contender {
        name,
        request: get(&target, ""),
        served,
        status,
        rounds: Vec::new(),
    }
}

fn measured(contender: &Contender, time: Duration) -> Round {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (server, generator) = (contender.served.busy(), own_busy());
    let began = Instant::now();
    let answers = LocalSet::new().block_on(&runtime, async {
        let each = (0..CONNECTIONS).map(|_| {
            let (address, request) = (contender.served.address(), contender.request.clone());
            let status = contender.status;
            tokio::task::spawn_local(asking(address, request, status, began + time))
        });
        let mut answers = 0_u32;
        for asking in each.collect::<Vec<_>>() {
            answers += asking.await.unwrap();
        }
        answers
    });
    let took = began.elapsed().as_secs_f64();
    let (server, generator) = (contender.served.busy() - server, own_busy() - generator);
    Round {
        rate: f64::from(answers) / took,
        cost: server * 1e6 / f64::from(answers),
        server: server / took,
        generator: generator / took,
    }
}

async fn asking(
    address: std::net::SocketAddr,
    request: Vec<u8>,
    expected: u16,
    until: Instant,
) -> u32 {
    let mut line = Line::open(address).await;
    let mut answers = 0;
    while Instant::now() < until {
        assert_eq!(line.status(&request).await, expected);
        answers += 1;
    }
    answers
}

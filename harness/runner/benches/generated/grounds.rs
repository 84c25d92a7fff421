//! Where generated cases are played, each with what its floor is made of.

use std::time::{Duration, Instant};

use mock_idp::core::{Control, DialectId};
use mock_idp::{Server, ServerOptions};
use signoff_embedded::{Embedded, EmbeddedWire, search};
use signoff_runner::engine::wire::block_on_ready;
use signoff_runner::engine::{Campaign, Fidelity, RunReport, Search, Target, Wire};
use signoff_runner::http_wire::Reach;
use signoff_runner::oidc::{Origin, Request};
use signoff_runner::wire::WireOptions;
use signoff_runner::{HttpWire, MockControl};
use tokio::runtime::{Builder, Runtime};

use crate::counted::Counted;
use crate::fixed_page;

/// What a chunk of cases took and came to.
pub(crate) struct Spent {
    pub(crate) cases: u64,
    pub(crate) time: Duration,
    /// The signed tokens that the provider handed out.
    pub(crate) handed_out: Vec<Vec<u8>>,
    pub(crate) exchanges: usize,
    /// What the exchanges take with a server that does nothing for them.
    pub(crate) exchanging: Duration,
}

fn campaign(target: &Target, from: u64, cases: u64) -> Campaign {
    let search = Search {
        cases,
        from,
        ..Search::default()
    };
    search::campaign(target.clone(), &[], search, 1)
}

/// A benchmark of cases that break off would be fast.
fn checked(report: &RunReport, cases: u64) -> u64 {
    assert_eq!(report.unreachable, None);
    let generated = report.generated.as_ref().expect("a search");
    assert_eq!(generated.cases, cases);
    assert_eq!(generated.findings.len(), 0, "{}", report.complaint());
    assert!(generated.kept > cases, "{}", generated.kept);
    generated.kept
}

async fn played<W: Wire>(wire: &mut W, campaign: &Campaign) -> RunReport {
    campaign.run(wire, &mut (), &mut (), &|| 0).await
}

/// The embedded mock.
pub(crate) struct InMemory(Embedded);

impl InMemory {
    pub(crate) fn new() -> Self {
        InMemory(Embedded::in_memory(DialectId::Oidc, &[]).expect("a world"))
    }

    /// So many cases from this one; how many judgements were kept.
    pub(crate) fn search(&self, from: u64, cases: u64) -> u64 {
        let campaign = campaign(&self.0.target, from, cases);
        let mut wire = EmbeddedWire::new(&self.0);
        checked(&block_on_ready(played(&mut wire, &campaign)), cases)
    }

    pub(crate) fn chunk(&self, from: u64, cases: u64) -> Spent {
        let campaign = campaign(&self.0.target, from, cases);
        let mut wire = Counted::new(EmbeddedWire::new(&self.0));
        checked(&block_on_ready(played(&mut wire, &campaign)), cases);
        let started = Instant::now();
        self.search(from, cases);
        Spent {
            cases,
            time: started.elapsed(),
            handed_out: wire.tokens,
            exchanges: 0,
            exchanging: Duration::ZERO,
        }
    }
}

/// The mock behind a socket, on a thread of its own, and beside it a server that answers with a fixed page.
pub(crate) struct OverHttp {
    runtime: Runtime,
    server: Server,
    target: Target,
    control: MockControl,
    page: Origin,
    page_wire: HttpWire,
}

impl OverHttp {
    pub(crate) fn new() -> Self {
        let world = |origin: &str| Embedded::at(DialectId::Oidc, origin, &[]).expect("a world");
        let server = Server::start(ServerOptions::default(), |origin| world(origin).config);
        let server = server.expect("the mock starts");
        let target = Target {
            // It lives on from case to case, so no value is used twice.
            real: true,
            ..world(server.url()).target
        };
        let control = MockControl {
            url: server.control_url(),
            tenant: server.tenants()[0].id.clone(),
        };
        let runtime = Builder::new_current_thread().enable_all().build();
        OverHttp {
            runtime: runtime.expect("a runtime"),
            server,
            target,
            control,
            page: Origin::of(&fixed_page::serve()).expect("an origin"),
            page_wire: wire(None),
        }
    }

    pub(crate) fn chunk(&mut self, from: u64, cases: u64) -> Spent {
        let campaign = campaign(&self.target, from, cases);
        let mut counted = Counted::new(wire(Some(self.control.clone())));
        self.forget();
        let report = self.runtime.block_on(played(&mut counted, &campaign));
        checked(&report, cases);
        self.forget();
        let mut plain = wire(Some(self.control.clone()));
        let started = Instant::now();
        let report = self.runtime.block_on(played(&mut plain, &campaign));
        let time = started.elapsed();
        checked(&report, cases);
        let requests: Vec<(Request, Fidelity)> = counted
            .requests
            .into_iter()
            .map(|(request, fidelity)| {
                let origin = self.page.clone();
                (Request { origin, ..request }, fidelity)
            })
            .collect();
        let started = Instant::now();
        self.runtime.block_on(async {
            for (request, fidelity) in &requests {
                // A request that the server refuses to parse costs an exchange too.
                drop(self.page_wire.send(request, *fidelity).await);
            }
        });
        Spent {
            cases,
            time,
            handed_out: counted.tokens,
            exchanges: requests.len(),
            exchanging: started.elapsed(),
        }
    }

    /// Forgets sessions and tokens, which would otherwise pile up as they never do in a run.
    fn forget(&self) {
        self.server.control(Control::Reset {}).expect("a reset");
    }
}

fn wire(control: Option<MockControl>) -> HttpWire {
    HttpWire::new(&WireOptions::default(), control, Reach::Loopback).expect("a wire")
}

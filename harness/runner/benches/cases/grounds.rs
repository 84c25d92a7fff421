//! Where the case is run, each with its floor.

use mock_idp::core::{Control, DialectId};
use mock_idp::{Server, ServerOptions};
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_runner::engine::wire::block_on_ready;
use signoff_runner::engine::{Fidelity, Outcome, Wire};
use signoff_runner::http_wire::Reach;
use signoff_runner::oidc::{Origin, Request};
use signoff_runner::wire::WireOptions;
use signoff_runner::{HttpWire, MockControl};
use tokio::runtime::{Builder, Runtime};

use crate::case::Case;
use crate::counted::Counted;
use crate::fixed_page;
use crate::signatures::Signer;

/// The rule that the browser is sent on after a logout that was in order.
const HONOURED: &str = "RPIL-3-01";

/// The embedded mock.
pub(crate) struct InMemory {
    embedded: Embedded,
    case: Case,
    signer: Signer,
    pub(crate) signatures: usize,
}

impl InMemory {
    pub(crate) fn new() -> Self {
        let embedded = Embedded::in_memory(DialectId::PingOne, &[]).expect("a world");
        let mut wire = Counted::new(EmbeddedWire::new(&embedded));
        let case = block_on_ready(Case::prepare(&mut wire, &embedded.target));
        let mut wire = Counted::new(EmbeddedWire::new(&embedded));
        block_on_ready(checked(&case, &mut wire, 0));
        InMemory {
            embedded,
            case,
            signer: Signer::new(),
            signatures: wire.tokens.len(),
        }
    }

    /// A wire that remembers no signature.
    pub(crate) fn wire(&self) -> EmbeddedWire {
        EmbeddedWire::new(&self.embedded)
    }

    pub(crate) fn case(&self, mut wire: EmbeddedWire) {
        block_on_ready(self.case.run(&mut wire, 0));
    }

    pub(crate) fn sign(&self) {
        self.signer.sign(self.signatures);
    }
}

/// The mock behind a socket, on a thread of its own, and beside it a server that answers with a fixed page.
pub(crate) struct OverHttp {
    runtime: Runtime,
    server: Server,
    wire: HttpWire,
    case: Case,
    /// Seeds that were used.
    seed: u64,
    signer: Signer,
    pub(crate) signatures: usize,
    page_wire: HttpWire,
    /// The requests of the case, addressed to the fixed page.
    pub(crate) requests: Vec<(Request, Fidelity)>,
}

impl OverHttp {
    pub(crate) fn new() -> Self {
        let world = |origin: &str| Embedded::at(DialectId::PingOne, origin, &[]).expect("a world");
        let server = Server::start(ServerOptions::default(), |origin| world(origin).config);
        let server = server.expect("the mock starts");
        let target = world(server.url()).target;
        let control = MockControl {
            url: server.control_url(),
            tenant: server.tenants()[0].id.clone(),
        };
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let mut wire = Counted::new(http_wire(Some(control.clone())));
        let case = runtime.block_on(Case::prepare(&mut wire, &target));
        let seed = 1_000;
        let mut wire = Counted::new(http_wire(Some(control.clone())));
        runtime.block_on(checked(&case, &mut wire, seed));
        let page = Origin::of(&fixed_page::serve()).expect("an origin");
        let addressed = |(request, fidelity): (Request, Fidelity)| {
            let origin = page.clone();
            (Request { origin, ..request }, fidelity)
        };
        OverHttp {
            runtime,
            server,
            wire: http_wire(Some(control)),
            case,
            seed,
            signer: Signer::new(),
            signatures: wire.tokens.len(),
            page_wire: http_wire(None),
            requests: wire.requests.into_iter().map(addressed).collect(),
        }
    }

    pub(crate) fn case(&mut self) {
        self.seed += 1;
        let case = self.case.run(&mut self.wire, self.seed);
        self.runtime.block_on(case);
    }

    pub(crate) fn sign(&self) {
        self.signer.sign(self.signatures);
    }

    /// The requests of the case, over the same transports, to the server that does nothing for them.
    pub(crate) fn exchange(&mut self) {
        self.runtime.block_on(async {
            for (request, fidelity) in &self.requests {
                let answer = self.page_wire.send(request, *fidelity).await;
                assert_eq!(answer.map(|answer| answer.status), Ok(200));
            }
        });
    }

    /// Forgets sessions and tokens, which would otherwise pile up as they never do in a run.
    pub(crate) fn forget(&self) {
        self.server.control(Control::Reset {}).expect("a reset");
    }
}

fn http_wire(control: Option<MockControl>) -> HttpWire {
    HttpWire::new(&WireOptions::default(), control, Reach::Loopback).expect("a wire")
}

/// Runs the case once and looks whether it is what it is taken for: a benchmark of refusals would be fast.
async fn checked<W: Wire>(case: &Case, wire: &mut Counted<W>, seed: u64) {
    let judgements = case.run(wire, seed).await;
    let honoured = judgements
        .iter()
        .any(|judgement| judgement.rule == HONOURED && judgement.outcome == Outcome::Kept);
    assert!(honoured, "the sign-off is honoured: {judgements:?}");
    let broken = judgements
        .iter()
        .find(|judgement| matches!(judgement.outcome, Outcome::Violated | Outcome::Undecided));
    assert!(broken.is_none(), "every rule finds for it: {broken:?}");
    assert!(!wire.tokens.is_empty(), "the sign-in brings tokens");
}

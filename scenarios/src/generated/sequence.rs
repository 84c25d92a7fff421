//! Sequences: people who sign in and off, leave questions open and answer them later, replay what they have, in two
//! browsers. A sequence is a list of moves; what a move cannot do where it stands is left out, so that any part of a
//! sequence is one too, and shrinking means to leave moves out.

use super::strategy::below;
use crate::{
    Browser, Cookies, Hint, IfAsked, LogoutIntent, Party, Person, RedirectOperation, RedirectUri,
    Scenario, Sent, SignIn, Step,
};
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{Reason, TestRunner};

/// The most moves of a sequence.
const LONGEST: usize = 12;

/// What a sign-off in a sequence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asks {
    /// The hint of the last sign-in in this browser, its client's URI and a state.
    Orderly,
    /// Nothing at all.
    Nothing,
    /// A registered URI without a hint.
    WithoutHint,
    /// The orderly request with a stranger's URI.
    Elsewhere,
    /// The hint of some sign-in of the sequence, also of another browser or of a session that is over.
    AnyHint(usize),
    /// What the last sign-off asked for, once more.
    TheSame,
}

impl Asks {
    fn name(self) -> &'static str {
        match self {
            Asks::Orderly => "off",
            Asks::Nothing => "off-bare",
            Asks::WithoutHint => "off-without-hint",
            Asks::Elsewhere => "off-to-stranger",
            Asks::AnyHint(_) => "off-with-other-hint",
            Asks::TheSame => "off-again",
        }
    }
}

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Somebody signs in.
    SignIn(Person, Party, Browser),
    /// Somebody signs in at client A, which gets a refresh token and uses it before and after each sign-off from then on.
    SignInToRefresh(Person, Browser),
    /// Somebody asks for a sign-off, and says this if asked.
    SignOff(Browser, Asks, IfAsked),
    /// The same, sent twice at the same moment; yes, if asked.
    TwiceAtOnce(Browser, Asks),
    /// The orderly request with the cookies from before the first sign-off.
    OldCookies(Browser),
    /// An earlier question is answered, or a used answer is given again.
    Answer(usize, IfAsked),
    /// Time passes, in seconds.
    Wait(i64),
    /// The client that may be disabled is.
    Disable,
}

fn named(person: Person) -> &'static str {
    match person {
        Person::Alice => "alice",
        Person::Bob => "bob",
    }
}

impl Move {
    fn name(self) -> String {
        let place = |browser| match browser {
            Browser::First => "",
            Browser::Second => "-elsewhere",
        };
        match self {
            Move::SignIn(person, party, browser) => {
                let person = named(person);
                let party = match party {
                    Party::A => "",
                    Party::B => "-at-b",
                    Party::Disposable => "-at-c",
                };
                format!("{person}-in{party}{}", place(browser))
            }
            Move::SignInToRefresh(person, browser) => {
                format!("{}-in-to-refresh{}", named(person), place(browser))
            }
            Move::SignOff(browser, asks, answer) => {
                let asks = asks.name();
                let answer = match answer {
                    IfAsked::Yes => "",
                    IfAsked::No => "-no",
                    IfAsked::Leave => "-left",
                    IfAsked::YesTwice => "-yes-twice",
                    IfAsked::Forged => "-forged",
                    IfAsked::Tampered => "-tampered",
                    IfAsked::YesTwiceAtOnce => "-yes-twice-at-once",
                };
                format!("{asks}{answer}{}", place(browser))
            }
            Move::TwiceAtOnce(browser, asks) => {
                format!("{}-twice-at-once{}", asks.name(), place(browser))
            }
            Move::OldCookies(browser) => format!("off-with-old-cookies{}", place(browser)),
            Move::Answer(_, IfAsked::No) => "late-no".to_owned(),
            Move::Answer(_, IfAsked::YesTwiceAtOnce) => "late-yes-twice-at-once".to_owned(),
            Move::Answer(..) => "late-yes".to_owned(),
            Move::Wait(_) => "wait".to_owned(),
            Move::Disable => "disable".to_owned(),
        }
    }
}

/// A sequence of moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The moves in order.
    pub moves: Vec<Move>,
}

impl Sequence {
    /// The moves by name.
    pub fn names(&self) -> Vec<String> {
        self.moves.iter().map(|step| step.name()).collect()
    }

    /// The scenario that plays it.
    pub fn scenario(&self, id: impl Into<String>) -> Scenario {
        let purpose = format!("A sequence: {}.", self.names().join(", "));
        Scenario::of(id, purpose, self.steps())
    }

    fn steps(&self) -> Vec<Step> {
        let mut model = Model::default();
        self.moves
            .iter()
            .filter_map(|step| model.step(*step))
            .collect()
    }
}

/// What is known of the sequence so far.
#[derive(Debug, Default)]
struct Model {
    sign_ins: Vec<SignIn>,
    sign_offs: Vec<(Browser, LogoutIntent)>,
    disabled: bool,
}

impl Model {
    /// The step for a move; nothing where it cannot be made.
    fn step(&mut self, step: Move) -> Option<Step> {
        match step {
            Move::SignIn(person, party, browser) => {
                if party == Party::Disposable && self.disabled {
                    return None;
                }
                let sign_in = SignIn::default().by(person).at(party).in_browser(browser);
                self.sign_ins.push(sign_in);
                Some(Step::SignIn(sign_in))
            }
            Move::SignInToRefresh(person, browser) => {
                let sign_in = SignIn::default().by(person).in_browser(browser);
                let sign_in = sign_in.with_refresh_token();
                self.sign_ins.push(sign_in);
                Some(Step::SignIn(sign_in))
            }
            Move::SignOff(browser, asks, answer) => {
                let intent = self.intent(browser, asks)?;
                Some(self.off(browser, intent.in_browser(browser).if_asked(answer)))
            }
            Move::TwiceAtOnce(browser, asks) => {
                let intent = self.intent(browser, asks)?.in_browser(browser);
                Some(self.off(
                    browser,
                    intent.if_asked(IfAsked::Yes).sent(Sent::TwiceAtOnce),
                ))
            }
            Move::OldCookies(browser) => {
                self.sign_offs.first()?;
                let intent = self.intent(browser, Asks::Orderly)?.in_browser(browser);
                Some(self.off(browser, intent.cookies(Cookies::SavedBeforeSignOff)))
            }
            Move::Answer(which, answer) => {
                let count = self.sign_offs.len();
                (count > 0).then(|| Step::Answer {
                    sign_off: which % count,
                    answer,
                })
            }
            Move::Wait(seconds) => Some(Step::Advance(seconds)),
            Move::Disable => {
                let first = !std::mem::replace(&mut self.disabled, true);
                first.then_some(Step::Disable(Party::Disposable))
            }
        }
    }

    fn off(&mut self, browser: Browser, intent: LogoutIntent) -> Step {
        self.sign_offs.push((browser, intent.clone()));
        Step::SignOff(intent)
    }

    fn intent(&self, browser: Browser, asks: Asks) -> Option<LogoutIntent> {
        let last = self
            .sign_ins
            .iter()
            .rposition(|sign_in| sign_in.browser == browser);
        let with_hint = |sign_in: usize, uri: RedirectUri| {
            LogoutIntent::bare()
                .hint(Hint::OfSignIn(sign_in))
                .redirect(uri)
                .state("af0ifjsldkj")
        };
        let of = |sign_in: usize| RedirectUri::of(self.sign_ins[sign_in].party);
        match asks {
            Asks::Orderly => last.map(|sign_in| with_hint(sign_in, of(sign_in))),
            Asks::Nothing => Some(LogoutIntent::bare()),
            Asks::WithoutHint => Some(LogoutIntent::bare().redirect(RedirectUri::default())),
            Asks::Elsewhere => {
                let stranger = RedirectOperation::Instead("https://evil.test/".to_owned());
                last.map(|sign_in| with_hint(sign_in, RedirectUri::altered(stranger)))
            }
            Asks::AnyHint(which) => {
                let count = self.sign_ins.len();
                let sign_in = (count > 0).then(|| which % count)?;
                Some(with_hint(sign_in, of(sign_in)))
            }
            Asks::TheSame => {
                let (_, intent) = self.sign_offs.iter().rev().find(|(b, _)| *b == browser)?;
                Some(LogoutIntent {
                    cookies: Cookies::Current,
                    sent: Sent::Once,
                    ..intent.clone()
                })
            }
        }
    }
}

/// The strategy of a sequence.
#[derive(Debug, Clone, Copy, Default)]
pub struct SequenceStrategy;

impl Strategy for SequenceStrategy {
    type Tree = SequenceTree;
    type Value = Sequence;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let length = 2 + below(LONGEST - 2, runner)?;
        let mut moves = vec![Move::SignIn(Person::Alice, Party::A, Browser::First)];
        // One sequence in three is about questions that stay open, one beside the other.
        let about_questions = below(3, runner)? == 0;
        for _ in 0..length {
            moves.push(if about_questions {
                about_a_question(runner)?
            } else {
                drawn(runner)?
            });
        }
        // Nothing would be judged without a sign-off. One at the end can be made always: somebody signed in first.
        let mut model = Model::default();
        let mut steps = moves.iter().filter_map(|step| model.step(*step));
        if !steps.any(|step| matches!(step, Step::SignOff(_))) {
            moves.push(Move::SignOff(Browser::First, Asks::Orderly, IfAsked::Yes));
        }
        Ok(SequenceTree {
            moves,
            next: 0,
            plainer: Vec::new(),
            last: None,
            progress: false,
        })
    }
}

fn asked_for(runner: &mut TestRunner) -> Result<Asks, Reason> {
    Ok(match below(8, runner)? {
        0 | 1 => Asks::Orderly,
        2 => Asks::Nothing,
        3 => Asks::WithoutHint,
        4 | 5 => Asks::Elsewhere,
        6 => Asks::AnyHint(below(4, runner)?),
        _ => Asks::TheSame,
    })
}

fn drawn(runner: &mut TestRunner) -> Result<Move, Reason> {
    let browser = if below(4, runner)? == 0 {
        Browser::Second
    } else {
        Browser::First
    };
    let answer = [
        IfAsked::Yes,
        IfAsked::No,
        IfAsked::Leave,
        IfAsked::Leave,
        IfAsked::YesTwice,
        IfAsked::YesTwiceAtOnce,
    ][below(6, runner)?];
    Ok(match below(13, runner)? {
        0..=2 => {
            let person = if below(3, runner)? == 0 {
                Person::Bob
            } else {
                Person::Alice
            };
            let party = [Party::A, Party::A, Party::B, Party::Disposable][below(4, runner)?];
            Move::SignIn(person, party, browser)
        }
        3..=7 => {
            let asks = asked_for(runner)?;
            Move::SignOff(browser, asks, answer)
        }
        8 | 9 => {
            let says = [
                IfAsked::No,
                IfAsked::Yes,
                IfAsked::Yes,
                IfAsked::YesTwiceAtOnce,
            ];
            let says = says[below(says.len(), runner)?];
            Move::Answer(below(4, runner)?, says)
        }
        10 => Move::OldCookies(browser),
        11 => Move::TwiceAtOnce(browser, asked_for(runner)?),
        _ => match below(4, runner)? {
            0 => Move::Disable,
            1 => Move::SignInToRefresh(Person::Alice, browser),
            _ => Move::Wait([1, 60, 3_600, 86_400][below(4, runner)?]),
        },
    })
}

fn about_a_question(runner: &mut TestRunner) -> Result<Move, Reason> {
    Ok(match below(10, runner)? {
        0..=5 => {
            let answer = [IfAsked::Leave, IfAsked::Leave, IfAsked::Leave, IfAsked::No];
            let answer = answer[below(answer.len(), runner)?];
            Move::SignOff(Browser::First, asked_for(runner)?, answer)
        }
        6..=8 => {
            let says = [IfAsked::Yes, IfAsked::Yes, IfAsked::Yes, IfAsked::No];
            Move::Answer(below(4, runner)?, says[below(says.len(), runner)?])
        }
        _ => drawn(runner)?,
    })
}

/// A sequence that can shrink: moves are left out, the last ones first, and those that stay are made plainer.
#[derive(Debug, Clone)]
pub struct SequenceTree {
    moves: Vec<Move>,
    /// How many moves from the end were tried on this walk.
    next: usize,
    /// Plainer moves that are still to be tried on this walk, by place.
    plainer: Vec<(usize, Move)>,
    last: Option<Undo>,
    progress: bool,
}

/// What undoes the last change.
#[derive(Debug, Clone, Copy)]
enum Undo {
    Insert(usize, Move),
    Restore(usize, Move),
}

/// Plainer moves of the same kind, the plainest first.
fn plainer(step: Move) -> Vec<Move> {
    let kinds = [
        Asks::Orderly,
        Asks::Elsewhere,
        Asks::WithoutHint,
        Asks::Nothing,
    ];
    let plainer_than = |asks: Asks| kinds.into_iter().take_while(move |kind| *kind != asks);
    let (browser, asks, answer) = match step {
        Move::SignOff(browser, asks, answer) => (browser, asks, answer),
        Move::SignInToRefresh(person, browser) => {
            return vec![Move::SignIn(person, Party::A, browser)];
        }
        Move::TwiceAtOnce(browser, asks) => {
            let plain = plainer_than(asks).map(|kind| Move::TwiceAtOnce(browser, kind));
            return plain.collect();
        }
        _ => return Vec::new(),
    };
    let answers = [IfAsked::Yes, IfAsked::Leave, IfAsked::No];
    let asked = plainer_than(asks);
    let answered = answers.into_iter().take_while(|known| *known != answer);
    asked
        .map(|kind| Move::SignOff(browser, kind, answer))
        .chain(answered.map(|plain| Move::SignOff(browser, asks, plain)))
        .collect()
}

impl SequenceTree {
    /// Tries a plainer move; false when none is left.
    fn vary(&mut self) -> bool {
        let Some((at, step)) = self.plainer.pop() else {
            return false;
        };
        let before = std::mem::replace(&mut self.moves[at], step);
        self.last = Some(Undo::Restore(at, before));
        true
    }

    fn begin_to_vary(&mut self) {
        let places = self.moves.iter().enumerate();
        self.plainer = places
            .flat_map(|(at, step)| plainer(*step).into_iter().map(move |plain| (at, plain)))
            .collect();
        self.plainer.reverse();
    }
}

impl ValueTree for SequenceTree {
    type Value = Sequence;

    fn current(&self) -> Sequence {
        Sequence {
            moves: self.moves.clone(),
        }
    }

    fn simplify(&mut self) -> bool {
        match self.last.take() {
            Some(Undo::Restore(at, _)) => {
                // It is plain enough now: what was still to be tried is no plainer.
                self.plainer.retain(|(place, _)| *place != at);
                self.progress = true;
            }
            Some(Undo::Insert(..)) => self.progress = true,
            None => {}
        }
        loop {
            if self.next < self.moves.len() {
                let at = self.moves.len() - 1 - self.next;
                self.last = Some(Undo::Insert(at, self.moves.remove(at)));
                if self.next == self.moves.len() {
                    self.begin_to_vary();
                }
                return true;
            }
            if self.vary() {
                return true;
            }
            if !std::mem::take(&mut self.progress) {
                return false;
            }
            self.next = 0;
        }
    }

    fn complicate(&mut self) -> bool {
        match self.last.take() {
            None => return false,
            Some(Undo::Insert(at, removed)) => {
                self.moves.insert(at, removed);
                self.next += 1;
                if self.next == self.moves.len() {
                    self.begin_to_vary();
                }
            }
            Some(Undo::Restore(at, before)) => self.moves[at] = before,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::plan::runner;

    fn sequence(index: u64) -> SequenceTree {
        SequenceStrategy.new_tree(&mut runner(1, index)).unwrap()
    }

    #[test]
    fn any_part_of_a_sequence_names_only_what_went_before() {
        for index in 0..300 {
            let mut moves = sequence(index).current().moves;
            while moves.len() > 1 {
                let scenario = Sequence {
                    moves: moves.clone(),
                }
                .scenario("sequence/part");
                let file = crate::CaseFile {
                    id: scenario.id.clone(),
                    purpose: scenario.purpose.clone(),
                    found: None,
                    steps: scenario.steps.clone(),
                };
                let offs = scenario
                    .steps
                    .iter()
                    .any(|step| matches!(step, Step::SignOff(_)));
                let read = crate::CaseFile::parse(&file.to_toml().unwrap());
                assert_eq!(read.is_ok(), offs, "{read:?}");
                moves.remove(moves.len() / 2);
            }
        }
    }

    #[test]
    fn shrinking_leaves_the_moves_that_matter() {
        let mut found = 0;
        for index in 0..300 {
            let mut tree = sequence(index);
            let fails = |sequence: &Sequence| {
                let names = sequence.names();
                let left = names.iter().position(|name| name == "off-left");
                left.is_some_and(|at| names[at..].iter().any(|name| name == "late-yes"))
            };
            if !fails(&tree.current()) {
                continue;
            }
            found += 1;
            let mut best = tree.current();
            while tree.simplify() {
                if fails(&tree.current()) {
                    best = tree.current();
                } else {
                    assert!(tree.complicate());
                }
            }
            assert_eq!(best.names(), ["off-left", "late-yes"]);
        }
        assert!(found > 3, "{found}");
    }
}

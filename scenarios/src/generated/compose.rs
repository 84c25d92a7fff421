//! From the picks of a draft to the steps of a scenario.

use super::dimension::DIMENSIONS;
use super::draft::Draft;
use super::piece::{Order, Piece, Placement, Repeat, Situation};
use crate::{
    Browser, ClaimEdit, ClaimValue, Hint, LogoutIntent, Method, Name, Parameter, Party, Person,
    Place, SignIn, Step, Value,
};

/// The steps: the situation, then the request.
pub(super) fn steps(draft: &Draft) -> Vec<Step> {
    let pieces = Pieces(draft);
    let (mut steps, own, other) = situation(pieces.situation());
    let mut intent = LogoutIntent::bare();
    intent.parameters = parameters(&pieces, own, other);
    for pick in &draft.picks {
        match &pick.piece {
            Piece::Method(method) => intent.method = *method,
            Piece::ContentType(content_type) => intent.content_type = *content_type,
            Piece::Cookies(cookies) => intent.cookies = *cookies,
            Piece::Answer(answer) => intent.if_asked = *answer,
            Piece::Spelling(spelling) => intent.spelling = *spelling,
            Piece::RequestTarget(target) => intent.request_target = *target,
            Piece::Sent(sent) => intent.sent = *sent,
            Piece::Extra(_, headers) => intent.headers.clone_from(headers),
            _ => {}
        }
    }
    placed(&mut intent, pieces.placement());
    steps.push(Step::SignOff(intent));
    steps
}

/// The picks by what they are about.
struct Pieces<'a>(&'a Draft);

impl<'a> Pieces<'a> {
    fn find<T>(&self, wanted: impl Fn(&'a Piece) -> Option<T>) -> Option<T> {
        self.0.picks.iter().find_map(|pick| wanted(&pick.piece))
    }

    fn situation(&self) -> Situation {
        let found = self.find(|piece| match piece {
            Piece::Situation(situation) => Some(*situation),
            _ => None,
        });
        found.unwrap_or(Situation::SignedIn)
    }

    fn placement(&self) -> &'a Placement {
        let found = self.find(|piece| match piece {
            Piece::Placement(placement) => Some(placement),
            _ => None,
        });
        found.unwrap_or(&Placement::Usual)
    }

    fn repeat(&self) -> Option<&'a Repeat> {
        self.find(|piece| match piece {
            Piece::Repeat(repeat) => repeat.as_ref(),
            _ => None,
        })
    }

    fn order(&self) -> Order {
        let found = self.find(|piece| match piece {
            Piece::Order(order) => Some(*order),
            _ => None,
        });
        found.unwrap_or(Order::Usual)
    }

    fn extra(&self) -> &'a [(Name, Value)] {
        let found = self.find(|piece| match piece {
            Piece::Extra(parameters, _) => Some(parameters.as_slice()),
            _ => None,
        });
        found.unwrap_or_default()
    }
}

/// The steps before the request; the sign-in whose hint is the request's own, and the other one.
fn situation(situation: Situation) -> (Vec<Step>, usize, usize) {
    let alice = || Step::SignIn(SignIn::default());
    let elsewhere = |person| Step::SignIn(SignIn::default().by(person).in_browser(Browser::Second));
    let at = |party| Step::SignIn(SignIn::default().at(party));
    let off = || Step::SignOff(LogoutIntent::orderly());
    match situation {
        Situation::SignedIn => (vec![alice()], 0, 0),
        Situation::NeverSignedIn => (vec![elsewhere(Person::Alice)], 0, 0),
        Situation::SignedOffBefore => (vec![alice(), off()], 0, 0),
        Situation::SignedInAgain => (vec![alice(), off(), alice()], 1, 0),
        Situation::OtherUserElsewhere => (vec![alice(), elsewhere(Person::Bob)], 0, 1),
        Situation::SameUserElsewhere => (vec![alice(), elsewhere(Person::Alice)], 0, 1),
        Situation::TwoClients => (vec![alice(), at(Party::B)], 0, 1),
        Situation::UserChanged => {
            let bob = Step::SignIn(SignIn::default().by(Person::Bob));
            (vec![alice(), bob], 1, 0)
        }
        Situation::Expired(seconds) => {
            let past = Step::AdvancePastExpiry {
                sign_in: 0,
                seconds,
            };
            (vec![alice(), past], 0, 0)
        }
        Situation::ClientDisabled => {
            let disabled = Step::Disable(Party::Disposable);
            (vec![alice(), at(Party::Disposable), disabled], 0, 1)
        }
    }
}

/// The parameters in their order, all in their usual place.
fn parameters(pieces: &Pieces<'_>, own: usize, other: usize) -> Vec<Parameter> {
    let named = [
        ("redirect", Name::PostLogoutRedirectUri),
        ("state", Name::State),
        ("client", Name::ClientId),
        ("logout-hint", Name::LogoutHint),
        ("locales", Name::UiLocales),
    ];
    let hint = pieces.find(|piece| match piece {
        Piece::Hint(hint) => hint.clone(),
        _ => None,
    });
    let mut parameters: Vec<(Name, Value)> = hint
        .into_iter()
        .map(|hint| (Name::IdTokenHint, Value::Hint(hint)))
        .collect();
    for (dimension, name) in named {
        let pick = DIMENSIONS
            .iter()
            .zip(&pieces.0.picks)
            .find(|(known, _)| known.name == dimension);
        if let Some((_, pick)) = pick
            && let Piece::Parameter(Some(value)) = &pick.piece
        {
            parameters.push((name, value.clone()));
        }
    }
    parameters.extend(pieces.extra().iter().cloned());
    if let Some(repeat) = pieces.repeat() {
        repeated(&mut parameters, repeat);
    }
    match pieces.order() {
        Order::Usual => {}
        Order::Reversed => parameters.reverse(),
        Order::Rotated(places) => {
            let places = places % parameters.len().max(1);
            parameters.rotate_left(places);
        }
    }
    parameters
        .into_iter()
        .map(|(name, value)| Parameter {
            name,
            value: match value {
                Value::Hint(hint) => Value::Hint(of_sign_ins(hint, own, other)),
                value => value,
            },
            place: Place::Usual,
        })
        .collect()
}

fn repeated(parameters: &mut Vec<(Name, Value)>, repeat: &Repeat) {
    let value = match &repeat.value {
        Some(value) => Some(value.clone()),
        None => parameters
            .iter()
            .find(|(name, _)| *name == repeat.name)
            .map(|(_, value)| value.clone()),
    };
    let Some(value) = value else {
        return;
    };
    let further = (repeat.name.clone(), value);
    if repeat.first {
        parameters.insert(0, further);
    } else {
        parameters.push(further);
    }
}

/// The hint with the situation's sign-ins in place of 0 (its own) and 1 (the other one).
fn of_sign_ins(hint: Hint, own: usize, other: usize) -> Hint {
    let real = |sign_in: usize| if sign_in == 0 { own } else { other };
    match hint {
        Hint::OfSignIn(sign_in) => Hint::OfSignIn(real(sign_in)),
        Hint::AccessTokenOf(sign_in) => Hint::AccessTokenOf(real(sign_in)),
        Hint::Truncated {
            sign_in,
            beyond_payload,
        } => Hint::Truncated {
            sign_in: real(sign_in),
            beyond_payload,
        },
        Hint::Respelt { sign_in, spelling } => Hint::Respelt {
            sign_in: real(sign_in),
            spelling,
        },
        Hint::Forged {
            sign_in,
            claims,
            signing,
        } => Hint::Forged {
            sign_in: real(sign_in),
            claims: claims.into_iter().map(|edit| of_edit(edit, real)).collect(),
            signing,
        },
        Hint::OfOtherTenant | Hint::Text(_) => hint,
    }
}

fn of_edit(edit: ClaimEdit, real: impl Fn(usize) -> usize) -> ClaimEdit {
    match edit {
        ClaimEdit::Set(name, ClaimValue::SubjectOf(sign_in)) => {
            ClaimEdit::Set(name, ClaimValue::SubjectOf(real(sign_in)))
        }
        ClaimEdit::Set(name, ClaimValue::SidOf(sign_in)) => {
            ClaimEdit::Set(name, ClaimValue::SidOf(real(sign_in)))
        }
        edit => edit,
    }
}

/// Writes parameters where they do not belong, as told.
fn placed(intent: &mut LogoutIntent, placement: &Placement) {
    let elsewhere = match intent.method {
        Method::Get | Method::Head => Place::Body,
        Method::Post | Method::Put => Place::Query,
    };
    match placement {
        Placement::Usual => {}
        Placement::Elsewhere(name) => {
            for parameter in &mut intent.parameters {
                if parameter.name == *name {
                    parameter.place = elsewhere;
                }
            }
        }
        Placement::AllElsewhere => {
            for parameter in &mut intent.parameters {
                parameter.place = elsewhere;
            }
        }
        Placement::Both(name, value) => intent.parameters.push(Parameter {
            name: name.clone(),
            value: value.clone(),
            place: elsewhere,
        }),
    }
}

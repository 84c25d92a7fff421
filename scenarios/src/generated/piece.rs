//! What a class of a dimension puts into a request.

use crate::{
    ContentType, Cookies, Hint, IfAsked, Method, Name, RequestTarget, Sent, Spelling, Value,
};

/// Who is signed in where when the request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Situation {
    /// Alice is signed in at client A in the browser that asks.
    SignedIn,
    /// Nobody ever signed in in the browser that asks; the hint comes from another one.
    NeverSignedIn,
    /// An orderly sign-off went before.
    SignedOffBefore,
    /// The same, and Alice signed in once more since.
    SignedInAgain,
    /// Bob is signed in in another browser.
    OtherUserElsewhere,
    /// Alice is signed in in another browser too.
    SameUserElsewhere,
    /// Client B takes part in the session.
    TwoClients,
    /// Bob signed in after Alice in the same browser.
    UserChanged,
    /// The ID token expired so many seconds ago.
    Expired(i64),
    /// A further client takes part in the session and was disabled.
    ClientDisabled,
}

/// In which order the parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Hint, target, state, client and the rest.
    Usual,
    /// The other way round.
    Reversed,
    /// Shifted by so many places.
    Rotated(usize),
}

/// A parameter that is given twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Which one.
    pub name: Name,
    /// The second value; nothing repeats the first.
    pub value: Option<Value>,
    /// Whether the further value stands before the other parameters.
    pub first: bool,
}

/// Where parameters are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// Where the method wants them.
    Usual,
    /// This one elsewhere.
    Elsewhere(Name),
    /// All of them elsewhere.
    AllElsewhere,
    /// This one in both places, with this value in the place where it does not belong.
    Both(Name, Value),
}

/// What one dimension contributes. Hints name the sign-in of the situation: 0 is the one of the session at
/// hand, 1 the other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Sessions and time.
    Situation(Situation),
    /// The `id_token_hint`; nothing leaves it out.
    Hint(Option<Hint>),
    /// Another parameter; nothing leaves it out.
    Parameter(Option<Value>),
    /// Parameters and header fields that no specification gives to this endpoint.
    Extra(Vec<(Name, Value)>, Vec<(String, String)>),
    /// The order.
    Order(Order),
    /// A repetition.
    Repeat(Option<Repeat>),
    /// The places.
    Placement(Placement),
    /// The method.
    Method(Method),
    /// The content type.
    ContentType(ContentType),
    /// The cookies.
    Cookies(Cookies),
    /// What the person answers.
    Answer(IfAsked),
    /// How it is written.
    Spelling(Spelling),
    /// How its target is written.
    RequestTarget(RequestTarget),
    /// How often it goes out.
    Sent(Sent),
}

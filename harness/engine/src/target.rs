//! What is known of an IdP: addresses, clients, users, ways to sign in, capabilities, known differences.

use signoff_oidc::{Client, Origin, User};
use signoff_rules::Deviation;
use signoff_rules::world::Confirmation;
use signoff_scenarios::{Inability, Party, Person};

/// How to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SignInKind {
    /// Follow the redirects and fill the forms, as a person would.
    #[default]
    Form,
    /// `PingOne`'s flow API: `usernamePassword.check`.
    PingOneFlow,
    /// By declared steps.
    Steps(Vec<SignInStep>),
    /// In a browser, or by a program; the wire has it.
    Outside,
}

/// One step of a declared sign-in. In texts, `{authorization_url}`, `{redirect_uri}`, `{issuer}`, `{client_id}`,
/// `{user}` and `{password}` are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInStep {
    /// Sends a request, and follows where the answer leads.
    Send {
        /// The address.
        url: String,
        /// Header fields.
        headers: Vec<(String, String)>,
        /// The content.
        body: StepBody,
    },
    /// Fills fields of the page, by their names.
    Fill(Vec<(String, String)>),
    /// Submits the form that was filled, or the first one, or that of the button with this name, value or text.
    Submit(Option<String>),
    /// Stops unless the page is the one that is expected.
    Expect {
        /// What has to stand in it.
        text: Option<String>,
        /// Its status.
        status: Option<u16>,
    },
}

impl SignInStep {
    /// True when this stands in a value that it fills in or sends.
    pub fn says(&self, placeholder: &str) -> bool {
        let in_pairs =
            |pairs: &[(String, String)]| pairs.iter().any(|(_, value)| value.contains(placeholder));
        match self {
            SignInStep::Send { url, headers, body } => {
                let in_body = match body {
                    StepBody::None => false,
                    StepBody::Form(fields) => in_pairs(fields),
                    StepBody::Json(value) => value.to_string().contains(placeholder),
                };
                url.contains(placeholder) || in_pairs(headers) || in_body
            }
            SignInStep::Fill(values) => in_pairs(values),
            SignInStep::Submit(_) | SignInStep::Expect { .. } => false,
        }
    }
}

/// The content of a declared request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepBody {
    /// A GET has none.
    None,
    /// A POST with a form.
    Form(Vec<(String, String)>),
    /// A POST with JSON.
    Json(serde_json::Value),
}

/// Names of form fields, where recognition needs help.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormFields {
    /// The field for the user name.
    pub username: Option<String>,
    /// The field for the password.
    pub password: Option<String>,
}

/// A tenant of the same product beside the one under test: where a foreign ID token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTenant {
    /// Its issuer.
    pub issuer: String,
    /// A client of it.
    pub client: Client,
    /// A user of it.
    pub user: User,
}

/// A product that signs people on at an identity provider behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    /// The issuer of the identity provider.
    pub issuer: String,
    /// Another application there: with it sessions are looked at.
    pub witness: Client,
    /// The connection that people sign in through.
    pub connection: String,
    /// Profiles whose connection cannot sign anybody off, and why.
    pub unable: Vec<(String, Inability)>,
    /// Where the identity provider tells the product that somebody signed off there.
    pub notice: Option<String>,
    /// The application's own logout endpoint, where the browser is then sent on to.
    pub application_logout: Option<String>,
}

/// The target.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name in reports, and the folder of its snapshots.
    pub name: String,
    /// What it is, in the words of whoever described it: product and version. Empty where nobody did.
    pub description: String,
    /// The dialect's id.
    pub dialect: String,
    /// The edition, where the dialect has several.
    pub edition: Option<String>,
    /// True for an IdP that is not our own mock.
    pub real: bool,
    /// The issuer.
    pub issuer: String,
    /// Hosts besides those of the metadata that belong to the IdP.
    pub own_origins: Vec<Origin>,
    /// The client under test.
    pub client: Client,
    /// A second client; unlocks the scenarios with two.
    pub other_client: Option<Client>,
    /// A client that may be disabled.
    pub disposable_client: Option<Client>,
    /// The first user.
    pub user: User,
    /// The second user; unlocks the scenarios with two.
    pub other_user: Option<User>,
    /// How to sign in.
    pub sign_in: SignInKind,
    /// Help for the form driver.
    pub fields: FormFields,
    /// The page that asks whether to sign off, where it is not known by its words.
    pub confirmation: Option<Confirmation>,
    /// The IdP's private signing key, PKCS#8 PEM; unlocks hints that only the IdP could sign.
    pub signing_key: Option<String>,
    /// Another tenant.
    pub other_tenant: Option<OtherTenant>,
    /// A custom domain of the same tenant, where the product has such.
    pub custom_domain: Option<String>,
    /// The identity provider behind the product, where it signs people on and off at one.
    pub behind: Option<Broker>,
    /// The scope to ask for.
    pub scope: String,
    /// Differences declared for this target, besides those of its dialect.
    pub deviations: Vec<Deviation>,
    /// The words with which its report says how to repeat a case: `--dialect oidc`, `--target staging`.
    pub repeat_with: String,
}

impl Target {
    /// The client that plays this role, if there is one.
    pub fn client_of(&self, party: Party) -> Option<&Client> {
        match party {
            Party::A => Some(&self.client),
            Party::B => self.other_client.as_ref(),
            Party::Disposable => self.disposable_client.as_ref(),
        }
    }

    /// The user who plays this role, if there is one.
    pub fn user_of(&self, person: Person) -> Option<&User> {
        match person {
            Person::Alice => Some(&self.user),
            Person::Bob => self.other_user.as_ref(),
        }
    }

    /// All known clients.
    pub fn clients(&self) -> Vec<Client> {
        let others = [self.other_client.clone(), self.disposable_client.clone()];
        std::iter::once(self.client.clone())
            .chain(others.into_iter().flatten())
            .collect()
    }
}

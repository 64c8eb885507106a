//! Errors as `application/problem+json` (RFC 9457).
//!
//! Handlers and extractors return a [`Problem`]; the boundary adds the request's id and writes the body, so
//! that every error of every route has the same shape.

use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use engine::Invalid;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::actions::ActionError;
use crate::store::{InvitationRefusal, StoreError};

/// The kinds of problems; the last part of a problem's `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    InvalidInput,
    Unauthorised,
    Forbidden,
    SecondFactorNeeded,
    TooManyRequests,
    NotFound,
    Gone,
    MethodNotAllowed,
    NotAcceptable,
    Conflict,
    Stale,
    TooLarge,
    PreconditionRequired,
    LimitReached,
    RangeNotSatisfiable,
    Internal,
    Unavailable,
}

impl Kind {
    fn name_and_title(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidInput => ("invalid-input", "The request is not right"),
            Self::Unauthorised => ("unauthorised", "Sign in first"),
            Self::Forbidden => ("forbidden", "This is not allowed"),
            Self::SecondFactorNeeded => ("second-factor-needed", "Show your second factor again"),
            Self::TooManyRequests => ("too-many-requests", "Too many attempts"),
            Self::NotFound => ("not-found", "There is nothing here"),
            Self::Gone => ("gone", "It was called back"),
            Self::MethodNotAllowed => ("method-not-allowed", "This cannot be done here"),
            Self::NotAcceptable => ("not-acceptable", "There is no such representation"),
            Self::Conflict => ("conflict", "The request does not fit what is there"),
            Self::Stale => ("stale", "It changed in the meantime"),
            Self::TooLarge => ("too-large", "The request is too large"),
            Self::PreconditionRequired => ("precondition-required", "Say which version you know"),
            Self::LimitReached => ("limit-reached", "There is no room for more"),
            Self::RangeNotSatisfiable => ("range-not-satisfiable", "The file does not reach so far"),
            Self::Internal => ("internal", "Something went wrong on our side"),
            Self::Unavailable => ("unavailable", "The server cannot answer now"),
        }
    }
}

/// An error on its way to the client.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: Kind,
    status: StatusCode,
    detail: String,
    field: Option<String>,
    reason: Option<&'static str>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// What to log and never to send.
    cause: Option<String>,
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// `urn:stead:problem:` and the kind.
    #[schema(example = "urn:stead:problem:invalid-input")]
    pub r#type: String,
    /// The kind in words.
    pub title: &'static str,
    /// The status code.
    pub status: u16,
    /// What is wrong here, for the person who asked.
    pub detail: String,
    /// Names the request in the server's log.
    pub request_id: String,
    /// The input that is wrong: a dotted path such as `properties.feelings[0].strength`, or the name of a
    /// query parameter or header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Which of the reasons that a problem of this kind can have here, for pages that say it in their own words:
    /// of an invitation `invitation-missing`, `invitation-unknown`, `invitation-used-up` or `invitation-expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "invitation-used-up")]
    pub reason: Option<&'static str>,
}

impl Problem {
    /// A problem of a kind with a status.
    pub fn new(kind: Kind, status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind,
            status,
            detail: detail.into(),
            field: None,
            reason: None,
            headers: Vec::new(),
            cause: None,
        }
    }

    /// 400: the request cannot be read.
    pub fn bad_request(invalid: Invalid) -> Self {
        Self::new(Kind::InvalidInput, StatusCode::BAD_REQUEST, sentence(&invalid)).of_field(invalid.field)
    }

    /// 422: the request can be read and breaks a rule.
    pub fn unprocessable(invalid: Invalid) -> Self {
        Self::new(Kind::InvalidInput, StatusCode::UNPROCESSABLE_ENTITY, sentence(&invalid))
            .of_field(invalid.field)
    }

    /// 401.
    pub fn unauthorised(detail: impl Into<String>) -> Self {
        Self::new(Kind::Unauthorised, StatusCode::UNAUTHORIZED, detail)
            .with_header(axum::http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// 403.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, StatusCode::FORBIDDEN, detail)
    }

    /// 403: a code of the second factor is needed again.
    pub fn second_factor_needed() -> Self {
        let detail = "enter a code of your authenticator again: the last one is more than ten minutes old";
        Self::new(Kind::SecondFactorNeeded, StatusCode::FORBIDDEN, detail)
    }

    /// 429, with the wait in `Retry-After`.
    pub fn too_many_requests(wait: jiff::SignedDuration) -> Self {
        let seconds = wait.as_secs().saturating_add(1).max(1);
        let detail = format!("too many attempts; try again in {seconds} seconds");
        Self::new(Kind::TooManyRequests, StatusCode::TOO_MANY_REQUESTS, detail)
            .with_header(axum::http::header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, StatusCode::NOT_FOUND, detail)
    }

    /// 410: it was given out once and is not any more.
    pub fn gone(detail: impl Into<String>) -> Self {
        Self::new(Kind::Gone, StatusCode::GONE, detail)
    }

    /// 413.
    pub fn too_large() -> Self {
        Self::new(Kind::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "a request's body may have 1 MiB")
    }

    /// 500; the cause is logged, not sent.
    pub fn internal(cause: impl Into<String>) -> Self {
        let detail = "please try again; if it stays so, tell your steward the request_id";
        Self {
            cause: Some(cause.into()),
            ..Self::new(Kind::Internal, StatusCode::INTERNAL_SERVER_ERROR, detail)
        }
    }

    /// 503; the cause is logged, not sent.
    pub fn unavailable(cause: impl Into<String>) -> Self {
        let detail = "please try again in a moment";
        Self {
            cause: Some(cause.into()),
            ..Self::new(Kind::Unavailable, StatusCode::SERVICE_UNAVAILABLE, detail)
        }
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same, about an input.
    #[must_use]
    pub fn of_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into()).filter(|f| !f.is_empty());
        self
    }

    /// The same for a reason that programs can read.
    #[must_use]
    fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    /// The problem that stands for an answer of the framework's own.
    pub(super) fn of_status(status: StatusCode) -> Self {
        let (kind, detail) = match status {
            StatusCode::UNAUTHORIZED => (Kind::Unauthorised, "sign in first"),
            StatusCode::FORBIDDEN => (Kind::Forbidden, "this is not allowed"),
            StatusCode::NOT_FOUND => (Kind::NotFound, "there is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => {
                (Kind::MethodNotAllowed, "this address does not know the method; see the Allow header")
            }
            StatusCode::PAYLOAD_TOO_LARGE => return Self::too_large(),
            s if s.is_server_error() => (Kind::Internal, "please try again"),
            _ => (Kind::InvalidInput, "the request is not right"),
        };
        Self::new(kind, status, detail)
    }

    /// What the log says of it: never a coordinate, a word of a person or a token.
    pub(super) fn log(&self, request_id: &str, route: &str) {
        let (kind, _) = self.kind.name_and_title();
        let status = self.status.as_u16();
        match &self.cause {
            Some(cause) => tracing::error!(request_id, route, status, kind, cause, "a request failed"),
            None if self.status.is_server_error() => {
                tracing::error!(request_id, route, status, kind, "a request failed");
            }
            None => tracing::debug!(request_id, route, status, kind, "a request was refused"),
        }
    }

    /// The answer, with the request's id.
    pub(super) fn render(self, request_id: &str) -> Response {
        let (name, title) = self.kind.name_and_title();
        let body = ProblemBody {
            r#type: format!("urn:stead:problem:{name}"),
            title,
            status: self.status.as_u16(),
            detail: self.detail,
            request_id: request_id.to_owned(),
            field: self.field,
            reason: self.reason,
        };
        let content = [(axum::http::header::CONTENT_TYPE, "application/problem+json")];
        let json = serde_json::to_vec(&body).expect("a problem is plain data");
        let mut response = (self.status, content, json).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// The problem alone; the field goes beside it.
fn sentence(invalid: &Invalid) -> String {
    if invalid.field.is_empty() { invalid.problem.clone() } else { invalid.to_string() }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(_) => Self::unavailable(error.to_string()),
            other => Self::internal(other.to_string()),
        }
    }
}

impl From<ActionError> for Problem {
    fn from(error: ActionError) -> Self {
        let detail = error.to_string();
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match error {
            ActionError::Malformed(invalid) => Self::bad_request(invalid),
            ActionError::Invalid(invalid) => Self::unprocessable(invalid),
            ActionError::ConsentOutdated { .. } => {
                Self::new(Kind::Conflict, StatusCode::CONFLICT, detail).of_field("consent.version")
            }
            ActionError::UnknownReturnCode => Self::unauthorised(detail).of_field("return_code"),
            ActionError::InvitationMissing => Self::new(Kind::InvalidInput, unprocessable, detail)
                .of_field("invitation")
                .because("invitation-missing"),
            ActionError::InvitationRefused(refusal) => {
                let reason = match refusal {
                    InvitationRefusal::Unknown => "invitation-unknown",
                    InvitationRefusal::UsedUp => "invitation-used-up",
                    InvitationRefusal::Expired => "invitation-expired",
                };
                Self::new(Kind::InvalidInput, unprocessable, detail).of_field("invitation").because(reason)
            }
            ActionError::JoinedBefore => {
                Self::new(Kind::Conflict, StatusCode::CONFLICT, detail).of_field("Idempotency-Key")
            }
            ActionError::WrongCode => Self::new(Kind::InvalidInput, unprocessable, detail).of_field("totp"),
            ActionError::UnknownLink => Self::unauthorised(detail).of_field("link_token"),
            ActionError::TooManyAttempts { wait } => Self::too_many_requests(wait),
            ActionError::WrongSignIn | ActionError::NobodyThere => Self::unauthorised(detail),
            ActionError::KeyReused => {
                Self::new(Kind::InvalidInput, unprocessable, detail).of_field("Idempotency-Key")
            }
            ActionError::ReplayGone | ActionError::StoryChanged | ActionError::NoRenewal(_) => {
                Self::new(Kind::Conflict, StatusCode::CONFLICT, detail)
            }
            ActionError::LimitReached { .. }
            | ActionError::DiaryFull { .. }
            | ActionError::PhotosFull { .. }
            | ActionError::TooManyInvitations { .. }
            | ActionError::TooManyQueries { .. } => Self::new(Kind::LimitReached, unprocessable, detail),
            ActionError::NotAPhoto(_) => {
                Self::new(Kind::InvalidInput, unprocessable, format!("the photo {detail}")).of_field("photo")
            }
            ActionError::NoSuchPhoto
            | ActionError::NoSuchPlace
            | ActionError::NoSuchEntry
            | ActionError::NoSuchStory
            | ActionError::NoSuchSupport => Self::not_found(detail),
            ActionError::Stale => Self::new(Kind::Stale, StatusCode::PRECONDITION_FAILED, detail),
            ActionError::Store(store) => store.into(),
        }
    }
}

/// The errors of every operation.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum PublicProblems {
    /// The request cannot be read: a query parameter is unknown, repeated or out of range.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(ProblemBody),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemBody),
    /// Something went wrong on the server's side.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(ProblemBody),
    /// The server cannot answer now.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemBody),
}

/// The further errors of operations that read a body.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum BodyProblems {
    /// A browser sent it from another site's page.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemBody),
    /// The body has more than 1 MiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemBody),
    /// The body is not JSON by its `Content-Type`.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(ProblemBody),
    /// The body is JSON and breaks a rule; `field` says where.
    #[response(status = 422, content_type = "application/problem+json")]
    Unprocessable(ProblemBody),
}

/// The further errors of operations that need a sign-in.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum MemberProblems {
    /// Nobody is signed in.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorised(ProblemBody),
    /// The sign-in belongs to another community, or a browser sent the request from another site's page.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemBody),
}

/// The further errors of ways to come in.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum SignInProblems {
    /// The sign-in is wrong or has ended; what was wrong is not said.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorised(ProblemBody),
    /// Too many attempts; `Retry-After` says how many seconds to wait.
    #[response(status = 429, content_type = "application/problem+json")]
    TooManyRequests(ProblemBody),
}

/// The further error of operations that count attempts.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum ThrottleProblems {
    /// Too many attempts; `Retry-After` says how many seconds to wait.
    #[response(status = 429, content_type = "application/problem+json")]
    TooManyRequests(ProblemBody),
}

/// The further errors of operations that change a version.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum VersionProblems {
    /// It changed since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(ProblemBody),
    /// The `If-Match` header is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    PreconditionRequired(ProblemBody),
}

/// The further errors of operations that give out a release's numbers.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum ReleaseProblems {
    /// The release is for signed-in planners and stewards alone, and nobody is signed in.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorised(ProblemBody),
    /// The release is for planners and stewards of the community alone.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemBody),
    /// The release was called back; `detail` says why.
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(ProblemBody),
}

/// The further error of operations that give out a snapshot's numbers.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum RecallProblems {
    /// The snapshot was called back; `detail` says why.
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(ProblemBody),
}

/// The further error of operations that do not always fit what is there.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers to the OpenAPI document")]
pub(super) enum ConflictProblems {
    /// It cannot be done now; `detail` says why and when.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemBody),
}

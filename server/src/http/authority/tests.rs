//! The table is held to the router itself: route by route, and role by role.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::*;
use engine::community::{Admission, Community, Language, PublicationPolicy, Purposes};
use engine::{CommunityId, StaffId};

use crate::AppConfig;
use crate::actions::staff::testing;
use crate::actions::{self, Core};
use crate::ambient::Ambient;
use crate::http::routes;
use crate::live::Live;
use crate::secret::Secret;
use crate::store::NewRole;
use crate::texts::Texts;

/// The paths that the router knows, as it tells by `Debug`: it has no other way to say so.
fn paths() -> BTreeSet<String> {
    let told = format!("{:?}", routes());
    let told = told.split("fallback_router").next().unwrap_or_default();
    let paths = told.split("RouteId(").filter_map(|part| part.split_once("): \"")?.1.split_once('"'));
    let paths: BTreeSet<String> = paths.map(|(path, _)| path.to_owned()).collect();
    assert!(paths.contains("/healthz") && paths.len() > 20, "axum tells its paths otherwise now: {told}");
    paths
}

/// A server with the communities `here` and `elsewhere`; the folder is its database's.
async fn state() -> (AppState, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stead.db");
    let store = crate::store::open(&format!("sqlite:{}", file.display())).await.unwrap();
    let ambient = Ambient::system();
    for name in ["here", "elsewhere"] {
        let community = Community {
            id: name.parse().unwrap(),
            title: name.to_owned(),
            languages: Language::ALL.to_vec(),
            bounds: None,
            country: None,
            time_zone: None,
            policy: PublicationPolicy::Formal,
            joining: Admission::Open,
            crisis_confirmed: false,
            crisis_contacts: None,
            questions: None,
            earlier_questions: Vec::new(),
            run_by: None,
            contact: None,
            demo: false,
            created_at: ambient.now(),
        };
        store.add_community(&community).await.unwrap();
    }
    let (live, _) = Live::load(&*store).await.unwrap();
    let secret = Arc::new(Secret::passing(&ambient));
    let core = Core {
        store,
        live: Arc::new(live),
        ambient,
        secret,
        texts: Arc::new(Texts::load()),
        developing: crate::actions::developing(),
    };
    let config = Arc::new(AppConfig::new("http://localhost"));
    (AppState { core, config, in_step: Arc::default() }, folder)
}

/// The methods of a path, as the router tells who asks by one that it does not know.
async fn methods(path: &str, state: &AppState) -> Vec<String> {
    let address = path.replace(['{', '}'], "");
    let request = Request::builder().method("TRACE").uri(&address).body(Body::empty()).unwrap();
    let answer = routes().with_state(state.clone()).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    let allow = answer.headers()[header::ALLOW].to_str().unwrap();
    allow.split(',').filter(|method| *method != "HEAD").map(str::to_owned).collect()
}

#[tokio::test]
async fn the_table_has_every_route_of_the_router_and_no_other() {
    let (state, _folder) = state().await;
    let mut routed = BTreeSet::new();
    for path in paths() {
        for method in methods(&path, &state).await {
            routed.insert((method, path.clone()));
        }
    }
    let table: BTreeSet<_> = TABLE.iter().map(|(m, p, _)| ((*m).to_owned(), (*p).to_owned())).collect();
    assert_eq!(table.len(), TABLE.len(), "a route is in the table twice");
    let missing: Vec<_> = routed.difference(&table).collect();
    assert!(missing.is_empty(), "routes without a line in the table of authority: {missing:?}");
    let gone: Vec<_> = table.difference(&routed).collect();
    assert!(gone.is_empty(), "lines of the table of authority without a route: {gone:?}");
}

#[tokio::test]
async fn every_role_reaches_exactly_the_routes_that_the_table_gives_it() {
    let (state, _folder) = state().await;
    let cast = Cast::new(&state).await;
    let router = crate::http::router(state.clone());
    let mut asked = 0;
    for path in paths() {
        for method in methods(&path, &state).await {
            let (_, _, who) = TABLE.iter().find(|(m, p, _)| *m == method && *p == path).unwrap();
            let address = path.replace("{c}", "here").replace(['{', '}'], "");
            for actor in Actor::all() {
                let mut request = Request::builder().method(method.as_str()).uri(&address);
                if let Some(token) = cast.token(&state, actor).await {
                    request = request.header("Authorization", format!("Bearer {token}"));
                }
                let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
                let refused = matches!(answer.status().as_u16(), 401 | 403);
                let status = answer.status();
                assert_eq!(refused, !actor.may(*who), "{method} {path} as {actor:?}: {status}");
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
enum Actor {
    Nobody,
    Stranger,
    Participant,
    ParticipantElsewhere,
    Staff(Role),
    StaffElsewhere(Role),
    Token(Role, Scope),
    EndedToken(Role, Scope),
}

impl Actor {
    fn all() -> Vec<Self> {
        let mut all = vec![Self::Nobody, Self::Stranger, Self::Participant, Self::ParticipantElsewhere];
        for role in Role::ALL {
            all.extend([Self::Staff(role), Self::StaffElsewhere(role)]);
            all.extend(Scope::ALL.map(|scope| Self::Token(role, scope)));
            all.push(Self::EndedToken(role, Scope::PlacesRead));
        }
        all
    }

    fn may(self, who: Who) -> bool {
        let participant = matches!(self, Self::Participant);
        let staff = |roles: &[Role], needed: Option<Scope>| match self {
            Self::Staff(role) => roles.contains(&role),
            Self::Token(role, scope) => roles.contains(&role) && needed == Some(scope),
            _ => false,
        };
        match who {
            Who::Anyone => true,
            Who::Participant => participant,
            Who::Staff(roles, scope) => staff(roles, scope),
            Who::ParticipantOr(roles, scope) => participant || staff(roles, scope),
            Who::StaffSession => matches!(self, Self::Staff(_) | Self::StaffElsewhere(_)),
            Who::SignedIn => !matches!(self, Self::Nobody | Self::Stranger | Self::EndedToken(..)),
        }
    }
}

/// The communities `here` and `elsewhere`, and an account for every role in each.
struct Cast(Vec<(&'static str, Role, StaffId)>);

impl Cast {
    async fn new(state: &AppState) -> Self {
        let (core, mut cast) = (&state.core, Vec::new());
        for name in ["here", "elsewhere"] {
            let community: CommunityId = name.parse().unwrap();
            for role in Role::ALL {
                let (id, at) = (StaffId(core.ambient.id()), core.ambient.now());
                let email = format!("{}@{name}.example", role.as_str());
                let new = NewRole { id, email, community: community.clone(), role, at };
                cast.push((name, role, core.store.add_role(&new).await.unwrap().id));
            }
        }
        Self(cast)
    }

    /// A sign-in made for one request: some requests end theirs.
    async fn token(&self, state: &AppState, actor: Actor) -> Option<String> {
        let core = &state.core;
        let account = |name, role| {
            let found = self.0.iter().find(|(n, r, _)| (*n, *r) == (name, role));
            found.map(|(_, _, id)| *id).unwrap()
        };
        match actor {
            Actor::Nobody => None,
            Actor::Stranger => Some("sts_0".into()),
            Actor::Participant => Some(join(core, "here").await),
            Actor::ParticipantElsewhere => Some(join(core, "elsewhere").await),
            Actor::Staff(role) => Some(testing::session(core, account("here", role)).await),
            Actor::StaffElsewhere(role) => Some(testing::session(core, account("elsewhere", role)).await),
            Actor::Token(role, scope) => {
                Some(testing::api_token(core, account("here", role), scope, 60).await)
            }
            Actor::EndedToken(role, scope) => {
                Some(testing::api_token(core, account("here", role), scope, 0).await)
            }
        }
    }
}

async fn join(core: &Core, name: &str) -> String {
    let community = core.store.community(&name.parse().unwrap()).await.unwrap().unwrap();
    let version = core.texts.consent.version.clone();
    let address = actions::staff::Address::of(None);
    let arrival = actions::Arrival { invitation: None, address: &address, key: None };
    let joined = actions::join(core, &community, Language::En, &version, Purposes::default(), arrival).await;
    joined.unwrap().token
}

#[tokio::test]
async fn a_route_that_is_not_in_the_table_answers_nobody() {
    let (state, _folder) = state().await;
    let forgotten = axum::Router::new()
        .route("/forgotten", axum::routing::get(|| async { "a secret" }))
        .route("/healthz", axum::routing::get(|| async {}).post(|| async { "a secret" }))
        .layer(axum::middleware::from_fn_with_state(state.clone(), enforce))
        .with_state(state);
    for (method, path, status) in
        [("GET", "/forgotten", 404), ("POST", "/healthz", 405), ("GET", "/healthz", 200)]
    {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let answer = forgotten.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), status, "{method} {path}");
    }
}

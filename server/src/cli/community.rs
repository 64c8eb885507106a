//! `stead community add`: a community map.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use engine::community::{Admission, Community, Country, Language, PublicationPolicy, Zone};
use engine::crisis::CrisisContacts;
use engine::question::Questions;
use engine::{CommunityId, Invalid};
use serde::de::DeserializeOwned;

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::import;
use crate::store::{CommunityChange, Store};
use crate::texts::Texts;

/// What can be done with communities.
#[derive(Debug, Subcommand)]
pub enum CommunityCommand {
    /// Adds a community map.
    Add {
        /// Its name in addresses: a-z, 0-9 and hyphens.
        name: CommunityId,
        /// Its name for people; without it the name.
        #[arg(long)]
        title: Option<String>,
        /// A GeoJSON file whose box is the community's; without it the first imported data give the box.
        #[arg(long, value_name = "FILE")]
        bounds: Option<PathBuf>,
        /// A language it offers, the first one by default; may be given several times, all three if not given.
        #[arg(long, value_name = "LANGUAGE", value_parser = Language::parse)]
        language: Vec<Language>,
        /// Who may join: anybody (open), or who holds an invitation (invited).
        #[arg(long, value_name = "WHO", default_value = "open")]
        joining: Admission,
        /// Its country by ISO 3166-1, for holidays and crisis numbers; without it that of the first language.
        #[arg(long, value_name = "COUNTRY")]
        country: Option<Country>,
        /// The IANA zone of its clocks; without it that of the first language's country.
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<Zone>,
        /// How what is computed from places leaves it: to everybody with a formal guarantee (formal), or without one
        /// to signed-in planners alone (`closed_group`), for pilots below 300 people. It cannot be changed later:
        /// people agree to it.
        #[arg(long, value_name = "POLICY", default_value = "formal")]
        policy: PublicationPolicy,
        /// Who runs it, in a line that people read before they join: an organisation or people.
        #[arg(long, value_name = "TEXT")]
        run_by: Option<String>,
        /// How to reach them, in a line: an address, a number, a place and a time.
        #[arg(long, value_name = "TEXT")]
        contact: Option<String>,
    },
    /// Says who runs the community and how to reach them; what is not named stays as it is.
    About {
        /// The community.
        name: CommunityId,
        /// Who runs it, in a line.
        #[arg(long, value_name = "TEXT", required_unless_present = "contact")]
        run_by: Option<String>,
        /// How to reach them, in a line.
        #[arg(long, value_name = "TEXT")]
        contact: Option<String>,
    },
    /// Changes who may join from now on.
    Joining {
        /// The community.
        name: CommunityId,
        /// Anybody (open), or who holds an invitation (invited).
        joining: Admission,
    },
    /// Sets what the community asks about a place beside the usual, from a TOML or JSON file.
    Questions {
        /// The file; data/questions/citizenship.toml is an example.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
    },
    /// Shows whom people are told to call in a crisis; with --set FILE takes them from a TOML or JSON file; with
    /// --confirm notes that somebody checked them.
    Crisis {
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// Contacts of the community's own: name, phone, note, hours and source of each, the first ones on every page;
        /// data/crisis/example.toml is an example. They are to be confirmed afterwards.
        #[arg(long, value_name = "FILE", conflicts_with = "confirm")]
        set: Option<PathBuf>,
        /// The numbers are right, and somebody answers them.
        #[arg(long)]
        confirm: bool,
    },
}

/// Runs the command.
///
/// # Errors
/// When the name is taken, the bounds cannot be read, or there is no such community.
pub async fn run(command: CommunityCommand, store: &dyn Store) -> Result<(), CliError> {
    match command {
        CommunityCommand::Add {
            name,
            title,
            bounds,
            language,
            joining,
            country,
            time_zone,
            policy,
            run_by,
            contact,
        } => {
            let runners = (run_by, contact);
            let new =
                NewCommunity { name, title, bounds, language, joining, country, time_zone, policy, runners };
            add(new, store).await
        }
        CommunityCommand::About { name, run_by, contact } => {
            let (run_by, contact) = runners(run_by, contact)?;
            change(store, &name, CommunityChange::Runners { run_by, contact }).await?;
            println!("{name}: people are told so from now on");
            Ok(())
        }
        CommunityCommand::Joining { name, joining } => {
            change(store, &name, CommunityChange::Joining(joining)).await?;
            println!("{name}: joining is {} from now on", joining.as_str());
            Ok(())
        }
        CommunityCommand::Questions { file, community } => questions(store, &community, &file).await,
        CommunityCommand::Crisis { community, set: Some(file), .. } => {
            set_crisis(store, &community, &file).await
        }
        CommunityCommand::Crisis { community, set: None, confirm } => {
            crisis(store, &community, confirm).await
        }
    }
}

/// The two lines, trimmed and checked.
fn runners(run_by: Option<String>, contact: Option<String>) -> Result<Runners, Invalid> {
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned());
    let (run_by, contact) = (trimmed(run_by), trimmed(contact));
    Community::check_runners(run_by.as_deref(), contact.as_deref())?;
    Ok((run_by, contact))
}

/// Who runs a community, and how to reach them.
type Runners = (Option<String>, Option<String>);

async fn change(store: &dyn Store, name: &CommunityId, change: CommunityChange) -> Result<(), CliError> {
    if store.change_community(name, &change, Ambient::system().now()).await? {
        Ok(())
    } else {
        Err(CliError::new(format!("there is no community {name}")))
    }
}

async fn crisis(store: &dyn Store, name: &CommunityId, confirm: bool) -> Result<(), CliError> {
    let community = store.community(name).await?;
    let community = community.ok_or_else(|| CliError::new(format!("there is no community {name}")))?;
    for contact in Texts::load().contacts_of(&community) {
        println!("{}  {}", contact.phone, contact.name);
        for language in &community.languages {
            let of = |texts: &BTreeMap<String, String>| texts.get(language.as_str()).cloned();
            let said: Vec<_> = [of(&contact.note), of(&contact.hours)].into_iter().flatten().collect();
            println!("    {}: {}", language.as_str(), said.join(" · "));
        }
        if let Some(source) = contact.source {
            println!("    source: {source}");
        }
    }
    if community.crisis_contacts.is_none() {
        println!("These come with the program, for the country; --set FILE replaces them.");
    }
    if confirm {
        change(store, name, CommunityChange::CrisisConfirmed).await?;
        println!("{name}: noted that these numbers were checked");
    } else if !community.crisis_confirmed {
        println!("Nobody has checked them yet: call each, then run this again with --confirm.");
    }
    Ok(())
}

async fn set_crisis(store: &dyn Store, name: &CommunityId, file: &Path) -> Result<(), CliError> {
    let community = store.community(name).await?;
    let community = community.ok_or_else(|| CliError::new(format!("there is no community {name}")))?;
    let told: CrisisContacts = read(file)?;
    let told = told.check(&community.languages).context(file.display())?;
    let (count, emergency) = (told.contacts.len(), told.contacts.iter().any(|one| one.phone == "112"));
    change(store, name, CommunityChange::CrisisContacts(told)).await?;
    println!("{name} has {count} crisis contacts of its own, which nobody has confirmed yet");
    if !emergency {
        println!("112 is not among them: people are shown these alone");
    }
    crisis(store, name, false).await
}

async fn questions(store: &dyn Store, name: &CommunityId, file: &Path) -> Result<(), CliError> {
    let community = store.community(name).await?;
    let community = community.ok_or_else(|| CliError::new(format!("there is no community {name}")))?;
    let read: Questions = read(file)?;
    let read = read.check(&community.languages).context(file.display())?;
    community.clone().ask(read.clone()).context(file.display())?;
    let (count, version) = (read.items.len(), read.version.clone());
    change(store, name, CommunityChange::Questions(read)).await?;
    println!("{name} asks {count} questions of its own, version {version}");
    Ok(())
}

/// Reads a TOML or JSON file: the field and, where the reader knows it, the line of what is wrong.
fn read<T: DeserializeOwned>(file: &Path) -> Result<T, CliError> {
    let text = std::fs::read_to_string(file).context(file.display())?;
    let toml = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    read_text(&text, toml).context(file.display())
}

fn read_text<T: DeserializeOwned>(text: &str, toml: bool) -> Result<T, Invalid> {
    let unreadable =
        |path: String, why: String| Invalid::new(if path == "." { String::new() } else { path }, why);
    if toml {
        let reader = toml::Deserializer::parse(text).map_err(|e| unreadable(String::new(), e.to_string()))?;
        serde_path_to_error::deserialize(reader)
            .map_err(|e| unreadable(e.path().to_string(), e.inner().to_string()))
    } else {
        let mut reader = serde_json::Deserializer::from_str(text);
        serde_path_to_error::deserialize(&mut reader)
            .map_err(|e| unreadable(e.path().to_string(), e.inner().to_string()))
    }
}

struct NewCommunity {
    name: CommunityId,
    title: Option<String>,
    bounds: Option<PathBuf>,
    language: Vec<Language>,
    joining: Admission,
    country: Option<Country>,
    time_zone: Option<Zone>,
    policy: PublicationPolicy,
    runners: Runners,
}

async fn add(new: NewCommunity, store: &dyn Store) -> Result<(), CliError> {
    let NewCommunity { name, title, bounds, language, joining, country, time_zone, policy, runners: said } =
        new;
    let (run_by, contact) = runners(said.0, said.1)?;
    let bounds = match &bounds {
        Some(file) => Some(import::bounds(file).context(file.display())?),
        None => None,
    };
    // Two countries may share a language: a country alone does not take that of the language's clocks.
    let home = language.first().and_then(|first| first.home());
    let (country, time_zone) = match (country, time_zone, home) {
        (None, zone, Some((home, clocks))) => (Some(home), zone.or(Some(clocks))),
        (Some(country), None, Some((home, clocks))) if country == home => (Some(country), Some(clocks)),
        (country, zone, _) => (country, zone),
    };
    let mut languages = Vec::new();
    for one in if language.is_empty() { Language::ALL.to_vec() } else { language } {
        if !languages.contains(&one) {
            languages.push(one);
        }
    }
    let title = title.unwrap_or_else(|| name.to_string());
    if title.trim().is_empty() || title.chars().count() > 100 || title.contains('\0') {
        return Err(CliError::new("--title must have 1 to 100 characters"));
    }
    let community = Community {
        id: name.clone(),
        title: title.trim().to_owned(),
        languages,
        bounds,
        country,
        time_zone,
        policy,
        joining,
        crisis_confirmed: false,
        crisis_contacts: None,
        questions: None,
        earlier_questions: Vec::new(),
        run_by,
        contact,
        demo: false,
        created_at: Ambient::system().now(),
    };
    store.add_community(&community).await?;
    println!("added the community {name}");
    if community.time_zone.is_none() {
        println!("it has no time zone, so nobody can say what is open: name one with --time-zone");
    }
    if community.run_by.is_none() {
        println!(
            "people are not told who runs it: say so with stead community about {name} --run-by TEXT --contact TEXT"
        );
    }
    if community.bounds.is_none() {
        println!("it has no bounds yet: the first import of supports or neighbourhoods gives them");
    }
    Ok(())
}

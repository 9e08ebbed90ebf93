//! `masthead help`: topics out of the documentation, and the help of commands.

use std::process::{Command, Output};

fn help(columns: &str, names: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_masthead")).arg("help").args(names).env("COLUMNS", columns).output().unwrap()
}

fn text(columns: &str, names: &[&str]) -> String {
    let run = help(columns, names);
    assert!(run.status.success(), "{names:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn refused(names: &[&str]) -> String {
    let run = help("80", names);
    assert_eq!(run.status.code(), Some(2), "{names:?}");
    String::from_utf8(run.stderr).unwrap()
}

#[test]
fn every_topic_is_shown_in_plain_text() {
    let list = text("80", &["topics"]);
    let topics: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(topics.len() > 20 && topics.contains(&"fields") && topics.contains(&"rules"), "{list}");
    for topic in topics {
        let page = text("80", &[topic]);
        let markup = page.lines().find(|line| line.starts_with(['#', '|']));
        assert_eq!(markup, None, "{topic}");
        assert!(page.lines().count() > 10 && !page.contains("<!--"), "{topic}:\n{page}");
    }
}

#[test]
fn lines_are_as_wide_as_the_terminal() {
    let widest = |columns: &str| text(columns, &["limits"]).lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest("48") <= 48 && widest("48") > 40);
    assert!(widest("72") <= 72 && widest("72") > 64);
    assert!(widest("1000") <= 100, "longer lines are hard to read");
    assert!(widest("none") <= 80, "{}", widest("none"));
}

#[test]
fn fields_are_listed_and_described() {
    let list = text("80", &["fields"]);
    assert!(list.contains("  sponsors ") && list.contains("  agenda_item "), "{list}");
    assert!(!list.contains("<docProponent>"), "a list has no examples");
    let field = text("80", &["fields", "agenda_item"]);
    assert!(field.contains("agenda_item: ") && field.contains("Findings: "), "{field}");
    assert_eq!(field, text("80", &["fields", "Agenda item"]), "as people write it");
    let theme = text("80", &["rules", "sponsors"]);
    assert!(theme.starts_with("Sponsors and votes") && theme.contains("sponsor-order (warning)"), "{theme}");
    assert!(!theme.contains("double-space"), "another theme");
}

#[test]
fn unknown_topics_get_a_suggestion() {
    assert!(refused(&["feilds"]).contains("did you mean “fields”?"));
    assert!(refused(&["rendr"]).contains("did you mean “render”?"));
    assert!(refused(&["print", "prefligth"]).contains("did you mean “Preflight”?"));
    assert!(refused(&["zzz"]).contains("masthead help topics"));
}

#[test]
fn commands_have_their_own_help() {
    let own = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_masthead")).args(arguments).env("COLUMNS", "80").output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    assert_eq!(text("80", &["render"]), own(&["render", "--help"]));
    assert_eq!(text("80", &["golden", "check"]), own(&["golden", "check", "--help"]));
    assert_eq!(text("80", &[]), own(&["--help"]));
    assert!(text("80", &[]).contains("masthead help topics"));
    assert!(refused(&["golden", "chek"]).contains("check"), "clap suggests subcommands");
}

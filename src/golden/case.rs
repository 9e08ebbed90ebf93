//! One case: its document rendered and compared with its references.

use std::fs;
use std::sync::Arc;

use super::checking::{Case, Checking};
use super::current::Current;
use super::difference::{Difference, Kind};
use super::references::{self, Files, References};
use super::rules::Rules;
use super::settings::Settings;
use super::verdict::{Outcome, State};
use crate::diagnostic::{Diagnostic, Source};
use crate::limits::Cause;
use crate::read::Format;
use crate::render::{Job, render};
use crate::typeset::Press;

/// Renders a case and compares it.
pub(super) fn check(press: &Press, case: &Case, settings: &Settings, how: &Checking) -> Outcome {
    let rules = settings.rules(&case.name);
    let source = match source(case, how) {
        Ok(source) => source,
        Err(message) => return Outcome::broken(case, message),
    };
    let picture = |name: &str| (how.picture)(&case.document, name);
    let missing_glyphs = (how.missing_glyphs)(&case.document);
    let print = rules.output.print();
    let job = Job {
        picture: &picture,
        missing_glyphs,
        print: print.as_ref(),
        ..Job::new(&source, Format::of_name(&case.name))
    };
    let rendered = render(press, &job).map(|rendition| Current::of(rendition, rules.output.profile()));
    if let Ok(Ok(now)) = &rendered
        && !rules.refused
        && !how.full
        && now.unchanged(&case.references)
    {
        return now.same(case, &rules);
    }
    let outcome = |references| match rendered {
        Ok(_) if rules.refused => {
            let message = "it has no errors, although golden.toml expects that it is refused";
            let differences = vec![Difference::new(Kind::Findings, "findings", message)];
            Outcome { differences, ..Outcome::of(case, State::Different) }
        }
        Ok(Ok(now)) => now.outcome(case, references, &rules, settings.images()),
        Ok(Err(message)) => Outcome::broken(case, message),
        Err(findings) => refused(case, &findings, references, &rules),
    };
    let references = match References::read(&case.references) {
        Ok(references) => references,
        Err(message) => return outcome(None).damaged(&message),
    };
    outcome(references)
}

/// A case that ended the program, or would.
pub(super) fn left_out(case: &Case, cause: &Cause, settings: &Settings) -> Outcome {
    let finding = cause.diagnostic(&case.name);
    if cause.is_broken() {
        return Outcome::broken(case, finding.to_string());
    }
    match References::read(&case.references) {
        Ok(references) => refused(case, &[finding], references, &settings.rules(&case.name)),
        Err(message) => Outcome::broken(case, finding.to_string()).damaged(&message),
    }
}

/// Reads the document under its name within the suite, so that findings are the same everywhere.
fn source(case: &Case, how: &Checking) -> Result<Arc<Source>, String> {
    let text = fs::read_to_string(&case.document);
    let text = text.map_err(|error| format!("{} cannot be read: {error}", case.document.display()))?;
    let folder = how
        .folders
        .of(&case.document)
        .map_err(|unread| unread.findings().iter().map(ToString::to_string).collect::<String>())?;
    Ok(Source::new(case.name.as_str(), text).in_folder(folder))
}

/// A refused document passes if `golden.toml` expects it and the findings are the same.
fn refused(case: &Case, findings: &[Diagnostic], references: Option<References>, rules: &Rules) -> Outcome {
    let text: String = findings.iter().map(|finding| format!("{finding}\n\n")).collect();
    let reported = |state| Outcome { message: text.clone(), ..Outcome::of(case, state) };
    if !rules.refused {
        return reported(State::Refused);
    }
    let files = Files::from([(references::FINDINGS.to_owned(), text.clone().into_bytes())]);
    let message = match references {
        None => return Outcome { files, ..reported(State::New) },
        Some(References::Refused(known)) if known == text => return Outcome::of(case, State::Same),
        Some(References::Refused(known)) => {
            let line = |text: &str, of: &str| text.lines().find(|line| !of.contains(line)).unwrap_or("").to_owned();
            format!("“{}” became “{}”", line(&known, &text), line(&text, &known))
        }
        Some(References::Rendered(_)) => "the document was rendered before and is now refused".to_owned(),
    };
    let differences = vec![Difference::new(Kind::Findings, "findings", message)];
    Outcome { files, differences, ..reported(State::Different) }
}

//! JUnit XML, which CI systems show.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::error::Error;
use crate::golden::verdict::{Outcome, State, Verdict};
use crate::visible::visible_lines;

/// Returns the verdict as JUnit XML: a test case for every case and for every orphaned reference.
///
/// # Errors
///
/// Returns a sentence if it cannot be written.
pub fn junit(verdict: &Verdict) -> Result<String, Error> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(verdict, &mut writer).map_err(Error::internal)?;
    String::from_utf8(writer.into_inner()).map(|xml| xml + "\n").map_err(Error::internal)
}

fn write(verdict: &Verdict, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let (cases, orphans) = (&verdict.cases, &verdict.orphans);
    let tests = (cases.len() + orphans.len()).to_string();
    let errors = verdict.count(State::Broken) + verdict.count(State::Refused);
    let failures = verdict.count(State::Different) + verdict.count(State::New) + orphans.len();
    let counts = [("tests", tests), ("failures", failures.to_string()), ("errors", errors.to_string())];
    let suite = |name: &'static str| {
        let attributes =
            std::iter::once(("name", "golden")).chain(counts.iter().map(|(key, value)| (*key, value.as_str())));
        (name, attributes.collect::<Vec<_>>())
    };
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (suites, attributes) = suite("testsuites");
    writer.create_element(suites).with_attributes(attributes).write_inner_content(|writer| {
        let (suite, attributes) = suite("testsuite");
        writer.create_element(suite).with_attributes(attributes).write_inner_content(|writer| {
            cases.iter().try_for_each(|case| test(writer, case))?;
            orphans.iter().try_for_each(|path| orphan(writer, &path.display().to_string()))
        })?;
        Ok(())
    })?;
    Ok(())
}

fn test(writer: &mut Writer<Vec<u8>>, case: &Outcome) -> io::Result<()> {
    let name = plain(&case.name);
    let element = writer.create_element("testcase").with_attributes([("classname", "golden"), ("name", name.as_str())]);
    let (tag, message, text) = match case.state {
        State::Same => return element.write_empty().map(drop),
        State::Different => {
            let lines: Vec<String> = case.differences.iter().map(ToString::to_string).collect();
            ("failure", lines.first().cloned().unwrap_or_default(), lines.join("\n"))
        }
        State::New => {
            ("failure", "it has no references yet".to_owned(), "accept it with masthead golden accept".to_owned())
        }
        State::Refused => ("error", "the document is refused".to_owned(), case.message.clone()),
        State::Broken => ("error", "it could not be checked".to_owned(), case.message.clone()),
    };
    element.write_inner_content(|writer| {
        let message = plain(&message);
        let failure = writer.create_element(tag).with_attributes([("message", message.as_str())]);
        failure.write_text_content(BytesText::new(&plain(&text)))?;
        Ok(())
    })?;
    Ok(())
}

fn orphan(writer: &mut Writer<Vec<u8>>, path: &str) -> io::Result<()> {
    let path = plain(path);
    let element = writer.create_element("testcase").with_attributes([("classname", "golden"), ("name", path.as_str())]);
    element.write_inner_content(|writer| {
        let failure = writer.create_element("failure").with_attributes([("message", "a reference without a document")]);
        failure.write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// XML has no control characters, and no terminal should interpret them.
fn plain(text: &str) -> String {
    visible_lines(text).into_owned()
}

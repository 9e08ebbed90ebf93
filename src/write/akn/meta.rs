//! Writes the metadata: identification, subjects, workflow, votes, and what the cover page cannot express.

use serde_json::{Map, Value};

use super::Writer;
use super::element::Element;
use crate::model::symbol::Organ;
use crate::model::{Count, Date, Document, Keyword, Step, Symbol, Voting};
use crate::read::LANGUAGES;

/// The placeholder for an unknown date, as in the UN's own files.
const NO_DATE: &str = "0001-01-01";

/// The identifiers that the file refers to, with their elements and names.
const REFERENCES: [(&str, &str, &str); 13] = [
    ("TLCConcept", "dateOfIssuance", "Date of issuance"),
    ("TLCConcept", "adoptionDate", "Date of adoption"),
    ("TLCConcept", "symbol", "Symbol"),
    ("TLCConcept", "title", "Title"),
    ("TLCRole", "publisher", "Publisher"),
    ("TLCRole", "issuingBody", "Issuing body"),
    ("TLCRole", "author", "Author"),
    ("TLCRole", "issuer", "Issuer"),
    ("TLCRole", "editor", "Editor"),
    ("TLCTerm", "memberState", "Member State"),
    ("TLCTerm", "inFavour", "In favour"),
    ("TLCTerm", "against", "Against"),
    ("TLCTerm", "abstaining", "Abstaining"),
];

/// Who publishes a document, in identifiers.
struct Publisher {
    /// Its identifier in the file.
    identifier: &'static str,
    /// Its part of addresses.
    path: String,
    name: String,
}

impl Publisher {
    fn of(document: &Document) -> Self {
        let Some(house) = &document.house else {
            return Self { identifier: "un", path: "un".into(), name: "United Nations".into() };
        };
        let name = house.name.clone().unwrap_or_default();
        let path = hyphened(&name.to_lowercase());
        Self { identifier: "house", path: if path.is_empty() { "house".into() } else { path }, name }
    }

    /// Returns a reference to it.
    fn reference(&self) -> String {
        format!("#{}", self.identifier)
    }
}

/// Returns the letters and digits of a text, with hyphens between them.
fn hyphened(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

impl Writer<'_> {
    /// Writes the metadata; `exact` are the header fields that must be given exactly, for a file that
    /// is read as it is.
    pub fn meta(&self, exact: Option<&Map<String, Value>>) -> Element {
        let metadata = &self.document.metadata;
        let publisher = Publisher::of(self.document);
        let mut meta = Element::new("meta").holding(self.identification(""));
        for group in &metadata.classification {
            let classification =
                Element::new("classification").with("source", group.source.clone().unwrap_or_default());
            meta.push(classification.holding_all(group.keywords.iter().map(keyword)));
        }
        if !metadata.workflow.is_empty() {
            let workflow = Element::new("workflow").with("source", publisher.reference());
            meta.push(workflow.holding_all(metadata.workflow.iter().map(step)));
        }
        // Votes and job numbers have elements of the United Nations, which other houses do not use: these give them
        // exactly.
        let of_house = self.document.house.is_some();
        if !metadata.voting.is_empty() && !of_house {
            let parliamentary = Element::new("parliamentary").holding_all(metadata.voting.iter().map(voting));
            meta.push(Element::new("analysis").with("source", publisher.reference()).holding(parliamentary));
        }
        meta.push(self.references());
        if let Some(exact) = exact {
            let field = |(name, value): (&String, &Value)| {
                let field = Element::new("masthead:field").with("name", name);
                if value.is_null() { field } else { field.saying(value.to_string()) }
            };
            let proprietary = Element::new("proprietary").with("source", "#masthead");
            let exact = Element::new("masthead:exact").holding_all(exact.iter().map(field));
            meta.push(proprietary.holding(exact));
        }
        if let Some(job) = self.document.job.as_ref().filter(|_| !of_house) {
            meta.push(self.job(job));
        }
        meta
    }

    /// Writes work, expression and manifestation of the document, or of its annex with that number.
    pub fn identification(&self, annex: &str) -> Element {
        let document = self.document;
        let symbol = document.symbol.first().map(Symbol::text).unwrap_or_default();
        let publisher = Publisher::of(document);
        let own = (publisher.path.as_str(), publisher.reference());
        let organ = self.organs().first().copied().filter(|_| document.house.is_none());
        let (body, author) = match organ {
            Some(Organ::GeneralAssembly) => ("unga", "#ga".to_owned()),
            Some(Organ::SecurityCouncil) => ("unsc", "#sc".to_owned()),
            Some(Organ::EconomicAndSocialCouncil) => ("ecosoc", "#esc".to_owned()),
            _ => own,
        };
        let (author, country) = (author.as_str(), publisher.path.as_str());
        let number = document.number.as_deref().filter(|_| document.kind.is_adopted()).unwrap_or(symbol);
        let number = hyphened(number);
        let day = |date: Option<Date>| date.map_or_else(|| NO_DATE.to_owned(), |date| date.to_string());
        let (adopted, issued) = (document.adopted, document.date.or(document.adopted));
        let work = format!("/akn/{country}/statement/deliberation/{body}/{}/{number}", day(adopted.or(document.date)));
        let language = LANGUAGES.iter().find(|(_, language)| *language == document.language);
        let expression = format!("{work}/{}@", language.map_or("eng", |(code, _)| code));
        let part = if annex.is_empty() { "!main".to_owned() } else { format!("!annex_{annex}") };
        let level = |name, this: String, uri: String, date: (&str, String), author: (&str, &str)| {
            Element::new(name)
                .holding(Element::new("FRBRthis").with("value", this))
                .holding(Element::new("FRBRuri").with("value", uri))
                .holding(Element::new("FRBRdate").with("date", date.1).with("name", date.0))
                .holding(Element::new("FRBRauthor").with("href", author.0).with("as", author.1))
        };
        let begun = if adopted.is_some() { ("adoption", day(adopted)) } else { ("generation", day(document.date)) };
        let works = level("FRBRWork", format!("{work}/{part}/"), format!("{work}/"), begun, (author, "#author"))
            .holding(Element::new("FRBRcountry").with("value", country));
        let expressions = level(
            "FRBRExpression",
            format!("{expression}{part}/"),
            format!("{expression}/"),
            ("publication", day(issued)),
            (author, "#issuer"),
        )
        .holding(Element::new("FRBRlanguage").with("language", language.map_or("eng", |(code, _)| code)));
        let manifestations = level(
            "FRBRManifestation",
            format!("{expression}/{part}.xml"),
            format!("{expression}.xml"),
            ("markup", day(issued)),
            ("#masthead", "#editor"),
        );
        Element::new("identification").with("source", "#masthead").holding_all([works, expressions, manifestations])
    }

    fn references(&self) -> Element {
        let publisher = Publisher::of(self.document);
        let country = publisher.path.as_str();
        let organization = |identifier: &str, name: &str, path: &str| {
            Element::new("TLCOrganization")
                .with("eId", identifier)
                .with("href", format!("/akn/ontology/organization/{country}/{path}"))
                .with("showAs", name)
        };
        let own = organization(publisher.identifier, &publisher.name, country);
        let mut references = Element::new("references").with("source", "#masthead").holding(own);
        references.push(organization("masthead", "masthead", "masthead"));
        for organ in self.organs().into_iter().filter(|_| self.document.house.is_none()) {
            let (identifier, path, name) = match organ {
                Organ::GeneralAssembly => ("ga", "generalAssembly", "General Assembly"),
                Organ::SecurityCouncil => ("sc", "securityCouncil", "Security Council"),
                Organ::EconomicAndSocialCouncil => ("esc", "economicAndSocialCouncil", "Economic and Social Council"),
                _ => continue,
            };
            references.push(organization(identifier, name, path));
        }
        let class = |name: &str| match name {
            "TLCConcept" => "concept",
            "TLCRole" => "role",
            _ => "term",
        };
        references.holding_all(REFERENCES.map(|(element, identifier, shown)| {
            let href = format!("/akn/ontology/{}/{country}/{identifier}", class(element));
            Element::new(element).with("eId", identifier).with("href", href).with("showAs", shown)
        }))
    }

    /// Writes the job number as in the foot of page 1.
    fn job(&self, job: &str) -> Element {
        let date = self
            .document
            .job_date
            .map(|date| format!(" {:02}{:02}{:02}", date.day(), date.month(), date.year().rem_euclid(100)));
        let said = format!("{job} ({}){}", self.words.letter, date.unwrap_or_default());
        let number = Element::new("docketNumber").with("refersTo", "#publicationJobNumber").saying(said);
        let code = Element::new("akn4un:internalCode").holding(number);
        let left = Element::new("akn4un:footerFirstPageLeft").holding(code);
        let foot = Element::new("akn4un:footerFirstPage").holding(left);
        Element::new("presentation").with("source", "#un").holding(foot)
    }
}

fn keyword(keyword: &Keyword) -> Element {
    Element::new("keyword")
        .with_some("refersTo", keyword.refers_to.clone())
        .with("value", &keyword.value)
        .with_some("href", keyword.address.clone())
        .with("showAs", keyword.name())
        .with_some("shortForm", keyword.short.clone())
        .with("dictionary", keyword.dictionary.clone().unwrap_or_default())
}

fn step(step: &Step) -> Element {
    Element::new("step")
        .with("date", step.date.map_or_else(|| NO_DATE.to_owned(), |date| date.to_string()))
        .with("outcome", &step.outcome)
        .with_some("as", step.document.clone().map(String::from))
        .with("by", step.by.clone().unwrap_or_default())
        .with_some("refersTo", step.refers_to.clone())
}

fn voting(voting: &Voting) -> Element {
    let counts = [("inFavour", &voting.in_favour), ("against", &voting.against), ("abstaining", &voting.abstaining)];
    let counts: Vec<Element> =
        counts.into_iter().filter_map(|(name, votes)| Some(count(name, votes.as_ref()?))).collect();
    // The schema does not allow it to be empty.
    let none = counts.is_empty().then(|| Element::new("quorum").with("value", ""));
    Element::new("voting").with("outcome", &voting.outcome).holding_all(counts).holding_all(none)
}

fn count(name: &str, count: &Count) -> Element {
    let states =
        count.states.iter().map(|state| Element::new("organization").with("refersTo", "#memberState").saying(state));
    let voters = Element::new("akn4un:voters").holding_all(states);
    let element = Element::new("count").with("value", count.number.to_string()).with("refersTo", format!("#{name}"));
    if voters.is_empty() { element } else { element.holding(voters) }
}

//! AKN4UN of every odd form: files of our own are changed in many ways, always the same ones.
//! Reading and rendering never panic, refuse nothing but what cannot be set, and lose no word. Files of
//! bytes (SVG, PNG, PDF, archives) are changed too, and nothing panics or hangs over them.

use crate::chance::Chance;
use crate::mutated;
use std::collections::BTreeMap;
use std::panic::catch_unwind;

use crate::pages::pieces;
use masthead::diagnostic::Source;
use masthead::{Format, Job, Press, render};
use roxmltree::{Document, Node};

/// How many changed files are tried; `MUTATIONS=20000` tries more, `MUTATIONS_FROM=400` others.
const TRIED: usize = 400;

/// Why a file may be refused: it is no Akoma Ntoso any more, or has no symbol, or fills more than a
/// thousand pages.
const CANNOT_BE_SET: [&str; 3] = ["not-akn", "missing-field", "too-long"];

/// A resolution with everything that genuine ones have. `#` is a word that is met once.
const RESOLUTION: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unga/2029-12-19/84-901/"/><FRBRdate date="2029-12-19" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRdate date="2029-12-21" name="publication"/><FRBRlanguage language="eng"/></FRBRExpression></identification>
<presentation><docketNumber>29-90001 (E)</docketNumber></presentation></meta>
<coverPage><p><span class="upperLeft"><docAuthority refersTo="#publisher">United Nations</docAuthority></span></p>
<p class="upperRight"><docNumber refersTo="#symbol">A/RES/84/901</docNumber></p>
<p><img src="logo.jpg"/><docAuthority refersTo="#issuingBody">General Assembly</docAuthority></p>
<p><docStatus refersTo="#generalDistribution">Distr.: General</docStatus></p><p><docDate date="2029-12-21" refersTo="#dateOfIssuance">21 December 2029</docDate></p>
<p><session value="84">Eighty-fourth session</session></p><p><inline name="agenda item" title="18">Agenda item 18</inline></p>
<p><inline name="agenda item name">Tides # and # of #</inline></p>
<p><docTitle>Resolution adopted by the General Assembly on 19 December 2029</docTitle></p>
<p><docProponent>[<inline name="originating document">on the report of the Second Committee # (A/84/#)</inline>]</docProponent></p></coverPage>
<preface><p><docNumber>84/901.</docNumber><docTitle><span class="bold">Tide # tables #</span></docTitle></p></preface>
<preamble><formula name="enactingFormula"><p><span class="italic">The General # Assembly</span>,</p></formula>
<container name="Recalling"><p>	<span class="italic">Recalling</span> its # resolution,<authorialNote marker="1"><p>	See # note <a href="https://undocs.org/A/84/1">A/84/1 #</a>.</p></authorialNote> and # <sup>2</sup>,</p></container>
<container name="Noting"><p><span class="italic">Noting</span> #<authorialNote marker="*"><p>Asterisk # note.</p></authorialNote></p><blockList><listIntroduction>Intro #</listIntroduction><item><num>(a)</num><p>First # item</p></item><item><num>(b)</num><p>Second # item</p></item></blockList></container></preamble>
<mainBody><paragraph class="H1"><num>I.</num><heading>Head # of a section</heading></paragraph>
<paragraph><num>1.</num><content><p><span class="italic">Decides</span> # that;</p></content></paragraph>
<paragraph><num>2.</num><list><intro><p>Invites # all:</p></intro><point><num>(a)</num><content><p>To # do;</p></content></point>
<sublist><point><num>(i)</num><content><p>Some # things;</p></content></point><point><num>(ii)</num><content><p>Other # things;</p></content></point></sublist><point><num>(b)</num><content><p>To # end;</p></content></point><wrapUp><p>And # so on.</p></wrapUp></list></paragraph>
<paragraph><content><p>	(c)	Labelled # text;</p></content></paragraph><paragraph><content><p>	(i)	Deeper # text;</p></content></paragraph>
<paragraph class="H23"><subheading>Under # heading</subheading></paragraph>
<container name="tbl"><table><tr><th><p>Head # one</p></th><th><p>Head # two</p></th></tr><tr><td><p>Cell # one</p></td><td rowspan="2"><p>Cell # two</p></td></tr><tr><td><p>Cell # three<authorialNote marker="2"><p>Cell # note</p></authorialNote></p></td></tr></table></container>
<paragraph><num>3.</num><content><p><span class="bold">Requests</span> a # report, see <a href="https://undocs.org/x">A/84/L.#</a>.</p></content></paragraph></mainBody>
<conclusions><p><inline name="adoptionMeeting" title="51st">51st plenary meeting</inline><eol/><docDate date="2029-12-19" refersTo="#adoptionDate">19 December 2029</docDate></p></conclusions>
<attachments><attachment><doc name="annex"><meta/><mainBody><paragraph><content><p>Annex</p></content></paragraph><paragraph><content><p><span class="bold">Annex # title</span></p></content></paragraph><paragraph><num>1.</num><content><p>Annex # text.</p></content></paragraph></mainBody></doc></attachment></attachments>
</statement></akomaNtoso>"##;

/// A decision and a resolution of the Security Council.
const DECISION: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="decision">
<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unga/2029-12-19/84-541/"/><FRBRdate date="2029-12-19" name="adoption"/></FRBRWork><FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>
<coverPage><p><docAuthority>Nations Unies</docAuthority></p><p><docNumber refersTo="#symbol">A/DEC/84/541</docNumber></p><p><docType>Décision</docType></p><p><docProponent refersTo="#thirdCommittee">Troisième # Commission</docProponent></p>
<p><session value="84">Quatre-vingt-quatrième session #</session></p><p><inline title="68" name="agenda item">Point 68 # du jour</inline></p><p><inline name="decision type">Autres # décisions</inline></p></coverPage>
<preface><p><docNumber>84/541.</docNumber><docTitle>Titre # de la décision</docTitle><authorialNote marker="1"><p>Note # du titre.</p></authorialNote></p></preface>
<mainBody><paragraph><content><p>À sa 54<sup>e</sup> séance, # l’Assemblée.<authorialNote marker="2"><p>Voir # ici.</p></authorialNote></p></content></paragraph><paragraph><num>a)</num><content><p>Premier # alinéa;</p></content></paragraph><paragraph><num>b)</num><content><p>Second # alinéa.</p></content></paragraph></mainBody>
<conclusions><p><location>54 # séance</location><docDate date="2029-12-19">19 décembre 2029</docDate></p></conclusions></statement></akomaNtoso>"##;

const COUNCIL: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unsc/2029-11-14/2901/"/><FRBRdate date="2029-11-14" name="adoption"/></FRBRWork><FRBRExpression><FRBRlanguage language="zho"/></FRBRExpression></identification></meta>
<coverPage><p><docAuthority>联合国</docAuthority></p><p><docNumber refersTo="#symbol">S/RES/2901 (2029)</docNumber></p><p><docAuthority>安全理事会</docAuthority></p><p><docStatus refersTo="#generalDistribution">Distr.: General</docStatus></p><p><docDate date="2029-11-14">14 November 2029</docDate></p>
<p><docTitle refersTo="#resolutionNumber">第2901(2029)号决议</docTitle></p><p><docTitle refersTo="#adoption">2029年11月14日安全理事会第<inline name="adoptionMeeting">9474</inline>次会议通过 #</docTitle></p></coverPage>
<preamble><formula><p><span class="bold">安全理事会 #</span>，</p></formula><container><p>	回顾 # 其以往所有决议，</p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>决定 # 延长；</p></content></paragraph><paragraph><content><p>	(a)	第一 # 项；</p></content></paragraph><paragraph><content><p>	㈠	第一 # 目；</p></content></paragraph><paragraph><num>2.</num><content><p>请 # 秘书长。</p></content></paragraph></mainBody></statement></akomaNtoso>"##;

/// Two resolutions under one number, and a third to which nothing refers.
const COLLECTION: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><documentCollection name="publication">
<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unga/2029-12-19/84-907/"/><FRBRdate date="2029-12-19" name="adoption"/></FRBRWork><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber refersTo="#symbol">A/RES/84/907 A-C</docNumber></p><p><session value="84">Eighty-fourth session</session></p><p><inline name="agenda item name">Tides # of #</inline></p>
<p><docTitle>Resolutions adopted by the General Assembly on 19 December 2029</docTitle></p></coverPage>
<preface><p><docNumber>84/907.</docNumber><docTitle><span class="bold">Questions # of tides<authorialNote marker="*"><p>Reissued # note.</p></authorialNote></span></docTitle></p></preface>
<collectionBody><component eId="def_0"><documentRef eId="ref_0" href="two" showAs="Resolution A"/></component><component eId="def_1"><documentRef eId="ref_1" href="one" showAs="Resolution B"/></component></collectionBody></documentCollection>
<components><component eId="one"><statement name="resolution"><meta/><preface><p><docNumber>B</docNumber><authorialNote marker="1"><p>Letter # note.</p></authorialNote><docTitle><span class="bold">		Gauges # read</span></docTitle></p></preface>
<preamble><formula><p><span class="italic">The General # Assembly</span>,</p></formula></preamble><mainBody><paragraph class="H23"><subheading>Head # ing</subheading></paragraph><paragraph><num>1.</num><content><p>Decides # that;<authorialNote marker="1"><p>See # note.</p></authorialNote></p></content></paragraph></mainBody>
<conclusions><p><inline name="adoptionMeeting">51st # meeting</inline><inline name="adoptionMeeting">52nd # meeting</inline><eol/><docDate date="2029-12-20">20 December 2029</docDate></p></conclusions></statement></component>
<component eId="two"><statement name="resolution"><meta/><preface><p><docNumber>A</docNumber><docTitle>Gauges # kept</docTitle></p></preface><mainBody><paragraph><num>1.</num><content><p>Requests # a report;<authorialNote marker="2"><p>See # here.</p></authorialNote></p></content></paragraph><paragraph><num>2.</num><content><p>Ends # it.</p></content></paragraph></mainBody>
<conclusions><p><location>51st plenary meeting</location><docDate date="2029-12-19">19 December 2029</docDate></p></conclusions>
<attachments><attachment><doc name="annex"><meta/><mainBody><paragraph><content><p>Annex</p></content></paragraph><paragraph><content><p>Annex # text.</p></content></paragraph></mainBody></doc></attachment></attachments></statement></component>
<component eId="three"><statement name="resolution"><meta/><mainBody><p>Third # text.</p></mainBody></statement></component></components></akomaNtoso>"##;

/// An element with its attributes and what is in it, or a text.
#[derive(Clone)]
enum Tree {
    Element { name: String, attributes: Vec<(String, String)>, inner: Vec<Tree> },
    Text(String),
}

fn tree(node: Node) -> Tree {
    if node.is_text() {
        return Tree::Text(node.text().unwrap_or_default().to_owned());
    }
    let attributes = node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect();
    let inner = node.children().filter(|node| node.is_element() || node.is_text()).map(tree).collect();
    Tree::Element { name: node.tag_name().name().to_owned(), attributes, inner }
}

fn written(tree: &Tree, out: &mut String) {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    match tree {
        Tree::Text(text) => out.push_str(&escaped(text)),
        Tree::Element { name, attributes, inner } => {
            out.push_str(&format!("<{name}"));
            attributes.iter().for_each(|(name, value)| out.push_str(&format!(" {name}=\"{}\"", escaped(value))));
            out.push('>');
            inner.iter().for_each(|tree| written(tree, out));
            out.push_str(&format!("</{name}>"));
        }
    }
}

const NAMES: [&str; 89] = [
    "component",
    "components",
    "collectionBody",
    "documentCollection",
    "documentRef",
    "p",
    "span",
    "paragraph",
    "content",
    "container",
    "list",
    "point",
    "num",
    "heading",
    "subheading",
    "table",
    "tr",
    "td",
    "th",
    "authorialNote",
    "blockList",
    "item",
    "listIntroduction",
    "listWrapUp",
    "intro",
    "wrapUp",
    "sublist",
    "ol",
    "ul",
    "li",
    "blockContainer",
    "tblock",
    "toc",
    "tocItem",
    "foreign",
    "math",
    "img",
    "ins",
    "del",
    "ref",
    "rref",
    "mref",
    "sub",
    "sup",
    "u",
    "b",
    "i",
    "remark",
    "placeholder",
    "embeddedText",
    "quotedText",
    "quotedStructure",
    "interstitial",
    "alinea",
    "clause",
    "subparagraph",
    "section",
    "chapter",
    "article",
    "title",
    "recital",
    "recitals",
    "citation",
    "citations",
    "longTitle",
    "docTitle",
    "docNumber",
    "docType",
    "docDate",
    "docStatus",
    "docProponent",
    "docAuthority",
    "session",
    "inline",
    "formula",
    "preamble",
    "preface",
    "coverPage",
    "conclusions",
    "mainBody",
    "body",
    "attachments",
    "attachment",
    "doc",
    "statement",
    "eol",
    "caption",
    "meta2",
    "unknownThing",
];
const VALUES: [&str; 14] = [
    "",
    "0",
    "1",
    "2",
    "3",
    "77",
    "-1",
    "9999999999",
    "0001-01-01",
    "2029-02-30",
    "#symbol",
    "bold italic",
    "**",
    "https://example.org/a b",
];
const ATTRIBUTES: [&str; 12] =
    ["eId", "class", "name", "refersTo", "date", "title", "value", "marker", "colspan", "rowspan", "href", "language"];

/// Every element of a tree but those of its meta, as the way to it.
fn ways(tree: &Tree, way: &[usize], out: &mut Vec<Vec<usize>>) {
    let Tree::Element { name, inner, .. } = tree else { return };
    if name == "meta" {
        return;
    }
    out.push(way.to_vec());
    for (index, child) in inner.iter().enumerate() {
        ways(child, &[way, &[index]].concat(), out);
    }
}

fn at<'t>(tree: &'t mut Tree, way: &[usize]) -> &'t mut Tree {
    match (way, tree) {
        ([first, rest @ ..], Tree::Element { inner, .. }) => at(&mut inner[*first], rest),
        (_, tree) => tree,
    }
}

/// Changes a tree in one way.
fn change(root: &mut Tree, chance: &mut Chance, words: &mut usize) {
    let mut all = Vec::new();
    ways(root, &[], &mut all);
    let way = all[chance.below(all.len())].clone();
    let Some((last, above)) = way.split_last() else { return };
    let kind = chance.below(14);
    let copy = at(root, &way).clone();
    let other = all[chance.below(all.len())].clone();
    let Tree::Element { inner: siblings, .. } = at(root, above) else { return };
    let mut word = || {
        *words += 1;
        format!("q{words}z")
    };
    match kind {
        0 => {
            siblings.remove(*last);
        }
        1 => siblings.insert(*last, copy),
        2 => {
            let next = (*last + 1) % siblings.len();
            siblings.swap(*last, next);
        }
        3 => {
            let Tree::Element { inner, .. } = siblings.remove(*last) else { return };
            siblings.splice(*last..*last, inner);
        }
        4 => siblings[*last] = around(chance.of(&NAMES), copy),
        5 => siblings[*last] = (0..chance.below(90)).fold(copy, |tree, _| around("container", tree)),
        6 => siblings.insert(*last, Tree::Text(format!(" {} ", word()))),
        7 => {
            siblings.remove(*last);
            // What is moved into what came after it stands elsewhere now: the tree is as it is.
            if let Tree::Element { inner, .. } = reach(root, &other) {
                inner.push(copy);
            }
        }
        _ => {
            let Tree::Element { name, attributes, inner } = &mut siblings[*last] else { return };
            match kind {
                8 | 9 => *name = chance.of(&NAMES).to_owned(),
                10 => inner.clear(),
                11 => {
                    let (long, between) = [(30, ""), (700, " "), (4000, " ")][chance.below(3)];
                    let text: Vec<String> = (0..long).map(|_| word()).collect();
                    inner.push(Tree::Text(text.join(between)));
                }
                12 => attributes.clear(),
                _ => {
                    let name = chance.of(&ATTRIBUTES);
                    attributes.retain(|(other, _)| other != name);
                    attributes.push((name.to_owned(), chance.of(&VALUES).to_owned()));
                }
            }
        }
    }
}

fn around(name: &str, tree: Tree) -> Tree {
    Tree::Element { name: name.to_owned(), attributes: Vec::new(), inner: vec![tree] }
}

/// The element on that way, or the last one that there still is.
fn reach<'t>(tree: &'t mut Tree, way: &[usize]) -> &'t mut Tree {
    let further = match (&*tree, way) {
        (Tree::Element { inner, .. }, [first, ..]) => matches!(inner.get(*first), Some(Tree::Element { .. })),
        _ => false,
    };
    if !further {
        return tree;
    }
    match (tree, way) {
        (Tree::Element { inner, .. }, [first, rest @ ..]) => reach(&mut inner[*first], rest),
        (tree, _) => tree,
    }
}

/// How often each word of a text is met.
fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for part in text.split('q').skip(1) {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 && part[digits..].starts_with('z') {
            *counts.entry(format!("q{}z", &part[..digits])).or_default() += 1;
        }
    }
    counts
}

/// The visible text of a file, without what is struck out.
fn visible(node: Node, out: &mut String) {
    for child in node.children().filter(|child| !["meta", "del"].contains(&child.tag_name().name())) {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            out.push_str(text);
            out.push(' ');
        }
        visible(child, out);
    }
}

/// What is wrong with how a file is rendered.
fn wrong(press: &Press, xml: &str) -> Option<String> {
    let source = Source::new("t.xml", xml);
    let rendition = match render(press, &Job::new(&source, Format::Xml)) {
        Ok(rendition) => rendition,
        Err(findings) => {
            let error = findings.iter().find(|finding| finding.is_error())?;
            return (!CANNOT_BE_SET.contains(&error.code)).then(|| error.to_string());
        }
    };
    let mut text = String::new();
    visible(Document::parse(xml).unwrap().root_element(), &mut text);
    let printed: String = pieces(&rendition).into_iter().map(|piece| piece.text).collect();
    let printed: String = printed.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect();
    let there = counted(&printed);
    let lost = counted(&text).into_iter().find(|(word, count)| there.get(word).is_none_or(|there| there < count));
    lost.map(|(word, count)| format!("{word} is met {count} times in the file, {:?} on the pages", there.get(&word)))
}

fn tried() -> usize {
    number("MUTATIONS").unwrap_or(TRIED)
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

fn seed(pattern: &str) -> (Tree, usize) {
    let mut text = String::new();
    let mut words = 0;
    for c in pattern.chars() {
        // Attributes refer with the same sign.
        if c == '#' && !text.ends_with('"') {
            words += 1;
            text.push_str(&format!("q{words}z"));
        } else {
            text.push(c);
        }
    }
    (tree(Document::parse(&text).unwrap().root_element()), words)
}

#[test]
fn whatever_its_form_a_file_is_rendered_and_no_word_is_lost() {
    let press = Press::new([]).unwrap();
    let tried = tried();
    let old = RESOLUTION.replace("A/RES/84/901", "A/RES/1514 (XV)").replace("84/901.", "1514 (XV).");
    let statement = COUNCIL.replace("S/RES/2901 (2029)", "S/PRST/2029/5");
    let seeds = [RESOLUTION, DECISION, COUNCIL, &old, &statement, COLLECTION].map(seed);
    let try_one = |number: usize| {
        let (mut tree, mut words) = seeds[number % seeds.len()].clone();
        let mut chance = Chance(number as u64 + 1);
        for _ in 0..number.min(1 + chance.below(4)) {
            change(&mut tree, &mut chance, &mut words);
        }
        let mut xml = String::new();
        written(&tree, &mut xml);
        let outcome = catch_unwind(std::panic::AssertUnwindSafe(|| wrong(&press, &xml)));
        let wrong = outcome.unwrap_or_else(|_| Some("it panics".into()))?;
        if let Ok(folder) = std::env::var("MUTATIONS_KEPT") {
            std::fs::write(format!("{folder}/{number}.xml"), &xml).unwrap();
        }
        Some(format!("{number}: {wrong}"))
    };
    let errors: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|thread| scope.spawn(move || (thread..tried).step_by(2).filter_map(try_one).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    println!("{tried} changed files, {} errors", errors.len());
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

fn none_goes_wrong(name: &str, target: &mutated::Target) {
    let from = number("MUTATIONS_FROM").unwrap_or_default();
    let wrong = mutated::wrong(target, from, tried());
    println!("{} changed {name} from number {from} on, {} errors", tried(), wrong.len());
    assert!(wrong.is_empty(), "{name}: {} errors:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn whatever_an_svg_file_is_it_is_taken_or_refused() {
    none_goes_wrong("SVG files", &mutated::svgs(&Press::new([]).unwrap()));
}

#[test]
fn whatever_a_png_file_is_it_is_taken_or_refused() {
    none_goes_wrong("PNG files", &mutated::pngs(&Press::new([]).unwrap()));
}

#[test]
fn whatever_a_pdf_file_is_it_is_read_or_refused() {
    none_goes_wrong("PDF files", &mutated::pdfs(&Press::new([]).unwrap()));
}

#[test]
fn whatever_an_archive_file_carries_it_is_verified_or_refused() {
    none_goes_wrong("archive files", &mutated::archives(&Press::new([]).unwrap()));
}

//! Documents in Markdown: the same as their twins in YAML, and errors with their places.

use masthead::Format;
use masthead::diagnostic::Source;
use masthead::model::Document;
use masthead::read::{Reading, read, read_what_can_be};

const HEAD: &str = "---\nsymbol: A/77/L.1\nkind: draft-resolution\n---\n";

fn reading(text: &str, format: Format) -> Reading {
    read(&Source::new("t", text), format).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]))
}

fn markdown(text: &str) -> Document {
    reading(&format!("{HEAD}{text}"), Format::Markdown).document
}

/// Markdown and the YAML of its body are the same document.
fn twins(text: &str, yaml: &str) {
    kind_twins("draft-resolution", text, yaml);
}

fn kind_twins(kind: &str, text: &str, yaml: &str) {
    let head = format!("symbol: A/77/L.1\nkind: {kind}\n");
    let one = reading(&format!("---\n{head}---\n{text}"), Format::Markdown).document;
    let other = reading(&format!("{head}{yaml}"), Format::Yaml).document;
    assert_eq!(one, other, "{text}");
}

/// Code, line and column of every error.
fn reported(text: &str) -> Vec<(&'static str, usize, usize)> {
    let (_, errors) = read_what_can_be(&Source::new("t.md", text), Format::Markdown);
    let place = |error: &masthead::diagnostic::Diagnostic| {
        let place = error.place.clone().unwrap();
        let (line, column) = place.source.line_column(place.span.start);
        (error.code, line, column)
    };
    errors.iter().map(place).collect()
}

fn errors_of(text: &str) -> Vec<(&'static str, usize, usize)> {
    reported(&format!("{HEAD}{text}"))
}

#[test]
fn a_resolution() {
    twins(
        "*The General Assembly*,\n\n*Recalling* its\nresolution,[^1]\n\nPlain.\n\n1. *Requests*\n   all;\n2. *Decides*.\n\n[^1]: See\n  A/1.\n[^*]: *B*\n",
        "body:\n- enacting: '*The General Assembly*,'\n- preambular: '*Recalling* its resolution,[^1]'\n- paragraph: Plain.\n- operative: '*Requests* all;'\n- operative: '*Decides*.'\nfootnotes: {1: See A/1., '*': '*B*'}\n",
    );
    twins("*大会*，\n\n***Bold*** too\n", "body:\n- enacting: '*大会*，'\n- preambular: '***Bold*** too'\n");
}

#[test]
fn running_text() {
    kind_twins(
        "report",
        "*Italic* words.\n\n1. *One*\n\n## IV. Conclusions\n\n2. Two\n",
        "body:\n- paragraph: '*Italic* words.'\n- numbered: '*One*'\n- heading: {level: 2, number: IV, text: Conclusions}\n- numbered: Two\n",
    );
}

#[test]
fn numbers_are_kept_where_they_do_not_count_on() {
    twins(
        "1. a\n1. b\n1. c\n5. d\n6. *e*\n\n> q\n\n7. f\n",
        "body:\n- numbered: a\n- numbered: b\n- numbered: c\n- numbered: {text: d, number: '5'}\n- operative: {text: '*e*', number: '6'}\n- quote: q\n- numbered: {text: f, number: '7'}\n",
    );
    twins(
        "1. a\n\n```numbered\ntext: b\nnumber: 5.\n```\n\n6. c\n\n# Annex\n\n1. d\n",
        "body:\n- numbered: a\n- numbered: {text: b, number: 5.}\n- numbered: c\n- annex: {body: [numbered: d]}\n",
    );
}

#[test]
fn items_however_they_are_written() {
    let yaml = "body:\n- operative:\n    text: '*Requests*:'\n    items:\n    - {text: 'a:', items: [i, {text: ii, items: [{text: x, items: [y]}], continue: on}]}\n    - b\n    continue: and so on.\n";
    let labels = "1. *Requests*:\n   (a) a:\n       (i) i\n       (ii) ii\n\n            a. x\n\n               i. y\n\n            on\n   (b) b\n\n   and so on.\n";
    twins(labels, yaml);
    twins(
        "1. *Requests*:\n   - a:\n     - i\n     - ii\n       - x\n         - y\n\n       on\n   - b\n\n   and so on.\n",
        yaml,
    );
    twins(
        "*Requests*:\n\n(a) one\n\n(c) three\n\n- (a bis) four\n- five\n\nand so on.\n\nAnd more.\n",
        "body:\n- preambular: {text: '*Requests*:', items: [one, {text: three, label: (c)}, {text: four, label: (a bis)}, five], continue: and so on.}\n- paragraph: And more.\n",
    );
    twins("See paragraph 3\n(b) of it.\n", "body: [paragraph: See paragraph 3 (b) of it.]\n");
}

#[test]
fn numbers_go_on_after_a_heading() {
    let ones = "1. *a*\n\n1. *b*\n\n## x\n\n1. *c*\n\n1. *d*\n";
    let yaml = "body:\n- operative: '*a*'\n- operative: '*b*'\n- heading: {level: 2, text: x}\n- operative: '*c*'\n- operative: '*d*'\n";
    twins(ones, yaml);
    twins(
        &ones.replace("1. *d*", "Text.\n\n1. *d*"),
        &yaml.replace("- operative: '*d*'", "- paragraph: Text.\n- operative: '*d*'"),
    );
    twins("1. *a*\n\n# x\n\n1. *b*\n", "body:\n- operative: '*a*'\n- heading: x\n- operative: '*b*'\n");
    // Who counts himself begins anew on purpose.
    twins(
        "1. a\n\n# x\n\n1. b\n\n2. c\n",
        "body:\n- numbered: a\n- heading: x\n- numbered: {text: b, number: '1'}\n- numbered: c\n",
    );
    twins(
        "1. a\n\n2. b\n\n# x\n\n1. c\n",
        "body:\n- numbered: a\n- numbered: b\n- heading: x\n- numbered: {text: c, number: '1'}\n",
    );
}

#[test]
fn items_are_as_deep_as_they_look() {
    let yaml = "body:\n- operative:\n    text: '*Requests*:'\n    number: '10'\n    items: [{text: 'a:', items: [i more, ii], continue: on}, b]\n    continue: So on.\n";
    for indents in [(3, 6), (4, 8), (3, 7), (2, 4), (4, 7)] {
        let (one, two) = (" ".repeat(indents.0), " ".repeat(indents.1));
        let text = format!(
            "10. *Requests*:\n\n{one}(a) a:\n\n{two}(i) i\n{two}more\n\n{two}(ii) ii\n\n{two}on\n\n{one}(b) b\n\n{one}So on.\n"
        );
        twins(&text, yaml);
    }
    twins(
        "10) *x*:\n\n\t(a) a\n\n\t\t(i) i\n",
        "body:\n- operative: {text: '*x*:', number: '10', items: [{text: a, items: [i]}]}\n",
    );
    twins("*x*:\n\n    (a) a\n\n    (b) b\n", "body:\n- preambular: {text: '*x*:', items: [a, b]}\n");
    let text = "---\nsymbol: A/77/L.1\nkind: note\n---\n\n10. é:\n\n   (a) a:\n\n      (c) [^x] ü\n";
    let reading = reading(text, Format::Markdown);
    let written = |path: &str| &text[reading.places.of(&path.parse().unwrap())];
    assert_eq!(written("body[0].items[0].text"), "a:");
    assert_eq!(written("body[0].items[0].items[0].label"), "(c)");
    assert_eq!(written("body[0].items[0].items[0].text"), "[^x] ü");
}

#[test]
fn what_is_plainly_meant_is_read() {
    twins(
        "_The General Assembly_,\n\n_Recalling_ __all__ of *it* and snake_case,^[See _there_\nand [here](https://un.org).] too^[Note.][^1]\n\n| _a_ |\n|---|\n| b^[c] |\n\n[^1]: n\n",
        "body:\n- enacting: '*The General Assembly*,'\n- preambular: '*Recalling* **all** of *it* and snake_case,[^2] too[^3][^1]'\n- table: {header: [['*a*']], rows: [['b[^4]']]}\nfootnotes: {2: 'See *there* and [here](https://un.org).', 3: Note., 4: c, 1: n}\n",
    );
    twins("*The General Assembly,*\n\nText,\n", "body:\n- enacting: '*The General Assembly,*'\n- paragraph: Text,\n");
    twins("The General Assembly,\n\nText,\n", "body:\n- enacting: The General Assembly,\n- paragraph: Text,\n");
}

#[test]
fn lines_end_in_every_way() {
    let text = format!("{HEAD}\n*a*:\n\n(a) b\n\n```vote\ntext: c\n```\n\n| d |\n|---|\n| e |\n\n[^1]: f\n");
    let one = reading(&text, Format::Markdown).document;
    for ending in ["\r\n", "\r"] {
        assert_eq!(reading(&text.replace('\n', ending), Format::Markdown).document, one, "{ending:?}");
    }
}

#[test]
fn comments_that_cut_a_text_are_reported() {
    let text =
        format!("{}title: Goal #14 of it\n---\n\nx #15\n\n```signature\nA. Name #16\n```\n", &HEAD[..HEAD.len() - 4]);
    let reading = reading(&text, Format::Markdown);
    let cut: Vec<&str> = reading.warnings.iter().map(|warning| &text[warning.place.clone().unwrap().span]).collect();
    assert_eq!(cut, ["#14 of it", "#16"]);
}

#[test]
fn annexes() {
    twins(
        "x\n\n## Annex\n\n### Title\n\n### I\n\n# Annex II\n\n### No title\n\n# Annex III to it\n\n```annex\nnew_page: false\nbody:\n- paragraph: within\n```\n\nx\n",
        "body:\n- paragraph: x\n- annex: {title: Title, body: [heading: {level: 3, text: I}]}\n- annex: {number: II, body: [heading: {level: 3, text: No title}]}\n- annex: {number: III, heading: Annex III to it, body: [annex: {new_page: false, body: [paragraph: within]}, paragraph: x]}\n",
    );
    twins("# Annexes\n\n### Annex I\n", "body: [heading: Annexes, heading: {level: 3, text: Annex I}]\n");
}

#[test]
fn parts() {
    twins(
        "# A\n\n## Of tides\n\nThe Board,\n\n1. *Notes* it;[^1]\n\n[^1]: First.\n\n# B\n\n1. *Notes* it again;[^1] [^2]\n\n# Annex\n\nx\n\n```part\nletter: C\nmeeting: 3rd meeting\nfootnotes: {'*': star}\n```\n\n## No title\n\nx[^*] [^3]\n\n[^1]: Second.\n\n[^2]: Shared.\n\n[^3]: Third.\n",
        "parts:\n- letter: A\n  title: Of tides\n  body: [enacting: 'The Board,', operative: '*Notes* it;[^1]']\n  footnotes: {1: First.}\n- letter: B\n  body: [operative: '*Notes* it again;[^1] [^2]', annex: {body: [paragraph: x]}]\n- letter: C\n  meeting: 3rd meeting\n  body: [heading: {level: 2, text: No title}, paragraph: 'x[^*] [^3]']\n  footnotes: {'*': star, 3: Third.}\nfootnotes: {1: Second., 2: Shared.}\n",
    );
    assert_eq!(reported(&format!("{HEAD}# A\n\nx[^1]\n\n[^1]: a\n\n[^1]: b\n")), [("duplicate-field", 11, 1)]);
    // In running text a letter is a heading.
    kind_twins("report", "# A\n\nx\n", "body: [heading: A, paragraph: x]\n");
    let front = "---\nsymbol: A/77/L.1\nkind: draft-resolution\nparts: []\n---\n\n# A\n\nx\n";
    assert_eq!(reported(front), [("markdown-front-matter", 4, 1)]);
}

#[test]
fn quotations_tables_figures_and_fences() {
    twins(
        "> one\n> more\n>\n> two\n>\n> - item\n\n| a | b |\n|---|:-:|\n| *c* | [^1] \\| |\n\n|  |\n|--:|\n| d |\n\n![What it *shows*](x.svg \"Title\")\n\n```signature\n(*Signed*) x\n```\n\n~~~vote\nagainst: [Malta]\n~~~\n\n[^1]: n\n",
        "body:\n- quote: one more\n- quote: {text: two, items: [item]}\n- table: {header: [[a, {text: b, align: center}]], rows: [['*c*', {text: '[^1] \\|', align: center}]]}\n- table: {rows: [[{text: d, align: right}]]}\n- figure: {image: x.svg, description: What it *shows*, title: Title}\n- signature: (*Signed*) x\n- vote: {against: [Malta]}\nfootnotes: {1: n}\n",
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "\u{feff}---\r\nsymbol: A/77/L.1\r\nkind: note\r\n---\r\n\r\n1. é one\r\n   two:\r\n   (b) x\r\n\r\n| a |\r\n|---|\r\n| b |\r\n\r\n```vote\r\ntext: y\r\n```\r\n\r\n[^1]: note\r\n";
    let reading = reading(text, Format::Markdown);
    let written = |path: &str| &text[reading.places.of(&path.parse().unwrap())];
    assert_eq!(written("symbol"), "A/77/L.1");
    assert_eq!(written("body[0].text"), "é one\r\n   two:");
    assert_eq!(written("body[0].items[0].label"), "(b)");
    assert_eq!(written("body[0].items[0].text"), "x");
    assert_eq!(written("body[1].rows[0][0]"), "b");
    assert_eq!(written("body[2].text"), "y");
    assert_eq!(written("footnotes.1"), "note");
    assert_eq!(reading.document.body.len(), 3);
}

#[test]
fn errors_of_the_front_matter() {
    assert_eq!(reported(" \n"), [("empty-source", 1, 1)]);
    assert_eq!(reported("# Title\n"), [("markdown-front-matter", 1, 1)]);
    assert_eq!(reported("---\na: b\n"), [("markdown-front-matter", 1, 1)]);
    assert_eq!(reported("---\nsymbol: a\nkind: *b\n---\n"), [("yaml-alias", 3, 7)]);
    assert_eq!(reported("---\n---\nx\n"), [("missing-field", 3, 1), ("missing-field", 3, 1)]);
    assert_eq!(
        reported("---\nsymbol: a\nkind: note\ntitel: b\nbody: []\n---\nx <br>\n"),
        [("unknown-field", 4, 1), ("markdown-front-matter", 5, 1), ("markdown-element", 7, 3)]
    );
}

#[test]
fn what_is_not_read_is_reported() {
    for (text, line, column) in [
        ("a <b>c", 5, 3),
        ("<div>\nx\n</div>", 5, 1),
        ("a `b`", 5, 3),
        ("```\nb\n```", 5, 1),
        ("a\n\n    b", 7, 5),
        ("a\n\n***", 7, 1),
        ("a\\\nb", 5, 2),
        ("a  \nb", 5, 2),
        ("*a _b_ c*", 5, 4),
        ("a ~b~", 5, 3),
        ("a &nbsp; b", 5, 3),
        ("a ![b](c)", 5, 3),
        ("<https://un.org>", 5, 1),
        ("[a](https://un.org \"b\")", 5, 1),
        ("[a]: b", 5, 1),
        ("x\n\n1. [x] a", 7, 4),
        ("[^1]: a <b>", 5, 9),
        ("| <b> |\n|---|", 5, 3),
        ("# <b>", 5, 3),
    ] {
        assert_eq!(errors_of(text)[0], ("markdown-element", line, column), "{text}");
    }
    assert_eq!(errors_of("a \\<b> \\`c\\` \\_d\\_ \\~e \\&amp; f_g_h 5 < 6 & 7"), []);
}

#[test]
fn what_stands_where_it_cannot_is_reported() {
    for (text, line, column) in [
        ("- a", 5, 1),
        ("1. a\n\n   > b", 7, 4),
        ("1. a\n\n   - b\n\n   c\n\n   - d", 11, 4),
        ("> # a", 5, 3),
        ("##### a", 5, 7),
        ("| a |\n|---|\n| b | c |", 7, 7),
        ("```vote\ntext: a", 5, 1),
        ("[^1]: a\n\n    b", 7, 5),
        ("[^1]:\n    - b", 5, 1),
    ] {
        assert_eq!(errors_of(text), [("markdown-structure", line, column)], "{text}");
    }
    assert_eq!(errors_of("[^1]: a\n\n[^1]: b"), [("duplicate-field", 7, 1)]);
    assert_eq!(errors_of("```vot\na\n```"), [("unknown-field", 5, 4)]);
    assert_eq!(
        errors_of("```vote\n  titel: a\n```\n\n```signature\n```"),
        [("unknown-field", 6, 3), ("wrong-type", 9, 13)]
    );
}

#[test]
fn hostile_sources_end() {
    let code = |text: &str| errors_of(text).first().map(|error| error.0);
    assert_eq!(code(&"> ".repeat(1_000_000)), Some("too-deep"));
    assert_eq!(code(&format!("x\n\n{}x", "- ".repeat(100_000))), Some("too-deep"));
    assert_eq!(code(&format!("x\n\n{}x", "1. ".repeat(80))), Some("too-deep"));
    let nested: String = (0..1000).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    assert_eq!(code(&format!("x\n\n{nested}{}", "\n".repeat(1_000_000))), Some("too-deep"));
    for piece in [
        "[",
        "![",
        "*a ",
        "_",
        "_a_ ",
        "^[",
        "^[a] ",
        "`",
        "<",
        "&",
        "a\n(a) b\n",
        "[^1]: ",
        "[a]: b\n",
        "| a ",
        "\\",
        "~~~\n",
        "1. a\n",
    ] {
        errors_of(&piece.repeat(200_000));
    }
    assert_eq!(errors_of(&"a `b`\n\n".repeat(1000)).len(), 50);
    assert_eq!(code(&"x".repeat(17 << 20)), Some("too-large"));
}

#[test]
fn the_page_about_markdown_report_the_truth() {
    let page = std::fs::read_to_string("docs/markdown.md").unwrap();
    let blocks: Vec<&str> = page.split("````").skip(1).step_by(2).map(|block| &block["markdown\n".len()..]).collect();
    assert_eq!(blocks.len(), 3);
    assert_eq!(reading(blocks[0], Format::Markdown).document.body.len(), 5);
    assert_eq!(markdown(blocks[1]).parts.len(), 1);
    assert_eq!(markdown(blocks[2]).body.len(), 4);
}

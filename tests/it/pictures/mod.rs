//! Pictures as they may come: what must be refused, with the reason, and what must not.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
const RECT: &str = "<rect width=\"5\" height=\"5\"/>";

/// An SVG file of 100 by 100 units.
pub fn svg(inner: &str) -> Vec<u8> {
    format!("<svg {SVG} width=\"100\" height=\"100\">{inner}</svg>").into()
}

/// An SVG file with other attributes of its root.
fn sized(attributes: &str) -> Vec<u8> {
    format!("<svg {SVG} {attributes}>{RECT}</svg>").into()
}

/// Ten elements that each use ten others, and so on: a thousand million.
fn laughs(element: &str) -> String {
    let level =
        |n: usize| format!("<{element} id=\"u{n}\">{}</{element}>", format!("<use href=\"#u{}\"/>", n + 1).repeat(10));
    (0..9).map(level).collect::<String>() + &format!("<g id=\"u9\">{RECT}</g>")
}

/// The same with elements that paint, clip or mask.
fn nested(element: &str, property: &str) -> String {
    let place = "width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"";
    let level = |n: usize| {
        let inner = format!("<rect width=\"5\" height=\"5\" {property}=\"url(#p{})\"/>", n + 1).repeat(10);
        format!("<{element} id=\"p{n}\" {place}>{inner}</{element}>")
    };
    let last = format!("<{element} id=\"p9\" {place}>{RECT}</{element}>");
    (0..9).map(level).collect::<String>() + &last + &format!("<rect width=\"9\" height=\"9\" {property}=\"url(#p0)\"/>")
}

fn path(corners: usize, marker: &str) -> String {
    format!("<path d=\"M0 0{}\" {marker}/>", "l1 1".repeat(corners))
}

/// SVG files that are refused, with words of the reason.
pub fn hostile_svgs() -> Vec<(&'static str, Vec<u8>)> {
    let filter = "<s:filter id=\"f\"><s:feTurbulence numOctaves=\"99\"/></s:filter><s:rect filter=\"url(#f)\"/>";
    let prefixed = |inner: &str| {
        let names = "xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:q=\"http://www.w3.org/1999/xlink\"";
        format!("<s:svg {names} width=\"9\" height=\"9\">{inner}</s:svg>").into_bytes()
    };
    let doctype =
        |subset: &str| format!("<!DOCTYPE svg [{subset}]><svg {SVG} width=\"9\" height=\"9\">&a;</svg>").into();
    let markers: String = (0..6)
        .map(|n| format!("<marker id=\"m{n}\">{}</marker>", path(60, &format!("style=\"marker:url(#m{})\"", n + 1))))
        .collect();
    let inherited = format!(
        "<g marker-mid=\"url(#b)\"><marker id=\"a\">{0}</marker></g><marker id=\"b\">{0}</marker><g marker-mid=\"url(#a)\">{0}</g>",
        path(999, "")
    );
    let rules: String = (0..30_000).map(|n| format!(".a{n}{{fill:red}}")).collect();
    let short: String = (0..1_000).map(|n| format!(".a{n}{{fill:red}}")).collect();
    let deep: String = (0..3_000).map(|n| format!(".a{n} .b .c{{fill:red}}")).collect();
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let namespaces: String = (0..150).map(|n| format!(" xmlns:a{n}=\"u:{n}\"")).collect();
    let commas = format!("{}a{{{}}}", "a,".repeat(60_000), "fill:red;".repeat(60_000));
    vec![
        ("filter", prefixed(filter)),
        ("filter", svg("<rect width=\"9\" height=\"9\" filter=\"blur(5000px)\"/>")),
        ("filter", svg("<rect width=\"9\" height=\"9\" style=\"filter:blur(5000px)\"/>")),
        ("filter", svg(&format!("<style><![CDATA[rect{{filter:blur(5000px)}}]]></style>{RECT}"))),
        ("filter", svg(&format!("<x:style xmlns:x=\"urn:x\">rect{{filter:blur(9px)}}</x:style>{RECT}"))),
        ("“\\”", svg(&format!("<style>rect{{\\66ilter:blur(5px)}}</style>{RECT}"))),
        ("@import", svg(&format!("<style>@import url(a.css);</style>{RECT}"))),
        ("@font-face", svg(&format!("<style>@font-face{{src:url(a.ttf)}}</style>{RECT}"))),
        ("<image>", prefixed("<s:image q:href=\"/etc/passwd\" width=\"9\" height=\"9\"/>")),
        ("<image>", svg("<image href=\"data:image/png;base64,AAAA\"/>")),
        ("refers outside", svg("<use href=\" file:///etc/passwd#a\"/>")),
        ("refers outside", svg("<rect width=\"9\" height=\"9\" fill=\"url(http://example.org/#a)\"/>")),
        ("refers outside", svg(&format!("<a href=\"https://example.org/\">{RECT}</a>"))),
        ("not supported", svg("<rect width=\"9\" height=\"9\" style=\"mask-image:url(/etc/passwd)\"/>")),
        ("<foreignObject>", svg("<foreignObject width=\"9\" height=\"9\"/>")),
        ("script", svg("<script>alert(1)</script>")),
        ("script", sized("width=\"9\" height=\"9\" onload=\"alert(1)\"")),
        ("entities", doctype("<!ENTITY a \"<image href='/etc/passwd'/>\">")),
        ("entities", doctype("<!ENTITY a SYSTEM \"file:///etc/passwd\">")),
        ("text on a path", svg("<path id=\"p\" d=\"M0 0h9\"/><text><textPath href=\"#p\">a</textPath></text>")),
        ("long paths and texts", svg(&format!("<text y=\"9\">{}</text>", "words ".repeat(42_000)))),
        ("parts", svg(&format!("<text y=\"9\">{}</text>", "<tspan>a</tspan>".repeat(7_000)))),
        ("nested more than", svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)))),
        ("elements", svg(&"<g/>".repeat(1_000_000))),
        ("attributes", svg(&format!("<rect{attributes}/>"))),
        ("namespaces", svg(&format!("<g{namespaces}>{}</g>", "<g xmlns:b=\"u\"/>".repeat(100_000)))),
        ("draws more", svg(&(markers + &path(60, "marker-mid=\"url(#m0)\"")))),
        ("draws more", svg(&inherited)),
        ("draws more", svg(&laughs("g"))),
        ("draws more", svg(&laughs("symbol"))),
        ("draws more", svg(&nested("pattern", "fill"))),
        ("draws more", svg(&nested("mask", "mask"))),
        ("draws more", svg(&nested("clipPath", "clip-path"))),
        ("draws more", svg(&nested("mask", "mask").replace("mask=\"url(#p", "style=\"mask:url(#p"))),
        (
            "identifier",
            svg(&format!("{}{}", "<g id=\"a\"/>".repeat(9_000), "<g clip-path=\"url(#a)\"/>".repeat(9_000))),
        ),
        ("in two ways", svg("<pattern id=\"a\"/><style>rect{fill:inherit}</style><rect fill=\"url(#a)\"/>")),
        ("size out of range", sized("width=\"9\" height=\"9\" viewBox=\"0 0 1e-30 1\"")),
        (
            "draws more",
            svg(&format!(
                "<style>{short}</style><g id=\"a\">{}</g>{}",
                RECT.repeat(500),
                "<use href=\"#a\"/>".repeat(500)
            )),
        ),
        ("refers to itself", svg("<pattern id=\"a\"><rect fill=\"url(#a)\"/></pattern>")),
        ("refers to itself", svg("<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>")),
        ("dashes", svg("<path d=\"M0 0h1000000\" stroke=\"red\" stroke-dasharray=\"0.0001\"/>")),
        ("too long", svg(&format!("<g stroke-dasharray=\"{}\"/>", "9 ".repeat(90_000)))),
        ("stops", svg(&format!("<linearGradient>{}</linearGradient>", "<stop/>".repeat(50_000)))),
        (
            "tiles",
            svg(
                "<pattern id=\"p\" width=\".001\" height=\".001\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h1v1z\"/></pattern><rect width=\"99\" height=\"99\" fill=\"url(#p)\"/>",
            ),
        ),
        (
            "tiles",
            svg(
                "<pattern id=\"p\" width=\"90000\" height=\"90000\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h1v1z\"/></pattern><rect width=\"99\" height=\"99\" fill=\"url(#p)\"/>",
            ),
        ),
        (
            "transparent",
            svg(&format!("{}<rect width=\"99\" height=\"99\"/>{}", "<g opacity=\".5\">".repeat(60), "</g>".repeat(60))),
        ),
        ("paints over", svg(&"<rect width=\"100\" height=\"100\" opacity=\".5\"/>".repeat(5_000))),
        ("too complex", svg(&format!("<style>{rules}</style>{}", "<g class=\"a\"/>".repeat(50_000)))),
        ("too complex", svg(&format!("<style>{deep}</style>{}", "<g class=\"a\"/>".repeat(9_000)))),
        ("too complex", svg(&format!("<style>{commas}</style>"))),
        ("too complex", svg(&format!("<rect style=\"{}\"/>", "fill:red;".repeat(90_000)))),
        ("size", sized("width=\"0\" height=\"0\"")),
        ("out of range", sized("width=\"1e30\" height=\"1e30\"")),
        ("out of range", svg("<path d=\"M0 0L1e30 1e30\"/>")),
        ("out of range", svg("<marker id=\"m\" markerWidth=\"1e30\" markerHeight=\"1e30\" viewBox=\"0 0 1 1\"/>")),
        ("large", sized("width=\"0.02\" height=\"9000\"")),
        (
            "too far away",
            svg("<g transform=\"scale(1e7)\"><g transform=\"scale(1e7)\"><path d=\"M0 0L1e7 1e7\"/></g></g>"),
        ),
        ("damaged", svg("<path")),
        ("compressed", vec![0x1f, 0x8b, 8, 0, 0]),
        ("neither SVG nor PNG", b"GIF89a".to_vec()),
        ("not SVG", b"<html svg=\"\"/>".to_vec()),
    ]
}

/// SVG files as programs for drawing write them.
pub fn usual_svgs() -> Vec<Vec<u8>> {
    let public =
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    let plotted = format!(
        "<?xml version=\"1.0\"?>{public}<svg {SVG} width=\"99pt\" height=\"99pt\" viewBox=\"0 0 99 99\"><metadata><rdf:RDF \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><unknown/></rdf:RDF></metadata><defs><style type=\"text/css\">\
         *{{stroke-linejoin: round; stroke-linecap: butt}}</style></defs><defs><clipPath id=\"p\"><rect width=\"90\" \
         height=\"90\"/></clipPath><path id=\"m\" d=\"M0 3C1 3 2 2 2 1z\" style=\"stroke:#1f77b4\"/></defs><g \
         clip-path=\"url(#p)\">{}</g></svg>",
        "<use xlink:href=\"#m\" x=\"9\" y=\"7\" style=\"fill: #1f77b4\"/>".repeat(2_000)
    );
    let drawn = format!(
        "<svg {SVG} width=\"99\" height=\"99\"><n:namedview xmlns:n=\"urn:n\" id=\"n\" filter=\"x\"/><defs><linearGradient \
         id=\"a\"><stop style=\"stop-color:#123456;stop-opacity:1\" offset=\"0\"/><stop offset=\"1\"/></linearGradient>\
         <linearGradient xlink:href=\"#a\" id=\"b\" gradientUnits=\"userSpaceOnUse\" x2=\"9\"/></defs><path \
         style=\"fill:url(#b);filter:none;-font:'Sans, Bold'\" d=\"M1e1 0 9 9Z\"/><animate/></svg>"
    );
    let styled = format!(
        "<svg version=\"1.1\" id=\"L\" {SVG} viewBox=\"0 0 9 9\" style=\"enable-background:new 0 0 9 9;\" \
         xml:space=\"preserve\"><style type=\"text/css\">.a{{fill:url(#g);}}.b,.c{{clip-path:url(#d);fill:#FFFFFF;}}</style>\
         <radialGradient id=\"g\" cx=\"5\" cy=\"5\" r=\"5\"><stop offset=\"0\"/><stop offset=\"1\"/></radialGradient><rect \
         id=\"r\" width=\"9\" height=\"9\"/><clipPath id=\"d\"><use xlink:href=\"#r\"/></clipPath><g class=\"b\"><path \
         class=\"a\" d=\"M0 0h9v9z\"/></g></svg>"
    );
    let own = "<switch><foreignObject requiredExtensions=\"urn:x\"><x:y xmlns:x=\"urn:x\"/></foreignObject><g><path d=\"M0 0h9v9z\"/></g></switch>";
    let arrow = "<marker id=\"m\" orient=\"auto\"><path d=\"M0 0h3v3z\" fill=\"context-stroke\"/></marker><path d=\"M9 9l9 9\" stroke=\"red\" marker-end=\"url(#m)\"/>";
    let hatched = "<pattern id=\"h\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0l4 4\" stroke=\"red\"/></pattern><rect width=\"99\" height=\"99\" fill=\"url('#h') blue\"/>";
    let masked = "<mask id=\"k\"><rect width=\"9\" height=\"9\" fill=\"#fff\"/></mask><g mask=\"url(#k)\" opacity=\".5\"><circle r=\"9\"/></g>";
    let written = "<text x=\"9\" y=\"9\" data-x=\"url(x)\">Tides<tspan dy=\"3\">2</tspan></text><text systemLanguage=\"fr\">a</text>";
    let dashed = "<path d=\"M0 0h99\" stroke=\"red\" stroke-dasharray=\"3 1\"/>";
    let plain = [own, arrow, hatched, masked, written, dashed, RECT].map(svg);
    [plotted.into_bytes(), drawn.into_bytes(), styled.into_bytes()].into_iter().chain(plain).collect()
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A chunk of a PNG file.
pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut check = flate2::Crc::new();
    check.update(name);
    check.update(data);
    [&(data.len() as u32).to_be_bytes()[..], name, data, &check.sum().to_be_bytes()].concat()
}

/// A PNG file of such chunks and an end.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), chunks.concat(), chunk(b"IEND", b"")].concat()
}

/// The header of a PNG file: width, height, bits, kind of colours, interlacing.
pub fn header(width: u32, height: u32, [bits, colours, interlaced]: [u8; 3]) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[size, vec![bits, colours, 0, 0, interlaced]].concat())
}

pub fn packed(data: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(data).unwrap();
    packer.finish().unwrap()
}

/// A chunk that unpacks to so many MiB of nothing.
fn bomb(name: &[u8; 4], before: &[u8], mebibytes: usize) -> Vec<u8> {
    chunk(name, &[before, &packed(&vec![0; mebibytes << 20])].concat())
}

/// PNG files that are refused, with words of the reason.
pub fn hostile_pngs() -> Vec<(&'static str, Vec<u8>)> {
    let small = || header(8, 8, [8, 2, 0]);
    let pixels = || chunk(b"IDAT", &packed(&[0; 25 * 8]));
    vec![
        ("30000 × 30000", png(&[header(30_000, 30_000, [8, 2, 0]), pixels()])),
        ("pixels", png(&[header(2_000_000_000, 1, [8, 2, 0]), pixels()])),
        ("16 bits", png(&[header(6_000, 6_000, [16, 6, 1]), pixels()])),
        ("no pixels", png(&[header(0, 8, [8, 2, 0]), pixels()])),
        ("profile", png(&[small(), bomb(b"iCCP", b"x\0\0", 40), pixels()])),
        ("metadata", png(&[small(), bomb(b"zTXt", b"x\0\0", 40), pixels()])),
        ("metadata", png(&[small(), bomb(b"iTXt", b"x\0\x01\0\0\0", 40), pixels()])),
        ("animated", png(&[small(), chunk(b"acTL", &[0xff; 8]), pixels()])),
        ("chunks", png(&[small(), chunk(b"tEXt", b"a\0b").repeat(60_000), pixels()])),
        ("header", png(&[small(), header(30_000, 30_000, [8, 2, 0]), pixels()])),
        ("header", png(&[pixels()])),
        ("damaged", png(&[header(8, 8, [8, 3, 0]), pixels()])),
        ("damaged", png(&[header(800, 800, [8, 2, 0]), pixels()])),
        ("ends early", png(&[small(), pixels()])[..60].to_vec()),
    ]
}

/// PNG files as programs write them.
pub fn usual_pngs() -> Vec<Vec<u8>> {
    let single: Vec<Vec<u8>> = packed(&[0; 25 * 8]).iter().map(|byte| chunk(b"IDAT", &[*byte])).collect();
    let palette = [
        header(8, 8, [8, 3, 0]),
        chunk(b"PLTE", &[9; 6]),
        chunk(b"tRNS", &[0, 255]),
        chunk(b"IDAT", &packed(&[0; 72])),
    ];
    let reported = [
        header(8, 8, [8, 2, 0]),
        chunk(b"iCCP", &[b"x\0\0", &packed(&[0; 3000])[..]].concat()),
        chunk(b"IDAT", &packed(&[0; 200])),
    ];
    let mut trailing = png(&[header(8, 8, [8, 2, 0]), chunk(b"IDAT", &packed(&[0; 200]))]);
    trailing.extend(b"more");
    vec![png(&[vec![header(8, 8, [8, 2, 0])], single].concat()), png(&palette), png(&reported), trailing]
}

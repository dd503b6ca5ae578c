//! Exports of press databases as pages and as mail, and what web archives and saved pages hold beside pages. The articles are
//! made up; the markup has the shape in which the databases write it.

use std::io::Write;

use crate::formats::{ONE, Row, TWO, X1, X2, gz, march, one, record, review, row, statements, strike, whole};

/// An article of Factiva as lines over paragraphs.
fn lined(language: &str, words: &str, author: &str, facts: [&str; 5], text: &str, accession: &str) -> String {
    let [title, day, paper, code, tongue] = facts;
    let author = if author.is_empty() { String::new() } else { format!("<div class=\"author\">{author}\n</div>") };
    let (head, tail) = text.split_once(". ").expect("two sentences");
    format!(
        "<div id=\"article-{accession}\" class=\"article\" ><div class=\"article {language}Article\"><p>\n<div id=\"hd\" ><span class='{language}Headline'> {title}</span>\n</div>\n{author}<div>{words}\n</div><div>{day}\n</div><div>08:15\n</div><div>{paper}</div><div>{code}\n</div><div>{tongue}\n</div><div>(c) 2018 {paper}. All Rights Reserved.\n</div></p>\n<p class=\"articleParagraph {language}articleParagraph\" >{head}.\n</p><p class=\"articleParagraph {language}articleParagraph\" >  {}\n</p><p>Document {accession}\n</p></div></div><br/><span></span>",
        tail.replacen("1.3", "<b>1.3</b>", 1)
    )
}

/// The same as a table of codes.
fn coded(title: &str, by: &str, day: &str, paper: &str, text: &str) -> String {
    let field = |code: &str, value: &str| {
        format!(
            "<tr><td align=\"right\" valign=\"top\" class=\"index\"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>\n"
        )
    };
    let paragraph = |text: &str| format!("<p class=\"articleParagraph enarticleParagraph\">{text}</p>\n");
    let (head, tail) = text.split_once(". ").expect("two sentences");
    let fields = [
        ("SE", "News"),
        ("HD", &format!("<b class='enHeadline'>{title}</b>\n")),
        ("BY", by),
        ("WC", "33 words"),
        ("PD", day),
        ("ET", "08:15"),
        ("SN", paper),
        ("SC", "DAN"),
        ("LA", "English"),
        ("CY", "(c) 2018"),
        ("LP", &paragraph(&format!("{head}."))),
        ("TD", &paragraph(tail)),
        ("IN", "<br/>i1 : Roads | i2 : Trade"),
        ("NS", "<br/>gpol : Domestic Politics"),
        ("AN", "<br/>Document DAN0000020180617ee6h00001"),
    ];
    let rows: String = fields.iter().filter(|(_, v)| !v.is_empty()).map(|(code, v)| field(code, v)).collect();
    format!(
        "<span></span><div class=\"article enArticle\"><table cellpadding=\"1\" border=\"0\">{rows}</table><br/></div><br/>"
    )
}

fn factiva(articles: &str) -> String {
    format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"x.dtd\">\n<html>\n<head>\n<title>Factiva</title><style type=\"text/css\">.article {{page-break-after:always;}}</style></head>\n<body class=''><td class=\"factivalogo\"><h1>Factiva</h1></td><form name=\"PageBaseForm\"><div id=\"contentLeft\"><span></span>{articles}<table class=\"searchPreview\"><tr><td class='sbSummaryTitle'>Search Summary</td></tr><tr><td class=\"label\">Text</td><td>march and police</td></tr></table></div><span class=\"copyright\">&copy; 2018 Factiva, Inc. All rights reserved.</span></form></body></html>"
    )
}

/// The articles with a paragraph for each sentence.
fn parted(row: Row) -> Row {
    let (title, paper, day, address, text) = row;
    (title, paper, day, address, text.replacen(". ", ".\n\n", 1))
}

#[test]
fn factivas_pages_are_one_article_each() {
    let both = [parted(march("Daily News", "")), parted(strike("The Herald", ""))];
    let first = |words, by, day, language| {
        let facts = ["March draws crowds", day, "Daily News", "DAN", language];
        lined("en", words, by, facts, ONE, "DAN0000020180617ee6h0000a")
    };
    let second = |words, day, language, number| {
        lined("en", words, "", ["Strike", day, "The Herald", "HER", language], TWO, number)
    };
    let articles = first("33 words", "By Ann Lee", "17 June 2018", "English")
        + &second("1,025 words", "18 June 2018", "English", "her0000020180618ee6h0000b");
    whole("Factiva.html", factiva(&articles).as_bytes(), &both);
    let articles = coded("March draws crowds", "By Ann Lee and Bo Ray", "17 June 2018", "Daily News", ONE)
        + &coded("Strike", "", "18 June 2018", "The Herald", TWO);
    whole("Factiva.htm", factiva(&articles).as_bytes(), &both);
    // Who searches in German reads of "Wörter" and "Juni", in whatever language the article is.
    let articles = first("33 Wörter", "", "17 Juni 2018", "Englisch")
        + &second("25 mots", "18 juin 2018", "Anglais", "HER0000020180618ee6h0000b");
    whole("Factiva.html", factiva(&articles).as_bytes(), &both);
    // An article without text is named by its place, and costs itself.
    let articles =
        first("33 words", "", "17 June 2018", "English") + &coded("Strike", "", "18 June 2018", "The Herald", ". ");
    let (rows, talk, code) = one("a.html", factiva(&articles.replace(">.<", "><")).as_bytes(), &[]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("article 2 of its list: an article without text"), "{talk}");
}

/// A record of ProQuest: a page of its own stands in the field of the text.
fn record_of(number: u32, title: &str, by: &str, paper: [&str; 3], text: &str) -> String {
    let [paper, place, day] = paper;
    let p = |name: &str, value: &str| {
        format!("<p style=\"margin-bottom:5pt; margin-top:0\"><strong>{name}: </strong>{value}</p>")
    };
    let by = if by.is_empty() { String::new() } else { p("Author", by) };
    let (head, tail) = text.split_once(". ").expect("two sentences");
    format!(
        "<div style=\"margin-bottom:20px;border-bottom:2px solid #ccc;padding-bottom:5px\"><a name=\"DocID_MSTAR_{number}\"></a><p style=\"margin-bottom:5pt\"></p><p style=\"font-size:11pt;font-weight:bold;\">{title}</p>{by}{info}<p><a href=\"https://db.example/docview/{number}?accountid=0\">ProQuest document link</a></p><p><strong>Abstract:  </strong><body></p><p>Crowds came, police said.</p><p></body></p><div style=\"clear:both\"></div><div><strong>Links: </strong><a target=\"_blank\" href=\"http://library.example/\">Find it</a></div><p><strong>Full text: </strong><Text WordCount=\"33\" HTMLContent=\"true\"><html><head><meta name=\"ValidationSchema\" content=\"x.xsd\"><title></title></head><body><div class=\"document_view_image\"><img src=\"x.png\"><a href=\"x\">Enlarge this image.</a><div class=\"small document_view_caption\"><p>The square at noon, officials said.</p></div></div><p>{head}.</p> <p>{tail}</p></body></html></Text></p>{subject}{section}{title_of}{day}{language}{id}{link}{copyright}</div>",
        info = p("Publication info", &format!("{paper} ; {place} [{place}]{day}: A1.")),
        subject = p("Subject", "Marches; Police"),
        section = p("Business indexing term", "Subject: Marches"),
        title_of = p("Publication title", &format!("{paper}; {place}")),
        day = p("Publication date", day),
        language = p("Language of publication", "English"),
        id = p("ProQuest document ID", &number.to_string()),
        link = p("Document URL", &format!("<a href=\"https://db.example/{number}\">https://db.example/{number}</a>")),
        copyright = p("Copyright", &format!("Copyright {paper} 2018")),
    )
}

fn proquest(records: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>ProQuest Export</title></head><body onload=\"window.saveas();\"><table><tr bgcolor=\"#006194\"><td><div class=\"headerTextContainer\">All documents are reproduced with the permission of the copyright owner. Please do not reply directly to this email.</div></td></tr></table><div class=\"mainCopyBlock\">\nAnn Lee sent you the following:\n</div><p>Email 1 of 2</p>{records}<div class=\"copyright\"><p><a href=\"x\">Contact ProQuest</a></p><p id=\"contactPQ\">Database copyright © 2018 ProQuest LLC. All rights reserved.</p></div></body></html>"
    )
}

fn both_of_proquest() -> (String, [Row; 2]) {
    let records =
        record_of(101, "March draws crowds", "Lee, Ann; Ray, Bo", ["Daily News", "Port Alder", "Jun 17, 2018"], ONE)
            + &record_of(102, "Strike", "", ["The Herald", "Marlow", "18 Jun 2018"], TWO);
    let wanted =
        [parted(march("Daily News", "https://db.example/101")), parted(strike("The Herald", "https://db.example/102"))];
    (proquest(&records), wanted)
}

#[test]
fn proquests_pages_are_one_article_each() {
    let (page, both) = both_of_proquest();
    whole("ProQuestDocuments.html", page.as_bytes(), &both);
    // A single record is an export, too.
    let single = record_of(101, "March draws crowds", "", ["Daily News", "Port Alder", "Jun 17, 2018"], ONE);
    whole("a.html", proquest(&single).as_bytes(), &both[..1]);
}

/// Mail with a page in it, as the databases send it, and as somebody sends it on.
fn sent(page: &str, sender: &str, before: &str) -> Vec<u8> {
    let printable = page.replace('=', "=3D").replace("©", "=C2=A9").replace("people joined", "people=\r\n joined");
    format!(
        "From: {sender}\r\nTo: me@x.example\r\nSubject: Your research\r\nDate: Wed, 20 Jun 2018 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=\"B\"\r\n\r\n{before}--B\r\nContent-Type: text/html; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{printable}\r\n--B\r\nContent-Type: image/gif\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=\r\n--B--\r\n"
    )
    .into_bytes()
}

#[test]
fn exports_that_were_mailed_are_one_article_each() {
    let (page, both) = both_of_proquest();
    whole("alert.eml", &sent(&page, "noreply@db.example", ""), &both);
    let words = "--B\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n";
    whole("forwarded.eml", &sent(&page, "Bo Ray <bo@x.example>", words), &both);
    let articles = coded("March draws crowds", "By Ann Lee", "17 June 2018", "Daily News", ONE)
        + &coded("Strike", "", "18 June 2018", "The Herald", TWO);
    let both = [parted(march("Daily News", "")), parted(strike("The Herald", ""))];
    whole("factiva.eml", &sent(&factiva(&articles), "Factiva <alerts@db.example>", ""), &both);
    // As text, and in a mailbox beside other mail.
    let text = format!(
        "HD March draws crowds\r\nBY By Ann Lee\r\nWC 33 words\r\nPD 17 June 2018\r\nSN Daily News\r\nLA English\r\nLP\r\n{ONE}\r\nTD\r\nAN Document DAN0000020180617ee6h0000a\r\n\r\nHD Strike\r\nWC 25 words\r\nPD 18 June 2018\r\nSN The Herald\r\nLP\r\n{TWO}\r\nAN Document HER0000020180618ee6h0000b\r\n"
    );
    let head = |subject: &str| {
        format!(
            "From: Daily News <alerts@db.example>\r\nTo: me@x.example\r\nSubject: {subject}\r\nDate: Sun, 17 Jun 2018 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n"
        )
    };
    whole(
        "text.eml",
        format!("{}{text}", head("Alert")).as_bytes(),
        &[march("Daily News", ""), strike("The Herald", "")],
    );
    let three = [
        format!("{}The council of Marlow closed the bridge, it said.\r\n", head("Bridge")),
        format!("{}{text}", head("Alert")),
        format!("{}The ferry leaves at nine, the town said.\r\n", head("Ferry")),
    ];
    let mailbox: String = three.iter().map(|m| format!("From a@b Sun Jun 17 08:00:00 2018\r\n{m}\r\n")).collect();
    let wanted = [
        row("Bridge", "Daily News", "2018-06-17", "", "The council of Marlow closed the bridge, it said."),
        march("Daily News", ""),
        strike("The Herald", ""),
        row("Ferry", "Daily News", "2018-06-17", "", "The ferry leaves at nine, the town said."),
    ];
    whole("a.mbox", mailbox.as_bytes(), &wanted);
}

#[test]
fn messages_in_a_message_are_articles_and_what_is_attached_is_named() {
    let inner = |subject: &str, day: &str, paper: &str, text: &str| {
        format!(
            "--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: {paper} <alerts@dn.example>\r\nSubject: {subject}\r\nDate: {day} 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        )
    };
    let outer = |parts: &str| {
        format!(
            "From: Bo Ray <bo@x.example>\r\nTo: me@x.example\r\nSubject: Two articles\r\nDate: Tue, 19 Jun 2018 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n{parts}--B--\r\n"
        )
    };
    let both = inner("March draws crowds", "Sun, 17 Jun 2018", "Daily News", ONE)
        + &inner("Strike", "Mon, 18 Jun 2018", "Herald", TWO);
    whole("digest.eml", outer(&both).as_bytes(), &[march("Daily News", ""), strike("Herald", "")]);
    let note = "--B\r\nContent-Type: text/plain\r\n\r\nThe union sent me these two, Ann said.\r\n";
    let wanted = [
        row("Two articles", "Bo Ray", "2018-06-19", "", "The union sent me these two, Ann said."),
        march("Daily News", ""),
        strike("Herald", ""),
    ];
    whole("digest.eml", outer(&format!("{note}{both}")).as_bytes(), &wanted);
    let attached = "--B\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"march report.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--B\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"logo.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n";
    let (rows, talk, code) = one("a.eml", outer(&format!("{note}{attached}")).as_bytes(), &[]);
    assert_eq!((rows.len(), code), (1, Some(0)), "{talk}");
    assert!(talk.contains("attachments are not read: march report.pdf") && !talk.contains("logo.png"), "{talk}");
    let (rows, talk, code) = one("a.eml", outer(attached).as_bytes(), &[]);
    assert_eq!((rows.len(), code), (0, Some(3)), "{talk}");
    assert!(talk.contains("a message without text (attached: march report.pdf)"), "{talk}");
}

/// An answer of a server, as a web archive keeps it.
fn answer(kind: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}").into_bytes()
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
}

#[test]
fn feeds_and_json_in_a_web_archive_tell_of_what_is_not_among_the_pages() {
    let item = |title: &str, address: &str, day: &str, text: &str| {
        format!(
            "<item><title>{title}</title><link>{address}</link><pubDate>{day} 08:00:00 GMT</pubDate><description>{text}</description></item>"
        )
    };
    let feed = |items: &str| {
        format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Daily News</title>{items}</channel></rss>")
    };
    let march_item = item("March draws crowds", X1, "Sun, 17 Jun 2018", "Police said people joined …");
    let strike_item = item("Strike", &format!("{X2}?utm_source=rss"), "Mon, 18 Jun 2018", TWO);
    let posts = serde_json::json!([
        {"id": 7, "date": "2018-06-19T08:00:00", "link": "http://x.example/3", "title": {"rendered": "Ferry late"},
         "content": {"rendered": "<p>The ferry was late, the town said.</p>", "protected": false}}
    ]);
    let menu = serde_json::json!({"text": "Subscribe now", "title": "Menu"});
    let data = serde_json::json!({"a": 1});
    let records = [
        record(
            "response",
            "http://x.example/feed",
            &answer(
                "application/rss+xml",
                &feed(&format!("{march_item}{}", item("Strike", X2, "Mon, 18 Jun 2018", "The union …"))),
            ),
        ),
        record(
            "response",
            "http://x.example/feed",
            &answer("text/html; charset=utf-8", &feed(&format!("{march_item}{strike_item}"))),
        ),
        record("response", "http://x.example/api", &answer("application/json; charset=UTF-8", &posts.to_string())),
        record("response", "http://x.example/menu", &answer("application/json", &menu.to_string())),
        record("response", "http://x.example/data", &answer("application/json", &data.to_string())),
        record(
            "response",
            "http://x.example/sitemap.xml",
            &answer("application/xml", "<urlset><url><loc>http://x.example/1</loc></url></urlset>"),
        ),
        record("response", X1, &answer("text/html", &page("March draws crowds", ONE))),
    ];
    // The page counts, not what the feed tells of it; of two answers of the feed the longer text.
    let wanted = [
        row("March draws crowds", "", "2018-06-17", X1, &format!("March draws crowds\n\n{ONE}")),
        row("Strike", "Daily News", "2018-06-18", &format!("{X2}?utm_source=rss"), TWO),
        row("Ferry late", "", "2018-06-19", "http://x.example/3", "The ferry was late, the town said."),
    ];
    whole("a.warc", &records.concat(), &wanted);
    let packed: Vec<u8> = records.iter().flat_map(|r| gz(r)).collect();
    whole("a.warc.gz", &packed, &wanted);
    let (_, talk, code) = one("a.warc", &records.concat(), &[]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("3 records are feeds or JSON in which no article was found"), "{talk}");
    assert!(talk.contains("3 articles of feeds stand in the archive as pages, or were told twice"), "{talk}");
    // What stands before the place where an archive breaks off is read, also what waited for its end.
    let whole_archive = records.concat();
    let (rows, talk, code) = one("a.warc", &whole_archive[..whole_archive.len() - 80], &[]);
    assert_eq!((rows.len(), code), (3, Some(1)), "{talk}");
    assert_eq!(rows[0].4, "Police said people joined …");
    // A field that is named says what is an article.
    let odd = serde_json::json!([{"prose": ONE}, {"prose": TWO}]);
    let records = record("response", "http://x.example/odd", &answer("application/json", &odd.to_string()));
    let (rows, talk, _) = one("a.warc", &records, &["--text-field", "prose"]);
    assert_eq!(rows.iter().map(|r| r.4.as_str()).collect::<Vec<_>>(), [ONE, TWO], "{talk}");
}

#[test]
fn reviewed_claims_are_read_in_saved_pages_and_web_archives() {
    let told = serde_json::json!({"@graph": [review("Bread costs 90 crowns.", "Marta Keel", 1)]}).to_string();
    let page = page("Bread", "The price of bread rose last year, the office of prices said.");
    let page = page.replace("</head>", &format!("<script type=\"application/ld+json\">{told}</script></head>"));
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {X1}\r\nSubject: Bread\r\nDate: Sun, 17 Jun 2018 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Location: {X1}\r\n\r\n{page}\r\n--B--\r\n"
    );
    let files = [
        ("a.mhtml", saved.into_bytes()),
        ("a.warc", record("response", X1, &answer("text/html", &page))),
        ("b.warc", record("response", X1, &answer("application/ld+json", &told))),
    ];
    for (name, bytes) in files {
        let (found, talk, code) = statements(name, &bytes);
        assert!(
            found.contains(&("Marta Keel".into(), "Bread costs 90 crowns.".into(), 1.0)),
            "{name}: {found:?} {talk}"
        );
        assert_eq!((found.len(), code), (if name == "b.warc" { 1 } else { 2 }, Some(0)), "{name}: {talk}");
    }
}

#[test]
fn pages_in_a_web_archive_are_unpacked_however_a_server_packed_them() {
    let page = page("March draws crowds", ONE);
    // Stored as they are in Brotli (a block that is not packed) and in Zstandard (a raw block).
    let bytes = page.as_bytes();
    assert!(bytes.len() < 1 << 16);
    let length = u32::try_from(bytes.len()).expect("short");
    // WBITS 16 (one bit 0), then a block: not the last, four nibbles of length, not packed; padded to a byte.
    let header = (length - 1) << 4 | 1 << 20;
    let mut brotli = header.to_le_bytes()[..3].to_vec();
    brotli.extend_from_slice(bytes);
    brotli.push(3);
    let mut zstd = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    zstd.extend_from_slice(&(length << 3 | 1).to_le_bytes()[..3]);
    zstd.extend_from_slice(bytes);
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    deflated.write_all(bytes).expect("packed");
    let wanted = [row("March draws crowds", "", "2018-06-17", X1, &format!("March draws crowds\n\n{ONE}"))];
    let packed = [("br", brotli), ("zstd", zstd), ("deflate", deflated.finish().expect("packed")), ("gzip", gz(bytes))];
    for (name, packed) in packed {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {name}\r\n\r\n");
        whole("a.warc", &record("response", X1, &[head.as_bytes(), &packed].concat()), &wanted);
        // Many crawlers keep the header and unpack the body.
        whole("a.warc", &record("response", X1, &[head.as_bytes(), bytes].concat()), &wanted);
    }
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\xff\xfe\xfd\xfc\xfb";
    let (rows, talk, code) = one("a.warc", &record("response", X1, head), &[]);
    assert_eq!((rows.len(), code), (0, Some(3)), "{talk}");
    assert!(talk.contains("cannot be unpacked"), "{talk}");
}

/// A message of plain text.
fn letter(subject: &str, kind: &str, text: &str) -> String {
    format!(
        "From: Bo Ray <bo@x.example>\nTo: me@x.example\nSubject: {subject}\nDate: Tue, 19 Jun 2018 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{text}\n"
    )
}

#[test]
fn what_a_message_sends_on_is_an_article_with_its_own_facts() {
    let plain = "text/plain; charset=utf-8";
    let head = "From: Daily News <alerts@dn.example>\nDate: Sun, Jun 17, 2018 at 10:00 AM\nSubject: March draws crowds\nTo: <bo@x.example>";
    let sent = "From: Daily News\nSent: Sunday, June 17, 2018 9:00 AM\nTo: Bo\nSubject: March draws crowds";
    let quoted = format!("{head}\n\n{ONE}").lines().map(|l| format!("> {l}\n")).collect::<String>();
    for text in [
        format!("---------- Forwarded message ---------\n{head}\n\n{ONE}\n"),
        format!("Begin forwarded message:\n\n{quoted}"),
        format!("-----Original Message-----\n{sent}\n\n{ONE}\n"),
        format!("________________________________\n{sent}\n\n{ONE}\n"),
        format!("-------- Forwarded Message --------\n{}\n\n{ONE}\n", sent.replace("Sent: ", "Date: ")),
    ] {
        whole("a.eml", letter("Fwd: March draws crowds", plain, &text).as_bytes(), &[march("Daily News", "")]);
        let noted = format!("The town said more today, Ann told me.\n\n{text}");
        let note = row("Fwd: March draws crowds", "Bo Ray", "2018-06-19", "", "The town said more today, Ann told me.");
        whole("a.eml", letter("Fwd: March draws crowds", plain, &noted).as_bytes(), &[note, march("Daily News", "")]);
    }
    // An answer is not what it answers.
    let answer = format!("{ONE}\n\n________________________________\n{sent}\n\nHe said 55 died.\n");
    let wanted = [row("RE: March", "Bo Ray", "2018-06-19", "", ONE)];
    whole("a.eml", letter("RE: March", plain, &answer).as_bytes(), &wanted);
    // Words with colons are none of a head.
    let words = format!("From: here to there, police said.\n\n{ONE}");
    whole("a.eml", letter("March", plain, &words).as_bytes(), &[row("March", "Bo Ray", "2018-06-19", "", &words)]);
    // Lines that go on.
    let flowed = ONE.replace("joined the march. Organisers", "joined \nthe march. \nOrganisers");
    let kind = "text/plain; charset=utf-8; format=flowed";
    whole("a.eml", letter("March", kind, &flowed).as_bytes(), &[row("March", "Bo Ray", "2018-06-19", "", ONE)]);
}

#[test]
fn collections_for_research_and_live_pages_are_read() {
    let (head, tail) = ONE.split_once(". ").expect("two sentences");
    let collected = format!(
        "<DOC id=\"DAN_ENG_20180617.0001\" type=\"story\">\n<HEADLINE>\nMarch draws crowds\n</HEADLINE>\n<DATELINE>\nPORT ALDER\n</DATELINE>\n<TEXT>\n<P>\n{head}.\n</P>\n<P>\n{tail}\n</P>\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO> HER-7 </DOCNO>\n<DATE>18 June 2018</DATE>\n<HEADLINE>Strike</HEADLINE>\n<TEXT>\n{TWO}\n</TEXT>\n</DOC>\n"
    );
    whole("a.xml", collected.as_bytes(), &[parted(march("", "")), strike("", "")]);
    let live = serde_json::json!({"@type": "LiveBlogPosting", "headline": "March draws crowds", "datePublished": "2018-06-17T08:00:00Z",
        "liveBlogUpdate": [{"@type": "BlogPosting", "articleBody": TWO}, {"@type": "BlogPosting", "articleBody": ONE}]});
    let page = format!(
        "<html><head><title>x</title><script type=\"application/ld+json\">{live}</script></head><body><div id=\"app\"></div></body></html>"
    );
    let wanted = row("March draws crowds", "", "2018-06-17", "", &format!("March draws crowds\n\n{TWO}\n\n{ONE}"));
    whole("live.html", page.as_bytes(), &[wanted]);
}

#[test]
fn json_with_numbers_that_are_none_and_lists_in_envelopes_is_read() {
    let one = format!(
        "{{\"title\": \"March draws crowds\", \"text\": \"{ONE}\", \"date\": \"17-Jun-2018\", \"score\": NaN, \"rank\": -Infinity}}"
    );
    whole("a.json", format!("[{one}]").as_bytes(), &[march("", "")]);
    whole("a.jsonl", format!("{one}\n{one}\n").as_bytes(), &[march("", ""), march("", "")]);
    let listed = serde_json::json!({"articles": {"results": [{"uri": "7", "date": "2018-06-17", "url": X1, "title": "March draws crowds",
        "body": ONE, "source": {"uri": "x.example", "title": "Daily News"}}], "totalResults": 1}});
    whole("b.json", listed.to_string().as_bytes(), &[march("Daily News", X1)]);
}

//! Files in the shapes that archives, crawlers, interfaces and press databases write: each is read right, or refused by
//! name with what to do. The articles are made up.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::sayso;

pub(crate) const ONE: &str =
    "Police said on Sunday that 241,000 people joined the march. Organisers said nearly 1.3 million people took part.";
pub(crate) const TWO: &str = "The union said 400 workers had walked out at the plant on Monday. The company, Acme Corp, said only 120 were absent.";

/// Title, publisher, day, address and text of an article.
pub(crate) type Row = (Option<String>, Option<String>, Option<String>, Option<String>, String);

/// What was read of a file or a folder, what was said, and the exit code.
pub(crate) fn read(folder: &Path, arguments: &[&str]) -> (Vec<Row>, String, Option<i32>) {
    let mut all = vec!["annotate", "--format", "jsonl"];
    all.extend(arguments);
    let output = sayso(folder, &all, b"");
    let rows = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let get = |name: &str| row[name].as_str().map(str::to_owned);
            (get("title"), get("publisher"), get("date"), get("url"), get("text").expect("text"))
        })
        .collect();
    (rows, String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

pub(crate) fn row(title: &str, publisher: &str, day: &str, url: &str, text: &str) -> Row {
    let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    (some(title), some(publisher), some(day), some(url), text.to_owned())
}

pub(crate) fn march(publisher: &str, url: &str) -> Row {
    row("March draws crowds", publisher, "2018-06-17", url, ONE)
}

pub(crate) fn strike(publisher: &str, url: &str) -> Row {
    row("Strike", publisher, "2018-06-18", url, TWO)
}

/// Reads one file that must be read without a loss.
pub(crate) fn whole(name: &str, bytes: &[u8], wanted: &[Row]) {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    let (rows, talk, code) = read(folder.path(), &[name]);
    assert_eq!((rows.as_slice(), code), (wanted, Some(0)), "{name}: {talk}");
    // In a folder the file is found by its content, whatever its name.
    let (rows, talk, _) = read(folder.path(), &["."]);
    assert_eq!(rows.as_slice(), wanted, "{name} in a folder: {talk}");
}

pub(crate) const X1: &str = "http://x.example/1";
pub(crate) const X2: &str = "http://x.example/2";

#[test]
fn tables_are_one_article_a_row() {
    let both = [march("Daily News", X1), strike("Herald", X2)];
    let quoted = |mark: &str| {
        let head = ["title", "text", "publisher", "date", "url"].join(mark);
        let one = ["March draws crowds", &format!("\"{ONE}\""), "Daily News", "2018-06-17", X1].join(mark);
        let two = ["Strike", &format!("\"{TWO}\""), "Herald", "2018-06-18", X2].join(mark);
        format!("{head}\r\n{one}\r\n{two}\r\n")
    };
    whole("a.csv", quoted(",").as_bytes(), &both);
    whole("a.tsv", quoted("\t").as_bytes(), &both);
    whole("a.txt", quoted(";").as_bytes(), &both);
    whole("a.csv", format!("\u{feff}{}", quoted(";")).as_bytes(), &both);
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(quoted("\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    whole("a.txt", &wide, &both);
    // Other names, the day before the month, a paragraph inside a cell, Windows-1252.
    let odd = format!(
        "Headline,Article Text,Outlet,Publish Date,Link\nMarch draws crowds,\"{ONE}\",Daily News,17/06/2018,{X1}\nStrike,\"{TWO}\",Herald,18/06/2018,{X2}\n"
    );
    whole("a.csv", odd.as_bytes(), &both);
    whole(
        "a.csv",
        b"id,text,date\n7,\"Caf\xe9 owners said so.\n\nThey left.\",2018-06-17\n",
        &[row("", "", "2018-06-17", "", "Café owners said so.\n\nThey left.")],
    );
}

#[test]
fn what_spreadsheets_and_data_frames_write_is_read() {
    let both = [march("Daily News", X1), row("Strike", "", "", X2, TWO)];
    let frame = |nothing: &str, mark: &str| {
        let head = ["", "title", "text", "publisher", "date", "url"].join(mark);
        let one = ["0", "March draws crowds", &format!("\"{ONE}\""), "Daily News", "2018-06-17", X1].join(mark);
        let two = ["1", "Strike", &format!("\"{TWO}\""), nothing, nothing, X2].join(mark);
        format!("{head}\n{one}\n{two}\n")
    };
    for nothing in ["nan", "NaN", "NaT", "NULL", "None", "<NA>", "N/A", "#N/A", "\\N", ""] {
        whole("a.csv", frame(nothing, ",").as_bytes(), &both);
    }
    whole("a.csv", format!("sep=;\r\n{}", frame("", ";")).as_bytes(), &both);
    whole("a.csv", format!("\u{feff}sep=\t\n{}", frame("", "\t")).as_bytes(), &both);
    // A name that begins like one of these stays.
    whole(
        "a.csv",
        format!("title,text,publisher\nNational strike,\"{TWO}\",Nan Daily\n").as_bytes(),
        &[row("National strike", "Nan Daily", "", "", TWO)],
    );
}

#[test]
fn json_one_after_another_is_read_to_its_end() {
    let one = serde_json::json!({"title": "March draws crowds", "text": ONE, "publisher": "Daily News", "date": "2018-06-17", "url": X1});
    let two =
        serde_json::json!({"title": "Strike", "text": TWO, "publisher": "Herald", "date": "2018-06-18", "url": X2});
    let both = [march("Daily News", X1), strike("Herald", X2)];
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).expect("JSON");
    whole("a.json", format!("{}\n{}\n", pretty(&one), pretty(&two)).as_bytes(), &both);
    whole("a.json", format!("{},\n{}", pretty(&one), pretty(&two)).as_bytes(), &both);
    let page = |article: &serde_json::Value, next: u8| serde_json::json!({"articles": [article], "next": next});
    whole("a.json", format!("{}{}", pretty(&page(&one, 2)), pretty(&page(&two, 3))).as_bytes(), &both);
    whole(
        "a.json",
        format!("{}\n{}", pretty(&serde_json::json!([one])), pretty(&serde_json::json!([two]))).as_bytes(),
        &both,
    );
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.json"), format!("{}\nthe rest", pretty(&one))).expect("file");
    let (rows, talk, code) = read(folder.path(), &["a.json"]);
    assert_eq!((rows.as_slice(), code), (&both[..1], Some(1)), "{talk}");
    assert!(talk.contains("behind the end of the JSON"), "{talk}");
}

#[test]
fn articles_read_twice_are_counted() {
    let folder = tempfile::tempdir().expect("folder");
    let line = serde_json::json!({"text": ONE, "url": X1});
    fs::write(folder.path().join("a.jsonl"), format!("{line}\n{line}\n")).expect("file");
    fs::write(folder.path().join("b.json"), line.to_string()).expect("file");
    let (_, talk, code) = read(folder.path(), &["."]);
    assert!(talk.contains("with the same id and the same text: 2"), "{talk}");
    assert_eq!(code, Some(0), "{talk}");
}

#[test]
fn one_bad_row_or_date_costs_nothing_else() {
    let folder = tempfile::tempdir().expect("folder");
    let table = format!(
        "title,text,date\nMarch draws crowds,\"{ONE}\",2018-06-17\nB,\"Too, many\",2018-06-17,x,y\nC,,2018-06-17\nD,It rained in the town.,soon\nE,It snowed in the town.,03/04/2019\n\nF,It hailed in the town.,2018-06-19\n"
    );
    fs::write(folder.path().join("a.csv"), table).expect("file");
    let (rows, talk, code) = read(folder.path(), &["a.csv"]);
    assert_eq!(code, Some(1), "{talk}");
    let days: Vec<_> = rows.iter().map(|r| (r.0.as_deref(), r.2.as_deref())).collect();
    let wanted = [
        (Some("March draws crowds"), Some("2018-06-17")),
        (Some("D"), None),
        (Some("E"), None),
        (Some("F"), Some("2018-06-19")),
    ];
    assert_eq!(days, wanted);
    for words in [
        "a.csv:3: 5 cells, but 3 columns",
        "a.csv:4: nothing in the column \"text\"",
        "a.csv:5: \"soon\" is not a full date: read without one",
        "a.csv:6: \"03/04/2019\" is not a full date",
        "read: 4 articles from 1 file (4 table)",
        "date not understood (2)",
    ] {
        assert!(talk.contains(words), "{words}: {talk}");
    }
    let (rows, talk, code) = read(folder.path(), &["a.csv", "--strict"]);
    assert_eq!((rows.len(), code), (1, Some(3)), "{talk}");
}

#[test]
fn fields_can_be_named() {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(
        folder.path().join("a.csv"),
        format!("kop,inhoud,krant,dag\nMarch draws crowds,\"{ONE}\",Daily News,2018-06-17\n"),
    )
    .expect("file");
    let (_, talk, code) = read(folder.path(), &["a.csv"]);
    assert_eq!(code, Some(3));
    assert!(talk.contains("there are kop, inhoud, krant, dag") && talk.contains("--text-field"), "{talk}");
    let named = [
        "a.csv",
        "--text-field",
        "inhoud",
        "--title-field",
        "kop",
        "--date-field",
        "dag",
        "--publisher-field",
        "krant",
    ];
    assert_eq!(read(folder.path(), &named).0, [march("Daily News", "")]);
    let (_, talk, _) = read(folder.path(), &["a.csv", "--text-field", "nothing"]);
    assert!(talk.contains("no column is called \"nothing\""), "{talk}");
    let json =
        serde_json::json!([{"meta": {"day": "2018-06-17", "words": ONE}, "title": "March draws crowds"}]).to_string();
    fs::write(folder.path().join("a.json"), json).expect("file");
    assert_eq!(
        read(folder.path(), &["a.json", "--text-field", "meta.words", "--date-field", "meta.day"]).0,
        [march("", "")]
    );
}

#[test]
fn answers_of_interfaces_and_crawlers_are_read() {
    let news = march("Daily News", X1);
    let cases = [
        serde_json::json!({"status": "ok", "totalResults": 1, "articles": [{"source": {"id": null, "name": "Daily News"}, "author": "Ann Lee", "title": "March draws crowds", "description": "x", "url": X1, "publishedAt": "2018-06-17T08:00:00Z", "content": ONE}]}),
        serde_json::json!({"response": {"status": "ok", "results": [{"id": "world/1", "webTitle": "March draws crowds", "webPublicationDate": "2018-06-17T08:00:00Z", "webUrl": X1, "fields": {"bodyText": ONE, "publication": "Daily News"}}]}}),
        serde_json::json!({"hits": {"total": 1, "hits": [{"_id": "9", "_source": {"title": "March draws crowds", "body": ONE, "site": "Daily News", "url": X1, "date": "2018-06-17"}}]}}),
        serde_json::json!({"title": "March draws crowds", "text": ONE, "publish_date": "2018-06-17 00:00:00", "authors": ["Ann Lee"], "publication": "Daily News", "url": X1}),
        serde_json::json!({"title": "March draws crowds", "author": "Ann Lee", "hostname": "dn.example", "date": "2018-06-17", "text": ONE, "source": X1, "source-hostname": "Daily News"}),
        serde_json::json!([{"itemType": "newspaperArticle", "title": "March draws crowds", "publicationTitle": "Daily News", "date": "2018-06-17", "abstractNote": ONE, "url": X1}]),
        serde_json::json!([{"type": "article-newspaper", "title": "March draws crowds", "container-title": "Daily News", "issued": {"date-parts": [[2018, 6, 17]]}, "abstract": ONE, "URL": X1}]),
        serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1", "url": X1, "title": "March draws crowds", "content_html": format!("<p>{ONE}</p>"), "date_published": "2018-06-17T08:00:00Z", "publisher": "Daily News"}]}),
    ];
    for case in cases {
        whole("a.json", case.to_string().as_bytes(), std::slice::from_ref(&news));
        whole("a.json", format!("{case:#}").as_bytes(), std::slice::from_ref(&news));
    }
    let lines = format!(
        "{}\n{}\n",
        serde_json::json!({"title": "March draws crowds", "text": ONE, "date": "2018-06-17"}),
        serde_json::json!({"title": "Strike", "text": TWO, "date": "2018-06-18"})
    );
    whole("lines.json", lines.as_bytes(), &[march("", ""), strike("", "")]);
    whole("lines.txt", lines.as_bytes(), &[march("", ""), strike("", "")]);
}

#[test]
fn feeds_and_agency_xml_are_read() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:media=\"m\" xmlns:content=\"c\"><channel><title>Daily News</title><link>http://x.example</link>\
         <item><title>March draws crowds</title><link>{X1}</link><pubDate>Sun, 17 Jun 2018 08:00:00 GMT</pubDate><media:content url=\"p.jpg\">A picture</media:content>\
         <description><![CDATA[<p>{ONE}</p>]]></description></item>\
         <item><title>Strike</title><guid>{X2}</guid><pubDate>Mon, 18 Jun 2018 08:00:00 GMT</pubDate><description>short</description><content:encoded>&lt;p&gt;{TWO}&lt;/p&gt;&lt;p&gt;The post Strike appeared first on Daily News.&lt;/p&gt;</content:encoded></item></channel></rss>"
    );
    let both = [march("Daily News", X1), strike("Daily News", X2)];
    whole("feed.rss", rss.as_bytes(), &both);
    whole("feed.xml", rss.as_bytes(), &both);
    let atom = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Daily News</title><entry><title>March draws crowds</title><link rel=\"self\" href=\"http://x.example/self\"/><link rel=\"alternate\" href=\"{X1}\"/><id>urn:1</id><published>2018-06-17T08:00:00Z</published><updated>2018-06-20T08:00:00Z</updated><author><name>Ann Lee</name></author><content type=\"html\">&lt;p&gt;{ONE}&lt;/p&gt;</content></entry></feed>"
    );
    whole("feed.atom", atom.as_bytes(), &[march("Daily News", X1)]);
    let xhtml = atom
        .replace("<content type=\"html\">&lt;p&gt;", "<content type=\"xhtml\"><div xmlns=\"x\"><p>")
        .replace("&lt;/p&gt;</content>", "</p></div></content>");
    whole("feed.xml", xhtml.as_bytes(), &[march("Daily News", X1)]);
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><head><title>March draws crowds</title><docdata><date.issue norm=\"20180617\"/></docdata><pubdata name=\"Daily News\" ex-ref=\"{X1}\"/></head><body><body.head><byline>By Ann Lee</byline></body.head><body.content><block class=\"lead_paragraph\"><p>Police</p></block><block class=\"full_text\"><p>{ONE}</p></block></body.content></body></nitf>"
    );
    whole("a.xml", nitf.as_bytes(), &[march("Daily News", X1)]);
    let newsml = format!(
        "<newsItem xmlns=\"n\" guid=\"tag:1\"><itemMeta><versionCreated>2018-06-17T08:00:00Z</versionCreated><provider literal=\"Daily News\"/></itemMeta><contentMeta><headline>March draws crowds</headline></contentMeta><contentSet><inlineXML><html><body><p>{ONE}</p></body></html></inlineXML></contentSet></newsItem>"
    );
    whole("b.xml", newsml.as_bytes(), &[march("Daily News", "")]);
    let trafilatura = format!(
        "<doc sitename=\"Daily News\" title=\"March draws crowds\" date=\"2018-06-17\" url=\"{X1}\"><main><p>{ONE}</p></main></doc>"
    );
    whole("c.xml", trafilatura.as_bytes(), &[march("Daily News", X1)]);
}

#[test]
fn mail_and_saved_pages_are_read() {
    let mail = |subject: &str, day: &str, text: &str| {
        format!(
            "From: Daily News <alerts@dn.example>\nTo: me@x.example\nSubject: {subject}\nDate: {day} 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n{}\n",
            text.replace("people joined", "people=\n joined")
        )
    };
    let one = mail("March draws crowds", "Sun, 17 Jun 2018", ONE);
    whole("a.eml", one.as_bytes(), &[march("Daily News", "")]);
    let many = format!(
        "From a@b Sun Jun 17 08:00:00 2018\n{one}\n> quoted words\n\nFrom a@b Mon Jun 18 08:00:00 2018\n{}\n",
        mail("Strike", "Mon, 18 Jun 2018", TWO)
    );
    whole("a.mbox", many.as_bytes(), &[march("Daily News", ""), strike("Daily News", "")]);
    // What an answer quotes goes with the line that says whose it is; what is forwarded stays.
    for quoted in [
        "On Sun, 17 Jun 2018, Bob wrote:\n> He said 5 died.",
        "On Sun, 17 Jun 2018 at 08:00, Robert Longname <bob@x.example>\nwrote:\n\n> He said 5 died.\n>\n> Bob",
        "-----Original Message-----\nFrom: Bob\n\nHe said 5 died.",
        "-- \nAnn Lee\nDaily News",
    ] {
        let answer = format!("{one}\n{quoted}\n");
        whole("a.eml", answer.as_bytes(), &[march("Daily News", "")]);
    }
    let forwarded = format!("-----Original Message-----\n{ONE}");
    let forwarded = mail("March draws crowds", "Sun, 17 Jun 2018", &forwarded);
    let kept = format!("-----Original Message-----\n{ONE}");
    whole("a.eml", forwarded.as_bytes(), &[row("March draws crowds", "Daily News", "2018-06-17", "", &kept)]);
    let page = format!(
        "<html><head><title>March draws crowds</title></head><body><article><h1>March draws crowds</h1><p>{ONE}</p></article></body></html>"
    );
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {X1}\r\nSubject: March draws crowds\r\nDate: Sun, 17 Jun 2018 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {X1}\r\n\r\n{page}\r\n--B--\r\n"
    );
    whole(
        "a.mhtml",
        saved.as_bytes(),
        &[row("March draws crowds", "", "2018-06-17", X1, &format!("March draws crowds\n\n{ONE}"))],
    );
}

pub(crate) fn record(kind: &str, address: &str, body: &[u8]) -> Vec<u8> {
    let mut record = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2018-06-17T08:00:00Z\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

#[test]
fn web_archives_are_read_record_by_record() {
    let page = |text: &str| {
        format!(
            "<html><head><title>March draws crowds</title><meta name=\"date\" content=\"2018-06-16\"></head><body><article><h1>March draws crowds</h1><p>{text}</p></article></body></html>"
        )
    };
    let plain = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(ONE)).into_bytes();
    let two = page(TWO).replace("<meta name=\"date\" content=\"2018-06-16\">", "");
    let mut chunked =
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
            .to_vec();
    let packed = gz(two.as_bytes());
    chunked.extend_from_slice(format!("{:x}\r\n", packed.len()).as_bytes());
    chunked.extend_from_slice(&packed);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let records = [
        record("warcinfo", "", b"software: x\r\n"),
        record("request", X1, b"GET / HTTP/1.1\r\n\r\n"),
        record("response", X1, &plain),
        record("response", "http://x.example/p.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record(
            "response",
            "http://x.example/gone",
            b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>gone</p>",
        ),
        record("response", X2, &chunked),
    ];
    let wanted = [
        row("March draws crowds", "", "2018-06-16", X1, &format!("March draws crowds\n\n{ONE}")),
        row("March draws crowds", "", "2018-06-17", X2, &format!("March draws crowds\n\n{TWO}")),
    ];
    whole("a.warc", &records.concat(), &wanted);
    // One gzip member a record, as crawlers write them.
    whole("a.warc.gz", &records.iter().map(|r| gz(r)).collect::<Vec<_>>().concat(), &wanted);
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.warc"), &records.concat()[..records.concat().len() - 60]).expect("file");
    let (rows, talk, code) = read(folder.path(), &["a.warc"]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("the last record is cut"), "{talk}");
}

#[test]
fn exports_of_press_databases_are_read() {
    let march = row("March draws crowds", "Daily News", "2018-06-17", "", ONE);
    let strike = row("Strike at plant", "The Herald", "2018-06-18", "", TWO);
    let wrapped = ONE.replace("the march. ", "the march.\n");
    let nexis = format!(
        "Download Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2018\n\nSend To:\nA LIBRARY\n\nTerms: (DATE(>=2018-01-01) and (march))\n\n                               1 of 2 DOCUMENTS\n\n                                   Daily News (Port Alder)\n\n                              June 17, 2018 Sunday\n                              Final Edition\n\nMarch draws crowds\n\nBYLINE: Ann Lee\n\nSECTION: NEWS; Pg. 1\n\nLENGTH: 33 words\n\nDATELINE: PORT ALDER\n\n{wrapped}\n\nLOAD-DATE: June 17, 2018\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\nCopyright 2018 Daily News\nAll Rights Reserved\n\n\n                               2 of 2 DOCUMENTS\n\nThe Herald\n\nJune 18, 2018 Monday\n\nStrike at plant\n\nLENGTH: 25 words\n\n{TWO}\n\nLOAD-DATE: June 18, 2018\n\nLANGUAGE: ENGLISH\n\nCopyright 2018 The Herald\n"
    );
    whole("nexis.txt", nexis.as_bytes(), &[march.clone(), strike.clone()]);
    let uni = format!(
        "March draws crowds\nDaily News\nJune 17, 2018 Sunday\n\nCopyright 2018 Daily News All Rights Reserved\n\nSection: NEWS; Pg. 1\nLength: 33 words\nByline: Ann Lee\n\nBody\n\n{ONE}\n\nClassification\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nLoad-Date: June 17, 2018\n\nEnd of Document\n\nStrike at plant\nThe Herald\nJune 18, 2018 Monday\n\nCopyright 2018 The Herald All Rights Reserved\n\nLength: 25 words\n\nBody\n\n{TWO}\n\nLoad-Date: June 18, 2018\n\nEnd of Document\n"
    );
    whole("uni.txt", uni.as_bytes(), &[march.clone(), strike.clone()]);
    // Each page begins with the headline once more.
    let paged = format!("Page 1 of 1\nMarch draws crowds\n\n{uni}")
        .replace("Strike at plant\nThe", "Page 1 of 1\nStrike at plant\n\nStrike at plant\nThe");
    whole("paged.txt", paged.as_bytes(), &[march.clone(), strike.clone()]);
    let factiva = format!(
        "SE News\nHD March draws crowds\nBY By Ann Lee\nWC 33 words\nPD 17 June 2018\nSN Daily News\nSC DAN\nLA English\nCY (c) 2018\nLP\n{ONE}\nTD\nAN Document DAN0000020180617\n\nHD Strike at plant\nWC 25 words\nPD 18 June 2018\nSN The Herald\nLA English\nLP\n{TWO}\nTD\nAN Document HER0000020180618\n"
    );
    whole("factiva.txt", factiva.as_bytes(), &[march.clone(), strike.clone()]);
    let plain = format!(
        "March draws crowds\nBy Ann Lee\n33 words\n17 June 2018\n08:00\nDaily News\nDAN\nEnglish\n(c) 2018 Daily News\n\n{ONE}\n\nDocument DAN0000020180617ee6h0001\n\nStrike at plant\n25 words\n18 June 2018\nThe Herald\nHER\nEnglish\nCopyright 2018 The Herald\n\n{TWO}\n\nDocument HER0000020180618ee6h0001\n"
    );
    whole("factiva2.txt", plain.as_bytes(), &[march.clone(), strike.clone()]);
    let framed = plain.replace("\n\nDocument DAN", "\n\nDaily News\n\nDocument DAN")
        + "\nSearch Summary\nText\nmarch\nDate\nAll Dates\n";
    whole("factiva3.txt", framed.as_bytes(), &[march.clone(), strike.clone()]);
    let rule = "_".repeat(60);
    let proquest = format!(
        "{rule}\n\nReport Information from ProQuest\n\n{rule}\n\nMarch draws crowds\n\nAuthor: Lee, Ann\n\nPublication info: Daily News ; Port Alder [Port Alder]. 17 June 2018.\n\nFull text: {ONE}\n\nTitle: March draws crowds\n\nPublication title: Daily News; Port Alder\n\nPublication date: Jun 17, 2018\n\nLanguage of publication: English\n\nProQuest document ID: 1\n\n{rule}\n\nStrike at plant\n\nFull text: {TWO}\n\nTitle: Strike at plant\n\nPublication title: The Herald\n\nPublication date: Jun 18, 2018\n\nProQuest document ID: 2\n\n{rule}\n\nContact ProQuest: Copyright 2018\n"
    );
    whole("proquest.txt", proquest.as_bytes(), &[march.clone(), strike.clone()]);
    // Without lines between the articles, with the words under a picture.
    let listed = |n: u8, title: &str, paper: &str, day: &str, text: &str| {
        format!(
            "Document {n} of 2\n\n{title}\n\nAuthor: Lee, Ann\n\nAbstract: What police said.\n\nLinks: x\n\nFull Text: {text}\n\nIllustration\n\nCaption: A crowd, police said\n\nTitle: {title}\n\nPublication title: {paper}, London (UK)\n\nPublication date: {day}\n\nProQuest document ID: {n}\n\nDatabase: ProQuest Central\n\n"
        )
    };
    let listed = listed(1, "March draws crowds", "Daily News", "Jun 17, 2018", ONE)
        + &listed(2, "Strike at plant", "The Herald", "Jun 18, 2018", TWO);
    whole("listed.txt", listed.as_bytes(), &[march.clone(), strike]);
    let ris = format!(
        "TY  - NEWS\nTI  - March draws crowds\nT2  - Daily News\nDA  - 2018/06/17\nAU  - Lee, Ann\nAB  - {ONE}\nER  - \n"
    );
    whole("zotero.ris", ris.as_bytes(), &[march]);
}

#[test]
fn front_matter_and_markdown_are_read() {
    let note = format!(
        "---\ntitle: March draws crowds\ndate: 2018-06-17\npublisher: Daily News\n---\n\n# March draws crowds\n\n{ONE}\n"
    );
    whole(
        "note.md",
        note.as_bytes(),
        &[row("March draws crowds", "Daily News", "2018-06-17", "", &format!("March draws crowds\n\n{ONE}\n"))],
    );
}

#[test]
fn compressed_files_are_unpacked_and_told_by_what_is_in_them() {
    let lines = format!("{}\n", serde_json::json!({"title": "March draws crowds", "text": ONE, "date": "2018-06-17"}));
    whole("a.jsonl.gz", &gz(lines.as_bytes()), &[march("", "")]);
    whole(
        "a.gz",
        &gz(format!("title,text,date\nMarch draws crowds,\"{ONE}\",2018-06-17\n").as_bytes()),
        &[march("", "")],
    );
    // `zstd` of the command line, one frame, not compressed: the format needs no compressor to be written.
    let mut frame = b"\x28\xb5\x2f\xfd\x20".to_vec();
    frame.push(u8::try_from(lines.len()).expect("a short line"));
    frame.extend_from_slice(&(1 | (lines.len() as u32) << 3).to_le_bytes()[..3]);
    frame.extend_from_slice(lines.as_bytes());
    whole("a.jsonl.zst", &frame, &[march("", "")]);
    whole(
        "a.zip",
        &zip(&[("b.jsonl", lines.as_bytes()), ("a/one.txt", TWO.as_bytes()), ("c.txt", b"It rained, he said.")]),
        &[row("", "", "", "", TWO), march("", ""), row("", "", "", "", "It rained, he said.")],
    );
}

/// A zip archive of files, the longer ones deflated.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let is_packed = content.len() > 100;
        let mut packed = content.to_vec();
        if is_packed {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(content).expect("packed");
            packed = encoder.finish().expect("packed");
        }
        let mut common = vec![0x14, 0, 0, 0, if is_packed { 8 } else { 0 }, 0, 0, 0, 0x21, 0x28];
        common.extend_from_slice(&crc.sum().to_le_bytes());
        common.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        common.extend_from_slice(&(content.len() as u32).to_le_bytes());
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(b"\0\0");
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&common);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&packed);
    }
    let start = bytes.len() as u32;
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&(files.len() as u16).to_le_bytes());
    bytes.extend_from_slice(&(files.len() as u16).to_le_bytes());
    bytes.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(b"\0\0");
    bytes
}

#[test]
fn what_is_no_article_is_refused_by_name_with_a_remedy() {
    let events = ["1112", "20180616", "201806", "2018", "2018.4548", "PAL"].join("\t")
        + &"\t".repeat(50)
        + "20180616\thttp://x.example/1\n";
    let cases: [(&str, Vec<u8>, &str, &str); 14] = [
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n".to_vec(), "PDF is not read", "pdftotext"),
        ("a.docx", zip(&[("word/document.xml", b"<w:document/>")]), "a word processor's file", "pandoc"),
        ("a.xlsx", zip(&[("xl/workbook.xml", b"<x/>")]), "a spreadsheet", "CSV"),
        ("a.parquet", b"PAR1xxxxPAR1".to_vec(), "Parquet", "duckdb"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a picture", "tesseract"),
        ("a.export.CSV", events.into_bytes(), "GDELT's table of codes", "SOURCEURL"),
        ("media.csv", b"id,publish_date,title,url,language,media_name\n1,2018-06-17,March,http://x.example/1,en,Daily News\n".to_vec(), "addresses without text", "--text-field"),
        ("acled.csv", b"event_id_cnty,event_date,event_type,country,source,notes,fatalities\nPAL1,16 June 2018,Protests,X,Daily News,Some marched.,0\n".to_vec(), "coded events", "--text-field notes"),
        ("sitemap.xml", b"<?xml version=\"1.0\"?><urlset><url><loc>http://x.example/1</loc></url></urlset>".to_vec(), "a list of addresses", "fetch the pages"),
        ("other.xml", b"<?xml version=\"1.0\"?><invoice><total>7</total></invoice>".to_vec(), "XML of another kind", "JSON Lines"),
        ("root.xml", b"<?xml version=\"1.0\"?><root><total>7</total></root>".to_vec(), "XML of another kind", "JSON Lines"),
        ("empty.rss", b"<?xml version=\"1.0\"?><rss><channel><title>A</title></channel></rss>".to_vec(), "a feed without articles", "nothing was read from it"),
        ("a.py", b"import os\n".to_vec(), "unknown kind", ".txt"),
        ("bom.csv", b"\xef\xbb\xbfx\n".to_vec(), "no column of this table is known to hold text", "--text-field"),
    ];
    let folder = tempfile::tempdir().expect("folder");
    for (name, bytes, _, _) in &cases {
        fs::write(folder.path().join(name), bytes).expect("file");
    }
    fs::write(folder.path().join("style.css"), "p { color: red }").expect("file");
    fs::write(folder.path().join("README.md"), "# About\n\nThis folder holds articles, he said.\n").expect("file");
    fs::write(folder.path().join("good.txt"), ONE).expect("file");
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    for (name, _, words, remedy) in &cases {
        let line = talk.lines().find(|l| l.contains(&format!("{name}:"))).unwrap_or_else(|| panic!("{name}: {talk}"));
        assert!(line.contains(words), "{name}: {line}");
        assert!(talk.contains(remedy), "{name}: {remedy}: {talk}");
    }
    assert!(
        talk.contains("passed over: 1 notes about the folder, 1 style sheets, scripts and fonts of pages"),
        "{talk}"
    );
}

#[test]
fn other_languages_are_left_out_and_counted() {
    let folder = tempfile::tempdir().expect("folder");
    let german = "Die Polizei sagte am Sonntag, dass 241.000 Menschen am Marsch teilnahmen. Die Veranstalter sprachen von fast 1,3 Millionen.";
    fs::write(folder.path().join("de.txt"), german).expect("file");
    fs::write(folder.path().join("en.txt"), ONE).expect("file");
    let declared = serde_json::json!({"text": "Marsch in Berlin", "language": "de", "date": "2018-06-17"});
    fs::write(folder.path().join("few.jsonl"), format!("{declared}\n")).expect("file");
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(
        talk.contains("de.txt: an article in German") && talk.contains("few.jsonl:1: an article in German"),
        "{talk}"
    );
    assert!(talk.contains("an article in German (2)") && talk.contains("--any-language"), "{talk}");
    let (rows, talk, code) = read(folder.path(), &[".", "--any-language"]);
    assert_eq!((rows.len(), code), (3, Some(0)), "{talk}");
}

#[test]
fn a_small_file_cannot_become_an_endless_one() {
    let folder = tempfile::tempdir().expect("folder");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        encoder.write_all(&[b'\n'; 1 << 20]).expect("packed");
    }
    fs::write(folder.path().join("bomb.jsonl.gz"), encoder.finish().expect("packed")).expect("file");
    fs::write(folder.path().join("cut.jsonl.gz"), &gz(ONE.as_bytes())[..40]).expect("file");
    // Entities that name one another stay as they are written.
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><item><title>T</title><description>{ONE} &b;</description></item></channel></rss>"
    );
    fs::write(folder.path().join("laughs.xml"), laughs).expect("file");
    let deep = format!("<rss><channel><item>{}", "<a>".repeat(100_000));
    fs::write(folder.path().join("deep.xml"), deep).expect("file");
    let mut quote = b"title,text\na,\"".to_vec();
    quote.resize(70 << 20, b'x');
    fs::write(folder.path().join("quote.csv"), quote).expect("file");
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!(code, Some(1), "{talk}");
    assert_eq!(rows.len(), 1, "{talk}");
    assert!(rows[0].4.ends_with("&b;"), "{rows:?}");
    for words in [
        ": it unpacks to more than 400 times its size",
        "cut.jsonl.gz:",
        "deep.xml: elements nested too deep",
        "a quotation mark may not be closed",
    ] {
        assert!(talk.contains(words), "{words}: {talk}");
    }
}

#[test]
fn metadata_that_matches_nothing_is_named_and_nothing_else_is_lost() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("file");
    write("a.txt", ONE);
    write("b.txt", TWO);
    write(
        "metadata.tsv",
        "file\ttitle\tpublished\tmood\na.txt\tMarch\t17/06/2018\tgood\nb.txt\tStrike\tsoon\tbad\nc.txt\tGone\t2018-06-18\t\n",
    );
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!(
        rows.iter().map(|r| (r.0.as_deref(), r.2.as_deref())).collect::<Vec<_>>(),
        [(Some("March"), Some("2018-06-17")), (Some("Strike"), None)],
        "{talk}"
    );
    assert_eq!(code, Some(1));
    for words in [
        "metadata.tsv: columns that are not understood: mood",
        "metadata.tsv:3: \"soon\" is not a full date",
        "metadata.tsv:4: no article is called \"c.txt\"",
    ] {
        assert!(talk.contains(words), "{words}: {talk}");
    }
}

/// A page around a made-up article, with this in its head, before its text and after it.
fn page(head: &str, before: &str, after: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Bridge closed</title>{head}</head><body>{before}<article><h1>Bridge closed</h1>\
         <p>The council of Marlow closed the old bridge on Monday after two cracks were found in the deck, and the ferry now leaves every hour from the northern pier.</p>\
         <p>\"The bridge is not safe for lorries,\" said Ana Brook, the town engineer, who has worked there for nine years.</p>{after}</article></body></html>"
    )
}

#[test]
fn the_day_of_publication_is_found_in_the_markup() {
    let marked = [
        "<meta name=\"date\" content=\"2024-05-14\">",
        "<meta name=\"pubdate\" content=\"20240514\">",
        "<meta itemprop=\"datePublished\" content=\"2024-05-14T19:55:00.000Z\">",
        "<meta name=\"DC.date.issued\" content=\"2024-05-14\">",
        "<meta name=\"citation_publication_date\" content=\"2024/05/14\">",
        "<meta name=\"sailthru.date\" content=\"Tue, 14 May 2024 10:00:00 +0000\">",
        "<meta property=\"og:article:published_time\" content=\"2024-05-14T10:00\">",
        "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2015-01-01\"},{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2024-05-14\",\"dateModified\":\"2024-05-20\"}]}</script>",
        "<script type=\"application/ld+json\">{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-14\"}}</script>",
        "<script type=\"application/ld+json\">[{\"@type\":\"BreadcrumbList\"},{\"@type\":\"ReportageNewsArticle\",\"datePublished\":\"2024-05-14T08:00:00+02:00\"}]</script>",
    ];
    let shown = [
        "<p class=\"byline\">By Julia Cole, <time itemprop=\"datePublished\" datetime=\"2024-05-14\">14 May</time></p>",
        "<header><time datetime=\"2024-05-14T10:05:00-07:00\">May 14</time></header>",
        "<p class=\"byline\">Tuesday May 14, 2024 10:05 am PDT by Julia Cole</p>",
        "<div class=\"post-meta\">Posted on 14 May 2024</div>",
    ];
    let pages = marked
        .iter()
        .map(|m| page(m, "", ""))
        .chain(shown.iter().map(|s| page("", "", "").replace("</h1>", &format!("</h1>{s}"))));
    // A day of another kind in the text says nothing against the markup, nor without it.
    let other = |line: &str| {
        page("<meta name=\"dc.date\" content=\"2024-05-14\">", "", "").replace("</h1>", &format!("</h1><p>{line}</p>"))
    };
    for page in pages.chain([other("Accepted for publication: 16 December 2022"), other("Last updated 20 June 2024")]) {
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join("a.html"), &page).expect("file");
        let (rows, talk, _) = read(folder.path(), &["a.html"]);
        assert_eq!(rows[0].2.as_deref(), Some("2024-05-14"), "{page} {talk}");
    }
    let folder = tempfile::tempdir().expect("folder");
    fs::write(
        folder.path().join("a.html"),
        page("", "", "").replace("</h1>", "</h1><p>Accepted for publication: 16 December 2022</p>"),
    )
    .expect("file");
    assert_eq!(read(folder.path(), &["a.html"]).0[0].2, None);
}

#[test]
fn what_belongs_to_the_page_is_no_part_of_the_article() {
    let parts = [
        ("", "<p>READ MORE: <a href=\"/3\">Ferry sinks with 80 on board, police say</a></p>"),
        (
            "",
            "<section class=\"recommended\"><h2>Recommended</h2><p><a href=\"/1\">Minister says 900 schools will shut</a></p></section>",
        ),
        (
            "",
            "<div class=\"newsletter\"><p>Sign up for our daily briefing. Over 50,000 readers already have.</p></div>",
        ),
        ("<div id=\"cookie-banner\"><p>We and our 842 partners use cookies, our editor said.</p></div>", ""),
        (
            "",
            "<div class=\"article-related-links\"><ul><li><a href=\"/4\">Mayor denies that 12 were hurt</a></li></ul></div>",
        ),
        ("", "<p><a href=\"/5\">Union says 700 jobs will go at the harbour</a></p>"),
        ("", "<p>Follow us on Facebook for the latest, our editor said.</p>"),
        (
            "<nav><a href=\"/\">Minister says no</a></nav>",
            "<aside><p>The weather will be fine, forecasters said.</p></aside>",
        ),
        ("", "<p>Photograph: Tim Hall/PA</p>"),
        ("", "<p>© 2024 Marlow Herald. All rights reserved.</p>"),
    ];
    for (before, after) in parts {
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join("a.html"), page("", before, after)).expect("file");
        let (rows, talk, _) = read(folder.path(), &["a.html"]);
        assert!(rows[0].4.ends_with("for nine years."), "{before}{after}: {} {talk}", rows[0].4);
        assert!(rows[0].4.starts_with("Bridge closed\n\nThe council"), "{before}{after}: {}", rows[0].4);
    }
    let folder = tempfile::tempdir().expect("folder");
    let caption =
        "<figure><img><figcaption>Ana Brook said she was tired. Photograph: Tim Hall/PA</figcaption></figure>";
    fs::write(folder.path().join("a.html"), page("", "", caption)).expect("file");
    assert!(read(folder.path(), &["a.html"]).0[0].4.ends_with("Ana Brook said she was tired."));
}

#[test]
fn short_pages_are_read_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let page = "<html><head><title>Short</title></head><body><article><h3>Roads closed</h3><p>Ana Brook closed forty roads, the council said.</p><div>First line about the ferry.<br>Second line about the island.</div><h3>Ferry</h3><p>The ferry leaves at noon.</p><ul><li>Nine bolts</li><li>Two cracks</li></ul></article></body></html>";
    fs::write(folder.path().join("a.html"), page).expect("file");
    let text = &read(folder.path(), &["a.html"]).0[0].4;
    for words in ["Roads closed", "forty roads", "Second line", "Ferry", "Nine bolts", "Two cracks"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// Reads one file and gives its rows, what was said, and the exit code.
pub(crate) fn one(name: &str, bytes: &[u8], arguments: &[&str]) -> (Vec<Row>, String, Option<i32>) {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    let mut all = vec![name];
    all.extend(arguments);
    read(folder.path(), &all)
}

#[test]
fn exports_from_other_languages_of_an_interface_are_divided() {
    let article = |count: &str, labels: [&str; 4], title: &str, paper: &str, day: &str, text: &str| {
        let [length, language, section, author] = labels;
        format!(
            "                    {count}\n\n{paper}\n\n{day}\n\n{title}\n\n{author}: Ann Lee\n\n{section}: NEWS; Pg. 1\n\n{length}: 33\n\n{text}\n\n{language}: ENGLISH\n\nCopyright 2018 {paper}\nAll Rights Reserved\n\n"
        )
    };
    let both = [march("Daily News", ""), strike("The Herald", "")];
    let german = ["LÄNGE", "SPRACHE", "RUBRIK", "AUTOR"];
    let french = ["LONGUEUR", "LANGUE", "RUBRIQUE", "AUTEUR"];
    let english = ["LENGTH", "LANGUAGE", "SECTION", "BYLINE"];
    for (one, two, labels) in [
        ("Dokument 1 von 2", "Dokument 2 von 2", german),
        ("Dokument 1 von 2", "Dokument 2 von 2", english),
        ("Document 1 de 2", "Document 2 de 2", french),
        ("Documento 1 de 2", "Documento 2 de 2", ["LONGITUD", "IDIOMA", "SECCIÓN", "AUTOR"]),
        ("Document 1 van 2", "Document 2 van 2", ["LENGTE", "TAAL", "SECTION", "AUTEUR"]),
        ("1 of 2 DOCUMENTS", "2 of 2 DOCUMENTS", english),
    ] {
        let text = article(one, labels, "March draws crowds", "Daily News", "June 17, 2018 Sunday", ONE)
            + &article(two, labels, "Strike", "The Herald", "June 18, 2018 Monday", TWO);
        whole("nexis.txt", text.as_bytes(), &both);
    }
}

#[test]
fn the_page_before_the_articles_of_nexis_uni_is_none_of_them() {
    let piece = |title: &str, paper: &str, day: &str, text: &str| {
        format!(
            "{title}\n{paper}\n{day}\n\nCopyright 2018 {paper} All Rights Reserved\n\nSection: NEWS; Pg. 1\nLength: 33 words\nByline: Ann Lee\n\nBody\n\n{text}\n\nLoad-Date: June 19, 2018\n\nEnd of Document\n\n"
        )
    };
    let articles = piece("March draws crowds", "Daily News(Port Alder)", "June 17, 2018 Sunday", ONE)
        + &piece("Strike", "The Herald (Marlow)", "June 18, 2018 Monday", TWO);
    let asked = "User Name: reader@library.example\nDate and Time: Friday, June 22, 2018 2:11:00 PM EDT\nJob Number: 987\nDocuments (2)\n";
    let entry = "Client/Matter: -None-\nSearch Terms: march or strike\nSearch Type: Natural Language\nNarrowed by:\n";
    let list = format!("1. March draws crowds\n{entry}2. Strike\n{entry}");
    let narrowed = list.replace(
        "Narrowed by:\n",
        "Narrowed by:\n Content Type    Narrowed by\n News    Timeline: Jan 01, 2018 to Dec 31, 2018\n",
    );
    let about = "| About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2018 LexisNexis\n";
    let both = [march("Daily News", ""), strike("The Herald", "")];
    for cover in [
        format!("{asked}{list}\n"),
        format!("{asked}{narrowed}\n"),
        format!("{asked}{list}{about}\u{c}\n"),
        format!("{asked}\n{narrowed}\n{about}\n\n"),
        format!("{asked}\n{}\n", list.replace("1. ", "\n1. ").replace("2. ", "\n2. ")),
    ] {
        whole("uni.txt", format!("{cover}{articles}").as_bytes(), &both);
    }
}

#[test]
fn a_day_of_loading_is_no_day_of_publication() {
    let text = format!(
        "1 of 1 DOCUMENTS\n\nDaily News\n\nSpring\n\nMarch draws crowds\n\nLENGTH: 33 words\n\n{ONE}\n\nLOAD-DATE: June 20, 2018\n"
    );
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.txt"), text).expect("file");
    let output = sayso(folder.path(), &["triples", "a.txt", "-q"], b"");
    let quads = String::from_utf8_lossy(&output.stdout);
    assert!(quads.contains("publishedFrom> \"loaded\"") && quads.contains("\"2018-06-20\""), "{quads}");
}

#[test]
fn quotation_marks_that_are_not_closed_cost_their_row_alone() {
    let row = |n: usize, open: &str, close: &str| {
        format!("R{n},{open}Police said {n}00 people marched, and more came.{close},2018-06-17\n")
    };
    let table = |broken: &dyn Fn(usize) -> (&'static str, &'static str)| {
        (1..=5).fold("title,text,date\n".to_owned(), |all, n| {
            let (open, close) = broken(n);
            all + &row(n, open, close)
        })
    };
    let titles = |rows: &[Row]| rows.iter().filter_map(|r| r.0.clone()).collect::<Vec<_>>().join(" ");
    for lost in 2..=5 {
        let text = table(&|n| ("\"", if n == lost { "" } else { "\"" }));
        let (rows, talk, code) = one("a.csv", text.as_bytes(), &[]);
        let kept: Vec<String> = (1..=5).filter(|n| *n != lost).map(|n| format!("R{n}")).collect();
        assert_eq!((titles(&rows), code), (kept.join(" "), Some(1)), "{talk}");
        assert!(talk.contains(&format!("a.csv:{}: a quotation mark is not closed", lost + 1)), "{talk}");
        assert!(rows.iter().all(|r| r.4.ends_with("more came.")), "{rows:?}");
    }
    // Marks that are not doubled stand for themselves, and that is said.
    let inner =
        "title,text,date\nR1,\"He said \"no\" and left, police said.\",2018-06-17\nR2,\"It rained.\",2018-06-18\n";
    let (rows, talk, code) = one("a.csv", inner.as_bytes(), &[]);
    assert_eq!((rows[0].4.as_str(), rows.len(), code), ("He said \"no\" and left, police said.", 2, Some(0)), "{talk}");
    assert!(talk.contains("a.csv:2: 1 row has quotation marks"), "{talk}");
    // Between tabs a mark at the beginning of a cell is often no mark of the table.
    let tabs = "title\ttext\tdate\nR1\t\"No,\" the mayor said.\t2018-06-17\nR2\tThe mayor said \"no\".\t2018-06-18\n";
    whole(
        "a.tsv",
        tabs.as_bytes(),
        &[
            self::row("R1", "", "2018-06-17", "", "\"No,\" the mayor said."),
            self::row("R2", "", "2018-06-18", "", "The mayor said \"no\"."),
        ],
    );
}

#[test]
fn short_articles_in_other_languages_are_told() {
    let lines = |texts: &[&str]| {
        texts.iter().map(|t| format!("{}\n", serde_json::json!({"text": t, "date": "2018-06-17"}))).collect::<String>()
    };
    let others = [
        "Die Polizei sagte, dass 241.000 Menschen am Marsch teilnahmen.",
        "Zwölf Menschen starben bei einem Brand in der Altstadt.",
        "Le maire a démissionné lundi, selon la préfecture.",
        "La policía dijo que 241.000 personas participaron.",
        "Il sindaco si è dimesso lunedì, ha detto il portavoce.",
        "O prefeito renunciou na segunda-feira, disse o porta-voz.",
        "De politie zei dat 241.000 mensen aan de mars deelnamen.",
        "Borgmästaren avgår på måndag, sade hans talesman.",
        "Dwanaście osób zginęło w pożarze, jak podaje policja.",
        "Polis 241.000 kişinin yürüyüşe katıldığını söyledi.",
        "Polisi mengatakan 241.000 orang ikut dalam pawai itu.",
        "Police ne kaha ki 241000 log march mein aaye.",
        "Der Bürgermeister will am Montag zurücktreten.",
        "Doce personas murieron en un incendio en Sevilla.",
        "Thị trưởng sẽ từ chức vào thứ Hai, người phát ngôn cho biết.",
    ];
    let (rows, talk, code) = one("a.jsonl", lines(&others).as_bytes(), &[]);
    assert_eq!((rows.len(), code), (0, Some(3)), "{rows:?} {talk}");
    let english = [
        "Floods hit coast; dozens missing",
        "Los Angeles police arrest 40 protesters",
        "Luis de la Fuente names Spain squad",
        "Ursula von der Leyen visits Kyiv",
        "Café owners protest new tax",
        "Germany's Die Welt reports losses",
        "Real Madrid 2 Inter Milan 1",
        "Oil up 3%, gold down 1%",
        "Mayor Ann Smith to quit council over ferry deal row",
        "Rio de Janeiro carnival draws 2 million",
        "Thousands march against coup d'état in Niger",
    ];
    let (rows, talk, code) = one("a.jsonl", lines(&english).as_bytes(), &[]);
    assert_eq!((rows.len(), code), (english.len(), Some(0)), "{talk}");
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Daily News</title><item><title>a</title><guid>1</guid><description>{}</description></item><item><title>b</title><guid>2</guid><description>{ONE}</description></item></channel></rss>",
        others[0]
    );
    let (rows, talk, code) = one("a.rss", rss.as_bytes(), &[]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("an article in German"), "{talk}");
}

/// Text, speaker, and what is said, of every statement of the articles that a file holds.
pub(crate) fn statements(name: &str, bytes: &[u8]) -> (Vec<(String, String, f64)>, String, Option<i32>) {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    let output = sayso(folder.path(), &["annotate", "--format", "jsonl", name], b"");
    let mut found = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let doc: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text: Vec<char> = doc["text"].as_str().expect("text").chars().collect();
        let labels = |id: &serde_json::Value| {
            let entities = doc["entities"].as_array().expect("entities");
            entities.iter().find(|e| e["id"] == *id).and_then(|e| e["label"].as_str()).unwrap_or("").to_owned()
        };
        for one in doc["attributions"].as_array().expect("attributions") {
            let words: Vec<String> = one["content"]
                .as_array()
                .expect("spans")
                .iter()
                .map(|s| {
                    text[s[0].as_u64().expect("place") as usize..s[1].as_u64().expect("place") as usize]
                        .iter()
                        .collect()
                })
                .collect();
            found.push((labels(&one["speaker"]), words.join(" … "), one["confidence"].as_f64().unwrap_or(1.0)));
        }
    }
    (found, String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

pub(crate) fn review(claim: &str, claimant: &str, number: usize) -> serde_json::Value {
    serde_json::json!({
        "@context": "https://schema.org", "@type": "ClaimReview", "url": format!("http://check.example/{number}"),
        "datePublished": "2022-03-05", "claimReviewed": claim, "author": {"@type": "Organization", "name": "Ardland Checks"},
        "itemReviewed": {"@type": "Claim", "datePublished": "2022-02-01", "author": {"@type": "Person", "name": claimant}},
        "reviewRating": {"@type": "Rating", "alternateName": "False"}
    })
}

#[test]
fn a_reviewed_claim_is_one_sure_statement_by_its_claimant() {
    let claims = [
        ("Hats cause 40 deaths a day", "Tom Roe"),
        ("On the price of bread.", "Marta Keel"),
        ("Unemployment fell to 4.2% in March", "Ministry of Work, Ardland"),
        ("the minister said that 300 schools closed", "A chain letter"),
        ("The port will get 350 million crowns. That is money we can spend on schools.", "Leave Now"),
        ("A photo shows a whale on the ring road", "Viral image"),
        ("\"We have the best roads in 50 years.\"", "@truthteller7"),
        ("Did the mayor buy 242,000 acres?", "Bloggers"),
        ("No bridge was built", "Ann Lee, leader of the Greens"),
        ("Boris Hall denied that Ann Lee said no", "Boris Hall"),
    ];
    let all: Vec<_> = claims.iter().enumerate().map(|(n, (claim, by))| review(claim, by, n)).collect();
    let (found, talk, code) = statements("claims.json", serde_json::json!(all).to_string().as_bytes());
    let wanted: Vec<_> = claims.iter().map(|(claim, by)| ((*by).to_owned(), (*claim).to_owned(), 1.0)).collect();
    assert_eq!((found, code), (wanted, Some(0)), "{talk}");
    // As it is published: in the page of the review, beside its text.
    let page = format!(
        "<html><head><title>Bread</title><script type=\"application/ld+json\">{}</script></head><body><article><h1>Bread</h1><p>The price of bread rose last year, the office of prices said.</p></article></body></html>",
        serde_json::json!({"@graph": [{"@type": "WebPage"}, review("Bread costs 90 crowns.", "Marta Keel", 1)]})
    );
    let (found, talk, code) = statements("a.html", page.as_bytes());
    assert!(
        found.contains(&("Marta Keel".into(), "Bread costs 90 crowns.".into(), 1.0)) && found.len() == 2,
        "{found:?} {talk}"
    );
    assert_eq!(code, Some(0), "{talk}");
    let (rows, _, _) = one("a.html", page.as_bytes(), &[]);
    assert_eq!(rows.iter().map(|r| r.2.as_deref()).collect::<Vec<_>>(), [Some("2022-03-05"); 2]);
    // A claim of nobody is named, with a remedy of its own.
    let nobody =
        serde_json::json!([review("A video shows a flood.", "Unknown", 1), review("It rained.", "Tom Roe", 2)]);
    let (found, talk, code) = statements("claims.json", nobody.to_string().as_bytes());
    assert_eq!((found.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("nobody is said to claim it") && talk.contains("itemReviewed"), "{talk}");
}

#[test]
fn names_of_fields_that_are_not_there_are_named() {
    let table = format!("kop,text,printed,hl\nx,\"{ONE}\",2018-06-17,March\n");
    let (rows, talk, code) = one("a.csv", table.as_bytes(), &["--date-field", "nosuch"]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("no column is called \"nosuch\"; there are kop, text, printed, hl"), "{talk}");
    let (_, talk, code) = one("a.csv", table.as_bytes(), &[]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(
        talk.contains("columns that are not understood: kop, printed, hl") && talk.contains("--date-field"),
        "{talk}"
    );
    let (rows, talk, code) = one("a.csv", table.as_bytes(), &["--date-field", "Printed", "--title-field", "hl"]);
    assert_eq!((rows[0].2.as_deref(), code), (Some("2018-06-17"), Some(0)), "{talk}");
    let lines =
        format!("{}\n{}\n", serde_json::json!({"text": ONE, "day": "2018-06-17"}), serde_json::json!({"text": TWO}));
    for name in ["a.jsonl", "a.json"] {
        let (rows, talk, code) = one(name, lines.as_bytes(), &["--date-field", "date_"]);
        assert_eq!((rows.len(), code), (2, Some(1)), "{talk}");
        assert!(talk.contains("no article has a field called \"date_\""), "{talk}");
        let (rows, talk, code) = one(name, lines.as_bytes(), &["--date-field", "day"]);
        assert_eq!((rows[0].2.as_deref(), code), (Some("2018-06-17"), Some(0)), "{talk}");
    }
    let twice = format!("text,text,date,title\n\"{ONE}\",\"{TWO}\",2018-06-17,March\n");
    let (rows, talk, code) = one("a.csv", twice.as_bytes(), &[]);
    assert_eq!((rows[0].4.as_str(), code), (ONE, Some(1)), "{talk}");
    assert!(talk.contains("two columns are called \"text\""), "{talk}");
}

#[test]
fn mail_that_begins_with_empty_lines_is_mail() {
    let head = "Delivered-To: me@x.example\nReceived: by mail.x.example; Sun, 17 Jun 2018 08:00:01 +0000\nFrom: Daily News <alerts@dn.example>\nSubject: March draws crowds\nDate: Sun, 17 Jun 2018 08:00:00 +0000\nContent-Type: text/plain\n";
    for before in ["\n", "\r\n\r\n", "      \n", " \n \n\n"] {
        let mail = format!("{before}{head}\n{ONE}\n");
        whole("a.eml", mail.as_bytes(), &[march("Daily News", "")]);
    }
    // A day that is none is named, as in all other formats.
    let odd = format!("{head}\n{ONE}\n").replace("Date: Sun, 17 Jun 2018 08:00:00 +0000", "Date: Sonntag, 17. Juni");
    let (rows, talk, code) = one("a.eml", odd.as_bytes(), &[]);
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("\"Sonntag, 17. Juni\" is not a full date"), "{talk}");
}

#[test]
fn pages_saved_by_any_browser_are_pages() {
    let page = format!(
        "<html><head><title>March draws crowds</title><meta property=3D\"article:published_time\" content=3D\"2018-06-17\"><meta property=3D\"og:site_name\" content=3D\"Daily News\"></head><body><article><h1>March draws crowds</h1><p>{ONE}</p></article></body></html>"
    );
    let wanted = row("March draws crowds", "Daily News", "2018-06-17", X1, &format!("March draws crowds\n\n{ONE}"));
    for from in [
        "From: \"Saved by Internet Explorer 11\"\n",
        "From: \"Saved by Windows Internet Explorer 8\"\n",
        "From: <Saved by WebKit>\n",
        "From: <Saved by UnMHT>\n",
        "From: <gespeichert von einem Browser>\n",
        "",
    ] {
        let saved = format!(
            "{from}Subject: March draws crowds\nDate: Wed, 20 Jun 2018 08:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\n\n--B\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: {X1}\n\n{page}\n\n--B--\n"
        );
        whole("a.mht", saved.as_bytes(), std::slice::from_ref(&wanted));
    }
    let single = format!(
        "MIME-Version: 1.0\nDate: Wed, 20 Jun 2018 08:00:00 -0000\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: {X1}\n\n{page}\n"
    );
    whole("a.mht", single.as_bytes(), &[wanted]);
}

#[test]
fn a_table_of_facts_in_an_archive_counts_as_in_a_folder() {
    let facts =
        b"file\ttitle\tpublisher\tpublished\none.txt\tMarch draws crowds\tDaily News\t2018-06-17\ngone.txt\tGone\t\t\n";
    let archive = zip(&[("in/one.txt", ONE.as_bytes()), ("in/metadata.tsv", facts), ("in/c.pdf", b"%PDF-1.4\n")]);
    let (rows, talk, code) = one("a.zip", &archive, &[]);
    assert_eq!((rows, code), (vec![march("Daily News", "")], Some(1)), "{talk}");
    assert!(talk.contains("no article is called \"gone.txt\""), "{talk}");
    assert!(talk.contains("a.zip/in/c.pdf: PDF is not read"), "{talk}");
}

#[test]
fn a_record_that_is_broken_costs_itself() {
    let page = |n: usize| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><title>March {n}</title></head><body><article><h1>March {n}</h1><p>{ONE} It was march {n}.</p></article></body></html>"
        )
    };
    let records: Vec<Vec<u8>> =
        (0..9).map(|n| record("response", &format!("http://x.example/{n}"), page(n).as_bytes())).collect();
    let titles =
        |rows: &[Row]| rows.iter().filter_map(|r| r.0.clone()).map(|t| t.replace("March ", "")).collect::<String>();
    let length = |record: &[u8]| {
        let text = String::from_utf8_lossy(record).into_owned();
        let at = text.find("Content-Length: ").expect("a length") + 16;
        let end = at + text[at..].find('\r').expect("its end");
        (at, end)
    };
    for wrong in ["abc", "99999", "20", ""] {
        let mut broken = records.clone();
        let (at, end) = length(&broken[4]);
        broken[4].splice(at..end, wrong.bytes());
        let (rows, talk, code) = one("a.warc", &broken.concat(), &[]);
        assert_eq!((titles(&rows).as_str(), code), ("01235678", Some(1)), "{wrong}: {talk}");
        assert!(talk.contains("a.warc: article 5"), "{talk}");
        let packed: Vec<u8> = broken.iter().flat_map(|r| gz(r)).collect();
        let (rows, talk, code) = one("a.warc.gz", &packed, &[]);
        assert_eq!((titles(&rows).as_str(), code), ("01235678", Some(1)), "{wrong}: {talk}");
    }
    // A packed member that is broken, and a file that ends too early.
    let mut members: Vec<Vec<u8>> = records.iter().map(|r| gz(r)).collect();
    let middle = members[4].len() / 2;
    members[4][middle..middle + 20].fill(0xff);
    let (rows, talk, code) = one("a.warc.gz", &members.concat(), &[]);
    assert_eq!((titles(&rows).as_str(), code), ("01235678", Some(1)), "{talk}");
    let whole: Vec<u8> = records.iter().flat_map(|r| gz(r)).collect();
    let (rows, talk, code) = one("a.warc.gz", &whole[..whole.len() - 40], &[]);
    assert_eq!((titles(&rows).as_str(), code), ("01234567", Some(1)), "{talk}");
    // The same of a small table and of lines.
    let table = (0..9).fold("title,text\n".to_owned(), |all, n| all + &format!("{n},\"{ONE} It was march {n}.\"\n"));
    let packed = gz(table.as_bytes());
    let (rows, talk, code) = one("a.csv.gz", &packed[..packed.len() - 12], &[]);
    assert!(!rows.is_empty() && code == Some(1), "{talk}");
    assert!(rows.iter().all(|r| r.4.contains("It was march")), "{rows:?}");
}

#[test]
fn exports_of_proquest_have_headings_with_a_colon_or_without() {
    let rule = "_".repeat(60);
    for (full, details) in [
        ("Full text", "Details"),
        ("FULL TEXT", "DETAILS"),
        ("Full text:   ", "Details"),
        ("Full Text:", "Indexing (details)"),
    ] {
        let details = if details == "Indexing (details)" { "Indexing (document details)" } else { details };
        let text = format!(
            "{rule}\n\nMarch draws crowds\n\nLee, Ann. Daily News; Port Alder [Port Alder]. 17 June 2018: A1.\n\nAbstract\n\nWhat police said.\n\n{full}\n\n{ONE}\n\n{details}\n\nSubject: Protests\n\nTitle: March draws crowds\n\nPublication title: Daily News; Port Alder\n\nPublication date: Jun 17, 2018\n\nProQuest document ID: 123\n\n{rule}\n\nStrike\n\n{full}\n\n{TWO}\n\n{details}\n\nTitle: Strike\n\nPublication title: Herald\n\nPublication date: Jun 18, 2018\n\nProQuest document ID: 124\n\n{rule}\n"
        );
        whole("pq.txt", text.as_bytes(), &[march("Daily News", ""), strike("Herald", "")]);
    }
}

#[test]
fn files_that_are_no_articles_are_refused_with_their_own_remedy() {
    let cases: [(&str, &[u8], &str, &str); 9] = [
        ("a.arc", b"filedesc://a.arc 0.0.0.0 20180617080000 text/plain 70\n1 1 x\n\nhttp://x.example/ 1.1.1.1 20180617080000 text/html 10\n<p>x</p>\n", "ARC", "warcio recompress"),
        ("notes.md", b"# The march\n\nPolice said so.\n", "Markdown without front matter", "lines of ---"),
        ("a.bib", b"@article{lee2018,\n title = {March}\n}\n", "a list of references", "RIS"),
        ("a.nbib", b"PMID- 1\nTI  - March\n", "a list of references", "RIS"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHe said so.\n", "subtitles", "transcript"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHe said so.\n", "subtitles", "transcript"),
        ("a.cdxj", b"org,x)/1 20180617080000 {\"url\": \"http://x.example/1\"}\n", "an index of web archives", ".warc.gz"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", "a message of Outlook", ".eml"),
        ("a.feather", b"FEA1\0\0\0\0", "Parquet or Arrow", "duckdb"),
    ];
    for (name, bytes, words, remedy) in cases {
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join(name), bytes).expect("file");
        fs::write(folder.path().join("good.txt"), ONE).expect("file");
        let (rows, talk, code) = read(folder.path(), &["."]);
        assert_eq!((rows.len(), code), (1, Some(1)), "{name}: {talk}");
        assert!(talk.contains(&format!("{name}: ")) && talk.contains(words) && talk.contains(remedy), "{name}: {talk}");
    }
    // Lists and tables beside articles tell of them.
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("notes.md"), "# Sets\n\n| set | articles |\n|---|---|\n| a | 7 |\n").expect("file");
    fs::write(folder.path().join("good.txt"), ONE).expect("file");
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!((rows.len(), code), (1, Some(0)), "{talk}");
    assert!(talk.contains("passed over: 1 Markdown of lists, tables or code"), "{talk}");
    let piped = sayso(Path::new("."), &["annotate", "-"], &zip(&[("a.txt", ONE.as_bytes())]));
    let talk = String::from_utf8_lossy(&piped.stderr).into_owned();
    assert!(talk.contains("an archive from a pipe") && talk.contains("by its name"), "{talk}");
}

#[test]
fn the_title_of_a_page_is_without_the_name_of_the_paper() {
    let site = "<meta property=\"og:site_name\" content=\"Daily News\">";
    for title in ["Bridge closed - Daily News", "Bridge closed | Daily News", "Daily News — Bridge closed"] {
        let page = page(site, "", "").replace("<title>Bridge closed</title>", &format!("<title>{title}</title>"));
        let (rows, talk, _) = one("a.html", page.as_bytes(), &[]);
        assert_eq!(rows[0].0.as_deref(), Some("Bridge closed"), "{title}: {talk}");
        assert!(rows[0].4.starts_with("Bridge closed\n\nThe council"), "{}", rows[0].4);
    }
    let filled = format!(
        "<html><head><title>x</title><script type=\"application/ld+json\">{}</script></head><body><div id=\"app\"></div></body></html>",
        serde_json::json!({"@type": "NewsArticle", "headline": "March draws crowds", "datePublished": "2018-06-17", "articleBody": ONE})
    );
    let wanted = row("March draws crowds", "", "2018-06-17", "", &format!("March draws crowds\n\n{ONE}"));
    whole("a.html", filled.as_bytes(), &[wanted]);
}

#[test]
fn tables_with_backslashes_before_marks_and_entities_in_cells_are_read() {
    // As Spark and MySQL write them.
    let spoken = ONE.replace("people joined", "\\\"people\\\", they said, joined");
    let told = ONE.replace("people joined", "\"people\", they said, joined");
    let table = format!(
        "title,text,publisher,date,url\nMarch draws crowds,\"{spoken}\",Daily News,2018-06-17,{X1}\nStrike,\"{TWO}\",Herald,2018-06-18,{X2}\n"
    );
    let wanted = row("March draws crowds", "Daily News", "2018-06-17", X1, &told);
    whole("part-00000.csv", table.as_bytes(), &[wanted, strike("Herald", X2)]);
    let coded = ONE.replace("Police said", "Ray &amp; Lee said").replace("1.3 million", "<b>1.3 million</b>");
    let table =
        format!("title,text,publisher,date,url\nMarch &#8211; crowds,\"{coded}\",News &amp; Views,2018-06-17,{X1}\n");
    let wanted = row("March – crowds", "News & Views", "2018-06-17", X1, &ONE.replace("Police said", "Ray & Lee said"));
    whole("a.csv", table.as_bytes(), &[wanted]);
}

#[test]
fn json_by_columns_and_in_wrappers_is_read() {
    let both = [march("Daily News", X1), strike("Herald", X2)];
    let lists = serde_json::json!({"title": ["March draws crowds", "Strike"], "text": [ONE, TWO], "publisher": ["Daily News", "Herald"],
        "date": ["2018-06-17", "2018-06-18"], "url": [X1, X2]});
    whole("lists.json", lists.to_string().as_bytes(), &both);
    let object = |names: [&str; 2]| {
        let columns = lists.as_object().expect("an object").iter().map(|(name, cells)| {
            let cells: serde_json::Map<String, serde_json::Value> =
                names.iter().enumerate().map(|(n, key)| ((*key).to_owned(), cells[n].clone())).collect();
            (name.clone(), serde_json::Value::Object(cells))
        });
        serde_json::Value::Object(columns.collect()).to_string()
    };
    whole("pandas.json", object(["0", "1"]).as_bytes(), &both);
    whole("named.json", object(["a", "b"]).as_bytes(), &both);
    // Paragraphs are a list as well.
    let (head, tail) = ONE.split_once(". ").expect("two sentences");
    let parts = serde_json::json!({"text": [format!("{head}."), tail], "authors": ["Ann Lee", "Bo Ray"]});
    whole("parts.json", parts.to_string().as_bytes(), &[row("", "", "", "", &ONE.replacen(". ", ".\n\n", 1))]);
    let posts = serde_json::json!([{"id": 7, "date": "2018-06-17T08:00:00", "link": X1, "title": {"rendered": "March draws crowds"},
        "content": {"rendered": format!("<p>{ONE}</p>"), "protected": false}, "excerpt": {"rendered": "<p>Police …</p>"}}]);
    whole("posts.json", posts.to_string().as_bytes(), &[march("", X1)]);
}

#[test]
fn feeds_with_entities_written_twice_and_front_matter_over_lines_are_read() {
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Daily News</title><item><title>March &amp;amp; strike</title><link>{X1}</link><pubDate>Sun, 17 Jun 2018 08:00:00 GMT</pubDate><description>First line, they said.\n\nSecond &amp;mdash; line, they said.</description></item></channel></rss>"
    );
    let wanted =
        row("March & strike", "Daily News", "2018-06-17", X1, "First line, they said.\n\nSecond — line, they said.");
    whole("a.rss", feed.as_bytes(), &[wanted]);
    let note = format!(
        "---\ntitle: >-\n  March draws\n  crowds\nsource:\n  name: Daily News\ndate: 2018-06-17 # a Sunday\nlink: {X1}\n---\n{ONE}\n"
    );
    let wanted = row("March draws crowds", "Daily News", "2018-06-17", X1, &format!("{ONE}\n"));
    whole("note.md", note.as_bytes(), &[wanted]);
}

#[test]
fn a_day_with_its_edition_in_one_line_is_the_day_of_the_article() {
    let text = format!(
        "March draws crowds\nDaily News (Port Alder)\nJune 17, 2018 Sunday, Final Edition\n\nCopyright 2018 Daily News All Rights Reserved\n\nSection: NEWS; Pg. A1\nLength: 33 words\nByline: Ann Lee\n\nBody\n\n{ONE}\n\nLoad-Date: June 19, 2018\n\nEnd of Document\n"
    );
    whole("uni.txt", text.as_bytes(), &[march("Daily News", "")]);
}

#[test]
fn factivas_xml_is_read() {
    let (head, tail) = ONE.split_once(". ").expect("two sentences");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PPSResponse><ppsArticleResponse xmlns=\"http://x.example/pps\"><ppsarticleResultSet count=\"1\"><ppsarticle><article><accessionNo>DAN0000020180617e5170003</accessionNo><baseLanguage>EN</baseLanguage><copyright>(c) 2018</copyright><headline><paragraph lang=\"EN\"><hlt>March</hlt> draws crowds</paragraph></headline><leadParagraph><paragraph>{head}.</paragraph></leadParagraph><publicationDate><dateTime>2018-06-17T01:35:58Z</dateTime></publicationDate><publisherName>Company</publisherName><sourceName>Daily News</sourceName><region code=\"x\"><name>Port Alder</name></region><tailParagraphs><paragraph>{tail}</paragraph></tailParagraphs></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    );
    let wanted = row("March draws crowds", "Daily News", "2018-06-17", "", &ONE.replacen(". ", ".\n\n", 1));
    whole("factiva.xml", xml.as_bytes(), &[wanted]);
}

#[test]
fn articles_of_journals_are_read() {
    let (head, tail) = ONE.split_once(". ").expect("two sentences");
    let article = format!(
        "<article xmlns:xlink=\"l\" article-type=\"news\" xml:lang=\"en\"><front><journal-meta><journal-id journal-id-type=\"nlm-ta\">Dly N</journal-id><journal-title-group><journal-title>Daily News</journal-title></journal-title-group><issn>0000-0000</issn></journal-meta>\
         <article-meta><article-id pub-id-type=\"pmid\">1</article-id><article-id pub-id-type=\"doi\">10.0000/n.1</article-id><title-group><article-title>March draws <italic>crowds</italic><xref ref-type=\"fn\" rid=\"f1\">*</xref></article-title></title-group>\
         <contrib-group><contrib contrib-type=\"author\"><name><surname>Lee</surname><given-names>Ann</given-names></name><xref ref-type=\"aff\" rid=\"a\">1</xref></contrib><contrib contrib-type=\"editor\"><name><surname>Ray</surname><given-names>Bo</given-names></name></contrib></contrib-group>\
         <pub-date pub-type=\"collection\"><year>2018</year></pub-date><pub-date pub-type=\"ppub\"><day>1</day><month>7</month><year>2018</year></pub-date><pub-date pub-type=\"epub\"><day>17</day><month>6</month><year>2018</year></pub-date>\
         <abstract><p>A march.</p></abstract></article-meta></front><body><sec><label>1</label><title>The day</title><p>{head}<sup><xref ref-type=\"bibr\" rid=\"r1\">1</xref>,<xref ref-type=\"bibr\" rid=\"r2\">2</xref></sup>.</p><fig id=\"g\"><label>Figure 1</label><caption><p>A picture</p></caption></fig><p>{tail}</p><table-wrap><table><tr><td>241,000</td></tr></table></table-wrap></sec></body><back><ref-list><ref><mixed-citation>Another paper.</mixed-citation></ref></ref-list></back></article>"
    );
    let text = format!("The day\n\n{head}.\n\n{tail}");
    let wanted = [row("March draws crowds", "Daily News", "2018-06-17", "https://doi.org/10.0000/n.1", &text)];
    let kind = "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) v1.2//EN\" \"JATS.dtd\">\n";
    whole("one.xml", format!("<?xml version=\"1.0\"?>\n{kind}{article}").as_bytes(), &wanted);
    whole("one.nxml", article.as_bytes(), &wanted);
    let other = article.replace("10.0000/n.1", "10.0000/n.2");
    let both = format!("<?xml version=\"1.0\"?><pmc-articleset>{article}{other}</pmc-articleset>");
    let second = row("March draws crowds", "Daily News", "2018-06-17", "https://doi.org/10.0000/n.2", &text);
    whole("set.xml", both.as_bytes(), &[wanted[0].clone(), second]);
    let dated =
        article.replace("<pub-date pub-type=\"epub\">", "<pub-date date-type=\"pub\" iso-8601-date=\"2018-06-17\">");
    whole("dated.xml", dated.as_bytes(), &wanted);
    // Without a body its abstract is what there is.
    let from = article.find("<body>").expect("a body");
    let short = format!("{}</article>", &article[..from]).replace("A march.", ONE);
    whole("short.xml", short.as_bytes(), &[march("Daily News", "https://doi.org/10.0000/n.1")]);
    // What has the name of an article and nothing of a journal is a page, or XML of another kind.
    whole(
        "page.html",
        format!("<article><h1>March draws crowds</h1><p>{ONE}</p></article>").as_bytes(),
        &[row("March draws crowds", "", "", "", &format!("March draws crowds\n\n{ONE}"))],
    );
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.xml"), format!("<?xml version=\"1.0\"?><article><p>{ONE}</p></article>"))
        .expect("file");
    let (rows, told, code) = read(folder.path(), &["a.xml"]);
    assert_eq!((rows.len(), code), (0, Some(3)), "{told}");
    assert!(told.contains("JATS"), "{told}");
}

#[test]
fn stories_of_reuters_21578_are_read() {
    let (head, tail) = ONE.split_once(". ").expect("two sentences");
    let story = |number: usize, day: &str, parts: &str| {
        format!(
            "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" CGISPLIT=\"TRAINING-SET\" OLDID=\"{number}\" NEWID=\"{number}\">\n<DATE>{day} 15:01:01.79</DATE>\n<TOPICS><D>trade</D></TOPICS>\n<PLACES><D>uk</D></PLACES>\n<UNKNOWN> \n&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute\nu f BC-MARCH   02-26 0105</UNKNOWN>\n{parts}\n</REUTERS>\n"
        )
    };
    let lines = tail.replacen(" million ", " million\n", 1);
    let one = format!(
        "<TEXT>&#2;\n<TITLE>MARCH &lt;ARDM> DRAWS CROWDS</TITLE>\n<AUTHOR>    By Ann Lee, Reuters</AUTHOR>\n<DATELINE>    ARDMOUTH, June 17 - </DATELINE><BODY>{head}.\n    {lines}\n Reuter\n&#3;</BODY></TEXT>"
    );
    let bare = format!("<TEXT TYPE=\"UNPROC\">&#2;\n{}\n reuter\n&#3;\n</TEXT>", TWO.replacen(". ", ".\n", 1));
    let file = format!(
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}{}",
        story(1, "17-JUN-1987", &one),
        story(2, " 2-JUL-1987", &bare)
    );
    let wanted = [
        row(
            "MARCH <ARDM> DRAWS CROWDS",
            "Reuters",
            "1987-06-17",
            "",
            &format!("ARDMOUTH, June 17 - {head}.\n\n{tail}"),
        ),
        row("", "Reuters", "1987-07-02", "", TWO),
    ];
    whole("reut2-000.sgm", file.as_bytes(), &wanted);
    whole("reuters.txt", file.as_bytes(), &wanted);
}

#[test]
fn rows_under_the_names_of_columns_and_cells_between_apostrophes_are_read() {
    let columns = ["title", "publisher", "date", "url", "text"];
    let cells =
        [["March draws crowds", "Daily News", "2018-06-17", X1, ONE], ["Strike", "Herald", "2018-06-18", X2, TWO]];
    let both = [march("Daily News", X1), strike("Herald", X2)];
    // `DataFrame.to_json(orient="split")`, with the numbers of the rows and with names, and `orient="table"`.
    let split = serde_json::json!({"columns": columns, "index": [0, 1], "data": cells});
    whole("split.json", split.to_string().as_bytes(), &both);
    let named = serde_json::json!({"columns": columns, "index": ["a", "b"], "data": cells});
    whole("named.json", named.to_string().as_bytes(), &both);
    let folder = tempfile::tempdir().expect("folder");
    let short = serde_json::json!({"columns": columns, "index": [0, 1, 2], "data": [cells[0], ["Strike"], cells[1]]});
    fs::write(folder.path().join("short.json"), short.to_string()).expect("file");
    let (rows, told, code) = read(folder.path(), &["short.json"]);
    assert_eq!((rows.as_slice(), code), (&both[..], Some(1)), "{told}");
    assert!(told.contains("a row of 1 cells, and 5 columns have names"), "{told}");
    // An apostrophe around each cell, or around those that need it; one in a cell is doubled.
    let quoted = |cell: &str| format!("'{}'", cell.replace('\'', "''"));
    let line = |cells: &[&str], all: bool| {
        let cells = cells.iter().map(|c| if all || c.contains([',', '\'']) { quoted(c) } else { (*c).to_owned() });
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    let own = "The mayor's office said 40 people, most of them children, were 'safe' on Monday, and the police's too.";
    let more = ["Safe", "Daily News", "2018-06-18", "http://x.example/3", own];
    let wanted = [march("Daily News", X1), strike("Herald", X2), row("Safe", "Daily News", "2018-06-18", more[3], own)];
    for all in [true, false] {
        let table = line(&columns, all) + &line(&cells[0], all) + &line(&cells[1], all) + &line(&more, all);
        whole("quoted.csv", table.as_bytes(), &wanted);
    }
    // One with which a text begins is none of the table.
    let tis = "'Tis the season, he said";
    let table = format!("title\ttext\nA\t{tis}.\nB\t{TWO}\n");
    whole("tis.tsv", table.as_bytes(), &[row("A", "", "", "", &format!("{tis}.")), row("B", "", "", "", TWO)]);
}

/// Reads one file: rows, what was said and the exit code.
fn told(name: &str, bytes: &[u8]) -> (Vec<Row>, String, Option<i32>) {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    read(folder.path(), &[name])
}

#[test]
fn rows_of_a_table_that_are_not_whole_are_named() {
    let head = "title,text,publisher,date,url\n";
    let one = format!("March draws crowds,{ONE},Daily News,2018-06-17,{X1}\n").replace("241,000", "241000");
    let march = row("March draws crowds", "Daily News", "2018-06-17", X1, &ONE.replace("241,000", "241000"));
    // Too few cells: the row is read, and that is said once for all of them.
    let short = format!("{head}{one}Strike,\"{TWO}\"\nStrike again,\"{TWO}\",Herald\n{}", one.replace("/1", "/2"));
    let (rows, talk, code) = told("a.csv", short.as_bytes());
    assert_eq!((rows.len(), code), (4, Some(0)), "{talk}");
    assert_eq!(rows[1], row("Strike", "", "", "", TWO));
    assert!(talk.contains("a.csv:3: 2 rows have fewer cells than there are columns"), "{talk}");
    // With tabs, and without the text's cell.
    let (rows, talk, code) = told("a.tsv", format!("title\ttext\tdate\nStrike\t{TWO}\nMarch\n").as_bytes());
    assert_eq!((rows, code), (vec![row("Strike", "", "", "", TWO)], Some(1)), "{talk}");
    assert!(talk.contains("a.tsv:2: 1 row has fewer cells"), "{talk}");
    assert!(talk.contains("a.tsv:3: 1 cell, and the text is in column 2"), "{talk}");
    // The file breaks off inside its last row: that is a loss, and what stands there is read.
    let (rows, talk, code) = told("a.csv", format!("{head}{one}Strike,The union said 400 wor").as_bytes());
    assert_eq!((rows.len(), code), (2, Some(1)), "{talk}");
    assert!(talk.contains("a.csv:3: the file ends inside a row: 2 of 5 columns"), "{talk}");
    assert!(talk.contains("text that breaks off (1)"), "{talk}");
    // Columns without a name behind the last, and cells without a word behind all rows, lack nothing.
    whole("a.csv", format!("{},,\n{one}", head.trim_end()).as_bytes(), std::slice::from_ref(&march));
    whole("a.csv", format!("{head}{},,\n", one.trim_end()).as_bytes(), std::slice::from_ref(&march));
    // Too many are a row that cannot be divided.
    let (rows, talk, code) =
        told("a.csv", format!("{head}{one}Strike,It rained, much,Herald,2018-06-18,{X2}\n").as_bytes());
    assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
    assert!(talk.contains("a.csv:3: 6 cells, but 5 columns"), "{talk}");
    // Without text there is no article, whatever else there is.
    let (_, talk, code) = told("a.csv", format!("{head}{one}Strike,,Herald,2018-06-18,{X2}\n").as_bytes());
    assert!(code == Some(1) && talk.contains("a.csv:3: nothing in the column \"text\""), "{talk}");
}

#[test]
fn tables_that_were_put_behind_one_another_are_read_apart() {
    let head = "title,text,publisher,date,url\n";
    let one = format!("March draws crowds,\"{ONE}\",Daily News,2018-06-17,{X1}\n");
    let two = format!("Strike,\"{TWO}\",Herald,2018-06-18,{X2}\n");
    let both = [march("Daily News", X1), strike("Herald", X2)];
    // The same names again, with a mark of the order of bytes before them, in other letters.
    for again in
        [head.to_owned(), format!("\u{feff}{head}"), head.to_uppercase(), format!("\u{feff}\"title\",{}", &head[6..])]
    {
        let (rows, talk, code) = told("a.csv", format!("{head}{one}{again}{two}").as_bytes());
        assert_eq!((rows.as_slice(), code), (&both[..], Some(0)), "{again}: {talk}");
        assert!(talk.contains("a.csv:3: 1 row has the names of the columns in it; it is no article"), "{talk}");
    }
    // Other names: from there on these hold.
    let other = format!("date,headline,body,link\n2018-06-18,Strike,\"{TWO}\",{X2}\n");
    let (rows, talk, code) = told("a.csv", format!("{head}{one}{other}").as_bytes());
    assert_eq!((rows.as_slice(), code), (&[both[0].clone(), strike("", X2)][..], Some(0)), "{talk}");
    assert!(talk.contains("a.csv:3: another table begins: date, headline, body, link from here on"), "{talk}");
    // A mark of the order of bytes before a row is none of its words.
    whole("a.csv", format!("{head}{one}\u{feff}{two}").as_bytes(), &both);
}

#[test]
fn what_programs_write_around_a_table_is_no_part_of_it() {
    let table = format!("title,text,publisher,date,url\nMarch draws crowds,\"{ONE}\",Daily News,2018-06-17,{X1}\n");
    let march = [march("Daily News", X1)];
    for before in ["# exported on 3 May\n", "Search results\n\"Words: march, crowds\"\n\n", "Report\r\n,,,,\r\n"] {
        let (rows, talk, code) = told("a.csv", format!("{before}{table}").as_bytes());
        assert_eq!((rows.as_slice(), code), (&march[..], Some(0)), "{before}: {talk}");
        assert!(talk.contains("before the names of the columns: no part of the table"), "{talk}");
    }
    // Bytes of no text: inside a cell, and behind a file that was not written to its end.
    let stained = table.replace("Sunday", "Sun\0day") + &"\0".repeat(5000);
    let (rows, talk, code) = told("a.csv", stained.as_bytes());
    assert_eq!((rows.as_slice(), code), (&march[..], Some(0)), "{talk}");
    assert!(talk.contains("a.csv: 5001 NUL bytes left out"), "{talk}");
    let (_, talk, code) = told("a.csv", b"title,text\n\0\x01\0\x02\0\x03\0\x04\x05\x06\x07\0\0\x01");
    assert!(code == Some(3) && talk.contains("this is not text"), "{talk}");
}

#[test]
fn tables_of_r_and_of_programs_without_quotation_marks_are_read() {
    let one = ONE.replace(". Org", ".\n\nOrg");
    let march = row("March draws crowds", "Daily News", "2018-06-17", X1, &one);
    // `write.table`: blanks or tabs, names of rows without one of their own, a backslash before inner marks.
    let said = format!("{TWO} \"No,\" he said.");
    let strike = row("Strike", "Herald", "2018-06-18", X2, &said);
    let both = [march, strike];
    for mark in [" ", "\t"] {
        let line = |cells: &[&str]| {
            let quoted: Vec<String> = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\\\""))).collect();
            quoted.join(mark) + "\n"
        };
        let head = line(&["title", "text", "publisher", "date", "url"]);
        let one = line(&["1", "March draws crowds", &one, "Daily News", "2018-06-17", X1]);
        let two = line(&["2", "Strike", &said, "Herald", "2018-06-18", X2]);
        whole("a.txt", format!("{head}{one}{two}").as_bytes(), &both);
    }
    // A headline of names of columns is none of a table.
    let (rows, talk, _) = told("a.txt", format!("Title text date\n\n{ONE}\n").as_bytes());
    assert!(rows.len() == 1 && rows[0].0.as_deref() == Some("Title text date"), "{rows:?} {talk}");
    // Without quotation marks a backslash stands before all that divides (pandas, PostgreSQL).
    let bare = |cell: &str| cell.replace('\n', "\\\n").replace(',', "\\,").replace('"', "\\\"");
    let table = format!(
        "title,text,publisher,date,url\nMarch draws crowds,{},Daily News,2018-06-17,{X1}\nStrike,{},Herald,2018-06-18,{X2}\n",
        bare(&one),
        bare(&said)
    );
    whole("a.csv", table.as_bytes(), &both);
    // A spreadsheet with the comma in its numbers writes the day first.
    let table = format!("title;text;score;date\nMarch draws crowds;\"{ONE}\";0,5;06.05.2018\n");
    whole("a.csv", table.as_bytes(), &[row("March draws crowds", "", "2018-05-06", "", ONE)]);
    let (rows, talk, _) =
        told("a.csv", format!("title,text,date\nMarch draws crowds,\"{ONE}\",06.05.2018\n").as_bytes());
    assert!(rows[0].2.is_none() && talk.contains("is not a full date"), "{talk}");
}

#[test]
fn texts_that_an_interface_cuts_or_does_not_give_are_named() {
    let answer = |texts: &[&str]| {
        let list: Vec<serde_json::Value> = texts
            .iter()
            .enumerate()
            .map(|(n, text)| serde_json::json!({"source": {"id": null, "name": "Daily News"}, "title": "March draws crowds", "url": format!("http://x.example/{}", n + 1), "publishedAt": "2018-06-17T08:00:00Z", "content": text}))
            .collect();
        serde_json::json!({"status": "ok", "articles": list}).to_string()
    };
    for cut in ["… [+1234 chars]", "... [1234 chars]"] {
        let (rows, talk, code) = told("a.json", answer(&[&format!("{ONE} The mayor said{cut}")]).as_bytes());
        assert_eq!((rows.len(), code), (1, Some(1)), "{talk}");
        assert!(rows[0].4.ends_with("The mayor said…") || rows[0].4.ends_with("The mayor said..."), "{rows:?}");
        assert!(talk.contains("1234 more characters are at its address"), "{talk}");
    }
    let (rows, talk, code) = told("a.json", answer(&[ONE, "[Removed]"]).as_bytes());
    assert_eq!((rows.as_slice(), code), (&[march("Daily News", X1)][..], Some(1)), "{talk}");
    assert!(talk.contains("article 2 of its list: an article without text"), "{talk}");
    // Brackets of an article's own stay.
    whole(
        "a.json",
        answer(&[&format!("{ONE} [The mayor has 3 chars]")]).as_bytes(),
        &[row("March draws crowds", "Daily News", "2018-06-17", X1, &format!("{ONE} [The mayor has 3 chars]"))],
    );
    // An address alone is told from an article whose text has another name.
    let found = r#"{"articles": [{"url": "http://x.example/1", "title": "March draws crowds", "seendate": "20180617T101500Z"}]}"#;
    let (_, talk, code) = told("a.json", found.as_bytes());
    assert!(
        code == Some(3)
            && talk.contains("an article's address without its text (1)")
            && talk.contains("fetch the pages"),
        "{talk}"
    );
    // One article that was asked for by its name.
    let one = format!(
        r#"{{"response": {{"status": "ok", "content": {{"id": "w/1", "webTitle": "March draws crowds", "webPublicationDate": "2018-06-17T08:00:00Z", "webUrl": "{X1}", "fields": {{"body": "<p>{ONE}</p>"}}}}}}}}"#
    );
    whole("a.json", one.as_bytes(), &[march("", X1)]);
}

#[test]
fn messages_with_their_length_before_them_and_lists_of_references_are_told() {
    let message = format!(
        "From: Daily News <n@dn.example>\nSubject: March draws crowds\nDate: Sun, 17 Jun 2018 08:00:00 +0000\n\n{ONE}\n"
    );
    let kept = format!(
        "{}       \n{message}<?xml version=\"1.0\"?>\n<plist><dict><key>flags</key></dict></plist>\n",
        message.len()
    );
    whole("a.emlx", kept.as_bytes(), &[march("Daily News", "")]);
    let (_, talk, code) = told("a.enw", format!("%0 Newspaper Article\n%T March draws crowds\n%X {ONE}\n").as_bytes());
    assert!(code == Some(3) && talk.contains("a list of references is not read"), "{talk}");
}

#[test]
fn a_line_of_the_text_begins_no_message() {
    let head = "From n@dn.example Sun Jun 17 08:00:00 2018\nFrom: Daily News <n@dn.example>\nSubject: March draws crowds\nDate: Sun, 17 Jun 2018 08:00:00 +0000\n\n";
    let text = format!("{ONE}\n\nFrom the hall she said that she was glad.\n\nFrom 10:00 in 2018 on nobody came.");
    let second = "From - Mon Jun 18 08:00:00 2018\nX-Status: R\nFrom: Herald <h@h.example>\nSubject: Strike\nDate: Mon, 18 Jun 2018 08:00:00 +0000\n\n";
    let wanted = [row("March draws crowds", "Daily News", "2018-06-17", "", &text), strike("Herald", "")];
    whole("a.mbox", format!("{head}{text}\n\n{second}{TWO}\n").as_bytes(), &wanted);
}

#[test]
fn dumps_and_lists_of_other_programs_are_refused_by_name() {
    for (name, bytes, kind) in [
        (
            "a.sql",
            format!("-- MySQL dump 10\n/*!40101 SET NAMES utf8 */;\n\nINSERT INTO `news` VALUES (1,'{ONE}');\n"),
            "SQL",
        ),
        ("a.txt", format!("CREATE TABLE news (text TEXT);\nINSERT INTO news VALUES ('{ONE}');\n"), "SQL"),
        ("a.yaml", format!("- title: March draws crowds\n  text: {ONE}\n"), "YAML"),
    ] {
        let (_, talk, code) = told(name, bytes.as_bytes());
        assert!(code == Some(3) && talk.contains(kind) && talk.contains("is not read"), "{name}: {talk}");
    }
    // Beside articles, what systems leave in folders is passed over.
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.txt"), ONE).expect("file");
    fs::write(folder.path().join("Thumbs.db"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").expect("file");
    fs::write(folder.path().join("desktop.ini"), "[x]").expect("file");
    let (rows, talk, code) = read(folder.path(), &["."]);
    assert_eq!((rows.len(), code), (1, Some(0)), "{talk}");
}

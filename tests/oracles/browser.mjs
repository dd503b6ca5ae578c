// Opens the pages of `sayso serve` in a real browser: every page at the width of a desk and of a telephone, in light and
// dark, without a fault of axe, without an error of a script, without a request to anywhere else; then searches, filters,
// compares, downloads, asks, follows map and network, and decides by keys on the review page.
//
// usage: node browser.mjs SAYSO STORE [FOLDER for screenshots]
//        (npm install playwright-core axe-core; Chromium from the system, or CHROMIUM names it)
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";

const require = createRequire(process.env.SAYSO_NODE_MODULES ?? process.cwd() + "/");
let chromium, axe;
try {
  ({ chromium } = require("playwright-core"));
  axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
} catch {
  console.log("skipped: playwright-core or axe-core is not installed");
  process.exit(0);
}
const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));
if (!executablePath) {
  console.log("skipped: there is no Chromium");
  process.exit(0);
}

const [sayso, store, shots] = process.argv.slice(2);
if (shots) mkdirSync(shots, { recursive: true });
const port = await new Promise((done) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const folder = mkdtempSync(join(tmpdir(), "sayso-review-"));
const decisions = join(folder, "decisions.tsv");
const server = spawn(sayso, ["serve", "--store", store, "--port", String(port), "--quiet", "--review", "--decisions", decisions], { stdio: ["ignore", "pipe", "inherit"] });
// The link to the review page is the one line that the server prints.
const link = new Promise((done) => createInterface({ input: server.stdout }).once("line", done));
const base = `http://127.0.0.1:${port}`;
const faults = [];
const fault = (words) => {
  faults.push(words);
  console.log(`FAULT ${words}`);
};

try {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(base + "/style.css");
      break;
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((r) => setTimeout(r, 50));
    }
  }
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const look = { base, faults, where: "" };

  async function opened(options) {
    const context = await browser.newContext({ acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => fault(`${look.where}: a script failed: ${error.message}`));
    page.on("console", (message) => {
      // A query that is meant to fail is answered with the status of a mistake.
      if (message.type() === "error" && !message.text().includes("status of 400")) fault(`${look.where}: ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(base + "/") && !url.startsWith("data:")) fault(`${look.where}: a request to ${url}`);
    });
    return page;
  }
  // Writes into the editor of queries, in place of what stands there.
  const written = async (page, text) => {
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.type(text);
  };
  const first = async (page, path, selector) => {
    await page.goto(base + path);
    const link = page.locator(selector).first();
    return (await link.count()) ? link.getAttribute("href") : null;
  };

  let page = await opened({ viewport: { width: 1280, height: 900 } });
  const paths = { home: "/", disputes: "/disputes", statements: "/statements", search: "/statements?q=people", nothing: "/statements?q=xyzzy", unasked: "/ask/who-said?about=xyzzy", narrowed: "/?kind=official", "narrowed review": "/review?kind=official", pairs: "/ask/disagreements", heard: "/ask/speakers", speakers: "/speakers", articles: "/articles", incidents: "/incidents", papers: "/values?of=publisher", explore: "/explore", questions: "/ask", asked: "/ask/who-said", timeline: "/ask/timeline", editor: "/editor", review: "/review", verdicts: "/review?of=verdict", links: "/review?of=link", merges: "/review?of=merge", comparisons: "/ask/comparisons" };
  paths.question = await first(page, "/disputes", '.disputes .q a');
  paths.speaker = await first(page, "/speakers", 'a[href^="/entity"]');
  paths.article = await first(page, "/articles", 'a[href^="/article?"]');
  paths.incident = await first(page, "/incidents", 'main a[href^="/incident?"]');
  paths.statement = await first(page, "/statements", 'a[href^="/statement?"]');
  paths["narrowed question"] = paths.question + "&kind=official";
  paths["narrowed speaker"] = paths.speaker + "&mode=direct";
  paths["narrowed incident"] = paths.incident + "&voice=others&min=0";
  paths["narrowed verdicts"] = paths.verdicts + "&kind=official";
  paths.answer = "/sparql?query=" + encodeURIComponent("SELECT ?who ?words { ?s sayso:speaker/rdfs:label ?who ; sayso:words ?words } LIMIT 20");
  for (const [name, path] of Object.entries(paths)) assert.ok(path, `no page of the kind ${name} is linked`);

  const sizes = [
    ["desk", { viewport: { width: 1280, height: 900 } }],
    ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
    ["telephone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ];
  for (const [size, options] of sizes) {
    page = await opened(options);
    for (const [name, path] of Object.entries(paths)) {
      // Dark is a matter of colours, which all pages take from one sheet.
      if (size === "dark" && !["home", "question", "article", "statement", "search"].includes(name)) continue;
      look.where = `${name} (${size})`;
      const response = await page.goto(base + path);
      if (response.status() !== 200) fault(`${look.where}: status ${response.status()}`);
      const weight = (await response.body()).length;
      if (weight > 1_000_000) fault(`${look.where}: ${weight} bytes`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) fault(`${look.where}: wider than the window by ${over} pixels`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      for (const v of found.violations) fault(`${look.where}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
      if (shots) await page.screenshot({ path: `${shots}/${name}-${size}.png`, fullPage: true });
    }
    await page.context().close();
  }

  // What a page loads with all its parts is light.
  page = await opened({ viewport: { width: 1280, height: 900 } });
  for (const [name, path] of Object.entries(paths)) {
    look.where = `weight of ${name}`;
    let weight = 0;
    page.on("response", async (response) => (weight += (await response.body().catch(() => "")).length));
    await page.goto(base + path, { waitUntil: "networkidle" });
    page.removeAllListeners("response");
    if (weight > 1_000_000) fault(`${look.where}: ${weight} bytes with style and scripts`);
  }

  // What a page has of 25 rows is not a scroll of an hour on a telephone.
  page = await opened({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  look.where = "a list on a telephone";
  await page.goto(base + "/ask/speakers");
  const high = await page.evaluate(() => document.querySelector(".rec").getBoundingClientRect().height / document.querySelectorAll(".rec tbody tr").length);
  if (high > 180) fault(`${look.where}: ${high} pixels a row`);
  for (const name of ["disagreements", "comparisons", "speakers", "documents", "denials"]) {
    look.where = `${name} on a telephone`;
    await page.goto(`${base}/ask/${name}`);
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    if (high > 5500) fault(`${look.where}: ${high} pixels`);
    const words = page.locator(".said > summary").first();
    if (!(await words.count())) continue;
    const sentence = page.locator('.said a[href*="#t"]').first();
    assert.equal(await sentence.isVisible(), false, "words are folded where there is little room");
    await words.click();
    assert.ok(await sentence.isVisible(), "and unfolded by a touch");
  }
  await page.context().close();

  // Without scripts every page answers, too.
  page = await opened({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  look.where = "without scripts";
  await page.goto(base + paths.question);
  assert.ok(await page.locator("noscript button, form button").count(), "a question can be compared without scripts");
  await page.goto(base + "/");
  await page.locator(".filters > summary").click();
  await page.locator('.facets input[name="kind"]').first().check();
  await page.locator(".facets button").click();
  await page.waitForURL(/\?.*kind=/);
  assert.match(await page.locator(".lead").innerText(), /chosen statement/, "the first page is narrowed without scripts");
  for (const path of [paths.question, paths.speaker, paths.incident, paths.verdicts, paths.links, paths.merges]) {
    look.where = `facets of ${path.split("=")[0]} without scripts`;
    await page.goto(base + path);
    await page.locator(".filters > summary").click();
    const paper = page.locator('.facets input[name="publisher"]').first();
    if (!(await paper.count())) continue;
    await paper.check();
    await page.locator(".facets button").click();
    await page.waitForURL(/publisher=/);
    assert.ok(await page.locator(".chips a", { hasText: "paper: " }).count(), `${path} is narrowed without scripts`);
  }
  // Where there is room the words of pairs stand open.
  await page.goto(base + "/ask/comparisons");
  if (await page.locator(".said").count()) assert.ok(await page.locator('.said a[href*="#t"]').first().isVisible(), "words of a pair");
  await page.context().close();

  // Search with the keyboard, filter, take along.
  page = await opened({ viewport: { width: 1280, height: 900 } });
  look.where = "search";
  await page.goto(base + "/");
  await page.keyboard.press("/");
  await page.keyboard.type("people");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/statements\?q=people/);
  const all = await page.locator(".list tbody tr").count();
  assert.ok(all > 0, "the search finds rows");
  look.where = "filter";
  await page.locator('.facets input[name="kind"]').first().check();
  await page.waitForURL(/kind=/);
  const some = await page.locator(".list tbody tr").count();
  assert.ok(some > 0 && some <= all, `a facet narrows: ${some} of ${all}`);
  await page.locator(".chips a").last().click();
  await page.waitForURL((url) => !url.search.includes("kind="));
  // On every list a facet tells how many rows it leaves.
  for (const list of ["articles", "incidents", "speakers", "disputes", "explore"]) {
    look.where = `a facet of ${list}`;
    await page.goto(`${base}/${list}`);
    const facet = page.locator('.facets label.f:has(input[name="kind"])').first();
    if (!(await facet.count())) continue;
    if (list === "explore") await page.locator(".filters > summary").click();
    const count = (await facet.locator("span").last().innerText()).replace(",", "");
    await facet.locator("input").check();
    await page.waitForURL(/kind=/);
    const told = await page.locator(list === "explore" ? ".lead" : "#h-list").innerText();
    assert.equal(told.replace(",", "").match(list === "explore" ? /^(\d+)/ : /(\d+)(?: \w+)?$/)[1], count, told);
  }
  await page.goto(base + "/statements?q=people");
  look.where = "download";
  for (const [words, ending, begins] of [["CSV", "csv", "article,"], ["XLSX", "xlsx", "PK"], ["JSON", "jsonl", "{"]]) {
    const waiting = page.waitForEvent("download");
    await page.locator(".take a", { hasText: words }).first().click();
    const download = await waiting;
    assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
    const text = (await readFile(await download.path())).toString("latin1");
    assert.ok(text.startsWith(begins), `${words}: ${text.slice(0, 40)}`);
  }
  look.where = "the query that made it";
  await page.goto(base + "/statements?q=people");
  await page.locator(".take a", { hasText: "Query" }).click();
  await page.locator("form button.main").click();
  await page.waitForURL(/\/sparql\?query=/);
  assert.ok(await page.locator("table.tsv tbody tr").count(), "the query gives rows");
  // Whatever chooses the rows, the query that the page gives for them finds as many.
  const text = async (path, accept) => (await fetch(base + path, { headers: { accept } })).text();
  const query = (html) => html.match(/href="\/editor\?query=([^"]*)"/)[1];
  for (const choice of ["q=people", "kind=official&kind=group", "mode=direct", "voice=others&min=0", "min=0.95", "speaker=police", "since=2017-01-01&until=2017-12-31"]) {
    look.where = `the query of ${choice}`;
    const html = await text(`/statements?${choice}`, "text/html");
    const { results } = JSON.parse(await text(`/sparql?query=${query(html)}`, "application/sparql-results+json"));
    const found = new Set(results.bindings.map((row) => row.statement.value)).size;
    assert.equal(found, +html.match(/<h1>([\d,]+)/)[1].replace(",", ""), look.where);
  }
  for (const facet of ["publisher", "kind", "mode", "measure", "place", "speaker"]) {
    look.where = `the values of ${facet}`;
    const rows = (await text(`/values?of=${facet}&as=csv`, "text/csv")).trim().split("\n").length - 1;
    const { results } = JSON.parse(await text(`/sparql?query=${query(await text(`/values?of=${facet}`, "text/html"))}`, "application/sparql-results+json"));
    assert.equal(results.bindings.length, rows, look.where);
  }
  look.where = "pages of a list";
  await page.goto(base + "/statements?min=0");
  if (await page.locator(".pages [rel=next]").count()) {
    const row = () => page.locator(".list tbody tr").first().innerText();
    const [top, told] = [await row(), await page.locator(".bar2 h2").innerText()];
    assert.match(told, /^Statements 1–50 of /);
    await page.keyboard.press("]");
    await page.waitForURL(/page=2/);
    assert.notEqual(await row(), top, "the next page has other rows");
    await page.keyboard.press("j");
    assert.ok(await page.evaluate(() => document.querySelector(".list tbody tr").contains(document.activeElement)), "j goes to a row");
    await page.keyboard.press("[");
    await page.waitForURL((url) => !url.search.includes("page="));
    assert.equal(await row(), top, "and back");
    await page.goto(base + "/statements?min=0&page=100000");
    assert.ok(await page.locator(".list tbody tr").count(), "a page behind the last is the last");
  }
  look.where = "a wrong query";
  await page.goto(base + "/editor");
  await written(page, "SELECT ?x { ?x a }");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector('[role="alert"]');
  assert.ok((await page.locator(".cm-content").innerText()).includes("?x a }"), "what was written stays");
  look.where = "compare";
  await page.goto(base + paths.question);
  const radios = page.locator('.figs input[type="radio"]:not(:checked)');
  if (await radios.count()) {
    await radios.first().check();
    await page.waitForURL(/against=/);
    await page.waitForSelector(".v.self");
  }
  // A row of a question leads to its sentence: the place that its words name is in the article.
  look.where = "from a row to its sentence";
  for (const question of ["who-said", "disagreements", "first-to-say"]) {
    await page.goto(`${base}/ask/${question}`);
    const link = page.locator('.rec a[href*="#t"]').first();
    if (!(await link.count())) continue;
    await link.click();
    await page.waitForURL(/\/article\?.*#t\d+$/);
    assert.ok(await page.evaluate(() => document.querySelector(location.hash)), `${question}: the article has the place`);
  }
  look.where = "sentence and statement";
  await page.goto(base + paths.article);
  if (await page.locator(".stmts > li").count()) {
    await page.keyboard.press("j");
    assert.equal(await page.locator(".stmts > li.on details[open]").count(), 1, "the key opens a statement");
    await page.keyboard.press("m");
    assert.ok(await page.locator(".text.unmarked").count(), "the key takes the marks away");
  }
  look.where = "map and network";
  await page.goto(base + "/explore");
  if (await page.locator("svg.map circle").count()) {
    await page.locator("svg.map a").first().click();
    await page.waitForURL(/\/statements\?place=/);
    assert.ok(await page.locator(".list tbody tr").count(), "a circle leads to its rows");
    await page.goto(base + "/explore");
    const place = () => page.locator("svg.map circle").first().getAttribute("cx");
    const before = await place();
    await page.locator("svg.map").locator("xpath=preceding-sibling::div[contains(@class,\"zoomers\")][1]").locator("button").first().click();
    await page.waitForTimeout(400);
    assert.notEqual(await place(), before, "the map is made larger");
  }
  if (await page.locator("svg.tl a[data-n]").count()) {
    await page.locator("svg.tl").scrollIntoViewIfNeeded();
    const box = await page.locator("svg.tl").boundingBox();
    await page.mouse.move(box.x + box.width * 0.05, box.y + 100);
    assert.match(await page.locator(".told").innerText(), /statement/, "the bar at the pointer is told");
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.95, box.y + 100, { steps: 8 });
    await page.mouse.up();
    await page.locator(".told a", { hasText: "Show them" }).click();
    await page.waitForURL(/\/statements\?.*since=.*until=|\/statements\?.*until=.*since=/);
    assert.ok(await page.locator(".list tbody tr").count(), "a range of days leads to its rows");
    await page.goto(base + "/explore");
  }
  if (await page.locator("svg.net a").count()) {
    const node = page.locator("svg.net a use").first();
    await node.scrollIntoViewIfNeeded();
    const [at, box] = [await node.getAttribute("x"), await node.boundingBox()];
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 30, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(50);
    assert.notEqual(await node.getAttribute("x"), at, "a node is pulled");
    assert.match(page.url(), /\/explore/, "pulling is no click");
    const over = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll("svg.net text")].map((t) => t.getBoundingClientRect());
      let touching = 0;
      boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => (touching += a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3)));
      return [touching, boxes.length, document.querySelectorAll("svg.net a").length];
    });
    if (over[0] > 0) fault(`${look.where}: ${over[0]} pairs of names touch, of ${over[1]} names`);
    await page.locator("svg.net a").first().hover();
    assert.ok(await page.locator("svg.net a:not(.dim)").count(), "who is pointed at stands out");
    await page.locator("svg.net a").first().click();
    await page.waitForURL(/\/(entity|statements)\?/);
  }
  look.where = "terms and kept queries";
  await page.goto(base + "/editor");
  await written(page, "SELECT * { ?s sayso:speak");
  await page.waitForSelector(".cm-tooltip-autocomplete li");
  // A choice is taken a moment after it is offered, lest a key that was meant for the text takes it.
  await page.waitForTimeout(150);
  await page.keyboard.press("Tab");
  assert.match(await page.locator(".cm-content").innerText(), /sayso:speaker/);
  assert.match(await page.locator("textarea").inputValue(), /sayso:speaker/, "the form has what the editor has");
  await page.locator(".saved input").fill("mine");
  await page.locator(".saved form button").click();
  await page.reload();
  await page.locator(".saved li button").first().click();
  assert.match(await page.locator(".cm-content").innerText(), /sayso:speaker/);

  look.where = "review";
  await page.goto(base + "/review?min=0");
  assert.equal(await page.locator('form[method="post"]').count(), 0, "without the link nobody decides");
  await page.goto(await link);
  await page.waitForURL(base + "/review");
  assert.equal((await page.context().cookies()).find((c) => c.name === "sayso-review").httpOnly, true);
  await page.goto(base + "/review?min=0");
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of found.violations) fault(`${look.where}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
  const lines = async () => (existsSync(decisions) ? (await readFile(decisions, "utf8")).trim().split("\n").slice(1) : []);
  const card = () => page.locator("#h-now").innerText();
  const press = async (key) => {
    const before = page.url() + (await page.locator(".card").innerText());
    await page.keyboard.press(key);
    await page.waitForFunction((was) => document.readyState === "complete" && location.href + document.querySelector(".card")?.innerText !== was, before);
  };
  const queue = page.locator("h1");
  const total = parseInt((await queue.innerText()).replace(/\D/g, ""), 10);
  await press("y");
  await press("n");
  assert.deepEqual((await lines()).map((l) => l.split("\t")[0]), ["accept", "reject"], "two keys, two decisions");
  await page.keyboard.press("e");
  await page.keyboard.type("Somebody Else");
  await press("Enter");
  assert.equal((await lines())[2].split("\t")[6], "Somebody Else", "a corrected speaker");
  assert.match(await page.locator(".lead").innerText(), /Of 3 statements that were checked 1 was right: 33 %/);
  assert.equal(parseInt((await queue.innerText()).replace(/\D/g, ""), 10), total - 3);
  if (shots) await page.screenshot({ path: `${shots}/review-decided.png`, fullPage: true });
  await press("u");
  assert.equal((await lines()).length, 2, "the last one is taken back");
  const now = await card();
  await press("j");
  await press("k");
  assert.equal(await card(), now, "there and back");
  await page.goto(base + "/statements?min=0&q=" + encodeURIComponent((await lines())[1].split("\t")[3]));
  assert.ok(await page.locator(".v.hand.no").count(), "what was rejected is told at once");
  look.where = "merges";
  await page.goto(base + "/review?of=merge");
  if (await page.locator(".card form.decide").count()) {
    const [longer] = await page.locator(".card p b a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
    const words = await card();
    await press("y");
    assert.equal((await lines()).at(-1).split("\t")[1], "merge");
    await page.goto(base + longer);
    assert.ok(await page.locator("dt", { hasText: "Also named" }).count() || /here and there/.test(words), "two names are one at once");
    await page.goto(base + "/review?of=merge");
    assert.match(await page.locator(".lead").innerText(), /Of 1 pair of names that was checked 1 is one and the same/);
    await press("u");
    assert.ok(!(await lines()).some((l) => l.split("\t")[1] === "merge"), "a merge is taken back");
  }
  await browser.close();
} finally {
  server.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
if (faults.length) {
  console.log(`${faults.length} faults`);
  process.exit(1);
}
console.log("pages: opened at three sizes, searched, filtered, compared, downloaded and asked without a fault");

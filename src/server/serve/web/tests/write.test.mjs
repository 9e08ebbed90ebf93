import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { busy, folder, masthead, open, serve } from "./setting.mjs";

const settled = (page, text) => page.waitForFunction((text) => document.getElementById("status").textContent.includes(text), text);
const press = (page, ...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
// Goes on with Tab until something is reached.
const reach = async (page, matches) => {
  for (let steps = 0; steps < 40; steps++) {
    if (await page.evaluate(matches)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`not reached: ${matches}`);
};
const verified = async (download) => {
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  execFileSync(masthead, ["verify", path]);
};

test("a draft is broken, mended and downloaded", async (t) => {
  const page = await open(t, await serve(t, "serve"));
  await page.selectOption("#starter", "letter");
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.includes("kind: letter"));
  await settled(page, "no errors");
  await page.click(".cm-line >> text=kind: letter");
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await settled(page, "The pages are those before");
  const finding = page.locator("#findings li.error").first();
  assert.match(await finding.textContent(), /error line \d+: .*letterx/);
  const line = Number(/line (\d+)/.exec(await finding.textContent())[1]);
  assert.equal(await page.locator(".cm-line").nth(line - 1).textContent(), "kind: letterx");
  assert.ok(await page.locator(".cm-lint-marker-error").count());
  await page.keyboard.press("Backspace");
  await settled(page, "no errors");

  // A slip that can be fixed, at its line.
  await page.keyboard.press("Control+End");
  const [slip] = await page.evaluate(() => [...document.querySelectorAll(".cm-line")].map((line) => line.textContent)
    .filter((text) => /- paragraph: .*[a-z] [a-z]/.test(text)));
  await page.click(`.cm-line >> text=${slip.trim().slice(0, 40)}`);
  await page.keyboard.press("End");
  for (let back = 0; back < 12; back++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+ArrowLeft");
  await page.keyboard.type(" ");
  await page.waitForSelector("#findings button:has-text('Fix')");
  await page.click("#findings button:text-is('Fix')");
  await page.waitForFunction(() => !document.querySelector("#findings").textContent.includes("double-space"));
  await settled(page, "no errors");

  const [pdf] = await Promise.all([page.waitForEvent("download"), page.click("#pdf")]);
  await verified(pdf);
  const [xml] = await Promise.all([page.waitForEvent("download"), page.click("#xml")]);
  assert.match(readFileSync(await xml.path(), "utf8"), /<akomaNtoso/);
  await page.selectOption("#syntax", "md");
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.startsWith("---"));
  await settled(page, "no errors");
  await page.selectOption("#language", "fr");
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.includes("language: fr"));
  assert.deepEqual(page.complaints.filter((text) => !text.includes("422")), []);
});

test("the same by keyboard alone", async (t) => {
  const page = await open(t, await serve(t, "serve"));
  await reach(page, "document.activeElement.id === 'starter'");
  await page.keyboard.type("letter");
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.includes("kind: letter"));
  await reach(page, "document.activeElement.classList.contains('cm-content')");
  await press(page, "Control+Home");
  await page.keyboard.type("titel: x\n");
  await settled(page, "The pages are those before");
  await press(page, "F8");
  await page.waitForSelector(".cm-panel-lint, .cm-tooltip-lint, .cm-tooltip");
  await press(page, "Escape", "Control+Home", "Shift+ArrowDown", "Delete");
  await settled(page, "no errors");
  // Completion: the names of fields come from the schema.
  await page.keyboard.type("lang");
  await page.waitForSelector(".cm-tooltip-autocomplete");
  assert.match(await page.textContent(".cm-tooltip-autocomplete"), /language/);
  await page.waitForTimeout(150);
  await press(page, "Enter");
  await page.waitForFunction(() => document.querySelector(".cm-content").textContent.startsWith("language: "));
  await press(page, "Shift+Home", "Delete");
  await settled(page, "no errors");
  // Tab moves on from the editor, and Shift+Tab back.
  await press(page, "Shift+Tab");
  assert.equal(await page.evaluate("document.activeElement.id"), "xml");
  await press(page, "Shift+Tab");
  assert.equal(await page.evaluate("document.activeElement.id"), "pdf");
  const [pdf] = await Promise.all([page.waitForEvent("download"), press(page, "Enter")]);
  await verified(pdf);
});

test("the house is set by keyboard, with its emblem", async (t) => {
  const page = await open(t, await serve(t, "serve"));
  await settled(page, "no errors");
  await reach(page, "document.activeElement.id === 'house'");
  await press(page, "Enter");
  assert.ok(await page.evaluate("document.getElementById('house-dialog').open"));
  assert.equal(await page.evaluate("document.activeElement.id"), "house-name");
  await press(page, "Escape");
  assert.equal(await page.evaluate("document.activeElement.id"), "house");
  await press(page, "Enter");
  await page.keyboard.type("Conference of the Tides: “North”");
  await press(page, "Tab", "Space");
  const svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4' cx='4' cy='4'/></svg>";
  await page.setInputFiles("#house-file", { name: "seal.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) });
  await page.waitForFunction(() => document.getElementById("house-shown").textContent === "seal.svg");
  await page.focus("#house-name");
  await press(page, "Enter");
  await page.locator(".lines span", { hasText: "Conference of the Tides: “North”" }).waitFor({ state: "attached" });
  await settled(page, "no errors");
  assert.match(await page.textContent(".cm-content"), /house:  name: "Conference.*emblem: "seal.svg"  symbols: free/s);
  // It is there again, with its emblem, after the page is closed.
  await page.reload();
  await settled(page, "no errors");
  await page.click("#house");
  assert.equal(await page.inputValue("#house-name"), "Conference of the Tides: “North”");
  assert.ok(await page.isChecked("#house-free"));
  await page.fill("#house-name", "");
  await press(page, "Enter");
  await page.waitForFunction(() => !document.querySelector(".cm-content").textContent.includes("house:"));
  await settled(page, "no errors");
  assert.deepEqual(page.complaints, []);
});

test("a server that is busy is asked again", async (t) => {
  const page = await open(t, await serve(t, "serve"));
  await settled(page, "no errors");
  for (const path of ["pages", "check"]) {
    // Until it is shown: a request of before may still be on its way, whose answer nobody awaits.
    const free = await busy(page, `v1/${path}`);
    await page.click(".cm-content");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.textContent.includes("too many requests are waiting"));
    free();
    await page.waitForFunction(() => !document.body.textContent.includes("too many requests are waiting"));
    await settled(page, "no errors");
  }
});

// Keys are pressed as a person does; the time ends when the new page is painted.
async function latency(page, presses) {
  await page.evaluate(() => {
    window.times = [];
    let begun;
    addEventListener("keydown", (event) => (begun ??= event.timeStamp), true);
    const painted = () => {
      if (begun) times.push(performance.now() - begun);
      begun = undefined;
    };
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(painted))).observe(document.getElementById("pages"), { childList: true });
  });
  for (let press = 1; press <= presses; press++) {
    await page.keyboard.press("x");
    await page.waitForFunction((press) => times.length >= press, press);
    await page.waitForTimeout(400);
  }
  return (await page.evaluate("times")).sort((a, b) => a - b);
}

// Every keystroke reaches the page; how soon is printed, and wanted: 100 ms for 4 pages, 200 ms for 100.
for (const [pages, paragraphs] of [[4, 16], [100, 466]]) {
  test(`from keystroke to page, ${pages} pages`, async (t) => {
    const paragraph = `  - operative: "*Requests* ${"the tide tables of harbours and observations of gauges ".repeat(15)};"\n`;
    const text = `symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tide tables\nbody:\n${paragraph.repeat(paragraphs)}`;
    const page = await open(t, await serve(t, "serve"), { text });
    await settled(page, "no errors");
    assert.match(await page.textContent("#status"), new RegExp(`^${pages} pages;`));
    await page.click(".cm-content");
    for (const [place, keys] of [["end", ["Control+End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"]],
      ["title", ["Control+Home", "ArrowDown", "ArrowDown", "ArrowDown", "End"]]]) {
      for (const key of keys) await page.keyboard.press(key);
      const took = await latency(page, 15);
      const [first, median, last] = [took[0], took[took.length >> 1], took.at(-1)].map(Math.round);
      t.diagnostic(`at the ${place}: median ${median} ms, from ${first} to ${last} ms`);
      assert.ok(took.length >= 15);
    }
  });
}

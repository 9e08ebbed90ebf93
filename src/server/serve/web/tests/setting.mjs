// What the tests have in common: the program, a browser, and files of their own.

import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const masthead = process.env.MASTHEAD ?? "../../../../target/debug/masthead";
export const folder = mkdtempSync(join(tmpdir(), "masthead-web-"));

// Starts the program, and resolves to its address.
export function serve(t, ...args) {
  const server = spawn(masthead, [...args, "--listen", "127.0.0.1:0", "--no-open"]);
  t.after(() => server.kill());
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stderr }).on("line", (line) => {
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (address) resolve(address);
      else reject(new Error(line));
    });
  });
}

// Opens a page. Whatever the browser complains about, such as the policy of the page, fails the test.
export async function open(t, address, { width = 1280, height = 800, dark = false, text } = {}) {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
  t.after(() => browser.close());
  const colorScheme = dark ? "dark" : "light";
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, acceptDownloads: true });
  // Without its own dialogs for files, the browser downloads and uploads as others do.
  await page.addInitScript(() => {
    delete window.showOpenFilePicker;
    delete window.showSaveFilePicker;
  });
  // A text is there as if it had been written before.
  const kept = text && JSON.stringify({ text, name: "kept", syntax: "yaml" });
  if (kept) await page.addInitScript((kept) => localStorage.setItem("masthead-document", kept), kept);
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  await page.waitForSelector(".page img");
  return page;
}

// Requests for a path are answered as by a server that is busy, until the function that is returned is called. They
// stay intercepted after that: while a browser ends intercepting, it may lose a request.
export async function busy(page, path) {
  let refuses = true;
  const answer = { status: 429, headers: { "retry-after": "1" }, contentType: "application/problem+json",
    body: JSON.stringify({ detail: "too many requests are waiting", findings: [] }) };
  await page.route(`**/${path}`, (route) => (refuses ? route.fulfill(answer) : route.continue()));
  return () => {
    refuses = false;
  };
}

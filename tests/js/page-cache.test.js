import assert from "node:assert/strict";
import { test } from "node:test";
import { namedIn } from "../../static/js/page-cache.js";

test("a page names its style sheets, scripts and pictures, not other pages", () => {
  const page = `<link href="/static/css/citizen.1a.css"><script src="/static/js/page.2b.js"></script>
    <use href="/static/img/icons.3c.svg#eye"></use><a href="/privacy/">x</a>
    <link href="https://elsewhere.example/static/x.css"><script src="/static/js/page.2b.js"></script>`;
  assert.deepEqual(namedIn(page, "/id/offline/"), [
    "/static/css/citizen.1a.css",
    "/static/js/page.2b.js",
    "/static/img/icons.3c.svg",
  ]);
});

test("a style sheet names its fonts and pictures, and what it imports", () => {
  const sheet = `@import url("base.css"); a { b: url("../img/c.svg"), url("data:image/svg+xml,x"); }`;
  const named = namedIn(sheet, "/static/css/citizen.css");
  assert.deepEqual(named, ["/static/css/base.css", "/static/img/c.svg"]);
});

test("a module names the modules it imports, one line or many, when it starts or later", () => {
  const script = `import {
  a,
} from "./a.1.js";
import "./b.2.js";
export { c } from "../vendor/c/c.3.mjs";
const d = await import("./d.4.js");
const e = await import(address);`;
  assert.deepEqual(namedIn(script, "/static/js/page.js"), [
    "/static/js/a.1.js",
    "/static/js/b.2.js",
    "/static/vendor/c/c.3.mjs",
    "/static/js/d.4.js",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, isWorthSaying, pauseOf, waitIn } from "../../static/js/line-words.js";

const WORDS = {
  minutes: "{least} to {most} minutes",
  hours: "{least} to {most} hours",
  under: "less than {most} minutes",
  under_hours: "less than {most} hours",
  unknown: "nobody can say",
};
const word = (code) => WORDS[code];

test("a sentence is filled with its values, and an unknown one stays", () => {
  assert.equal(filled("{a} of {b}, {c}", { a: 1, b: "two" }), "1 of two, {c}");
});

test("the wait is told in the page's words", () => {
  const told = (least, most, hours) => waitIn({ least, most, in_hours: hours }, word);
  assert.equal(told(20, 30, false), "20 to 30 minutes");
  assert.equal(told(0, 2, false), "less than 2 minutes");
  assert.equal(told(2, 4, true), "2 to 4 hours");
  assert.equal(told(0, 3, true), "less than 3 hours");
  assert.equal(told(null, null, false), "nobody can say");
});

test("a screen reader is told when half of them are gone, and not before", () => {
  assert.deepEqual(
    [100, 51, 50, 0].map((before) => isWorthSaying(before, 100)),
    [false, false, true, true],
  );
});

test("the page asks as rarely as it is told, and after failures more and more rarely", () => {
  assert.equal(pauseOf(30, 0, 0.9), 30_000);
  assert.equal(pauseOf(5, 1, 0.5), 10_000);
  assert.equal(pauseOf(5, 4, 0), 60_000);
  assert.equal(pauseOf(5, 20, 0.5), 300_000);
});

// Turns the runner's own report into the closing line; a skipped browser journey is a failure.
const { readFileSync } = require("node:fs");
const [path, checked, tested] = process.argv.slice(2);

let report;
try {
  report = JSON.parse(readFileSync(path, "utf8"));
} catch {
  console.log("the test runner left no report");
  console.log("0 passed, 1 failed");
  process.exit(1);
}

const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ file: file.name, ...test })));
const passed = tests.filter((test) => test.status === "passed").length;
const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
const skippedJourneys = skipped.filter((test) => test.file.includes("/tests/journeys/"));
const brokenFiles = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);

for (const test of skipped) console.log(`skipped: ${test.fullName}`);
for (const file of brokenFiles) console.log(`did not load: ${file.name.split("/").slice(-2).join("/")}`);

let failed = tests.filter((test) => test.status === "failed").length + skippedJourneys.length + brokenFiles.length;
if (checked !== "0") {
  console.log("npm run check failed");
  failed += 1;
}
if (tested !== "0" && failed === 0) failed += 1;

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

#!/usr/bin/env node
// What `avow` is when installed: plain JavaScript, so that even a Node that cannot read TypeScript says what it lacks.
if (Number(process.versions.node.split(".")[0]) < 24) {
  process.stderr.write(
    `avow: this is Node ${process.versions.node}; avow needs Node 24 or newer\n  use npm start or npm run avow after npm ci (it brings Node 24 on Linux), or install Node 24\n`,
  );
  process.exitCode = 2;
} else {
  await import("@avow/cli/main");
}

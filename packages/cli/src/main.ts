// The `avow` command's entry: refuses an old Node in plain words, then runs the command line.
// INVARIANT: nothing but erasable types, and no import before the version is known.
const isOldNode = Number(process.versions.node.split(".")[0]) < 24;

if (isOldNode) {
  process.stderr.write(
    `avow: this is Node ${process.versions.node}; avow needs Node 24 or newer\n  use npm start or npm run avow after npm ci (it brings Node 24 on Linux), or install Node 24\n`,
  );
  process.exitCode = 2;
} else {
  const { main } = await import("./run-process.ts");
  await main();
}

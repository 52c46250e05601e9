// Ways out of a Node process, each as a program of a few lines; which of them the preload guard sees is written in docs/guide/inside-software.md.

export type Seen = "refused" | "passes";

/** Of the environment: `PORT` and `UDP` are ports of witnesses on this machine, `DNS` a name server's, `PIPE` a Unix socket. */
export interface Way {
  /** As the guide's table has it. */
  readonly name: string;
  readonly seen: Seen;
  readonly script: string;
  /** What the witness is; `code` for look-ups that the system makes, where only the error can be told. */
  readonly witness: "tcp" | "udp" | "dns" | "pipe" | "code";
  /** Environment of this way alone. */
  readonly env?: Readonly<Record<string, string>>;
}

const url = "`http://127.0.0.1:${process.env.PORT}/`";
const to = '{ host: "127.0.0.1", port: Number(process.env.PORT) }';
const settle = "await new Promise((done) => setTimeout(done, 150));";
const quiet = `process.on("uncaughtException", () => {});`;
const fetching = `await fetch(${url}).catch(() => {});`;
const netModule = `const net = await import("node:net"); net.connect(${to}).on("error", () => {}); ${settle}`;

const worker = (what: string, options: string): string =>
  `const { Worker } = await import("node:worker_threads"); const w = new Worker(${what}, ${options}); await new Promise((done) => w.on("exit", done)); ${settle}`;

export const ways: readonly Way[] = [
  { name: "`fetch`", seen: "refused", witness: "tcp", script: fetching },
  {
    name: "`WebSocket`",
    seen: "refused",
    witness: "tcp",
    script: `const s = new WebSocket(${url}.replace("http", "ws")); await new Promise((done) => (s.onerror = s.onclose = done));`,
  },
  {
    name: "`node:http`",
    seen: "refused",
    witness: "tcp",
    script: `const { get } = await import("node:http"); get(${url}).on("error", () => {}); ${settle}`,
  },
  {
    name: "`node:https`",
    seen: "refused",
    witness: "tcp",
    script: `const { get } = await import("node:https"); get(${url}.replace("http", "https")).on("error", () => {}); ${settle}`,
  },
  {
    name: "`node:http` with a connection of its own",
    seen: "refused",
    witness: "tcp",
    script: `const net = await import("node:net"); const { get } = await import("node:http"); get({ createConnection: () => net.connect(${to}).on("error", () => {}) }).on("error", () => {}); ${settle}`,
  },
  {
    name: "`node:http2`",
    seen: "refused",
    witness: "tcp",
    script: `const { connect } = await import("node:http2"); const s = connect(${url}).on("error", () => {}); try { s.request({}).on("error", () => {}).end(); } catch {} ${settle} s.destroy();`,
  },
  { name: "`node:net`", seen: "refused", witness: "tcp", script: netModule },
  {
    name: "`node:tls`",
    seen: "refused",
    witness: "tcp",
    script: `const tls = await import("node:tls"); tls.connect(${to}).on("error", () => {}); ${settle}`,
  },
  {
    name: "`node:dgram`",
    seen: "refused",
    witness: "udp",
    script: `const { createSocket } = await import("node:dgram"); const s = createSocket("udp4"); s.send("x", Number(process.env.UDP), "127.0.0.1", () => s.close()); ${settle}`,
  },
  {
    name: "`node:dgram`, connected",
    seen: "refused",
    witness: "udp",
    script: `const { createSocket } = await import("node:dgram"); const s = createSocket("udp4"); s.connect(Number(process.env.UDP), "127.0.0.1", (e) => e ? s.close() : s.send("x", () => s.close())); ${settle}`,
  },
  {
    name: "`node:dns`, a name server of its own",
    seen: "refused",
    witness: "dns",
    script: `const { Resolver } = await import("node:dns/promises"); const r = new Resolver({ timeout: 100, tries: 1 }); r.setServers(["127.0.0.1:" + process.env.DNS]); await r.resolve4("secret.exam.example").catch(() => {});`,
  },
  {
    name: "`node:dns`, the system's look-up",
    seen: "refused",
    witness: "code",
    script: `const { lookup } = await import("node:dns"); lookup("secret.exam.example", (e) => console.log(e?.code));`,
  },
  {
    name: "undici from npm",
    seen: "refused",
    witness: "tcp",
    script: `const { request } = await import(process.env.UNDICI); await request(${url}).catch(() => {});`,
  },
  {
    name: "undici from npm with a dispatcher of its own",
    seen: "refused",
    witness: "tcp",
    script: `const { request, Agent } = await import(process.env.UNDICI); const dispatcher = new Agent(); await request(${url}, { dispatcher }).catch(() => {}); await dispatcher.close();`,
  },
  { name: "a worker thread", seen: "refused", witness: "tcp", script: worker("process.env.CHILD", "{}") },
  {
    name: "`fork` of another script",
    seen: "refused",
    witness: "tcp",
    script: `const { fork } = await import("node:child_process"); const c = fork(process.env.CHILD); await new Promise((done) => c.on("exit", done));`,
  },
  {
    name: "a worker thread started without the flags (`execArgv: []`)",
    seen: "passes",
    witness: "tcp",
    script: worker("process.env.CHILD", "{ execArgv: [] }"),
  },
  {
    name: "a worker thread made of text (`eval: true`)",
    seen: "passes",
    witness: "tcp",
    script: worker(`\`require("node:net").connect(${to}).on("error", () => {})\``, "{ eval: true }"),
  },
  {
    name: "a child process (another program, or Node without the flag)",
    seen: "passes",
    witness: "tcp",
    script: `const { spawnSync } = await import("node:child_process"); spawnSync(process.execPath, [process.env.CHILD]);`,
  },
  {
    name: "native code and the runtime's own bindings",
    seen: "passes",
    witness: "tcp",
    script: `const { TCP, TCPConnectWrap, constants } = process.binding("tcp_wrap"); const t = new TCP(constants.SOCKET); const r = new TCPConnectWrap(); await new Promise((done) => { r.oncomplete = done; t.connect(r, "127.0.0.1", Number(process.env.PORT)); }); t.close();`,
  },
  {
    name: "code that puts the runtime's functions back, or kept them from before",
    seen: "passes",
    witness: "tcp",
    env: { KEEP: "1" },
    script: `const net = await import("node:net"); net.Socket.prototype.connect = globalThis.kept ?? net.Socket.prototype.connect; net.connect(${to}).on("error", () => {}); ${settle}`,
  },
  {
    name: "a Unix socket or pipe",
    seen: "passes",
    witness: "pipe",
    script: `const net = await import("node:net"); net.connect(process.env.PIPE).on("error", () => {}); ${settle}`,
  },
  {
    name: "this machine itself (127.0.0.1, ::1, localhost), unless `AVOW_LOOPBACK=declared`",
    seen: "passes",
    witness: "tcp",
    env: { AVOW_LOOPBACK: "pass" },
    script: netModule,
  },
  {
    name: "a declared name that the program resolves elsewhere",
    seen: "passes",
    witness: "tcp",
    env: { DECLARED: "1" },
    script: `const net = await import("node:net"); net.connect({ host: "news.exam.example", port: Number(process.env.PORT), lookup: (_n, _o, done) => done(null, [{ address: "127.0.0.1", family: 4 }]) }).on("error", () => {}); ${settle}`,
  },
];

export const start = quiet;

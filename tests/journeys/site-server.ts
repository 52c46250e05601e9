// A little site of the test's own, served on a port of this machine: the pages that are measured.
import { type Server, createServer } from "node:http";

export interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `pages` by path; what ends in `.js` is a script, everything else a page. */
export async function serveSite(pages: (path: string) => string | undefined): Promise<Site> {
  const server: Server = createServer((request, reply) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const body = pages(path);
    const type = path.endsWith(".js") ? "text/javascript" : "text/html";
    reply.writeHead(body === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function htmlPage(title: string, head: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><h1>${title}</h1><a href="/next">next</a></body></html>`;
}

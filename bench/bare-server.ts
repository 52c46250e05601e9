// The ceiling of ingest: bare node:http that reads a body, parses it as JSON and answers 202.
import { createServer } from "node:http";

createServer((request, response) => {
  if (request.url === "/health") {
    response.writeHead(200).end("{}");
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString("utf8"));
    response.writeHead(202, { "content-type": "text/plain" }).end("ok");
  });
}).listen(Number(process.argv[2]), "127.0.0.1");

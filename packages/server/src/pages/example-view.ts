// The page being measured: small and plain, under the notice `example`, with our tracker and nothing else.
import { html } from "hono/html";
import type { Html } from "./frame/html.ts";

export interface ExamplePage {
  readonly path: string;
  readonly title: string;
  readonly text: readonly string[];
}

export const examplePages: readonly ExamplePage[] = [
  {
    path: "/example",
    title: "A page being measured",
    text: [
      "This page stands for a site of yours. It loads one script of less than a kilobyte from this server, which sent one message: that this address was opened, and which page led here. It read nothing from your device and left nothing on it.",
      "The server cut your address to its network to look up a country, reduced your browser's description to a few common words, and threw both away before anything was written. What your notice does not declare was not written at all.",
    ],
  },
  {
    path: "/example/about",
    title: "About this page",
    text: [
      "A second page, so that a visit can have more than one. Both views belong to one visit because a random number, drawn for today and kept in memory only, joins them.",
      "At midnight the key to that number is thrown away. Nobody, the owner included, can tell tomorrow whether you came back.",
    ],
  },
  {
    path: "/example/no",
    title: "Saying no",
    text: [
      "Turn on Global Privacy Control in your browser (or Do Not Track, where it still has it) and open these pages again. The message then carries your no, and nothing is written.",
      "There is no banner to dismiss: the notice promises that a signal is an answer.",
    ],
  },
];

export function examplePage(path: string): ExamplePage | undefined {
  return examplePages.find((page) => page.path === path);
}

export const exampleScript: Html = html`<script defer data-domain="example.org" src="/js/script.js"></script> `;

export function exampleView(page: ExamplePage): Html {
  const others = examplePages.filter(({ path }) => path !== page.path);
  return html`<h1>${page.title}</h1>
    <div class="standing">${page.text.map((text) => html`<p>${text}</p>`)}</div>
    <p class="standing">
      See what became of it: <a href="/stats/example.org?period=today">the statistics of example.org</a>, and
      <a href="/notices/example#visit">the notice</a>, which lists what would be written of your visit, clause by
      clause.
    </p>
    <p>
      Read on:
      ${others.map(({ path, title }, index) => html`${index === 0 ? "" : " · "}<a href="${path}">${title}</a>`)}
    </p>`;
}

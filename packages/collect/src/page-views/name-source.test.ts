// Sources under the names people know, from hosts and from link tags.
import { expect, test } from "vitest";
import { nameSourceHost, nameTaggedSource } from "./name-source.ts";
import { sourcesByKind } from "./source-hosts.ts";

test.each([
  ["www.google.com", "Google"],
  ["www.google.co.uk", "Google"],
  ["google.de", "Google"],
  ["docs.google.com", "docs.google.com"],
  ["mail.google.com", "Gmail"],
  ["scholar.google.com", "Google Scholar"],
  ["google.evil.example", "google.evil.example"],
  ["www.bing.com", "Bing"],
  ["duckduckgo.com", "DuckDuckGo"],
  ["t.co", "Twitter"],
  ["de-de.facebook.com", "Facebook"],
  ["notfacebook.com", "notfacebook.com"],
  ["old.reddit.com", "Reddit"],
  ["news.ycombinator.com", "Hacker News"],
  ["en.wikipedia.org", "Wikipedia"],
  ["chatgpt.com", "ChatGPT"],
  ["www.blog.example", "blog.example"],
])("%s → %s", (host, name) => expect(nameSourceHost("https", host)).toBe(name));

test.each([
  ["GOOGLE", "Google"],
  ["facebook", "Facebook"],
  ["fb", "Facebook"],
  ["hackernews", "Hacker News"],
  ["chatgpt.com", "ChatGPT"],
  ["Newsletter", "Newsletter"],
  ["constructor", "constructor"],
  ["__proto__", "__proto__"],
])("tag %s → %s", (tag, name) => expect(nameTaggedSource(tag)).toBe(name));

test("a program gives its package as host", () => {
  expect(nameSourceHost("android-app", "com.google.android.gm")).toBe("Gmail");
  expect(nameSourceHost("android-app", "constructor")).toBe("constructor");
});

test("no host stands under two names", () => {
  const hosts = Object.values(sourcesByKind).flatMap((each) => Object.values(each).flatMap((list) => list.split(" ")));
  expect(hosts.length).toBeGreaterThanOrEqual(150);
  expect(new Set(hosts).size).toBe(hosts.length);
});

// User agents reduced to the names Plausible and Matomo use; robots recognised; nothing of the raw text comes through.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { browserNames, systemNames, systemWords } from "./agent-names.ts";
import { reduceUserAgent } from "./reduce-user-agent.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

test.each([
  [
    "Chrome on Windows",
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/126.0.0.0 Safari/537.36`,
    "Desktop",
    "Chrome",
    "126.0",
    "Windows",
    "10",
  ],
  [
    "Edge",
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.56`,
    "Desktop",
    "Microsoft Edge",
    "126.0",
    "Windows",
    "10",
  ],
  [
    "Safari on Mac",
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/17.5 Safari/605.1.15`,
    "Desktop",
    "Safari",
    "17.5",
    "Mac",
    "10.15",
  ],
  [
    "Safari on iPhone",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${apple} Version/17.5 Mobile/15E148 Safari/604.1`,
    "Mobile",
    "Safari",
    "17.5",
    "iOS",
    "17.5",
  ],
  [
    "Chrome on iPad",
    `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${apple} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
    "Tablet",
    "Chrome",
    "126.0",
    "iOS",
    "17.5",
  ],
  [
    "an app on iPhone",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${apple} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.40.86]`,
    "Mobile",
    "Mobile App",
    undefined,
    "iOS",
    "17.5",
  ],
  [
    "an app on Android",
    `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) ${webkit} Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36`,
    "Mobile",
    "Mobile App",
    undefined,
    "Android",
    "14",
  ],
  [
    "Samsung",
    `Mozilla/5.0 (Linux; Android 14; SM-S928B) ${webkit} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    "Mobile",
    "Samsung Browser",
    "25.0",
    "Android",
    "14",
  ],
  [
    "an Android tablet",
    `Mozilla/5.0 (Linux; Android 13; SM-X906C) ${webkit} Chrome/126.0.0.0 Safari/537.36`,
    "Tablet",
    "Chrome",
    "126.0",
    "Android",
    "13",
  ],
  [
    "Firefox on Ubuntu",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Desktop",
    "Firefox",
    "127.0",
    "Ubuntu",
    undefined,
  ],
  [
    "Firefox on Linux",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Desktop",
    "Firefox",
    "127.0",
    "GNU/Linux",
    undefined,
  ],
  [
    "Chrome OS",
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/126.0.0.0 Safari/537.36`,
    "Desktop",
    "Chrome",
    "126.0",
    "Chrome OS",
    undefined,
  ],
  [
    "Opera",
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0`,
    "Desktop",
    "Opera",
    "111.0",
    "Windows",
    "10",
  ],
  [
    "a console",
    `Mozilla/5.0 (PlayStation; PlayStation 5/2.26) ${apple} Version/13.0 Safari/605.1.15`,
    "Desktop",
    "Safari",
    "13.0",
    "PlayStation",
    undefined,
  ],
])("%s", (_, agent, device, browser, browserVersion, os, osVersion) => {
  const { isRobot, ...names } = reduceUserAgent(agent);
  expect(isRobot).toBe(false);
  expect({ browserVersion: undefined, osVersion: undefined, ...names }).toEqual({
    device,
    browser,
    browserVersion,
    os,
    osVersion,
  });
});

test.each([
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/126.0.0.0 Safari/537.36`,
  "curl/8.5.0",
  "python-requests/2.32.0",
  "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
])("%s is a robot", (agent) => expect(reduceUserAgent(agent).isRobot).toBe(true));

test("an absent user agent says nothing", () => expect(reduceUserAgent("")).toEqual({ isRobot: false }));

test("any text: words of closed lists and digits only, never a throw", () => {
  const words = new Set([
    ...Object.values(browserNames),
    ...Object.values(systemNames),
    ...systemWords.map(([, name]) => name),
  ]);
  const part = fc.constantFrom(
    "Mozilla/5.0",
    "(",
    ")",
    "Chrome/",
    "1.2.3.4",
    "Linux",
    "Android",
    "; wv)",
    "Secret-Name/7",
    "Version/",
    "NT 10.0",
    " ",
    "Safari/1",
  );
  const agent = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(part, { maxLength: 12 }).map((list) => list.join(" ")),
  );
  fc.assert(
    fc.property(agent, (text) => {
      const { browser, os, browserVersion, osVersion } = reduceUserAgent(text);
      if (browser !== undefined) expect(words).toContain(browser);
      if (os !== undefined) expect(words).toContain(os);
      if (browserVersion !== undefined) expect(browserVersion).toMatch(/^\d{1,5}(\.\d{1,5})?$/);
      if (osVersion !== undefined) expect(osVersion).toMatch(/^\d{1,5}(\.\d{1,5})?$|^(Vista|XP)$/);
    }),
    { numRuns: 1_000 },
  );
});

// Each channel by the rules that are published for it (Google Analytics help, default channel group; Plausible docs, channels).
import { expect, test } from "vitest";
import { type CameBy, type Channel, channelOf, channels } from "./channel.ts";
import { nameSourceHost, nameTaggedSource } from "./name-source.ts";

/** From a link's query and the host that linked. */
function by(query: string, host = ""): Channel {
  const tags = new URLSearchParams(query);
  const tagged = tags.get("utm_source") ?? "";
  const source = tagged === "" ? (host === "" ? "" : nameSourceHost("https", host)) : nameTaggedSource(tagged);
  return channelOf({
    source,
    taggedSource: tagged,
    medium: tags.get("utm_medium") ?? "",
    campaign: tags.get("utm_campaign") ?? "",
    clicks: { google: tags.has("gclid"), bing: tags.has("msclkid") },
  });
}

const cases: readonly (readonly [Channel, string, string?])[] = [
  ["Cross-network", "utm_medium=cross-network&utm_source=google"],
  ["Cross-network", "utm_campaign=Summer-Cross-Network&utm_medium=cpc&utm_source=google"],
  ["Paid Shopping", "utm_medium=cpc&utm_source=etsy"],
  ["Paid Shopping", "utm_medium=paid&utm_campaign=eshop+sale&utm_source=google"],
  ["Paid Shopping", "utm_medium=ppc", "amazon.de"],
  ["Paid Search", "utm_medium=cpc&utm_source=google"],
  ["Paid Search", "utm_medium=PPC&utm_source=Bing"],
  ["Paid Search", "utm_medium=paid-search", "duckduckgo.com"],
  ["Paid Search", "gclid=abc", "www.google.com"],
  ["Paid Search", "gclid=abc&utm_source=google"],
  ["Paid Search", "msclkid=abc", "www.bing.com"],
  ["Paid Search", "utm_medium=cpc", "chatgpt.com"],
  ["Paid Social", "utm_medium=paidsocial&utm_source=facebook"],
  ["Paid Social", "utm_medium=retargeting", "l.instagram.com"],
  ["Paid Social", "utm_medium=cpm&utm_source=linkedin"],
  ["Paid Video", "utm_medium=cpc&utm_source=youtube"],
  ["Display", "utm_medium=display&utm_source=adnetwork"],
  ["Display", "utm_medium=banner&utm_source=google"],
  ["Display", "utm_medium=cpm&utm_source=adnetwork"],
  ["Display", "utm_medium=interstitial"],
  ["Paid Other", "utm_medium=cpc&utm_source=adnetwork"],
  ["Paid Other", "utm_medium=paid"],
  ["Organic Shopping", "", "www.ebay.co.uk"],
  ["Organic Shopping", "utm_campaign=shopping&utm_source=letter"],
  ["Organic Social", "", "www.linkedin.com"],
  ["Organic Social", "", "t.me"],
  ["Organic Social", "", "linktr.ee"],
  ["Organic Social", "utm_medium=sm&utm_source=own"],
  ["Organic Video", "", "m.youtube.com"],
  ["Organic Video", "utm_medium=webvideo&utm_source=own"],
  ["Organic Search", "", "www.google.co.uk"],
  ["Organic Search", "", "sogou.com"],
  ["Organic Search", "", "chatgpt.com"],
  ["Organic Search", "utm_source=chatgpt.com"],
  ["Organic Search", "utm_medium=organic&utm_source=small.example"],
  ["Organic Search", "msclkid=abc", "www.google.com"],
  ["Email", "", "mail.google.com"],
  ["Email", "utm_source=gmail"],
  ["Email", "utm_medium=email&utm_source=letter"],
  ["Email", "utm_source=E-Mail"],
  ["Affiliates", "utm_medium=affiliate&utm_source=partner"],
  ["Audio", "utm_medium=audio&utm_source=podcast"],
  ["SMS", "utm_medium=sms"],
  ["SMS", "utm_source=sms"],
  ["Mobile Push Notifications", "utm_medium=web-push&utm_source=own"],
  ["Mobile Push Notifications", "utm_medium=notification"],
  ["Mobile Push Notifications", "utm_source=firebase"],
  ["Referral", "", "blog.example"],
  ["Referral", "", "github.com"],
  ["Referral", "utm_medium=link"],
  ["Referral", "utm_source=letter&utm_campaign=workshop"],
  ["Direct", ""],
  ["Direct", "gclid=abc"],
  ["Direct", "utm_source=(direct)&utm_medium=(none)"],
];

test.each(cases)("%s: ?%s from `%s`", (channel, query = "", host = "") => expect(by(query, host)).toBe(channel));

test("every channel has a case", () => {
  expect(new Set(cases.map(([channel]) => channel))).toEqual(new Set(channels));
});

test("the order decides where several would hold", () => {
  const paid: CameBy = {
    source: "Facebook",
    taggedSource: "facebook",
    medium: "cpc",
    campaign: "shop",
    clicks: { google: true, bing: true },
  };
  expect(channelOf(paid)).toBe("Paid Shopping");
  expect(channelOf({ ...paid, campaign: "cross-network shop" })).toBe("Cross-network");
  expect(channelOf({ ...paid, campaign: "" })).toBe("Paid Social");
});

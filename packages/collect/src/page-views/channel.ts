// The channel a visit came by: the published definitions of Google Analytics 4's default channels, decided in the order of Plausible.
import { kindOfSource } from "./name-source.ts";

export const channels = [
  "Cross-network",
  "Paid Shopping",
  "Paid Search",
  "Paid Social",
  "Paid Video",
  "Display",
  "Paid Other",
  "Organic Shopping",
  "Organic Social",
  "Organic Video",
  "Organic Search",
  "Email",
  "Affiliates",
  "Audio",
  "SMS",
  "Mobile Push Notifications",
  "Referral",
  "Direct",
] as const;
export type Channel = (typeof channels)[number];

/** What the link and the referrer say; tags as they were written, empty where there is none. */
export interface CameBy {
  /** By its canonical name (`nameTaggedSource`, `nameSourceHost`). */
  readonly source: string;
  readonly taggedSource: string;
  readonly medium: string;
  readonly campaign: string;
  /** Whether the link brought a number by which an advertiser tells clicks; the number itself is not looked at. */
  readonly clicks: Readonly<{ google: boolean; bing: boolean }>;
}

const paidMedium = /cp|^ppc$|^retargeting$|^paid/;
/** `shop` and `eshop`, not `workshop`; and `shopping` anywhere. */
const shopCampaign = /(?:^|[^a-df-z])shop|shopping/;
const displayMedia = new Set(["display", "banner", "expandable", "interstitial", "cpm"]);
const socialMedia = new Set(["social", "social-network", "social-media", "sm", "social network", "social media"]);
const mailWords = new Set(["email", "e-mail", "e_mail", "e mail"]);
const referralMedia = new Set(["referral", "app", "link"]);
const noMedium = new Set(["", "(none)", "(not set)"]);

/** A word every visit of the same way has in common; of the click numbers only that there was one. */
export function channelOf(cameBy: CameBy): Channel {
  if (cameBy.source === "" && cameBy.medium === "" && cameBy.campaign === "") return "Direct";
  const medium = cameBy.medium.toLowerCase();
  const campaign = cameBy.campaign.toLowerCase();
  const tagged = cameBy.taggedSource.toLowerCase();
  const kind = kindOfSource(cameBy.source);
  if (medium === "cross-network" || campaign.includes("cross-network")) return "Cross-network";
  const isShop = kind === "shopping" || shopCampaign.test(campaign);
  const isSearch = kind === "search" || kind === "assistant";
  if (paidMedium.test(medium) || isClicked(cameBy)) {
    if (isShop) return "Paid Shopping";
    if (isSearch) return "Paid Search";
    if (kind === "social") return "Paid Social";
    if (kind === "video") return "Paid Video";
    return displayMedia.has(medium) ? "Display" : "Paid Other";
  }
  if (displayMedia.has(medium)) return "Display";
  if (isShop) return "Organic Shopping";
  if (kind === "social" || socialMedia.has(medium)) return "Organic Social";
  if (kind === "video" || medium.includes("video")) return "Organic Video";
  if (isSearch || medium === "organic") return "Organic Search";
  return otherChannel(cameBy.source, kind === "mail", tagged, medium);
}

function otherChannel(source: string, isMail: boolean, tagged: string, medium: string): Channel {
  if (isMail || mailWords.has(tagged) || mailWords.has(medium)) return "Email";
  if (medium === "affiliate" || medium === "affiliates") return "Affiliates";
  if (medium === "audio") return "Audio";
  if (tagged === "sms" || medium === "sms") return "SMS";
  if (tagged === "firebase" || /push$|mobile|notification/.test(medium)) return "Mobile Push Notifications";
  if (referralMedia.has(medium)) return "Referral";
  const isDirect = source === "" || (tagged === "(direct)" && noMedium.has(medium));
  return isDirect ? "Direct" : "Referral";
}

/** A link from an engine's own advertisement says so where its medium does not. */
function isClicked({ source, medium, clicks }: CameBy): boolean {
  if (!noMedium.has(medium.toLowerCase())) return false;
  return (clicks.google && source === "Google") || (clicks.bing && source === "Bing");
}

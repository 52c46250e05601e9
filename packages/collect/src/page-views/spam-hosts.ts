// Hosts that appear as referrers only to be looked up by whoever reads the statistics; a short list of our own, an operator adds theirs.

/** A subdomain of a host counts too. */
export const spamHosts: ReadonlySet<string> = new Set(
  `100dollars-seo.com 4webmasters.org best-seo-offer.com best-seo-solution.com bestwebsitesawards.com blackhatworth.com
  bot-traffic.icu bottraffic.live bottraffic.xyz buttons-for-website.com buttons-for-your-website.com buy-cheap-online.info
  cenoval.ru darodar.com econom.co event-tracking.com floating-share-buttons.com free-share-buttons.com
  free-social-buttons.com get-free-social-traffic.com get-free-traffic-now.com guardlink.org hulfingtonpost.com
  ilovevitaly.com kambasoft.com monetizationking.net o-o-6-o-o.com priceg.com rankings-analytics.com savetubevideo.com
  semalt.com semaltmedia.com sharebutton.net simple-share-buttons.com site-auditor.online social-buttons.com success-seo.com
  traffic-cash.xyz traffic2cash.xyz traffic2money.com trafficbot.life trafficmonetize.org video--production.com
  webmonetizer.net`.split(/\s+/),
);

/** Whether the host, or one it stands below, is on either list. */
export function isSpamHost(host: string, more?: ReadonlySet<string>): boolean {
  let rest = host;
  while (rest.includes(".")) {
    if (spamHosts.has(rest) || more?.has(rest) === true) return true;
    rest = rest.slice(rest.indexOf(".") + 1);
  }
  return false;
}

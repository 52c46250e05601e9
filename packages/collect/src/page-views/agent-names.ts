// Names of browsers and systems as Plausible and Matomo write them, from the names bowser gives. What is not listed has no name.

export const browserNames: Readonly<Record<string, string>> = {
  "Amazon Silk": "Amazon Silk",
  "Android Browser": "Android Browser",
  BlackBerry: "BlackBerry Browser",
  Brave: "Brave",
  Chrome: "Chrome",
  Chromium: "Chromium",
  DuckDuckGo: "DuckDuckGo Privacy Browser",
  Electron: "Electron",
  Epiphany: "GNOME Web",
  Firefox: "Firefox",
  Focus: "Firefox Focus",
  "Google Search": "Mobile App",
  "HeyTap Browser": "HeyTapBrowser",
  "Internet Explorer": "Internet Explorer",
  "K-Meleon": "K-meleon",
  Ladybird: "Ladybird",
  LibreWolf: "LibreWolf",
  Maxthon: "Maxthon",
  "Microsoft Edge": "Microsoft Edge",
  "MZ Browser": "Meizu Browser",
  "NAVER Whale Browser": "Whale Browser",
  Opera: "Opera",
  "Opera Coast": "Opera Coast",
  "Pale Moon": "Pale Moon",
  Puffin: "Puffin",
  "QQ Browser": "QQ Browser",
  "QQ Browser Lite": "QQ Browser Lite",
  QupZilla: "QupZilla",
  Safari: "Safari",
  Sailfish: "Sailfish Browser",
  "Samsung Internet for Android": "Samsung Browser",
  SeaMonkey: "SeaMonkey",
  Sleipnir: "Sleipnir",
  "Sogou Browser": "Sogou Explorer",
  "UC Browser": "UC Browser",
  "Vivo Browser": "vivo Browser",
  Vivaldi: "Vivaldi",
  WeChat: "Mobile App",
  "Yandex Browser": "Yandex Browser",
};

export const systemNames: Readonly<Record<string, string>> = {
  Android: "Android",
  BlackBerry: "BlackBerry OS",
  "Chrome OS": "Chrome OS",
  HarmonyOS: "HarmonyOS",
  iOS: "iOS",
  Linux: "GNU/Linux",
  macOS: "Mac",
  "PlayStation 4": "PlayStation",
  Roku: "Roku OS",
  Tizen: "Tizen",
  WebOS: "webOS",
  Windows: "Windows",
  "Windows Phone": "Windows Phone",
};

/** Systems that bowser calls Linux or does not know, by a word of the user agent. */
export const systemWords: readonly (readonly [RegExp, string])[] = [
  [/\bUbuntu\b/, "Ubuntu"],
  [/\bFedora\b/, "Fedora"],
  [/\bDebian\b/, "Debian"],
  [/\bCentOS\b/, "CentOS"],
  [/\bGentoo\b/, "Gentoo"],
  [/\bSUSE\b/, "SUSE"],
  [/\bKAIOS\b/i, "KaiOS"],
  [/\bPlayStation\b/, "PlayStation"],
  [/\bXbox\b/, "Xbox"],
  [/\bNintendo\b/, "Nintendo"],
  [/\bFreeBSD\b/, "FreeBSD"],
  [/\bOpenBSD\b/, "OpenBSD"],
  [/\bNetBSD\b/, "NetBSD"],
];

/** Versions Windows is known by; its kernel number says less. */
export const windowsVersions: ReadonlySet<string> = new Set(["11", "10", "8.1", "8", "7", "Vista", "XP", "2000"]);

/** Pages shown inside another program of a telephone: its own browser, of no name. */
export const appWords =
  /; wv\)|\bFBA[NV]\/|\bFB_IAB\/|\bInstagram\b|\bGSA\/|\bMicroMessenger\/|\bLine\/|\bSnapchat\b|\bPinterest\/|\bLinkedInApp\b|\bBytedanceWebview\b|\bmusical_ly\b|\bTwitter for\b|\bTelegram-Android\b/;

/** Things held in the hand or worn; everything else without a screen class is a desktop. */
export const mobileWords = /\bMobile\b|\bMobi\b|\bOpera Mini\b|\bJ2ME\b|\bKAIOS\b|\bWatch\b|\bPhone\b/i;
export const deskWords = /\bPlayStation\b|\bXbox\b|\bNintendo\b|\bCrOS\b|\bX11\b|\bWindows NT\b|\bMacintosh\b|TV\b/;

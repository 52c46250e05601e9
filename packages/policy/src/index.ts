// The notice language, whole: parse, check, compile, decide, explain, write.
export type * from "./model/notice.ts";
export { promiseKinds } from "./model/notice.ts";
export type * from "./model/diagnostic.ts";
export { type DiagnosticCode, diagnosticCodes } from "./model/diagnostic-codes.ts";
export type * from "./model/policy.ts";
export { reasons } from "./model/policy.ts";
export type * from "./model/vocabulary.ts";
export { termKinds } from "./model/vocabulary.ts";
export { type Condition, type Ground, conditions, grounds } from "./model/values.ts";
export { formOf, formText, isFormAtOrBelow } from "./model/form-order.ts";
export { type Parsed, parseNotice } from "./syntax/parse-notice.ts";
export { formatDiagnostic } from "./format-diagnostic.ts";
export { type ParsedTerms, parseTerms } from "./terms/parse-terms.ts";
export { type CheckOptions, checkNotice } from "./check/check-notice.ts";
export { type CompileOptions, compileNotice, hashVocabulary, vocabularyText } from "./compile/compile-notice.ts";
export { canonicalJson } from "./compile/canonical-json.ts";
export { sha256Hex } from "./compile/sha256-hex.ts";
export { type Archive, reopenVersion, versionText } from "./versions/archived-version.ts";
export {
  type MaterialChange,
  type VersionEntry,
  type VersionLog,
  lastEntry,
  policyAt,
  vocabularyAt,
  writeVersionLog,
} from "./versions/version-log.ts";
export { type ReadLog, readVersionLog } from "./versions/read-version-log.ts";
export { type Appended, type VersionChange, type VersionRefusal, appendVersion } from "./versions/append-version.ts";
export { verifyVersionLog } from "./versions/verify-version-log.ts";
export { type ServedVersion, logOfServed } from "./versions/log-of-served.ts";
export { writeNoticeTypes } from "./write/notice-types.ts";
export { type ProgramContact, type ProgramFeature, type ProgramTable, programTable } from "./write/program-table.ts";
export { noticeSchema } from "./schema/notice-schema.ts";
export { decide } from "./decide/decide.ts";
export { explain } from "./decide/explain.ts";
export { type Loaded, type LoadOptions, type ReadText, loadNotice } from "./load-notice.ts";
export { type Covering, coversHost } from "./covers-host.ts";
export { dataTerms } from "./data-terms.ts";
export { nearest } from "./terms/nearest.ts";
export { type VocabularyIndex, extendVocabulary, indexVocabulary } from "./terms/index-vocabulary.ts";
export { standardVocabulary } from "./vocabulary/standard-vocabulary.ts";
export { type CompareOptions, compareNotices } from "./compare/compare-notices.ts";
export { type AddendumFinding, compareAddendum } from "./compare/compare-addendum.ts";
export type * from "./compare/comparison.ts";
export { verdicts } from "./compare/comparison.ts";
export type { Dimension, Point } from "./compare/point.ts";
export type { Side } from "./compare/side.ts";
export { type ParsedReviews, parseReviews } from "./compare/parse-reviews.ts";
export { proseHash } from "./compare/prose-hash.ts";
export { type ComparisonHead, unreviewed, verdictSentence } from "./write/comparison-head.ts";
export { type Marked, type MarkedPart, markChanges } from "./write/comparison-marks.ts";
export { comparisonMarkdown, plain as plainMarkdown } from "./write/comparison-markdown.ts";
export { type Redline, type RedlineClause, comparisonRedline } from "./write/comparison-redline.ts";
export { redlineText } from "./write/comparison-redline-text.ts";
export { comparisonText } from "./write/comparison-text.ts";
export type { NamedElsewhere, Relation, WhoseAnswer, WhoseNotice } from "./whose/whose-answer.ts";
export type { Coverage } from "./whose/coverage.ts";
export { whose } from "./whose/whose.ts";
export type { ParseAddress, ParsedAddress } from "./whose/read-whose.ts";
export { type ParsedForm, type QuestionForm, parseForm } from "./answer/question-form.ts";
export type { QuestionAnswer } from "./answer/answered.ts";
export { type FormAnswer, answerForm } from "./answer/answer-form.ts";
export { answerMarkdown, answerText } from "./answer/answer-text.ts";
export { type Standing, type SurfaceField, type SurfaceUse, surface } from "./surface/surface.ts";
export { checkPublished } from "./publish/check-published.ts";
export { noticeMarkdown } from "./publish/notice-markdown.ts";
export { noticeJsonLd } from "./publish/notice-jsonld.ts";
export { relationWords } from "./publish/notice-words.ts";
export { type PublishedNotice, type PublishedVersion, publishedNotice } from "./publish/published-notice.ts";
export { type Site, type SiteFiles, siteFiles } from "./publish/site-files.ts";
export { logName, stepName, wellKnownPath } from "./publish/site-paths.ts";
export { type Finding, type SiteIndex, type VerifiedSite, readSiteIndex, verifySite } from "./publish/verify-site.ts";

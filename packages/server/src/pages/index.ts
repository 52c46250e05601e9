// The pages: what rooms next door need of them.
export { pagesApp } from "./pages-app.ts";
export { refusalPage } from "./refusal-page.ts";

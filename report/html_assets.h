// What every page of HTML has in it: style and script. The page loads nothing.

#pragma once

#include <string_view>

namespace gdlint::report {

// Light and dark; what is printed has all of it.
inline constexpr std::string_view kPageStyle = R"(
:root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--soft:#59636e;
--line:#d1d9e0;--pane:#f6f8fa;--may:#fff4c2;--sure:#ffe07a;--exit:#ffb3a6;
--may-ink:#b58900;--dim:.35;--kw:#8250df;--str:#0a5c36;--num:#0550ae;
--ret:#1a7f37;--pan:#cf222e;--end:#6e40c9}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;
--soft:#9198a1;--line:#3d444d;--pane:#161b22;--may:#3a3110;--sure:#5c4a0a;
--exit:#7a2e25;--may-ink:#e3b341;--kw:#d2a8ff;--str:#7ee787;--num:#79c0ff;
--ret:#3fb950;--pan:#f85149;--end:#b083f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);
font:14px/1.45 system-ui,sans-serif}
code,svg text,.code{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,
Consolas,monospace}
code{font-size:12.5px;overflow-wrap:anywhere}
article{padding:12px 16px}
header h1{font-size:18px;margin:0;overflow-wrap:anywhere}
header p{margin:2px 0 10px;color:var(--soft)}
h2{font-size:13px;margin:14px 0 6px;color:var(--soft)}
h2:first-child{margin-top:0}
.way{position:fixed;top:0;left:0}
.panes{display:grid;gap:12px;
grid-template-columns:minmax(260px,4fr) minmax(300px,6fr) minmax(300px,5fr)}
.panes>section{min-width:0;overflow:auto;max-height:calc(100vh - 84px);
border:1px solid var(--line);border-radius:8px;padding:10px 12px}
.hint,.note{color:var(--soft);font-size:12.5px;margin:4px 0}
.note{border-left:3px solid var(--may-ink);padding-left:8px}
a{color:inherit}
ol,ul{margin:0;padding-left:20px}
.exits{list-style:none;padding:0}
.card{background:var(--card,var(--pane));border:1px solid var(--line);
border-left:4px solid var(--soft);border-radius:6px;padding:6px 10px;
margin-bottom:7px}
.card>a{font-weight:600;display:block}
.card ul{list-style:none;padding:0;margin-top:3px;font-size:13px}
.card .more{padding-left:14px}
.card.k-return,.card.k-recovered{border-left-color:var(--ret)}
.card.k-panic,.card.k-possible-panics{border-left-color:var(--pan)}
.card.k-process-end,.card.k-goexit,.card.k-endless{
border-left-color:var(--end)}
.deferred{counter-reset:d;list-style:none;padding:0}
.deferred>li{counter-increment:d;margin-bottom:4px}
.deferred>li::before{content:"[" counter(d) "] ";font-weight:600}
.code{font-size:12.5px;line-height:1.5;min-width:max-content}
.line{display:flex;background:var(--on,transparent)}
.line>b{flex:none;width:4.5ch;text-align:right;color:var(--soft);
font-weight:400;user-select:none}
.line>i{flex:none;width:4ch;text-align:center;color:var(--ret);
font-style:normal;user-select:none}
.line>code{white-space:pre;tab-size:4;font-size:inherit;flex:1}
.tk{color:var(--kw)}.ts{color:var(--str)}.tn{color:var(--num)}
.tc{color:var(--soft);font-style:italic}
.flow{display:block;max-width:none}
.node rect{fill:var(--on,var(--pane));stroke:var(--soft)}
.node text{font-size:11px;fill:var(--fg);white-space:pre}
.node.k-return rect{stroke:var(--ret);stroke-width:2}
.node.k-panic rect{stroke:var(--pan);stroke-width:2}
.node.k-end rect{stroke:var(--end);stroke-width:2}
.edge path{fill:none;stroke:var(--ink,var(--soft));stroke-width:1.3}
.edge polygon{fill:var(--ink,var(--soft))}
.edge text{font-size:10px;fill:var(--soft);text-anchor:middle;
paint-order:stroke;stroke:var(--bg);stroke-width:4px}
.e-body path{stroke-dasharray:5 3}
@media(max-width:1100px){.panes{display:block}
.panes>section{max-height:none;margin-bottom:12px}}
@media print{.panes{display:block}.panes>section{max-height:none;border:0}}
)";

// Brings what lights up into view; j and k go from exit to exit.
inline constexpr std::string_view kPageScript = R"(
"use strict";
(() => {
  const shown = () => document.getElementById(location.hash.slice(1));
  const bring = (element) => {
    const pane = element && element.closest(".panes>section");
    if (!pane || pane.scrollHeight <= pane.clientHeight &&
        pane.scrollWidth <= pane.clientWidth) return;
    const box = element.getBoundingClientRect();
    const view = pane.getBoundingClientRect();
    if (box.top < view.top || box.bottom > view.bottom)
      pane.scrollTop += box.top - view.top - view.height / 3;
    if (box.left < view.left || box.right > view.right)
      pane.scrollLeft += box.left - view.left - 20;
  };
  const show = () => {
    const way = shown();
    if (!way || !way.classList.contains("way")) return;
    const number = way.id.slice(way.id.indexOf("x") + 1);
    const article = way.closest("article");
    bring(article.querySelector(".node.x" + number));
    bring(article.querySelector(".line.x" + number));
    bring(article.querySelector(".card.c" + number));
  };
  addEventListener("hashchange", show);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = {j: 1, k: -1}[event.key];
    if (event.key === "Escape" && shown()) {
      location.hash = shown().closest("article").id;
    } else if (step) {
      const ways = [...document.querySelectorAll(".way")];
      const at = ways.indexOf(shown());
      const next = ways[at < 0 ? 0 : at + step];
      if (next) location.hash = next.id;
    }
  });
  show();
})();
)";

// Of the script, for the page's Content-Security-Policy: no other one runs.
inline constexpr std::string_view kPageScriptHash =
    "sha256-ZYw63BqLBzG2o5cR39QWjnPQX1VPLVRhJ0MPYKZPv0I=";

}  // namespace gdlint::report

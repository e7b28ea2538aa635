"use strict";
// The query page: YASGUI against this server's endpoint, with the queries that ship as examples.

addEventListener("load", () => {
  const place = document.getElementById("yasgui");
  const endpoint = new URL("/sparql", location.href).href;
  // Nothing is looked up elsewhere: no prefix.cc, no LOV.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const prefixes = JSON.parse(place.dataset.prefixes);
  Yasgui.Yasr.defaults.prefixes = prefixes;
  // The endpoint needs no declarations, but the editor marks names without one as errors.
  const declared = (query) => {
    const missing = Object.entries(prefixes).filter(
      ([prefix]) => new RegExp(`(^|[^\\w:.-])${prefix}:`).test(query) && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(query),
    );
    return [...missing.map(([prefix, start]) => `PREFIX ${prefix}: <${start}>`), query].join("\n");
  };
  Yasgui.Yasqe.defaults.value = declared("SELECT ?subject ?relation ?object WHERE {\n  ?s r:metWith ?o .\n  ?s schema:name ?subject . ?o schema:name ?object .\n} LIMIT 50");
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  });
  window.yasgui = yasgui;
  const notice = document.getElementById("notice");
  const usual = notice.textContent;
  const heed = (tab) => {
    const yasqe = tab.getYasqe();
    yasqe.on("queryResponse", (_, response) => {
      const cut = response && response.headers && (response.headers["graphkit-truncated"] || (response.headers.get && response.headers.get("graphkit-truncated")));
      notice.textContent = cut ? `There is more: ${cut}.` : usual;
    });
  };
  heed(yasgui.getTab());
  yasgui.on("tabAdd", (_, id) => setTimeout(() => heed(yasgui.getTab(id))));
  document.getElementById("examples").addEventListener("change", (event) => {
    if (event.target.value) {
      yasgui.getTab().setQuery(declared(event.target.value));
      yasgui.getTab().query();
    }
  });
  const given = new URLSearchParams(location.search).get("query");
  if (given !== null) {
    yasgui.getTab().setQuery(declared(given));
    yasgui.getTab().query();
  }
});

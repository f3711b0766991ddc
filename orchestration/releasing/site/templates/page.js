"use strict";
(async () => {
  const $ = (id) => document.getElementById(id), all = (css, from = document) => [...from.querySelectorAll(css)];
  const plain = (text) => (/^[\x20-\x7e]*$/.test(text) ? text.replace(/['`]/g, "") : text.normalize("NFKD").replace(/\p{M}|['’‘`´ʼ]/gu, "")).toLowerCase();
  const table = $("table"), body = table.tBodies[0], form = $("filters"), page = +table.dataset.page, facets = ["p", "d", "s", "r"];
  let records = {}, source = body;

  // A large release comes packed: rows and records as the same markup, deflated, unpacked once.
  if ($("packed")) {
    $("count").textContent = "Unpacking…";
    const bytes = Uint8Array.from(atob($("packed").textContent), (c) => c.charCodeAt(0));
    const unpacked = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    records = unpacked.records;
    source = document.createElement("template");
    source.innerHTML = "<table>" + unpacked.rows + "</table>";
    source = source.content;
  }
  const rows = all("tr", source).map((tr) => ({ tr, ...tr.dataset, key: plain(tr.textContent) + " " + tr.dataset.k }));
  const dots = all(".map .dots circle").map((dot) => ({ dot, r: dot.r.baseVal.value, ...dot.dataset })), shown = new Set();
  let found = rows, limit = page;

  const draw = () => {
    body.replaceChildren(...found.slice(0, limit).map((row) => row.tr));
    $("more").parentNode.hidden = found.length <= limit;
    $("none").hidden = found.length > 0;
    $("count").textContent = found.length === rows.length ? `${rows.length.toLocaleString("en")} clusters`
      : `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} clusters`;
  };
  const apply = () => {
    const words = plain($("q").value).split(/\s+/).filter(Boolean), [p, d, s, r] = facets.map((id) => $(id).value);
    found = rows.filter((row) => (!p || row.p === p) && (!d || (row.d || "-") === d) && (!s || row.s.split(" ").includes(s))
      && (!r || row.r === r) && words.every((word) => row.key.includes(word)));
    limit = page;
    shown.clear();
    for (const row of found) shown.add(row.l);
    for (const { dot, l } of dots) dot.classList.toggle("off", !shown.has(l));
    zoom(all(".map a").find((link) => link.dataset.p === p));
    for (const link of all(".map a")) p && link.dataset.p === p ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    for (const bar of all(".bars g")) bar.classList.toggle("on", bar.dataset.p ? bar.dataset.p === p : !!d && (bar.dataset.d || "-") === d);
    draw();
  };
  // The chosen province fills the map: its dots keep their size, and have their names beside them where there is room.
  const map = document.querySelector(".map"), { width, height } = map.viewBox.baseVal, names = document.querySelector(".map .names");
  let resized = [];
  const zoom = (link) => {
    const box = link ? link.getBBox() : { x: 0, y: 0, width, height };
    const scale = link ? Math.min(width / box.width, height / box.height, 7) * 0.85 : 1, pixel = width / map.clientWidth / scale;
    const [x, y] = [width / 2 - scale * (box.x + box.width / 2), height / 2 - scale * (box.y + box.height / 2)];
    map.firstElementChild.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    // A copy of the outline, because neighbours drawn later cover half of it.
    names.replaceChildren(...(link ? [link.querySelector("path").cloneNode()] : []));
    for (const { dot, r } of resized) dot.setAttribute("r", r);
    resized = link ? dots.filter((dot) => shown.has(dot.l)) : [];
    for (const { dot, r } of resized) dot.setAttribute("r", r * 1.5 / scale);
    const taken = [];
    for (const { dot, q: name } of resized) {
      const [left, middle] = [dot.cx.baseVal.value + 9 * pixel, dot.cy.baseVal.value], right = left + 7.2 * pixel * name.length;
      if (taken.some(([a, b, c]) => right >= a && left <= b && Math.abs(middle - c) <= 14 * pixel)) continue;
      taken.push([left, right, middle]);
      const text = document.createElementNS(map.namespaceURI, "text");
      for (const [key, value] of Object.entries({ x: left, y: middle + 4.5 * pixel, "font-size": 13 * pixel, "stroke-width": 3 * pixel })) text.setAttribute(key, value);
      text.textContent = name;
      names.append(text);
    }
  };
  const choose = (id, value) => { $(id).value = $(id).value === value ? "" : value; apply(); };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  $("more").addEventListener("click", () => { limit += page; draw(); });

  // Choosing on a figure is choosing in the form. The map is one stop of the tab key; arrows go on from there.
  const provinces = all(".map a");
  provinces.forEach((link, at) => {
    link.setAttribute("href", "#clusters"); // the row it leads to without script may be filtered away
    link.tabIndex = at ? -1 : 0;
    link.addEventListener("click", (event) => { event.preventDefault(); choose("p", link.dataset.p); });
    link.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === " ") choose("p", link.dataset.p);
      if (step) provinces.at((at + step) % provinces.length).focus();
      if (step || event.key === " ") event.preventDefault();
    });
  });
  map.addEventListener("click", (event) => { if (event.target === map) choose("p", $("p").value); });
  for (const bar of all(".bars g")) bar.addEventListener("click", () => "p" in bar.dataset ? choose("p", bar.dataset.p) : choose("d", bar.dataset.d || "-"));
  for (const { dot, q } of dots) dot.addEventListener("click", () => choose("q", q));

  // Sorting: a column's text, numbers as numbers; a second click turns it round.
  all("thead th", table).forEach((th, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => {
      const turn = th.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
      for (const row of rows) row.by = plain(row.tr.cells[column].textContent.trim());
      rows.sort((a, b) => turn * (a.by < b.by ? -1 : +(a.by > b.by)));
      apply();
    });
  });

  // A record is shown by the address; Escape closes it and goes back to its row.
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (records[id] && !$(id)) {
      $("records").insertAdjacentHTML("beforeend", records[id]);
      location.replace(location.hash);
    }
  };
  const close = () => {
    const link = all("a", body).find((anchor) => anchor.hash === location.hash);
    location.hash = "#-";
    link?.focus();
  };
  addEventListener("hashchange", open);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && document.querySelector(".record:target")) close(); });
  $("records").addEventListener("click", (event) => { if (event.target.closest(".close")) { event.preventDefault(); close(); } });
  apply();
  open();
})();
